// From anything thrown to one clear message and an exit code. Stacks are for --debug and REHEARSE_DEBUG.

import type { CliIo } from "./cli-io.ts";
import type { ExitCode } from "./exit-codes.ts";
import { EXIT } from "./exit-codes.ts";
import { painter } from "./paint.ts";

/** A command that cannot be carried out as asked: says what, where, and what to do. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Errors of the edge by the name of their class, so that no package is loaded to recognise one. */
const EXIT_BY_NAME: Readonly<Record<string, ExitCode>> = {
  ConfigError: EXIT.usage,
  DataError: EXIT.data,
};

/** Prints `error` for a person and returns the code to exit with. */
export function reportError(error: unknown, io: CliIo, debug: boolean): ExitCode {
  const paint = painter(io.stderr, io.env);
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const known = error instanceof CliError ? error.exitCode : EXIT_BY_NAME[name];
  io.stderr.write(`${paint.red("error:")} ${known === undefined ? `${name}: ` : ""}${message}\n`);
  const wantsStack = debug || (io.env.REHEARSE_DEBUG ?? "") !== "";
  if (wantsStack && error instanceof Error) io.stderr.write(`${stackOf(error)}\n`);
  else if (known === undefined) {
    io.stderr.write(
      "This is a fault of rehearse. Run it again with --debug and report the trace.\n",
    );
  }
  return known ?? EXIT.unexpected;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
