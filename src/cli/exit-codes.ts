// How a command ends, as a number that scripts may rely on. Documented in docs/commands/exit-codes.md.

export const EXIT = {
  ok: 0,
  /** A fault of ours, or of the machine. */
  unexpected: 1,
  /** The command line or a config cannot be used. */
  usage: 2,
  /** A recording, a tape or a manifest is not what it should be. */
  data: 3,
  /** A rerun did not give the result it was held against. */
  differs: 4,
  /** `fuzz`: a seed broke a promise. */
  broken: 5,
  /** Ctrl-C: what was printed and written is valid, and marked partial. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
