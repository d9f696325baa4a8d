// Times and lengths of time for people and for JSON. Times are UTC, to the microsecond where there is one.

/** "2026-01-31T12:00:00.000250Z"; µs are printed only when they are not zero. */
export function timeText(us: number): string {
  const whole = Math.floor(us / 1_000_000);
  const head = new Date(whole * 1_000).toISOString().slice(0, 19);
  const rest = us - whole * 1_000_000;
  if (rest === 0) return `${head}Z`;
  const digits = `${rest}`.padStart(6, "0");
  return `${head}.${digits.endsWith("000") ? digits.slice(0, 3) : digits}Z`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000_000],
  ["h", 3_600_000_000],
  ["min", 60_000_000],
];

/** "1 d 2 h 3 min 4.5 s" */
export function durationText(us: number): string {
  let rest = us;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${Number((rest / 1_000_000).toFixed(6))} s`);
  return parts.join(" ");
}
