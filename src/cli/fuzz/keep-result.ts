// Writes what a campaign came to: one summary a bot, and a repro file for its first failure.

import { mkdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { writeFileAtomically } from "../file-storage.ts";
import type { FuzzJob } from "./fuzz-job.ts";
import type { CampaignResult } from "./fuzz-print.ts";

/** The result, with the repro file among what repeats its failure. @throws {CliError} when the folder cannot be written. */
export function keepResult(
  out: string,
  result: CampaignResult,
  { file }: FuzzJob,
  io: CliIo,
): CampaignResult {
  const folder = resolve(io.cwd, out);
  const { name, story, ...rest } = result;
  try {
    mkdirSync(folder, { recursive: true });
    write(
      join(folder, `${name}.summary.json`),
      `${JSON.stringify({ name, ...rest }, undefined, 1)}\n`,
    );
    if (story === undefined) return result;
    const path = join(folder, `${name}.${story.seed}.repro.json`);
    const from = relative(folder, dirname(file)).replaceAll("\\", "/");
    const repro = { ...story.repro, folder: from === "" ? "." : from };
    write(path, `${JSON.stringify(repro)}\n`);
    const typed = relative(io.cwd, path);
    return {
      ...result,
      story: { ...story, repeat: [`rehearse replay ${typed}`, ...story.repeat] },
    };
  } catch (error) {
    throw new CliError(`--out: cannot write ${out}: ${(error as Error).message}`);
  }
}

function write(path: string, text: string): void {
  writeFileAtomically(path, text);
}
