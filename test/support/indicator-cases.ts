// Every indicator behind one shape, a bar in and plain numbers out, so that one law can be held over all of them;
// and a market made of integers, which every engine draws alike.

import { Adx } from "../../src/indicators/adx.ts";
import { Atr } from "../../src/indicators/atr.ts";
import { BollingerBands } from "../../src/indicators/bollinger-bands.ts";
import { DirectionalMovement } from "../../src/indicators/directional-movement.ts";
import { Donchian } from "../../src/indicators/donchian.ts";
import { Ema } from "../../src/indicators/ema.ts";
import type { Indicator, PriceBar } from "../../src/indicators/indicator.ts";
import { Macd } from "../../src/indicators/macd.ts";
import { RelativeVolume } from "../../src/indicators/relative-volume.ts";
import { RollingExtreme } from "../../src/indicators/rolling-extreme.ts";
import { Rsi } from "../../src/indicators/rsi.ts";
import { Sma } from "../../src/indicators/sma.ts";
import { TrueRange } from "../../src/indicators/true-range.ts";
import { WilderAverage } from "../../src/indicators/wilder-average.ts";

export type VolumeBar = PriceBar & Readonly<{ volume: number }>;

/** An indicator whose input is read off a bar and whose value is a list of numbers, in the order of its fields. */
export type BarIndicator = Omit<Indicator<VolumeBar, readonly number[]>, "value"> &
  Readonly<{ value(): readonly number[] | undefined }>;

export type IndicatorCase = Readonly<{
  name: string;
  /** Of a period of bars; the usual parameters without one. */
  make(period?: number): BarIndicator;
}>;

type Reading = number | Readonly<Record<string, number>>;

function numbersOf(reading: Reading | undefined): readonly number[] | undefined {
  if (reading === undefined) return undefined;
  return typeof reading === "number" ? [reading] : Object.values(reading);
}

function over<Input>(
  indicator: Indicator<Input, Reading>,
  input: (bar: VolumeBar) => Input,
): BarIndicator {
  return {
    warmupBars: indicator.warmupBars,
    value: () => numbersOf(indicator.value),
    update: (bar) => numbersOf(indicator.update(input(bar))),
    save: () => indicator.save(),
    restore: (saved) => indicator.restore(saved),
  };
}

const close = (bar: VolumeBar): number => bar.close;
const volume = (bar: VolumeBar): number => bar.volume;
const whole = (bar: VolumeBar): VolumeBar => bar;

/** MACD periods; of a period n: n, 2n and n. */
function macdOf(period: number | undefined): Macd {
  if (period === undefined) return new Macd({ fast: 12, slow: 26, signal: 9 });
  return new Macd({ fast: period, slow: 2 * period, signal: period });
}

export const indicatorCases: readonly IndicatorCase[] = [
  { name: "sma", make: (period = 20) => over(new Sma(period), close) },
  { name: "ema", make: (period = 20) => over(new Ema(period), close) },
  { name: "wilder-average", make: (period = 20) => over(new WilderAverage(period), close) },
  { name: "macd", make: (period) => over(macdOf(period), close) },
  { name: "rsi", make: (period = 14) => over(new Rsi(period), close) },
  { name: "true-range", make: () => over(new TrueRange(), whole) },
  { name: "atr", make: (period = 14) => over(new Atr(period), whole) },
  {
    name: "directional-movement",
    make: (period = 14) => over(new DirectionalMovement(period), whole),
  },
  { name: "adx", make: (period = 14) => over(new Adx(period), whole) },
  {
    name: "bollinger-bands",
    make: (period = 20) => over(new BollingerBands({ period, deviations: 2 }), close),
  },
  { name: "relative-volume", make: (period = 20) => over(new RelativeVolume(period), volume) },
  { name: "rolling-max", make: (period = 20) => over(new RollingExtreme(period, "max"), close) },
  { name: "rolling-min", make: (period = 20) => over(new RollingExtreme(period, "min"), close) },
  { name: "donchian", make: (period = 20) => over(new Donchian(period), whole) },
];

/** A market in ticks and lots: trends, gaps, and every 2,000 bars a night of 300 bars without a trade. */
export function integerBars(count: number): readonly VolumeBar[] {
  let state = 20_240_229;
  // Numerical Recipes' 32-bit congruence; the high bits are the good ones.
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
  let price = 500_000;
  return Array.from({ length: count }, (_, index) => {
    if (index % 2_000 < 300) return { high: price, low: price, close: price, volume: 0 };
    const open = price + below(61) - 30;
    const step = below(201) - (index % 500 < 250 ? 98 : 102);
    price = Math.max(1_000, open + step);
    return {
      high: Math.max(open, price) + below(50),
      low: Math.min(open, price) - below(50),
      close: price,
      volume: below(10) === 0 ? 0 : below(100_000),
    };
  });
}
