// Reads a text file named on the command line; "-" is standard input.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./cli-io.ts";

/** A text and where it came from; for standard input, a name in the working folder. */
export type NamedText = Readonly<{ text: string; file: string }>;

/** @throws {CliError} when it cannot be read, saying what was missing. */
export function readText(name: string, io: CliIo): NamedText {
  const file = resolve(io.cwd, name === "-" ? "(standard input)" : name);
  try {
    return { text: readFileSync(name === "-" ? 0 : file, "utf8"), file };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : String((error as Error).message);
    throw new CliError(`cannot read ${name}: ${why}`);
  }
}
