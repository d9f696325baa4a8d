// A command line's world for tests: what is printed is kept as text, Ctrl-C is a function.

import type { CliIo } from "../../src/cli/cli-io.ts";
import { runCli } from "../../src/cli/program.ts";

/** What a command printed, and the code it ended with. */
export type CliRun = Readonly<{ code: number; stdout: string; stderr: string }>;

export class CapturedIo implements CliIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  out = "";
  err = "";
  /** Presses Ctrl-C, once a command listens. */
  interrupt: (() => void) | undefined;
  readonly stdout = this.#stream((text) => {
    this.out += text;
  });
  readonly stderr = this.#stream((text) => {
    this.err += text;
  });
  /** Called when a command begins to listen for Ctrl-C. */
  readonly #onListen: (io: CapturedIo) => void;

  constructor(
    cwd: string,
    env: Readonly<Record<string, string>> = {},
    onListen: (io: CapturedIo) => void = () => undefined,
  ) {
    this.cwd = cwd;
    this.env = env;
    this.#onListen = onListen;
  }

  onInterrupt(stop: () => void): () => void {
    this.interrupt = stop;
    this.#onListen(this);
    return () => {
      this.interrupt = undefined;
    };
  }

  #stream(write: (text: string) => void): CliIo["stdout"] {
    return { write, isTTY: false, columns: undefined };
  }
}

/** Runs a command line in this process. */
export async function runCaptured(words: readonly string[], io: CapturedIo): Promise<CliRun> {
  const code = await runCli(words, io);
  return { code, stdout: io.out, stderr: io.err };
}
