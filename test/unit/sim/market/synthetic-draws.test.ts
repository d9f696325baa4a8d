import { describe, expect, test } from "vitest";
import { KeyedRng } from "../../../../sim/kernel/keyed-rng.ts";
import { Draws } from "../../../../sim/market/synthetic-draws.ts";

const COUNT = 200_000;
const drawsOf = () => new Draws(new KeyedRng("draws"), 1, 0);

function mean(draw: () => number): number {
  let sum = 0;
  for (let index = 0; index < COUNT; index += 1) sum += draw();
  return sum / COUNT;
}

describe("the synthetic market's draws", () => {
  test("are the same for the same key, and others for another entity", () => {
    const first = drawsOf();
    const again = drawsOf();
    const other = new Draws(new KeyedRng("draws"), 1, 1);
    const take = (draws: Draws) => Array.from({ length: 8 }, () => draws.below(1_000_000));
    const taken = take(first);
    expect(take(again)).toEqual(taken);
    expect(take(other)).not.toEqual(taken);
  });

  test("below(n) reaches each value about equally often", () => {
    const draws = drawsOf();
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < COUNT; index += 1) {
      const value = draws.below(10);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // Binomial: σ = √(n·0.1·0.9) ≈ 134; five of them.
    for (const count of counts) expect(Math.abs(count - COUNT / 10)).toBeLessThan(670);
  });

  test("exponential(m) has about the mean, the median and the tail of an exponential", () => {
    const draws = drawsOf();
    const values = Float64Array.from({ length: COUNT }, () => draws.exponential(100_000)).sort();
    const average = values.reduce((sum, value) => sum + value, 0) / COUNT;
    expect(average).toBeGreaterThan(98_000);
    expect(average).toBeLessThan(101_000);
    // ln 2 and ln 20 times the mean.
    expect(Math.abs((values[COUNT / 2] as number) - 69_315)).toBeLessThan(1_500);
    expect(Math.abs((values[COUNT * 0.95] as number) - 299_573)).toBeLessThan(6_000);
    expect(values[COUNT - 1]).toBeLessThanOrEqual(520_000);
  });

  test("logUniform(b) puts as many values into each power of two", () => {
    const draws = drawsOf();
    // Each of 1, 2–3, 4–7, 8–15 has a quarter: (1 + 2.5 + 5.5 + 11.5) / 4.
    expect(mean(() => draws.logUniform(4))).toBeCloseTo(5.125, 1);
  });
});
