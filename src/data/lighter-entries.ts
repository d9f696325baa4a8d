// The {ts, msg} entries of a Lighter recording, whether it is lines of JSON or one JSON array.
// Lines stream in bounded memory; an array must be whole before it can be read, so its size is limited.

import { textOf } from "./csv-generic-decimal.ts";
import type { ReadLines } from "./csv-generic-lines.ts";
import { readLines } from "./csv-generic-lines.ts";
import { DataError } from "./data-error.ts";
import type { LighterEntry } from "./lighter-messages.ts";
import { lighterEntry } from "./lighter-messages.ts";

/** 256 MiB of text: about half an hour of one busy market; a string holds no more than twice that. */
const ARRAY_BYTES_MAX = 268_435_456;
const BRACKET = 0x5b;

/** Called for each entry with its number: the line, or the place in the array from 1. */
export type OnEntry = (entry: LighterEntry, number: number) => void;

/** @throws {DataError} when the file is unreadable or an entry is not one. */
export async function readLighterEntries(file: string, onEntry: OnEntry): Promise<ReadLines> {
  let pieces: string[] | undefined;
  let bytesHeld = 0;
  const read = await readLines(file, (bytes, from, to, line) => {
    if (line === 1 && bytes[from] === BRACKET) pieces = [];
    if (pieces === undefined) {
      onEntry(parsed(file, line, textOf(bytes, from, to)), line);
      return;
    }
    bytesHeld += to - from;
    if (bytesHeld > ARRAY_BYTES_MAX) {
      const expected = `a JSON array of at most ${ARRAY_BYTES_MAX} bytes`;
      throw new DataError({ file, line, expected, advice: "write one {ts, msg} a line instead" });
    }
    pieces.push(textOf(bytes, from, to));
  });
  if (pieces !== undefined) {
    for (const [index, value] of arrayOf(file, pieces.join("\n")).entries()) {
      onEntry(entryOf(file, index + 1, value), index + 1);
    }
  }
  return read;
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

function parsed(file: string, line: number, text: string): LighterEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notEntry(file, line, text, cause);
  }
  return entryOf(file, line, value);
}

function entryOf(file: string, number: number, value: unknown): LighterEntry {
  try {
    return lighterEntry(value);
  } catch (cause) {
    throw notEntry(file, number, JSON.stringify(value), cause);
  }
}

function notEntry(file: string, number: number, was: string, cause: unknown): DataError {
  return new DataError({
    file,
    line: number,
    expected: 'an entry {"ts": seconds, "msg": a Lighter message} (in an array: counted from 1)',
    was,
    advice: "name the format the file is in, or cut the damaged entry out",
    cause,
  });
}
