// Exponential moving average of n bars: weight 2 / (n + 1), seeded with the simple mean of the first n values.

import { SeededAverage } from "./seeded-average.ts";

export class Ema extends SeededAverage {
  constructor(period: number) {
    super({ period, weight: 2 / (period + 1) });
  }
}
