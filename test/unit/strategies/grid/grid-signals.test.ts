import { describe, expect, test } from "vitest";
import type {
  GridConfig,
  GridTrend,
  GridVolatility,
} from "../../../../strategies/grid/grid-config.ts";
import { GridSignals } from "../../../../strategies/grid/grid-signals.ts";
import { gridConfig } from "../../../support/grid-config.ts";

const BAR = 2_000_000;
/** A price of 100,000 ticks. */
const MID = 200_000;
const volatility: GridVolatility = {
  atrLength: 3,
  ewmaAlphaPermille: 500,
  initVolPermille: 1000,
  atrWeightPermille: 500,
  volWeightPermille: 2500,
  spacingE8: 60_000,
  spacingMinE8: 50_000,
  spacingMaxE8: 500_000,
  circuitSigmaPermille: 4000,
};
const trend: GridTrend = { fastEma: 2, slowEma: 4, maxE8: 400_000 };

function signalsOf(changed: Partial<GridConfig>): GridSignals {
  return new GridSignals(gridConfig({ barUs: BAR, ...changed }));
}

/** One look a bar, at these mids. */
function walk(signals: GridSignals, mids: readonly number[], from = 0): number {
  let now = from;
  for (const mid of mids) {
    signals.heard(now, mid);
    now += BAR;
  }
  return now;
}

describe("the grid's measures of the market", () => {
  test("keep the configured spacing and centre when neither is asked for", () => {
    const signals = signalsOf({ spacingTicks: 7 });
    walk(signals, [MID, MID + 900, MID - 900]);
    expect(signals.spacingTicks(MID)).toBe(7);
    expect(signals.biasHalfTicks(MID)).toBe(0);
  });

  test("begin as if a bar moved by 0.1 % of the price: 0.06 % + half of it + 2.5 of it is 0.36 %", () => {
    const signals = signalsOf({ volatility });
    expect(signals.spacingTicks(MID)).toBe(360);
    const calm = signalsOf({ volatility: { ...volatility, initVolPermille: 500 } });
    expect(calm.spacingTicks(MID)).toBe(210);
  });

  test("add half the mean true range and 2.5 deviations, once the bars are there", () => {
    const signals = signalsOf({ volatility });
    // Bars of one look each; the last one is still open. Moves of 40, 40, 40 half ticks: true ranges of 20 ticks.
    walk(signals, [MID, MID + 40, MID, MID + 40, MID]);
    // Half ticks squared: begins at 200² (0.1 % of 200,000; the second bar's closing price does not matter), then
    // three times the mean of it and 40²: 40,000 → 20,800 → 11,200 → 6,400; √6,400 = 80 half ticks = 40 ticks.
    expect(signals.spacingTicks(MID)).toBe(60 + 10 + 100);
  });

  test("take the range within a bar as well: the looks between count, not only the last", () => {
    const still = signalsOf({ volatility: { ...volatility, volWeightPermille: 0 } });
    const swinging = signalsOf({ volatility: { ...volatility, volWeightPermille: 0 } });
    for (let now = 0; now < 5 * BAR; now += BAR) {
      still.heard(now, MID);
      swinging.heard(now, MID);
      swinging.heard(now + 1, MID + 80);
      swinging.heard(now + 2, MID - 80);
      swinging.heard(now + 3, MID);
    }
    expect(still.spacingTicks(MID)).toBe(60);
    expect(swinging.spacingTicks(MID)).toBe(60 + 40);
  });

  test("keep the spacing within its limits, and never below the configured distance", () => {
    const wild = signalsOf({ volatility: { ...volatility, volWeightPermille: 90_000 } });
    expect(wild.spacingTicks(MID)).toBe(500);
    const none = { spacingE8: 0, atrWeightPermille: 0, volWeightPermille: 0 };
    const tight = signalsOf({ volatility: { ...volatility, ...none } });
    expect(tight.spacingTicks(MID)).toBe(50);
    const floor = signalsOf({ spacingTicks: 70, volatility: { ...volatility, ...none } });
    expect(floor.spacingTicks(MID)).toBe(70);
    const wide = signalsOf({ spacingTicks: 900, volatility });
    expect(wide.spacingTicks(MID)).toBe(900);
  });

  test("lean with the trend once the slow average is there, by the fast less the slow one", () => {
    const signals = signalsOf({ trend });
    walk(
      signals,
      [0, 30, 60, 90].map((up) => MID + up),
    );
    expect(signals.biasHalfTicks(MID)).toBe(0);
    signals.heard(4 * BAR, MID + 90);
    // Fast of 2: seeded with 15, then 45, 75; slow of 4: the mean 45. No bar has closed at 90 twice.
    expect(signals.biasHalfTicks(MID)).toBe(30);
  });

  test("lean down as far as up, and no further than the limit", () => {
    const up = signalsOf({ trend });
    const down = signalsOf({ trend });
    walk(
      up,
      [0, 5_000, 10_000, 15_000, 20_000].map((move) => MID + move),
    );
    walk(
      down,
      [0, 5_000, 10_000, 15_000, 20_000].map((move) => MID - move),
    );
    // 0.4 % of 200,000 half ticks.
    expect(up.biasHalfTicks(MID)).toBe(800);
    expect(down.biasHalfTicks(MID)).toBe(-800);
  });

  test("tell of a bar that moved by more than four deviations, once", () => {
    const signals = signalsOf({ volatility });
    const now = walk(signals, [MID, MID + 40, MID, MID + 40, MID]);
    expect(signals.takeShock()).toBe(false);
    // σ is 80 half ticks, then 63 after a bar of 40.
    walk(signals, [MID + 400, MID + 400], now);
    expect(signals.takeShock()).toBe(true);
    expect(signals.takeShock()).toBe(false);
  });

  test("a period without a look has no bar", () => {
    const signals = signalsOf({ trend });
    walk(signals, [MID, MID + 30]);
    walk(signals, [MID + 60, MID + 90, MID + 90], 1_000 * BAR);
    expect(signals.biasHalfTicks(MID)).toBe(30);
  });

  test("go on after a restart as if they had never stopped, wherever they were", () => {
    const mids = Array.from({ length: 40 }, (_, step) => MID + ((step * step * 37) % 600));
    for (let cut = 0; cut < mids.length; cut += 1) {
      const whole = signalsOf({ volatility, trend });
      const first = signalsOf({ volatility, trend });
      const second = signalsOf({ volatility, trend });
      const look = (signals: GridSignals, step: number): void =>
        signals.heard(step * 700_000, mids[step] as number);
      for (let step = 0; step < mids.length; step += 1) look(whole, step);
      for (let step = 0; step < cut; step += 1) look(first, step);
      second.restore(JSON.parse(JSON.stringify(first.save())));
      for (let step = cut; step < mids.length; step += 1) look(second, step);
      expect(second.save()).toEqual(whole.save());
    }
  });
});
