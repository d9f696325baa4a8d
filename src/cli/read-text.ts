// Reads a text file named on the command line; "-" is standard input.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./cli-io.ts";

/** A text and where it came from; for standard input, a name in the working folder. */
export type NamedText = Readonly<{ text: string; file: string }>;

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it",
};

/** What the file system said, in words. */
export function whyUnreadable(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return WHY[code] ?? message;
}

/** @throws {CliError} when it cannot be read, saying what was missing. */
export function readText(name: string, io: CliIo): NamedText {
  const file = resolve(io.cwd, name === "-" ? "(standard input)" : name);
  try {
    return { text: readFileSync(name === "-" ? 0 : file, "utf8"), file };
  } catch (error) {
    throw new CliError(`cannot read ${name}: ${whyUnreadable(error)}`);
  }
}
