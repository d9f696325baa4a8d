// One statistic as it is shown: a number or the reason why there is none, and the definition it was made with.

import type { Measured } from "../summary.ts";

/** How a value is printed. "percent" and "ratio" are both plain shares: 0.05 is 5 %. */
export type StatisticUnit = "percent" | "ratio" | "money" | "count" | "seconds";

export type Statistic = Readonly<{
  name: string;
  value: Measured;
  unit: StatisticUnit;
  /** The formula in words: sampling, degrees of freedom, days a year where they matter. */
  definition: string;
}>;

/** A value once there are enough samples, else the reason; what is no number is no value either. `of` names a sample. */
export function measured(
  samples: number,
  needed: number,
  of: string,
  value: () => number | undefined,
  undefinedWhy: string,
): Measured {
  if (samples < needed) {
    const counted = samples === 1 ? of : `${of}s`;
    return { value: null, samples, why: `${samples} ${counted}, ${needed} are needed` };
  }
  const computed = value();
  if (computed === undefined || !Number.isFinite(computed)) {
    return { value: null, samples, why: undefinedWhy };
  }
  return { value: computed, samples };
}
