// Unhedged notional × seconds: what a pair of instruments left exposed, and for how long, in all and by cycle. A cycle
// lasts from the first fill on two flat legs to the one that makes both flat again. A pure reading of fills and prices:
// it knows neither the bot nor its state, so that a live run is judged alike. Positions are as learned, not as traded; a
// trade told twice counts once, unless whole cycles lie between.

import type { HedgedPair, PerLeg } from "../domain/common-units.ts";
import { legsOf, netUnits, unitsPerLot } from "../domain/common-units.ts";
import type { OrderFilled } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import { signOf } from "../domain/units.ts";

/** What a span of time exposed. */
export type Exposure = Readonly<{
  /** Σ |net| × price × time, in the quote currency × seconds; the price is the mid of the pair's first instrument. */
  notionalSeconds: number;
  /** The longest time without a break that anything was exposed, µs. */
  longestUs: number;
  /** Most that was exposed at once, in the first instrument's own units. */
  most: number;
}>;

export type CycleExposure = Exposure & Readonly<{ startedAtUs: number; endedAtUs: number }>;

/** A pair's exposure in a run; `left` is still exposed at its end, signed, in the first instrument's units. */
export type PairExposure = Exposure &
  Readonly<{ pair: string; left: number; cycles: readonly CycleExposure[] }>;

type Tally = { notionalSeconds: number; longestUs: number; unitsMax: number };

export class UnhedgedExposure {
  readonly #pair: HedgedPair;
  readonly #name: string;
  readonly #units: PerLeg;
  readonly #sizePerUnit: number;
  readonly #quotePerTickUnit: number;
  readonly #positions: [number, number] = [0, 0];
  readonly #all: Tally = emptyTally();
  readonly #cycles: CycleExposure[] = [];
  #cycle: Tally = emptyTally();
  #cycleSince = 0;
  /** Trades of this cycle and of the one before. */
  #trades = new Set<string>();
  #tradesBefore = new Set<string>();
  /** Twice the mid of the first instrument, ticks; 0 before the first price. */
  #mid2 = 0;
  #net = 0;
  /** Counted up to here, µs, and exposed without a break since. */
  #at = 0;
  #since = 0;

  constructor(pair: HedgedPair, instruments: readonly Instrument[]) {
    const legs = legsOf(pair, instruments);
    const [{ instrument }, { instrument: other }] = legs;
    this.#pair = pair;
    this.#name = `${instrument.venueName} ${instrument.symbol} / ${other.venueName} ${other.symbol}`;
    this.#units = unitsPerLot(legs);
    this.#sizePerUnit = Number(instrument.lotSize) / this.#units[0];
    this.#quotePerTickUnit =
      Number(instrument.tickSize) * Number(instrument.contractSize) * this.#sizePerUnit;
  }

  /** A price of an instrument: bid + ask, ticks. */
  mark(instrument: number, mid2: number, at: number): void {
    if (instrument !== this.#pair.first) return;
    this.#accrue(at);
    this.#mid2 = mid2;
  }

  fill(event: OrderFilled): void {
    const { at, price, side, size } = event;
    const leg = this.#legOf(event.instrument);
    if (leg === undefined || this.#isRepeated(event)) return;
    this.#accrue(at);
    // Before the first book, a fill's own price is the best there is.
    if (this.#mid2 === 0 && leg === 0) this.#mid2 = 2 * price;
    if (this.#positions[0] === 0 && this.#positions[1] === 0) {
      this.#cycle = emptyTally();
      this.#cycleSince = at;
    }
    this.#positions[leg] += signOf(side) * size;
    const before = this.#net;
    this.#net = netUnits(this.#positions, this.#units);
    if (before === 0) this.#since = at;
    for (const tally of [this.#all, this.#cycle]) {
      tally.unitsMax = Math.max(tally.unitsMax, Math.abs(this.#net));
    }
    if (this.#positions[0] !== 0 || this.#positions[1] !== 0) return;
    const span = { startedAtUs: this.#cycleSince, endedAtUs: at };
    this.#tradesBefore = this.#trades;
    this.#trades = new Set();
    this.#cycles.push({ ...span, ...this.#exposure(this.#cycle) });
  }

  /** What is exposed now, in the quote currency. */
  get notional(): number {
    return Math.abs(this.#net) * this.#quotePerTickUnit * (this.#mid2 / 2);
  }

  result(endedAt: number): PairExposure {
    this.#accrue(endedAt);
    const left = this.#net * this.#sizePerUnit;
    return { pair: this.#name, ...this.#exposure(this.#all), left, cycles: [...this.#cycles] };
  }

  #isRepeated({ instrument, orderId, side, tradeId }: OrderFilled): boolean {
    const trade = `${instrument} ${orderId} ${side} ${tradeId}`;
    if (this.#trades.has(trade) || this.#tradesBefore.has(trade)) return true;
    this.#trades.add(trade);
    return false;
  }

  #legOf(instrument: number): 0 | 1 | undefined {
    if (instrument === this.#pair.first) return 0;
    return instrument === this.#pair.second ? 1 : undefined;
  }

  #accrue(at: number): void {
    const lastedUs = at - this.#at;
    if (lastedUs <= 0) return;
    this.#at = at;
    if (this.#net === 0) return;
    const { notional } = this;
    for (const tally of [this.#all, this.#cycle]) {
      tally.notionalSeconds += notional * (lastedUs / 1_000_000);
      tally.longestUs = Math.max(tally.longestUs, at - this.#since);
    }
  }

  #exposure({ notionalSeconds, longestUs, unitsMax }: Tally): Exposure {
    return { notionalSeconds, longestUs, most: unitsMax * this.#sizePerUnit };
  }
}

function emptyTally(): Tally {
  return { notionalSeconds: 0, longestUs: 0, unitsMax: 0 };
}
