// SYNTH-1 as bytes, in the two published forms its checksums are taken over.
// Text: `K,S,tick,lots,exch,local` and a line feed a row. Binary: 25 bytes a row, little-endian.
// Both yield chunks, so that five million rows need no buffer of their own; a chunk is reused for
// the next one, so hash or copy it before asking again.

import { ROW_TRADE } from "../../src/domain/tape.ts";
import type { Synth1Columns } from "./synth-1.ts";
import { SYNTH1_BID } from "./synth-1.ts";

const ROWS_PER_CHUNK = 16_384;
/** Two letters, four numbers of at most 16 digits and a sign, five commas and a line feed. */
const TEXT_ROW_BYTES_MAX = 80;
const BINARY_ROW_BYTES = 25;

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const MINUS = 0x2d;
const DIGIT_ZERO = 0x30;
const LETTER_B = 0x42;
const LETTER_D = 0x44;
const LETTER_S = 0x53;
const LETTER_T = 0x54;

/** The text form, chunk by chunk; each chunk is only valid until the next is asked for. */
export function* synth1Text(columns: Synth1Columns): Generator<Uint8Array> {
  const bytes = new Uint8Array(ROWS_PER_CHUNK * TEXT_ROW_BYTES_MAX);
  for (let first = 0; first < columns.rows; first += ROWS_PER_CHUNK) {
    const end = Math.min(first + ROWS_PER_CHUNK, columns.rows);
    let at = 0;
    for (let row = first; row < end; row++) at = writeTextRow(bytes, at, columns, row);
    yield bytes.subarray(0, at);
  }
}

/** The binary form, chunk by chunk; each chunk is only valid until the next is asked for. */
export function* synth1Binary(columns: Synth1Columns): Generator<Uint8Array> {
  const bytes = new Uint8Array(ROWS_PER_CHUNK * BINARY_ROW_BYTES);
  const view = new DataView(bytes.buffer);
  for (let first = 0; first < columns.rows; first += ROWS_PER_CHUNK) {
    const end = Math.min(first + ROWS_PER_CHUNK, columns.rows);
    let at = 0;
    for (let row = first; row < end; row++) {
      const trade = columns.kind[row] === ROW_TRADE ? 1 : 0;
      const bid = columns.side[row] === SYNTH1_BID ? 2 : 0;
      view.setUint8(at, trade | bid);
      view.setInt32(at + 1, columns.tick[row] as number, true);
      view.setInt32(at + 5, columns.lots[row] as number, true);
      view.setFloat64(at + 9, columns.exchNs[row] as number, true);
      view.setFloat64(at + 17, columns.localNs[row] as number, true);
      at += BINARY_ROW_BYTES;
    }
    yield bytes.subarray(0, at);
  }
}

function writeTextRow(bytes: Uint8Array, start: number, columns: Synth1Columns, row: number) {
  let at = start;
  bytes[at++] = columns.kind[row] === ROW_TRADE ? LETTER_T : LETTER_D;
  bytes[at++] = COMMA;
  bytes[at++] = columns.side[row] === SYNTH1_BID ? LETTER_B : LETTER_S;
  bytes[at++] = COMMA;
  at = writeInteger(bytes, at, columns.tick[row] as number);
  bytes[at++] = COMMA;
  at = writeInteger(bytes, at, columns.lots[row] as number);
  bytes[at++] = COMMA;
  at = writeInteger(bytes, at, columns.exchNs[row] as number);
  bytes[at++] = COMMA;
  at = writeInteger(bytes, at, columns.localNs[row] as number);
  bytes[at++] = LINE_FEED;
  return at;
}

/** Writes a safe integer in decimal and returns the place after it. */
function writeInteger(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  if (rest < 0) {
    bytes[at++] = MINUS;
    rest = -rest;
  }
  const first = at;
  do {
    const next = Math.floor(rest / 10);
    bytes[at++] = DIGIT_ZERO + (rest - next * 10);
    rest = next;
  } while (rest > 0);
  for (let low = first, high = at - 1; low < high; low++, high--) {
    const digit = bytes[low] as number;
    bytes[low] = bytes[high] as number;
    bytes[high] = digit;
  }
  return at;
}
