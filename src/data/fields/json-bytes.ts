// Finding one's way through JSON as bytes: where a string or an array ends, without making either.
// It trusts the text to be JSON as far as it looks; what is not ends in −1 or in a value that is refused.

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const SPACE = 0x20;
export const OPEN_BRACKET = 0x5b;
const PLUS = 0x2b;
const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const POINT = 0x2e;
export const MINUS = 0x2d;

/** The first byte from `from` on that is not white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] as number) <= SPACE) at += 1;
  return at;
}

/** Digits behind the point, an exponent: what an id or a time does not have, but a rate may. */
export function isNumberByte(byte: number): boolean {
  const isExponent = (byte | 32) === 0x65;
  return (
    (byte >= 48 && byte <= 57) || byte === POINT || byte === MINUS || byte === PLUS || isExponent
  );
}

/** The place of the closing quote, or −1. */
export function endOfString(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

/** The place behind the bracket that closes the array at `from`, or −1. */
export function endOfArray(bytes: Uint8Array, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      at = endOfString(bytes, at + 1, to);
      if (at < 0) return -1;
    } else if (byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
