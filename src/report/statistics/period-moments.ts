// Sums over a series of numbers that several statistics share.

/** Arithmetic mean; one value or more. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Standard deviation of a sample, ddof 1; two values or more. */
export function sampleDeviation(values: readonly number[]): number {
  return Math.sqrt(centralSum(values, 2) / (values.length - 1));
}

/** Skewness, bias-corrected (the G1 of Joanes and Gill, 1998); three values or more. */
export function skewness(values: readonly number[]): number {
  const n = values.length;
  const second = centralSum(values, 2) / n;
  const third = centralSum(values, 3) / n;
  return ((third / (second * Math.sqrt(second))) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Kurtosis less 3, bias-corrected (the G2 of Joanes and Gill, 1998); four values or more. */
export function excessKurtosis(values: readonly number[]): number {
  const n = values.length;
  const second = centralSum(values, 2) / n;
  const plain = centralSum(values, 4) / n / (second * second) - 3;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * plain + 6);
}

/** The value with `share` of the series below it, between neighbours by their distance (Hyndman and Fan, type 7). */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

/** How far each point of (1 + r) multiplied up lies below the highest before it, the start included: 0 or below. */
export function drawdownsOf(returns: readonly number[]): readonly number[] {
  let value = 1;
  let peak = 1;
  return returns.map((each) => {
    value *= 1 + each;
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

/** Π(1 + r) − 1. */
export function compounded(returns: readonly number[]): number {
  let value = 1;
  for (const each of returns) value *= 1 + each;
  return value - 1;
}

function centralSum(values: readonly number[], power: 2 | 3 | 4): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) {
    const off = value - mean;
    const square = off * off;
    sum += power === 2 ? square : power === 3 ? square * off : square * square;
  }
  return sum;
}
