// Wilder's smoothing of n bars (also RMA, SMMA): weight 1 / n, seeded with the simple mean of the first n values.
// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).

import { SeededAverage } from "./seeded-average.ts";

/**
 * Averaged movement up to here is no movement. An average of n = 14 decays to it through 6,000 bars without any; what
 * it would be divided by soon after has lost all its digits. No price in any unit moves so little.
 */
export const NO_MOVEMENT = 1e-200;

export class WilderAverage extends SeededAverage {
  constructor(period: number) {
    super({ period, weight: 1 / period });
  }
}
