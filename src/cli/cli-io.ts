// What a command has of the world outside: two streams, a folder, an environment, and Ctrl-C.
// Given to every command, so that tests run them in process and read what they print.

/** A stream to write text to; `columns` when it is a terminal. */
export interface TextOut {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

export interface CliIo {
  readonly stdout: TextOut;
  readonly stderr: TextOut;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back at the first Ctrl-C until the returned function is called; the second one ends the process. */
  onInterrupt(stop: () => void): () => void;
}

/** The real one. */
export function processIo(): CliIo {
  return {
    stdout: textOut(process.stdout),
    stderr: textOut(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    onInterrupt(stop) {
      const first = (): void => {
        // With the handler gone, the platform's own answer to the next Ctrl-C is to end the process.
        process.removeListener("SIGINT", first);
        stop();
      };
      process.on("SIGINT", first);
      return () => process.removeListener("SIGINT", first);
    },
  };
}

function textOut(stream: NodeJS.WriteStream): TextOut {
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}
