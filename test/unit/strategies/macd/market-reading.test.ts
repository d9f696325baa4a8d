import { describe, expect, test } from "vitest";
import type { BarClosed } from "../../../../src/domain/event.ts";
import {
  durationUs,
  instrumentId,
  priceTicks,
  sizeLots,
  timeUs,
} from "../../../../src/domain/units.ts";
import { MarketReader } from "../../../../strategies/macd/market-reading.ts";
import type { BarRow } from "../../../support/bars.ts";
import { drawnBars, macdConfig } from "../../../support/macd-rig.ts";

const periods = macdConfig().coins[0]?.periods;
if (periods === undefined) throw new Error("expected a coin");

const closed = ([open, high, low, close, volume]: BarRow, index: number): BarClosed => ({
  kind: "BarClosed",
  at: timeUs(index + 1),
  venueAt: timeUs(index + 1),
  instrument: instrumentId(0),
  periodUs: durationUs(1),
  open: priceTicks(open),
  high: priceTicks(high),
  low: priceTicks(low),
  close: priceTicks(close),
  volume: sizeLots(volume),
});
const bars = drawnBars(7, 300).map(closed);

describe("a reading", () => {
  test("is there from the bar on which the last indicator has warmed up, and on every one after", () => {
    const reader = new MarketReader(periods);
    const first = bars.findIndex((bar) => reader.update(bar) !== undefined);
    // The average of 50 values of an ATR that needs 15 bars for its first.
    expect(first).toBe(63);
    expect(bars.slice(first + 1).every((bar) => reader.update(bar) !== undefined)).toBe(true);
  });

  test("is whole numbers, whatever the market does", () => {
    const reader = new MarketReader(periods);
    for (const bar of bars) {
      const values = Object.values(reader.update(bar) ?? {});
      expect(values.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))).toBe(
        true,
      );
    }
  });

  test("of a market that stands still is neutral in everything", () => {
    const reader = new MarketReader(periods);
    const still = Array.from({ length: 80 }, (_, at) => closed([500, 500, 500, 500, 0], at));
    expect(still.map((bar) => reader.update(bar)).at(-1)).toEqual({
      histogramMilliTicks: 0,
      atrMilliTicks: 0,
      atrRatioPermille: 1_000,
      adxMilli: 0,
      plusDiMilli: 0,
      minusDiMilli: 0,
      rsiMilli: 50_000,
      percentBPermille: 500,
      bandWidthPermille: 0,
      volumeRatioPermille: 0,
    });
  });

  test("agrees with ATR, RSI and volume reckoned here in the plainest way", () => {
    const reader = new MarketReader(periods);
    const last = bars.map((bar) => reader.update(bar)).at(-1);
    let atr = 0;
    let gain = 0;
    let loss = 0;
    bars.forEach((bar, index) => {
      const before = bars[index - 1];
      if (before === undefined) return;
      const range = Math.max(bar.high, before.close) - Math.min(bar.low, before.close);
      const change = bar.close - before.close;
      const weight = index <= 14 ? 1 / index : 1 / 14;
      atr += (range - atr) * weight;
      gain += (Math.max(change, 0) - gain) * weight;
      loss += (Math.max(-change, 0) - loss) * weight;
    });
    const volumes = bars.slice(-20).map((bar) => bar.volume as number);
    const average = volumes.reduce((sum, each) => sum + each, 0) / 20;
    expect(last?.atrMilliTicks).toBe(Math.round(atr * 1_000));
    expect(last?.rsiMilli).toBe(Math.round((100_000 * gain) / (gain + loss)));
    expect(last?.volumeRatioPermille).toBe(Math.round(((volumes.at(-1) ?? 0) / average) * 1_000));
  });

  test("is the same after a restart at any bar", () => {
    const whole = new MarketReader(periods);
    let cut = new MarketReader(periods);
    for (const bar of bars) {
      const text = JSON.stringify(cut.save());
      cut = new MarketReader(periods);
      cut.restore(JSON.parse(text));
      expect(cut.update(bar)).toEqual(whole.update(bar));
    }
  });
});
