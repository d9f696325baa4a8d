// The order flow of one venue of a sparse market, a second at a time: takers, makers and cancels around a fair price.
// Each second draws from its own keys, so that a second left out moves no draw of any other.
// Idea: Huang, Lehalle, Rosenbaum, "Simulating and analyzing order book data: the queue-reactive model" (2015), reduced.

import {
  META_ASK,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_MARK,
  ROW_TRADE,
} from "../../src/domain/tape.ts";
import type { Rng } from "../../src/ports/rng.ts";
import { unitExponentialMilli } from "../kernel/draw-shapes.ts";
import { randomSite } from "../kernel/keyed-rng.ts";
import { SPARSE_LEVELS_MAX, SparseBookSide } from "./sparse-book.ts";
import { drawnLots, LEVEL_SHAPE, TRADE_SHAPE } from "./sparse-shapes.ts";
import type { SparseShocks } from "./sparse-shocks.ts";
import type { SparseTape } from "./sparse-tape.ts";

export type SparseVenueConfig = Readonly<{
  /** Mean time between two events of the book, µs. */
  eventMeanUs: number;
  /** Distance between two levels, ticks: 1 where a venue's tick is as wide as its market. */
  grainTicks: number;
  /** Median lots of a level at the touch, and of a taker's order. */
  levelLots: number;
  tradeLots: number;
  /** How its feed reaches us: at least so long, and exponentially longer, µs. */
  feedBaseUs: number;
  feedExtraUs: number;
}>;

const SECOND_US = 1_000_000;
const SITE_EVENT = randomSite("sparse.event");
const SITE_SIZE = randomSite("sparse.size");
const SITE_FEED = randomSite("sparse.feed");
/** More than this in one second are not drawn: keys of a second would run into those of the next. */
const EVENTS_A_SECOND_MAX = 64;
/** A side is restocked to at least this many levels, so that a sweep never empties it for long. */
const LEVELS_MIN = 4;
const MARK_EVERY_SECONDS = 5;

export class SparseVenue {
  readonly tape: SparseTape;
  readonly #bids = new SparseBookSide("bid");
  readonly #asks = new SparseBookSide("ask");
  readonly #entity: number;
  #rng: Rng | undefined;
  #config: SparseVenueConfig | undefined;
  #shocks: SparseShocks | undefined;
  #receivedAt = 0;
  #mark = 0;
  /** The event in progress: its lots are drawn by key and count. */
  #key = 0;
  #sizes = 0;
  /** How long the feed takes to tell of this event; −1 before it is drawn. */
  #delayUs = -1;

  constructor(tape: SparseTape, entity: number) {
    this.tape = tape;
    this.#entity = entity;
  }

  /** Begins another world with a snapshot of a full book. */
  open(
    config: SparseVenueConfig,
    parts: Readonly<{ rng: Rng; shocks: SparseShocks; fairTicks: number; at: number }>,
  ): void {
    this.#config = config;
    this.#rng = parts.rng;
    this.#shocks = parts.shocks;
    this.#receivedAt = 0;
    this.#bids.count = 0;
    this.#asks.count = 0;
    this.#mark = Math.floor(parts.fairTicks);
    this.tape.begin();
    this.#keyed(0);
    this.#snapshot(Math.floor(parts.fairTicks), parts.at);
  }

  /** All that happens within a second of the world, whose fair price lies between `fair` and the tick above. */
  second(index: number, startsAt: number, fair: number): void {
    const shocks = this.#shocks as SparseShocks;
    const rng = this.#rng as Rng;
    const { eventMeanUs } = this.#config as SparseVenueConfig;
    this.#keyed(index * EVENTS_A_SECOND_MAX);
    this.#pull(this.#bids, shocks.bidsPulled(index), startsAt);
    this.#pull(this.#asks, shocks.asksPulled(index), startsAt);
    if (shocks.push(index) !== 0) this.#event(fair, startsAt, 0);
    if (index % MARK_EVERY_SECONDS === 0) this.#tellMark(index, fair, startsAt);
    let offset = 0;
    for (let count = 0; count < EVENTS_A_SECOND_MAX; count += 1) {
      const key = index * EVENTS_A_SECOND_MAX + count;
      // The gap is in the upper half of the word, what happens in the lower.
      const word = rng.uint32(SITE_EVENT, this.#entity, key);
      offset += 1 + Math.floor((eventMeanUs * unitExponentialMilli(word)) / 1_000);
      if (offset >= SECOND_US) return;
      this.#keyed(key);
      this.#event(fair, startsAt + offset, word & 0xffff);
    }
  }

  /** The world ends: one more mark, so that its tape reaches to the end. */
  close(at: number): void {
    this.tape.row(ROW_MARK, this.#mark, 0, at, Math.max(at, this.#receivedAt));
    this.tape.endMessage();
  }

  #keyed(key: number): void {
    this.#key = key;
    this.#sizes = 0;
    this.#delayUs = -1;
  }

  /** One event: the mispriced go first, then one of six things that happen around a price that is right. */
  #event(fair: number, at: number, choice: number): void {
    const bids = this.#bids;
    const asks = this.#asks;
    const taken = (choice & 7) < 3;
    if (asks.count > 0 && asks.best <= fair) this.#mispriced(asks, fair, taken, at);
    else if (bids.count > 0 && bids.best > fair) this.#mispriced(bids, fair + 1, taken, at);
    else this.#priced((choice & 8) === 0 ? bids : asks, fair, choice >>> 4, at);
  }

  #mispriced(side: SparseBookSide, limit: number, taken: boolean, at: number): void {
    if (taken) this.#sweep(side, limit, at);
    while (side.count > 0 && side.sign * (side.best - limit) >= 0) this.#remove(side, 0, at);
    const other = side === this.#asks ? this.#bids : this.#asks;
    if (!this.#pulled(other)) this.#set(other, this.#inside(other, limit), at);
    if (!this.#pulled(side)) this.#set(side, this.#inside(side, limit - side.sign), at);
    this.#restock(side, limit, at);
    this.tape.endMessage();
  }

  #priced(side: SparseBookSide, fair: number, choice: number, at: number): void {
    if (this.#pulled(side)) return;
    const limit = side === this.#bids ? fair : fair + 1;
    const pick = choice & 63;
    if (side.count === 0) this.#restock(side, limit, at);
    else if (this.#wide()) this.#set(side, this.#inside(side, limit), at);
    else if (pick < 22) this.#take(side, at);
    else if (pick < 36) this.#set(side, this.#inside(side, limit), at);
    else if (pick < 50) this.#set(side, side.best, at);
    else if (pick < 54 && side.count > 1) this.#remove(side, 0, at);
    else this.#farther(side, choice >>> 6, at);
    this.#restock(side, limit, at);
    this.tape.endMessage();
  }

  /** Behind the touch: the last level goes, or another comes. */
  #farther(side: SparseBookSide, choice: number, at: number): void {
    const { grainTicks } = this.#config as SparseVenueConfig;
    const steps = 1 + ((choice >>> 1) & 3);
    if (side.count >= SPARSE_LEVELS_MAX || (choice & 1) === 0) {
      this.#remove(side, side.count - 1, at);
    } else this.#set(side, side.worst - side.sign * grainTicks * steps, at);
  }

  /** Wider than two levels: a maker steps in before anything else happens. */
  #wide(): boolean {
    const { grainTicks } = this.#config as SparseVenueConfig;
    const bids = this.#bids;
    const asks = this.#asks;
    return bids.count > 0 && asks.count > 0 && asks.best - bids.best > 2 * grainTicks;
  }

  /** At `limit` or behind it, and never across. */
  #inside(side: SparseBookSide, limit: number): number {
    const other = side === this.#bids ? this.#asks : this.#bids;
    if (other.count === 0) return limit;
    return side.sign * (limit - other.best) < 0 ? limit : other.best - side.sign;
  }

  /** A taker's order at the touch: no more than a level of it. */
  #take(side: SparseBookSide, at: number): void {
    const { tradeLots } = this.#config as SparseVenueConfig;
    const here = side.lots[0] as number;
    const lots = Math.min(here, this.#drawn(TRADE_SHAPE, tradeLots));
    const price = side.best;
    this.#print(side, price, lots, at);
    if (lots === here) this.#remove(side, 0, at);
    else {
      side.lots[0] = here - lots;
      this.#depth(side, price, here - lots, at);
    }
  }

  /** A taker's order through every level up to `limit`: the prints first, the book follows. */
  #sweep(side: SparseBookSide, limit: number, at: number): void {
    for (let index = 0; index < side.count; index += 1) {
      const price = side.prices[index] as number;
      if (side.sign * (price - limit) < 0) return;
      this.#print(side, price, side.lots[index] as number, at);
    }
  }

  /** A level of a new size; a side that is full gives up its last one for it. */
  #set(side: SparseBookSide, price: number, at: number): void {
    const { levelLots } = this.#config as SparseVenueConfig;
    if (price <= 0) return;
    if (side.full && side.lotsAt(price) === 0) this.#remove(side, side.count - 1, at);
    const lots = this.#drawn(LEVEL_SHAPE, levelLots);
    side.set(price, lots);
    this.#depth(side, price, lots, at);
  }

  #remove(side: SparseBookSide, index: number, at: number): void {
    this.#depth(side, side.prices[index] as number, 0, at);
    side.removeAt(index);
  }

  /** Levels are added behind the worst, or from `limit` on where none is left. */
  #restock(side: SparseBookSide, limit: number, at: number): void {
    const { grainTicks } = this.#config as SparseVenueConfig;
    if (this.#pulled(side)) return;
    while (side.count < LEVELS_MIN) {
      const next =
        side.count === 0 ? this.#behind(side, limit) : side.worst - side.sign * grainTicks;
      if (next <= 0) return;
      this.#set(side, next, at);
    }
  }

  /** A first price of `side` that `limit` allows: asks stand above a limit that bids may reach. */
  #behind(side: SparseBookSide, limit: number): number {
    const other = side === this.#bids ? this.#asks : this.#bids;
    const price = side === this.#bids ? limit - 1 : limit + 1;
    if (other.count === 0 || side.sign * (price - other.best) < 0) return price;
    return other.best - side.sign;
  }

  #pulled(side: SparseBookSide): boolean {
    const shocks = this.#shocks as SparseShocks;
    const second = Math.floor(this.#key / EVENTS_A_SECOND_MAX);
    return side === this.#bids ? shocks.bidsPulled(second) : shocks.asksPulled(second);
  }

  /** A side that is pulled is gone in one message; the first event after it fills it again. */
  #pull(side: SparseBookSide, pulled: boolean, at: number): void {
    if (!pulled || side.count === 0) return;
    while (side.count > 0) this.#remove(side, side.count - 1, at);
    this.tape.endMessage();
  }

  #snapshot(fair: number, at: number): void {
    const { grainTicks, levelLots } = this.#config as SparseVenueConfig;
    const received = this.#receive(at);
    this.tape.row(ROW_CLEAR | META_SNAPSHOT, 0, 0, at, received);
    for (const side of [this.#bids, this.#asks]) {
      const first = side === this.#bids ? fair : fair + 1;
      for (let level = 0; level < LEVELS_MIN * 2; level += 1) {
        const price = first - side.sign * grainTicks * level;
        if (price <= 0) break;
        const lots = this.#drawn(LEVEL_SHAPE, levelLots);
        side.set(price, lots);
        this.tape.row(ROW_DEPTH | META_SNAPSHOT | askBit(side), price, lots, at, received);
      }
    }
    this.tape.endMessage();
  }

  #tellMark(second: number, fair: number, at: number): void {
    if (!(this.#shocks as SparseShocks).markFrozen(second)) this.#mark = fair;
    this.tape.row(ROW_MARK, this.#mark, 0, at, this.#receive(at));
    this.tape.endMessage();
  }

  #print(hit: SparseBookSide, price: number, lots: number, at: number): void {
    // The aggressor is the other side: whoever sells hits bids.
    const aggressor = hit === this.#bids ? META_ASK : 0;
    this.tape.row(ROW_TRADE | aggressor, price, lots, at, this.#receive(at));
    this.tape.endMessage();
  }

  #depth(side: SparseBookSide, price: number, lots: number, at: number): void {
    this.tape.row(ROW_DEPTH | askBit(side), price, lots, at, this.#receive(at));
  }

  /** Messages arrive in the order they were sent; those of one event come together. */
  #receive(at: number): number {
    if (this.#delayUs < 0) {
      const { feedBaseUs, feedExtraUs } = this.#config as SparseVenueConfig;
      const word = (this.#rng as Rng).uint32(SITE_FEED, this.#entity, this.#key);
      this.#delayUs = feedBaseUs + Math.floor((feedExtraUs * unitExponentialMilli(word)) / 1_000);
    }
    this.#receivedAt = Math.max(this.#receivedAt, at + this.#delayUs);
    return this.#receivedAt;
  }

  #drawn(shape: Int32Array, median: number): number {
    const ordinal = this.#key * 256 + this.#sizes;
    this.#sizes += 1;
    return drawnLots(shape, median, (this.#rng as Rng).uint32(SITE_SIZE, this.#entity, ordinal));
  }
}

function askBit(side: SparseBookSide): number {
  return side.side === "ask" ? META_ASK : 0;
}
