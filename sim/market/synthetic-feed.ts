// What a synthetic venue publishes: a snapshot, then depth messages at a fixed interval, and prints at once.
// Before a print everything pending goes out, so that a print never exceeds the size displayed at its price.

import { assert } from "../../src/domain/assert.ts";
import {
  META_ASK,
  META_LAST,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_FUNDING,
  ROW_MARK,
  ROW_TRADE,
} from "../../src/domain/tape.ts";
import type { Side } from "../../src/domain/units.ts";
import type { SyntheticBookSide } from "./synthetic-book.ts";
import type { Draws } from "./synthetic-draws.ts";

/** Takes the rows of one venue, in order; both times ascend. */
export type RowSink = (
  meta: number,
  price: number,
  size: number,
  venueAt: number,
  receivedAt: number,
) => void;

/** How a venue's feed reaches us, µs: latency = base + exponential, and once in `spikeOneIn` messages a spike on top. */
export type FeedLatency = Readonly<{
  baseUs: number;
  meanExtraUs: number;
  spikeOneIn: number;
  spikeUs: number;
}>;

export class SyntheticFeed {
  readonly #sink: RowSink;
  readonly #draws: Draws;
  readonly #latency: FeedLatency;
  readonly #bids: SyntheticBookSide;
  readonly #asks: SyntheticBookSide;
  /** Levels changed since the last message: price × 2, + 1 for an ask; in the order of their first change. */
  readonly #changed = new Set<number>();
  #receivedAt = 0;

  constructor(
    parts: Readonly<{ sink: RowSink; draws: Draws; latency: FeedLatency }>,
    bids: SyntheticBookSide,
    asks: SyntheticBookSide,
  ) {
    this.#sink = parts.sink;
    this.#draws = parts.draws;
    this.#latency = parts.latency;
    this.#bids = bids;
    this.#asks = asks;
  }

  snapshot(at: number): void {
    const received = this.#received(at);
    this.#changed.clear();
    this.#sink(ROW_CLEAR | META_SNAPSHOT, 0, 0, at, received);
    for (const side of [this.#bids, this.#asks]) {
      for (let index = 0; index < side.levels; index += 1) {
        const last = side === this.#asks && index === side.levels - 1 ? META_LAST : 0;
        const meta = ROW_DEPTH | META_SNAPSHOT | sideBit(side.side) | last;
        this.#sink(meta, side.price(index), side.lots(index), at, received);
      }
    }
  }

  changed(side: Side, price: number): void {
    this.#changed.add(price * 2 + (side === "ask" ? 1 : 0));
  }

  /** One depth message with every level changed since the last one; nothing when none has. */
  publish(at: number): void {
    if (this.#changed.size === 0) return;
    const received = this.#received(at);
    let left = this.#changed.size;
    for (const key of this.#changed) {
      left -= 1;
      const side = key % 2 === 1 ? this.#asks : this.#bids;
      const price = Math.floor(key / 2);
      const last = left === 0 ? META_LAST : 0;
      this.#sink(ROW_DEPTH | sideBit(side.side) | last, price, side.lotsAt(price), at, received);
    }
    this.#changed.clear();
  }

  /** A print that took lots of `hit`; the aggressor is the other side. Pending changes must be out. */
  trade(hit: Side, price: number, lots: number, at: number): void {
    const buyer = hit === "ask";
    const meta = ROW_TRADE | (buyer ? 0 : META_ASK) | META_LAST;
    this.#sink(meta, price, lots, at, this.#received(at));
  }

  mark(price: number, at: number): void {
    this.#sink(ROW_MARK | META_LAST, price, 0, at, this.#received(at));
  }

  funding(mark: number, rateE8: number, at: number): void {
    this.#sink(ROW_FUNDING | META_LAST, mark, rateE8, at, this.#received(at));
  }

  /** Messages arrive in the order they were sent: one behind a late one is late as well. */
  #received(at: number): number {
    const { baseUs, meanExtraUs, spikeOneIn, spikeUs } = this.#latency;
    const spike = this.#draws.oneIn(spikeOneIn) ? this.#draws.below(spikeUs) : 0;
    const received = at + baseUs + this.#draws.exponential(meanExtraUs) + spike;
    this.#receivedAt = Math.max(this.#receivedAt, received);
    assert(this.#receivedAt >= at, "nothing is received before it happened");
    return this.#receivedAt;
  }
}

function sideBit(side: Side): number {
  return side === "ask" ? META_ASK : 0;
}
