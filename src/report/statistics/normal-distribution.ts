// The standard normal distribution, for the two statistics that assume one: its area below x, and the inverse.
// Series and continued fraction of the error function (Abramowitz and Stegun, 7.1.6 and 7.1.14), to about 1e-15.

const SQRT_2 = Math.sqrt(2);
const SQRT_PI = Math.sqrt(Math.PI);
/** Below it the series is exact to the last digits, above it the continued fraction is. */
const SERIES_MAX = 2.5;
const TERMS_MAX = 200;

/** Area below `x`. */
export function normalCdf(x: number): number {
  const upper = complement(Math.abs(x) / SQRT_2) / 2;
  return x < 0 ? upper : 1 - upper;
}

/** The `x` with `share` of the area below it; 0 < share < 1. Bisection: exact to the last digits, and rarely asked. */
export function normalQuantile(share: number): number {
  let low = -40;
  let high = 40;
  for (let step = 0; step < 120; step += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** 1 − erf(x) for x ≥ 0. */
function complement(x: number): number {
  return x < SERIES_MAX ? 1 - series(x) : fraction(x);
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < TERMS_MAX; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return (2 / SQRT_PI) * Math.exp(-x * x) * sum;
}

function fraction(x: number): number {
  let value = x;
  for (let n = TERMS_MAX; n >= 1; n -= 1) value = x + n / 2 / value;
  return Math.exp(-x * x) / SQRT_PI / value;
}
