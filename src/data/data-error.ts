// The one error of this package: data from outside that cannot be believed, with its place and what to do about it.
// Refused, never repaired silently: what an importer repairs stands in its report instead.

/** What a `DataError` says. `line` counts from 1; in a binary file it is left out, or counts records if `expected` says so. */
export type DataErrorParts = Readonly<{
  file: string;
  line?: number;
  /** What stands in a good file here, as a noun phrase: "a price on the grid 0.1". */
  expected: string;
  /** The value found, as text; left out where there is none to show. */
  was?: string;
  /** What the reader can do, as an imperative sentence without its full stop. */
  advice: string;
  cause?: unknown;
}>;

/** Longest value quoted in a message: enough to recognise it, too short to flood a terminal. */
const VALUE_CHARACTERS_MAX = 120;

/** A recording, tape or manifest that is damaged, not of the claimed format, or off its grid. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly file: string;
  readonly line: number | undefined;
  readonly value: string | undefined;
  readonly advice: string;

  constructor(parts: DataErrorParts) {
    const place = parts.line === undefined ? parts.file : `${parts.file}:${parts.line}`;
    const was = parts.was === undefined ? "" : `, was ${shortened(parts.was)}`;
    const options = parts.cause === undefined ? undefined : { cause: parts.cause };
    super(`${place}: expected ${parts.expected}${was}; ${parts.advice}`, options);
    this.file = parts.file;
    this.line = parts.line;
    this.value = parts.was;
    this.advice = parts.advice;
  }
}

function shortened(value: string): string {
  if (value.length <= VALUE_CHARACTERS_MAX) return value;
  return `${value.slice(0, VALUE_CHARACTERS_MAX)}… (${value.length} characters)`;
}
