// What the indicators say of one instrument, in whole numbers: the one place where doubles become integers.
// Fed closed bars of the signal period alone; everything decided later is decided on these integers.

import type { BarClosed } from "../../src/domain/event.ts";
import { Adx } from "../../src/indicators/adx.ts";
import { Atr } from "../../src/indicators/atr.ts";
import { BollingerBands } from "../../src/indicators/bollinger-bands.ts";
import { Macd } from "../../src/indicators/macd.ts";
import { RelativeVolume } from "../../src/indicators/relative-volume.ts";
import { Rsi } from "../../src/indicators/rsi.ts";
import { Sma } from "../../src/indicators/sma.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { IndicatorPeriods } from "./macd-config.ts";

/** Each rounded to the nearest whole number of its unit. */
export type MarketReading = Readonly<{
  /** MACD line less its signal, thousandths of a tick. */
  histogramMilliTicks: number;
  /** Average true range, thousandths of a tick. */
  atrMilliTicks: number;
  /** ATR against its own average. */
  atrRatioPermille: number;
  /** ADX and directional indices, thousandths of their 0 to 100. */
  adxMilli: number;
  plusDiMilli: number;
  minusDiMilli: number;
  /** RSI, thousandths of its 0 to 100. */
  rsiMilli: number;
  /** Where the close lies between the bands: 0 at the lower, 1000 at the upper. */
  percentBPermille: number;
  /** Distance of the bands against the mean. */
  bandWidthPermille: number;
  /** The bar's volume against the average of the window. */
  volumeRatioPermille: number;
}>;

export class MarketReader {
  readonly #macd: Macd;
  readonly #adx: Adx;
  readonly #rsi: Rsi;
  readonly #atr: Atr;
  readonly #atrAverage: Sma;
  readonly #bands: BollingerBands;
  readonly #volume: RelativeVolume;

  constructor(periods: IndicatorPeriods) {
    const { fast, slow, signal, bollinger, bollingerDeviationsPermille } = periods;
    this.#macd = new Macd({ fast, slow, signal });
    this.#adx = new Adx(periods.adx);
    this.#rsi = new Rsi(periods.rsi);
    this.#atr = new Atr(periods.atr);
    this.#atrAverage = new Sma(periods.atrAverage);
    const deviations = bollingerDeviationsPermille / 1000;
    this.#bands = new BollingerBands({ period: bollinger, deviations });
    this.#volume = new RelativeVolume(periods.volume);
  }

  /** Takes the next closed bar; undefined until every indicator has its first value. */
  update(bar: BarClosed): MarketReading | undefined {
    const macd = this.#macd.update(bar.close);
    const adx = this.#adx.update(bar);
    const rsi = this.#rsi.update(bar.close);
    const atr = this.#atr.update(bar);
    const usualAtr = atr === undefined ? undefined : this.#atrAverage.update(atr);
    const bands = this.#bands.update(bar.close);
    const volume = this.#volume.update(bar.volume);
    if (macd === undefined || adx === undefined || rsi === undefined) return undefined;
    if (atr === undefined || usualAtr === undefined) return undefined;
    if (bands === undefined || volume === undefined) return undefined;
    return {
      histogramMilliTicks: milli(macd.histogram),
      atrMilliTicks: milli(atr),
      // A market that has stood still is as it usually is.
      atrRatioPermille: usualAtr > 0 ? milli(atr / usualAtr) : 1000,
      adxMilli: milli(adx.adx),
      plusDiMilli: milli(adx.plusDi),
      minusDiMilli: milli(adx.minusDi),
      rsiMilli: milli(rsi),
      percentBPermille: milli(bands.percentB),
      bandWidthPermille: milli(bands.width),
      volumeRatioPermille: milli(volume.ratio),
    };
  }

  save(): JsonValue {
    return {
      macd: this.#macd.save(),
      adx: this.#adx.save(),
      rsi: this.#rsi.save(),
      atr: this.#atr.save(),
      atrAverage: this.#atrAverage.save(),
      bands: this.#bands.save(),
      volume: this.#volume.save(),
    };
  }

  restore(saved: JsonValue): void {
    const parts = saved as Readonly<Record<string, JsonValue>>;
    const part = (name: string): JsonValue => parts[name] ?? null;
    this.#macd.restore(part("macd"));
    this.#adx.restore(part("adx"));
    this.#rsi.restore(part("rsi"));
    this.#atr.restore(part("atr"));
    this.#atrAverage.restore(part("atrAverage"));
    this.#bands.restore(part("bands"));
    this.#volume.restore(part("volume"));
  }
}

/** Thousandths; the sum with 0 turns −0, which no saved state can hold, into 0. */
function milli(value: number): number {
  return Math.round(value * 1000) + 0;
}
