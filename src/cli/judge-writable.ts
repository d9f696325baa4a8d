// Can a file be put where the command line says? Asked before the work is done, not after it.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./cli-io.ts";

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
