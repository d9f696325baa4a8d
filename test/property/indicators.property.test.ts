// The laws of every indicator: saving and resuming at any bar changes nothing, warm-up takes exactly as long as promised,
// and a stream equals what a naive twin says of the window it stands on, on bar one million as on bar twenty.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Donchian } from "../../src/indicators/donchian.ts";
import { RollingExtreme } from "../../src/indicators/rolling-extreme.ts";
import { RollingMoments } from "../../src/indicators/rolling-moments.ts";
import { RollingSum } from "../../src/indicators/rolling-sum.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { VolumeBar } from "../support/indicator-cases.ts";
import { indicatorCases, integerBars } from "../support/indicator-cases.ts";

/** Prices in ticks, in decimals with all their noise, or standing still; one kind a market. */
const price = fc.constantFrom("ticks", "decimals", "few").chain((kind) => {
  const one =
    kind === "ticks"
      ? fc.integer({ min: 0, max: 2_000_000_000 })
      : kind === "decimals"
        ? fc.double({ min: 1e-6, max: 1e6, noNaN: true })
        : fc.constantFrom(0.1, 0.3, 1e12);
  const bar = fc
    .tuple(one, one, one, fc.integer({ min: 0, max: 5 }))
    .map(([a, b, c, volume]): VolumeBar => {
      const [low, close, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      return { low, close, high, volume };
    });
  return fc.array(bar, { maxLength: 70 });
});

const period = fc.integer({ min: 1, max: 9 });

/** What the journal's snapshot does to a state. */
const throughText = (saved: JsonValue): JsonValue => JSON.parse(JSON.stringify(saved)) as JsonValue;

describe.each(indicatorCases)("$name", ({ make }) => {
  test("saved and resumed at any bar, it goes on as if it never stopped", () => {
    fc.assert(
      fc.property(price, period, fc.nat(), fc.nat(), (bars, n, cut, used) => {
        const whole = make(n);
        const at = bars.length === 0 ? 0 : cut % (bars.length + 1);
        for (const bar of bars.slice(0, at)) whole.update(bar);
        const resumed = make(n);
        // What the resumed one saw before it was restored is forgotten.
        for (const bar of bars.slice(0, used % (bars.length + 1))) resumed.update(bar);
        const saved = whole.save();
        resumed.restore(throughText(saved));
        expect(resumed.value()).toStrictEqual(whole.value());
        expect(resumed.save()).toStrictEqual(saved);
        for (const bar of bars.slice(at)) {
          expect(resumed.update(bar)).toStrictEqual(whole.update(bar));
          expect(resumed.value()).toStrictEqual(whole.value());
        }
        expect(resumed.save()).toStrictEqual(whole.save());
      }),
      { numRuns: 200 },
    );
  });

  test("its first value comes on the update it promises, and it has one ever after", () => {
    fc.assert(
      fc.property(price, period, (bars, n) => {
        const indicator = make(n);
        bars.forEach((bar, index) => {
          const value = indicator.update(bar);
          expect(value !== undefined).toBe(index + 1 >= indicator.warmupBars);
          expect(indicator.value()).toStrictEqual(value);
          for (const number of value ?? []) expect(Number.isFinite(number)).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("saved at every bar of a long market and resumed elsewhere, it says the same", () => {
    const bars = integerBars(4_500);
    const whole = make();
    let relay = make();
    for (const bar of bars) {
      const next = make();
      next.restore(throughText(relay.save()));
      relay = next;
      expect(relay.update(bar)).toStrictEqual(whole.update(bar));
    }
  });
});

/** A value a bar, of a kind that breaks naive rolling sums: far from zero, with little movement, and outliers. */
function hardValue(bar: number): number {
  const noise = ((Math.imul(bar, 2_654_435_761) >>> 0) % 10_007) / 10_007;
  if (bar % 70_001 === 70_000) return 3e12;
  return 1e8 + noise + (bar % 997) / 1e4;
}

function twinMoments(values: readonly number[]): Readonly<{ mean: number; variance: number }> {
  const [first = 0] = values;
  const shifted = values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  const squares = values.reduce((sum, value) => {
    const deviation = value - first - shifted;
    return sum + deviation * deviation;
  }, 0);
  return { mean: first + shifted, variance: squares / values.length };
}

test.each([2, 20, 233])(
  "over a million bars a window of %i never drifts from its naive twin",
  { timeout: 60_000 },
  (length) => {
    const moments = new RollingMoments(length);
    const sum = new RollingSum(length);
    const values: number[] = [];
    let worstVariance = 0;
    let worstMean = 0;
    let worstSum = 0;
    for (let bar = 0; bar < 1_000_000; bar += 1) {
      const value = hardValue(bar);
      values.push(value);
      if (values.length > 2_000) values.splice(0, 2_000 - length);
      moments.push(value);
      sum.push(value);
      // Every 101st bar, and every bar while an outlier is in the window or has just left it.
      if (bar < length || (bar % 101 !== 0 && bar % 70_001 > 250)) continue;
      const window = values.slice(-length);
      const twin = twinMoments(window);
      worstVariance = Math.max(
        worstVariance,
        Math.abs(moments.variance - twin.variance) / twin.variance,
      );
      worstMean = Math.max(worstMean, Math.abs(moments.mean - twin.mean) / twin.mean);
      const twinSum = window.reduce((total, one) => total + one, 0);
      worstSum = Math.max(worstSum, Math.abs(sum.sum - twinSum) / twinSum);
    }
    // Values of 1e8 carry 1.5e-8 of rounding each, and they move by about 0.3.
    expect(worstVariance).toBeLessThan(1e-6);
    expect(worstMean).toBeLessThan(1e-15 * length);
    expect(worstSum).toBeLessThan(1e-15 * length);
  },
);

test("sums of integers are exact, and of a window that stands still the variance is exactly 0", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 80 }),
      period,
      fc.double({ min: -1e90, max: 1e90, noNaN: true }),
      (values, n, still) => {
        const sum = new RollingSum(n);
        const moments = new RollingMoments(n);
        values.forEach((value, index) => {
          sum.push(value);
          moments.push(value);
          const window = values.slice(Math.max(0, index + 1 - n), index + 1);
          expect(sum.sum).toBe(window.reduce((total, one) => total + one, 0));
          expect(moments.variance).toBeGreaterThanOrEqual(0);
        });
        for (let bar = 0; bar < n; bar += 1) moments.push(still);
        expect(moments.variance).toBe(0);
        expect(moments.mean).toBe(still + 0);
      },
    ),
  );
});

test("the highest and the lowest are those of the window, looked through whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 80 }),
      period,
      (values, n) => {
        const highest = new RollingExtreme(n, "max");
        const lowest = new RollingExtreme(n, "min");
        const channel = new Donchian(n);
        values.forEach((value, index) => {
          const window = values.slice(Math.max(0, index + 1 - n), index + 1);
          const full = window.length === n;
          const upper = full ? Math.max(...window) + 0 : undefined;
          const lower = full ? Math.min(...window) + 0 : undefined;
          expect(highest.update(value)).toBe(upper);
          expect(lowest.update(value)).toBe(lower);
          const reading = channel.update({ high: value, low: value, close: value });
          expect([reading?.upper, reading?.lower]).toEqual([upper, lower]);
        });
      },
    ),
  );
});
