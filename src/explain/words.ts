// Numbers of a story as people read them: prices and sizes as decimals, times of the day, lengths of time in ms.

import { Decimal } from "decimal.js";
import { moneyToDecimal, stepsToDecimal } from "../domain/decimal.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId } from "../domain/units.ts";
import { timeText } from "../report/time-text.ts";

/** Of one instrument, in the money of its venue's account. */
export class Words {
  readonly instrument: Instrument;
  readonly #instruments: readonly Instrument[];
  readonly #moneyDecimals: number;

  /** `instruments` are all of the run: an account keeps its money at the finest scale among its own. */
  constructor(instrument: Instrument, instruments: readonly Instrument[]) {
    this.instrument = instrument;
    this.#instruments = instruments;
    const scales = instruments
      .filter(({ venue }) => venue === instrument.venue)
      .map(({ moneyDecimals }) => moneyDecimals);
    this.#moneyDecimals = Math.max(0, ...scales);
  }

  /** The words of another instrument of the run. */
  of(id: InstrumentId): Words {
    if (id === this.instrument.id) return this;
    return new Words(this.#instruments[id] ?? this.instrument, this.#instruments);
  }

  /** "hyperliquid BTC: ", where there is more than one to tell apart. */
  get label(): string {
    const { venueName, symbol } = this.instrument;
    return this.#instruments.length > 1 ? `${venueName} ${symbol}: ` : "";
  }

  price(ticks: number | undefined): string {
    return ticks === undefined ? "none" : stepsToDecimal(ticks, this.instrument.tickSize);
  }

  /** Lots may be an estimate: then to a tenth of a lot. */
  size(lots: number): string {
    const { lotSize } = this.instrument;
    if (Number.isInteger(lots)) return stepsToDecimal(lots, lotSize);
    return new Decimal(lotSize).times(lots.toFixed(1)).toFixed();
  }

  money(units: bigint): string {
    const text = moneyToDecimal(units, this.#moneyDecimals);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }

  /** Average price of a holding. */
  average(costTickLots: number, lots: number): string {
    if (lots === 0) return "-";
    const { tickSize } = this.instrument;
    const decimals = new Decimal(tickSize).decimalPlaces() + 2;
    return new Decimal(costTickLots).dividedBy(lots).times(tickSize).toFixed(decimals);
  }
}

/** "14:03:11.250500" */
export function clockText(us: number): string {
  return timeText(us).slice(11, -1);
}

/** "12.5 ms", "2 s", "80 µs" */
export function lengthText(us: number): string {
  if (Math.abs(us) < 1_000) return `${us} µs`;
  if (Math.abs(us) < 1_000_000) return `${Number((us / 1_000).toFixed(3))} ms`;
  return `${Number((us / 1_000_000).toFixed(3))} s`;
}

/** "1 tick", "3 ticks" */
export function countText(count: number, one: string): string {
  return `${count} ${one}${Math.abs(count) === 1 ? "" : "s"}`;
}
