// Doubles that hold whole numbers, and the 64-bit integers of a file, through their two halves: no BigInt is made.
// Exact within ±2^53, where every time in µs and every order number here lies.

const TWO_32 = 4_294_967_296;

/** Bytes of one value. */
const WIDTH = 8;

/** The low 32 bits of a whole number. */
export function lowWord(value: number): number {
  return value - Math.floor(value / TWO_32) * TWO_32;
}

/** The bits above them, signed. */
export function highWord(value: number): number {
  return Math.floor(value / TWO_32);
}

/** The first `rows` values as pairs of words, low then high. */
export function wordsOf(values: Float64Array, rows: number): Uint32Array {
  const words = new Uint32Array(rows * 2);
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] as number;
    const high = Math.floor(value / TWO_32);
    words[row * 2] = value - high * TWO_32;
    words[row * 2 + 1] = high;
  }
  return words;
}

/** `rows` 64-bit integers at `offset`, turned into doubles in the same place. */
export function doublesInPlace(
  buffer: ArrayBufferLike,
  offset: number,
  rows: number,
): Float64Array {
  const low = new Uint32Array(buffer, offset, rows * 2);
  const high = new Int32Array(buffer, offset, rows * 2);
  const doubles = new Float64Array(buffer, offset, rows);
  for (let row = 0; row < rows; row += 1) {
    doubles[row] = (high[row * 2 + 1] as number) * TWO_32 + (low[row * 2] as number);
  }
  return doubles;
}

/** Adds `shift` to every 64-bit integer of `bytes`, in place. */
export function shiftWords(bytes: Uint8Array, shift: number): void {
  const rows = bytes.byteLength / WIDTH;
  const low = new Uint32Array(bytes.buffer, bytes.byteOffset, rows * 2);
  const high = new Int32Array(bytes.buffer, bytes.byteOffset, rows * 2);
  for (let row = 0; row < rows; row += 1) {
    const shifted = (high[row * 2 + 1] as number) * TWO_32 + (low[row * 2] as number) + shift;
    const above = Math.floor(shifted / TWO_32);
    low[row * 2] = shifted - above * TWO_32;
    high[row * 2 + 1] = above;
  }
}
