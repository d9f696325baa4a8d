// The {ts, msg} entries of a Lighter recording, whether it is lines of JSON or one JSON array.
// Lines stream in bounded memory; an array must be whole before it can be read, so its size is limited.

import { DataError } from "../data-error.ts";
import { textBetween } from "../fields/decimal-text.ts";
import type { RecordingFiles } from "../importing/recording-lines.ts";
import type { LighterEntry } from "./lighter-messages.ts";
import { lighterEntry } from "./lighter-messages.ts";

/** 256 MiB of text: about half an hour of one busy market; a string holds no more than twice that. */
const ARRAY_BYTES_MAX = 268_435_456;
const BRACKET = 0x5b;

/** Where an entry stands: the line, or the place in the array from 1. */
export type EntryPlace = Readonly<{ file: string; line: number }>;
export type OnEntry = (entry: LighterEntry, place: EntryPlace) => void;

/** Hands on every entry of every file. @throws {DataError} when a file is unreadable or an entry is not one. */
export async function readLighterEntries(
  files: RecordingFiles,
  onEntry: OnEntry,
  onChunk: (bytesRead: number) => void,
): Promise<void> {
  const array = new HeldArray(onEntry);
  await files.read((bytes, from, to, line) => {
    if (line === 1) {
      array.finish();
      if (bytes[from] === BRACKET) array.start(files.file);
    }
    const text = textBetween(bytes, from, to);
    if (array.holds) array.add(text, line);
    else onEntry(entryOf(files.place, parsed(files.place, text)), files.place);
  }, onChunk);
  array.finish();
}

/** The text of an array, until it is whole. */
class HeldArray {
  readonly #onEntry: OnEntry;
  #file: string | undefined;
  #pieces: string[] = [];
  #held = 0;

  constructor(onEntry: OnEntry) {
    this.#onEntry = onEntry;
  }

  get holds(): boolean {
    return this.#file !== undefined;
  }

  start(file: string): void {
    this.#file = file;
    this.#pieces = [];
    this.#held = 0;
  }

  add(text: string, line: number): void {
    this.#held += text.length;
    if (this.#held > ARRAY_BYTES_MAX) {
      const expected = `a JSON array of at most ${ARRAY_BYTES_MAX} bytes`;
      const advice = "write one {ts, msg} a line instead";
      throw new DataError({ file: this.#file ?? "", line, expected, advice });
    }
    this.#pieces.push(text);
  }

  finish(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    for (const [index, value] of arrayOf(file, this.#pieces.join("\n")).entries()) {
      const place = { file, line: index + 1 };
      this.#onEntry(entryOf(place, value), place);
    }
    this.#pieces = [];
  }
}

function arrayOf(file: string, text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch (cause) {
    const expected = "a JSON array of {ts, msg}, whole to its last bracket";
    const advice = "the file is damaged or cut off: fetch it again";
    throw new DataError({ file, expected, advice, cause });
  }
}

function parsed(place: EntryPlace, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notEntry(place, text, cause);
  }
}

function entryOf(place: EntryPlace, value: unknown): LighterEntry {
  try {
    return lighterEntry(value);
  } catch (cause) {
    throw notEntry(place, JSON.stringify(value), cause);
  }
}

function notEntry(place: EntryPlace, was: string, cause: unknown): DataError {
  return new DataError({
    ...place,
    expected: 'an entry {"ts": seconds, "msg": a Lighter message} (in an array: counted from 1)',
    was,
    advice: "name the format the file is in, or cut the damaged entry out",
    cause,
  });
}
