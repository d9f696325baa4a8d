// Ctrl-C, for commands of which a part is worth nothing: what was begun is given up, cleaned up, and said to be.

import type { CliIo } from "./cli-io.ts";
import type { ExitCode } from "./exit-codes.ts";
import { EXIT } from "./exit-codes.ts";

/** It was asked to stop, and stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Does `work`, which looks at `stopAsked` now and then and throws `Interrupted`: that ends with the exit code of an
 * interruption and one sentence. `undone` says in it what did not happen: "compared".
 */
export async function interruptible(
  io: CliIo,
  undone: string,
  work: (stopAsked: () => boolean) => Promise<ExitCode>,
): Promise<ExitCode> {
  let isAsked = false;
  const release = io.onInterrupt(() => {
    isAsked = true;
  });
  try {
    return await work(() => isAsked);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.stderr.write(`interrupted: nothing was ${undone}\n`);
    return EXIT.interrupted;
  } finally {
    release();
  }
}
