// Times of a CSV in their unit to microseconds, exactly: nanoseconds do not fit a double, so digits are cut, not divided.

/** Units a recording may keep its times in. */
export type TimeUnit = "s" | "ms" | "us" | "ns";

/** Digits of a present-day time in whole units; decides the unit of a column that does not say. */
const UNIT_BY_DIGITS: Readonly<Record<number, TimeUnit>> = {
  10: "s",
  13: "ms",
  16: "us",
  19: "ns",
};
/** Digits after the point that make a microsecond. */
const DIGITS_OF: Readonly<Record<TimeUnit, number>> = { s: 6, ms: 3, us: 0, ns: -3 };

const ZERO = 0x30;
const POINT = 0x2e;

/** The unit of a time written as whole digits before any point, for times between 2001 and 2286. */
export function timeUnitOf(text: string): TimeUnit | undefined {
  const digits = /^([0-9]+)(\.[0-9]*)?$/.exec(text)?.[1];
  return digits === undefined ? undefined : UNIT_BY_DIGITS[digits.length];
}

/**
 * Microseconds of the time in `bytes[from, to)`, NaN when it is not a plain decimal. Finer digits are cut off:
 * rows keep their order by standing in it.
 */
export function scanTimeUs(bytes: Uint8Array, from: number, to: number, unit: TimeUnit): number {
  let value = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let at = from;
  if (unit === "ns") {
    // The last three of nineteen digits are below a microsecond.
    let end = from;
    while (end < to && bytes[end] !== POINT) end += 1;
    return end - from <= 3 ? Number.NaN : scanTimeUs(bytes, from, end - 3, "us");
  }
  for (; at < to && wanted > 0; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      wanted -= 1;
    } else if (bytes[at] === POINT && wanted === Number.POSITIVE_INFINITY) {
      wanted = DIGITS_OF[unit];
    } else return Number.NaN;
  }
  if (from === to) return Number.NaN;
  if (wanted === Number.POSITIVE_INFINITY) wanted = DIGITS_OF[unit];
  for (; wanted > 0; wanted -= 1) value *= 10;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}
