// Are the files the command line names there, and can others be put where it says? Asked before the work, not after it.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./cli-io.ts";
import { EXIT } from "./exit-codes.ts";
import { whyUnreadable } from "./read-text.ts";

/** @throws {CliError} with the code of data, for the first that is no file or may not be read. */
export function judgeReadable(paths: readonly string[], io: CliIo): void {
  for (const path of paths) {
    const whole = resolve(io.cwd, path);
    try {
      accessSync(whole, constants.R_OK);
    } catch (error) {
      throw new CliError(`cannot read ${path}: ${whyUnreadable(error)}`, EXIT.data);
    }
    if (statSync(whole).isDirectory()) {
      throw new CliError(`cannot read ${path}: it is a folder; name the files in it`, EXIT.data);
    }
  }
}

/** @throws {CliError} when a file could not be put there, saying why. */
export function judgeWritable(option: string, path: string | undefined, io: CliIo): void {
  if (path === undefined) return;
  const whole = resolve(io.cwd, path);
  const folder = dirname(whole);
  const cannot = (why: string): CliError => new CliError(`${option}: cannot write ${path}: ${why}`);
  if (!existsSync(folder)) throw cannot(`there is no folder ${folder}`);
  if (!statSync(folder).isDirectory()) throw cannot(`${folder} is not a folder`);
  if (existsSync(whole) && statSync(whole).isDirectory()) throw cannot("it is a folder");
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw cannot(`the folder ${folder} may not be written to`);
  }
}
