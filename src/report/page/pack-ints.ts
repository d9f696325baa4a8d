// A column of whole numbers as text: each less the one before it, zigzag, in groups of seven bits, base64; a zero byte where
// there is none. Numbers may be as large as doubles count exactly; bits are taken by division, since shifts end at 32.

const GROUP = 128;

export function packInts(values: readonly (number | undefined)[]): string {
  const bytes: number[] = [];
  let before = 0;
  for (const value of values) {
    const step = value === undefined ? undefined : value - before;
    before = value ?? before;
    // 0 is nothing, then 0, −1, 1, −2 and so on.
    let rest = step === undefined ? 0 : step < 0 ? -2 * step : 2 * step + 1;
    while (rest >= GROUP) {
      bytes.push((rest % GROUP) + GROUP);
      rest = Math.floor(rest / GROUP);
    }
    bytes.push(rest);
  }
  return Buffer.from(bytes).toString("base64");
}
