// Shapes of chance made of one random word each, in integer arithmetic: the same on every engine, since no logarithm is
// ever taken at run time.

/**
 * Quantiles of the unit exponential at 0, 1/64, … 1, in thousandths: −ln(1 − i/64), rounded once and written down.
 * The last stands for infinity; with it the mean of the pieces is 0.994.
 */
export const EXPONENTIAL_MILLI = Int32Array.of(
  ...[0, 16, 32, 48, 65, 81, 98, 116, 134, 152, 170, 189, 208, 227, 247, 267],
  ...[288, 309, 330, 352, 375, 398, 421, 445, 470, 495, 521, 548, 575, 604, 633, 662],
  ...[693, 725, 758, 792, 827, 863, 901, 940, 981, 1023, 1068, 1114, 1163, 1214, 1269, 1326],
  ...[
    1386, 1451, 1520, 1594, 1674, 1761, 1856, 1962, 2079, 2213, 2367, 2549, 2773, 3060, 3466, 4159,
  ],
  ...[5200],
);

/** The unit exponential in thousandths, from the upper half of a random word: never more than 5,200. */
export function unitExponentialMilli(word: number): number {
  const piece = word >>> 26;
  const low = EXPONENTIAL_MILLI[piece] as number;
  const high = EXPONENTIAL_MILLI[piece + 1] as number;
  return low + (((high - low) * ((word >>> 16) & 1023)) >>> 10);
}

/**
 * A whole number from `least` to `most`, both included and at least 1, so that each doubling is equally likely: one in a
 * thousand is drawn as often as one in ten is.
 */
export function logUniform(word: number, least: number, most: number): number {
  let octaves = 1;
  for (let top = least * 2; top < most; top *= 2) octaves += 1;
  const octave = Math.floor((octaves * (word >>> 16)) / 0x1_0000);
  let low = least;
  for (let nth = 0; nth < octave; nth += 1) low *= 2;
  const high = octave === octaves - 1 ? most : low * 2 - 1;
  return low + Math.floor(((high - low + 1) * (word & 0xffff)) / 0x1_0000);
}
