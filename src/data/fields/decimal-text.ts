// Decimals as they stand in a file: bytes to a whole number and how many of its digits are behind the point.
// No string is made and nothing is rounded; what does not fit exactly is left to whoever has a slower way.

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Largest mantissa that can still take one more digit and stay a safe integer. */
const MANTISSA_MAX = 900_719_925_474_098;
/** Longer than any decimal a venue writes. */
const SCRATCH = Buffer.alloc(64);

/** What a scan leaves behind: the value is `mantissa` × 10^-`decimals`. */
export type DecimalScan = { mantissa: number; decimals: number };

/** Reads sign, digits and one point; false when bytes [from, to) are not such a decimal or too long to be exact. */
export function scanDecimal(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: DecimalScan,
): boolean {
  let at = from;
  const negative = bytes[at] === MINUS;
  if (negative) at += 1;
  let mantissa = 0;
  let digits = 0;
  let pointAt = -1;
  for (; at < to; at += 1) {
    const byte = bytes[at] as number;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (mantissa > MANTISSA_MAX) return false;
      mantissa = mantissa * 10 + digit;
      digits += 1;
    } else if (byte === POINT && pointAt < 0) pointAt = digits;
    else return false;
  }
  if (digits === 0) return false;
  into.mantissa = negative ? -mantissa : mantissa;
  into.decimals = pointAt < 0 ? 0 : digits - pointAt;
  return true;
}

/** The same for text that is a string already, as JSON has it. */
export function scanDecimalText(text: string, into: DecimalScan): boolean {
  if (text.length > SCRATCH.length) return false;
  return scanDecimal(SCRATCH, 0, SCRATCH.write(text, "latin1"), into);
}

/** Bytes [from, to) as text, for messages and slow paths. */
export function textBetween(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}
