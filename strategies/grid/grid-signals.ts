// What the market's moves say about a grid: how far apart its rungs stand, and which way its centre leans.
// Measured over bars built from the mids it saw at its looks; a period without a look has no bar. Doubles with
// + − × ÷ √ inside, whole ticks out. Prices are half ticks, as the mid is. Design: "Grid Trading Bot Architecture",
// Strategy (volatility, trend bias, spacing); the document has no formulas: those of the bot it describes are restated here.

import { assert } from "../../src/domain/assert.ts";
import { Atr } from "../../src/indicators/atr.ts";
import { Ema } from "../../src/indicators/ema.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { GridConfig, GridTrend, GridVolatility } from "./grid-config.ts";

/** Share of the price that both measures of volatility begin at, before `initVolPermille`: 0.1 %. */
const FIRST_MOVE = 0.001;
/** How often the bot of the design document looks at the market. */
const BAR_US = 2_000_000;
const E8 = 100_000_000;

type SignalsSaved = Readonly<{
  barEnd: number | null;
  high: number;
  low: number;
  close: number;
  lastClose: number | null;
  variance: number | null;
  bars: number;
  shocked: boolean;
  atr: JsonValue;
  fast: JsonValue;
  slow: JsonValue;
}>;

export class GridSignals {
  readonly #barUs: number;
  readonly #volatility: GridVolatility | undefined;
  readonly #trend: GridTrend | undefined;
  readonly #spacingFloor: number;
  readonly #atr: Atr;
  readonly #fast: Ema;
  readonly #slow: Ema;
  #barEnd: number | undefined;
  #high = 0;
  #low = 0;
  #close = 0;
  #lastClose: number | undefined;
  /** Of a bar's move, half ticks squared; undefined before the first bar. */
  #variance: number | undefined;
  /** Bars closed, up to as many as the circuit needs. */
  #bars = 0;
  #shocked = false;

  constructor(config: GridConfig) {
    const { barUs = BAR_US, volatility, trend } = config;
    assert(barUs >= 1, `a bar is at least a microsecond, was ${barUs}`);
    this.#barUs = barUs;
    this.#volatility = volatility;
    this.#trend = trend;
    this.#spacingFloor = config.spacingTicks;
    this.#atr = new Atr(volatility?.atrLength ?? 1);
    this.#fast = new Ema(trend?.fastEma ?? 1);
    this.#slow = new Ema(trend?.slowEma ?? 1);
  }

  /** A look at a book that can be quoted on. Each bar is used once, when the first look after its end is taken. */
  heard(now: number, midHalfTicks: number): void {
    if (this.#barEnd !== undefined && now < this.#barEnd) {
      if (midHalfTicks > this.#high) this.#high = midHalfTicks;
      if (midHalfTicks < this.#low) this.#low = midHalfTicks;
      this.#close = midHalfTicks;
      return;
    }
    if (this.#barEnd !== undefined) this.#closeBar();
    this.#barEnd = (Math.floor(now / this.#barUs) + 1) * this.#barUs;
    this.#high = midHalfTicks;
    this.#low = midHalfTicks;
    this.#close = midHalfTicks;
  }

  /**
   * The first distance, ticks. spacing = base × price + wATR × ATR + wVol × σ, within [min × price, max × price] and never
   * below the configured distance; until the first true ranges are there, ATR and σ are 0.1 % of the price × initVol.
   */
  spacingTicks(midHalfTicks: number): number {
    const config = this.#volatility;
    if (config === undefined) return this.#spacingFloor;
    const price = midHalfTicks / 2;
    const first = this.#firstMove(price);
    const atr = this.#atr.value === undefined ? first : this.#atr.value / 2;
    const sigma = this.#variance === undefined ? first : Math.sqrt(this.#variance) / 2;
    const wanted =
      (config.spacingE8 * price) / E8 +
      (config.atrWeightPermille * atr + config.volWeightPermille * sigma) / 1000;
    const least = Math.max(this.#spacingFloor, Math.ceil((config.spacingMinE8 * price) / E8));
    const most = Math.max(least, Math.floor((config.spacingMaxE8 * price) / E8));
    return Math.min(most, Math.max(least, Math.floor(wanted)));
  }

  /** How far the centre leans with the trend, half ticks; 0 until both averages are there. */
  biasHalfTicks(midHalfTicks: number): number {
    const config = this.#trend;
    const fast = this.#fast.value;
    const slow = this.#slow.value;
    if (config === undefined || fast === undefined || slow === undefined) return 0;
    const most = Math.floor((config.maxE8 * midHalfTicks) / E8);
    // Truncated towards zero, so that up and down lean alike.
    return Math.trunc(Math.max(-most, Math.min(most, fast - slow)));
  }

  /** Has a bar closed since the last call that moved further than the circuit allows? */
  takeShock(): boolean {
    const shocked = this.#shocked;
    this.#shocked = false;
    return shocked;
  }

  save(): JsonValue {
    const saved: SignalsSaved = {
      barEnd: this.#barEnd ?? null,
      high: this.#high,
      low: this.#low,
      close: this.#close,
      lastClose: this.#lastClose ?? null,
      variance: this.#variance ?? null,
      bars: this.#bars,
      shocked: this.#shocked,
      atr: this.#atr.save(),
      fast: this.#fast.save(),
      slow: this.#slow.save(),
    };
    return saved;
  }

  restore(json: JsonValue): void {
    const saved = json as SignalsSaved;
    this.#barEnd = saved.barEnd ?? undefined;
    this.#high = saved.high;
    this.#low = saved.low;
    this.#close = saved.close;
    this.#lastClose = saved.lastClose ?? undefined;
    this.#variance = saved.variance ?? undefined;
    this.#bars = saved.bars;
    this.#shocked = saved.shocked;
    this.#atr.restore(saved.atr);
    this.#fast.restore(saved.fast);
    this.#slow.restore(saved.slow);
  }

  #closeBar(): void {
    const close = this.#close;
    if (this.#trend !== undefined) {
      this.#fast.update(close);
      this.#slow.update(close);
    }
    const config = this.#volatility;
    if (config === undefined) return;
    this.#atr.update({ high: this.#high, low: this.#low, close });
    const first = 2 * this.#firstMove(close / 2);
    const before = this.#variance ?? first * first;
    const move = this.#lastClose === undefined ? 0 : close - this.#lastClose;
    this.#judge(move, before, config);
    const alpha = config.ewmaAlphaPermille / 1000;
    // The first bar has no move: the variance stays where it begins.
    this.#variance =
      this.#lastClose === undefined ? before : alpha * move * move + (1 - alpha) * before;
    this.#lastClose = close;
  }

  /** Against the variance of the bars before it, once there have been as many as the range is averaged over. */
  #judge(move: number, variance: number, config: GridVolatility): void {
    if (this.#bars < config.atrLength) {
      this.#bars += 1;
      return;
    }
    if (config.circuitSigmaPermille === 0) return;
    const most = (config.circuitSigmaPermille / 1000) * Math.sqrt(variance);
    if (Math.abs(move) > most) this.#shocked = true;
  }

  #firstMove(price: number): number {
    const permille = this.#volatility?.initVolPermille ?? 0;
    return (FIRST_MOVE * price * permille) / 1000;
  }
}
