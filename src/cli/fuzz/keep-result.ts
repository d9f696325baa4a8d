// Writes what a campaign came to: one summary a bot, and a repro file for its first failure.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { writeFileAtomically } from "../file-storage.ts";
import type { CampaignResult } from "./fuzz-print.ts";

/** @throws {CliError} when the folder cannot be written. */
export function keepResult(out: string, result: CampaignResult, io: CliIo): void {
  const folder = resolve(io.cwd, out);
  const { name, story, ...rest } = result;
  try {
    mkdirSync(folder, { recursive: true });
    write(join(folder, `${name}.summary.json`), { name, ...rest });
    if (story !== undefined) write(join(folder, `${name}.${story.seed}.repro.json`), story.repro);
  } catch (error) {
    throw new CliError(`--out: cannot write ${out}: ${(error as Error).message}`);
  }
}

function write(path: string, value: unknown): void {
  writeFileAtomically(path, `${JSON.stringify(value, undefined, 1)}\n`);
}
