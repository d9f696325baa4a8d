// The order flow of one synthetic venue: limit orders, cancels and market orders whose rates react to the queues.
// Idea: Huang, Lehalle, Rosenbaum, "Simulating and analyzing order book data: the queue-reactive model" (2015): a
// queue's arrivals fall and its cancels rise with its size. Our rates are round numbers chosen by hand, not fitted.
// Left out: individual orders (levels only), hidden size, long memory beyond the repetition of the aggressor's side.

import type { Side } from "../../src/domain/units.ts";
import { SyntheticBookSide } from "./synthetic-book.ts";
import type { Draws } from "./synthetic-draws.ts";
import type { FeedLatency, RowSink } from "./synthetic-feed.ts";
import { SyntheticFeed } from "./synthetic-feed.ts";

/** What makes one venue differ from another. */
export type SyntheticVenueConfig = Readonly<{
  /** Mean time between two events of the book in calm hours, µs. */
  eventMeanUs: number;
  /** Depth messages go out at multiples of this, plus `publishOffsetUs`, µs. */
  publishEveryUs: number;
  publishOffsetUs: number;
  /** Sizes are 1 ≤ n < 2^sizeBits lots, log-uniform. */
  sizeBits: number;
  /** A maker who improves stands up to this many ticks off the fair price, less one. */
  carefulTicks: number;
  latency: FeedLatency;
}>;

/** A side keeps at least so many levels, so that a sweep never empties it, and at most so many. */
const LEVELS_MIN = 6;
const LEVELS_MAX = 48;
/** A level further behind the touch than this is pulled when it is looked at; 2^9 ticks of log-uniform distance. */
const DISTANCE_BITS = 9;

export class SyntheticVenue {
  readonly feed: SyntheticFeed;
  readonly bids = new SyntheticBookSide("bid");
  readonly asks = new SyntheticBookSide("ask");
  readonly #config: SyntheticVenueConfig;
  readonly #draws: Draws;
  #lastHit: Side = "bid";
  #publishAt = 0;

  constructor(
    config: SyntheticVenueConfig,
    parts: Readonly<{ sink: RowSink; draws: Draws; feedDraws: Draws }>,
  ) {
    this.#config = config;
    this.#draws = parts.draws;
    const feedParts = { sink: parts.sink, draws: parts.feedDraws, latency: config.latency };
    this.feed = new SyntheticFeed(feedParts, this.bids, this.asks);
  }

  /** Fills the book around a fair price (the bid's tick) and publishes it whole. */
  open(fairTicks: number, at: number): void {
    this.bids.add(fairTicks, this.#size());
    this.asks.add(fairTicks + 1, this.#size());
    for (let count = 0; count < LEVELS_MAX; count += 1) {
      this.#limitBehind(this.bids);
      this.#limitBehind(this.asks);
    }
    this.feed.snapshot(at);
    this.#publishAt = at + this.#config.publishEveryUs + this.#config.publishOffsetUs;
  }

  /** Publishes what is due strictly before `at`. */
  publishUntil(at: number): void {
    if (this.#publishAt > at) return;
    this.feed.publish(this.#publishAt);
    const every = this.#config.publishEveryUs;
    this.#publishAt += every * (Math.floor((at - this.#publishAt) / every) + 1);
  }

  /** One event of the order flow, given the fair price (the tick a bid is worth). */
  step(fairTicks: number, at: number): void {
    this.publishUntil(at);
    if (this.asks.price(0) <= fairTicks) this.#mispriced(this.asks, fairTicks, at);
    else if (this.bids.price(0) > fairTicks) this.#mispriced(this.bids, fairTicks + 1, at);
    else this.#priced(fairTicks, at);
  }

  /** The fair price lies inside the spread. */
  #priced(fairTicks: number, at: number): void {
    const side = this.#draws.below(2) === 0 ? this.bids : this.asks;
    const spread = this.asks.price(0) - this.bids.price(0);
    if (spread > 1 && !this.#draws.oneIn(3)) this.#improve(side, fairTicks);
    else this.#ordinary(side, at);
  }

  /** A side offers more than the fair price: most makers pull in time, the rest are taken. */
  #mispriced(side: SyntheticBookSide, limit: number, at: number): void {
    if (this.#draws.below(10) < 4) {
      this.#market(side, this.#size() * 4, limit, at);
      return;
    }
    const pulled = 1 + this.#draws.below(3);
    for (let count = 0; count < pulled && this.#beyond(side, limit); count += 1) {
      this.#cancel(side, 0, side.lots(0));
    }
    this.#restock(side);
  }

  /** Is the best of `side` at `limit` or better for whoever takes it? */
  #beyond(side: SyntheticBookSide, limit: number): boolean {
    return side.side === "ask" ? side.price(0) <= limit : side.price(0) >= limit;
  }

  /** A maker steps into the spread, at the fair price or a little behind, never across. */
  #improve(side: SyntheticBookSide, fairTicks: number): void {
    const careful = this.#draws.below(this.#config.carefulTicks);
    const price =
      side.side === "bid"
        ? Math.min(fairTicks - careful, this.asks.price(0) - 1)
        : Math.max(fairTicks + 1 + careful, this.bids.price(0) + 1);
    this.#limit(side, price);
  }

  /** Rates by the queue at the touch, in events per unit; rounded down, so whole numbers. */
  #ordinary(side: SyntheticBookSide, at: number): void {
    const queue = side.lots(0);
    const join = 30 + Math.floor(120_000 / (1000 + queue));
    const leave = 10 + Math.floor((140 * queue) / (3000 + queue));
    const take = 3 + Math.floor(9600 / (800 + queue));
    const behind = 70;
    const leaveBehind = 3 * side.levels;
    const pick = this.#draws.below(join + leave + take + behind + leaveBehind);
    if (pick < join) this.#limit(side, side.price(0));
    else if (pick < join + leave) this.#cancelPart(side, 0);
    else if (pick < join + leave + take) this.#noise(side, at);
    else if (pick < join + leave + take + behind) this.#limitBehind(side);
    else this.#cancelPart(side, this.#nearLevel(side));
  }

  /** A level's index, the near ones more often. */
  #nearLevel(side: SyntheticBookSide): number {
    return Math.min(this.#draws.below(side.levels), this.#draws.below(side.levels));
  }

  /** A market order for its own reasons: two in three repeat the side of the last one, one in forty sweeps. */
  #noise(drawn: SyntheticBookSide, at: number): void {
    const repeated = this.#lastHit === "bid" ? this.bids : this.asks;
    const hit = this.#draws.oneIn(3) ? drawn : repeated;
    const lots = this.#size();
    const sweep = this.#draws.oneIn(40);
    const edge = sweep ? 30 : 2;
    const limit = hit.side === "ask" ? hit.price(0) + edge : hit.price(0) - edge;
    this.#market(hit, sweep ? lots * 16 : lots, limit, at);
  }

  /** Takes up to `lots` from the best levels of `hit`, none worse than `limit`: prints first, then the depth. */
  #market(hit: SyntheticBookSide, lots: number, limit: number, at: number): void {
    this.#lastHit = hit.side;
    this.feed.publish(at);
    let left = lots;
    while (left > 0 && hit.levels > LEVELS_MIN && this.#beyond(hit, limit)) {
      const price = hit.price(0);
      const taken = Math.min(left, hit.lots(0));
      this.feed.trade(hit.side, price, taken, at);
      this.feed.changed(hit.side, price);
      hit.remove(0, taken);
      left -= taken;
    }
    this.feed.publish(at);
    this.#restock(hit);
  }

  #limitBehind(side: SyntheticBookSide): void {
    const distance = this.#draws.logUniform(DISTANCE_BITS);
    const price = side.side === "bid" ? side.price(0) - distance : side.price(0) + distance;
    // One in three prefers a whole unit of the quote currency, where real books are thickest.
    const round = this.#draws.oneIn(3)
      ? price - (price % 10) + (side.side === "ask" ? 10 : 0)
      : price;
    this.#limit(side, round);
    if (side.levels > LEVELS_MAX) this.#cancel(side, side.levels - 1, side.lots(side.levels - 1));
  }

  #limit(side: SyntheticBookSide, price: number): void {
    side.add(price, this.#size());
    this.feed.changed(side.side, price);
  }

  /** Half of the cancels take a level away, the others a part of it; far levels always go whole. */
  #cancelPart(side: SyntheticBookSide, index: number): void {
    const lots = side.lots(index);
    const far = side.behind(side.price(index)) >= 1 << DISTANCE_BITS;
    const whole = far || lots === 1 || this.#draws.oneIn(2);
    this.#cancel(side, index, whole && index > 0 ? lots : 1 + this.#draws.below(lots));
    this.#restock(side);
  }

  #cancel(side: SyntheticBookSide, index: number, lots: number): void {
    this.feed.changed(side.side, side.price(index));
    side.remove(index, lots);
  }

  #restock(side: SyntheticBookSide): void {
    while (side.levels < LEVELS_MIN) this.#limitBehind(side);
  }

  /** One in four orders is of a round size. */
  #size(): number {
    const lots = this.#draws.logUniform(this.#config.sizeBits);
    if (!this.#draws.oneIn(4)) return lots;
    return lots < 10 ? 10 : lots - (lots % 10);
  }
}
