// A venue's rules as data: what it refuses, in which words, what it charges, and what it does when orders meet.
// Facts and their sources stand beside each profile in profiles/.

import type { TimeInForce } from "../../src/domain/command.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import type { DurationUs, RateE8 } from "../../src/domain/units.ts";
import type { SelfTradeRule } from "./market.ts";

/**
 * A limit of requests as a bucket: a full window's weight may be spent at once and comes back evenly. What is
 * refused costs nothing. An amend weighs as much as a place; a cancel-all, and setting its time, as a cancel.
 */
export type RateLimit = Readonly<{
  /** What all requests of one window may weigh together. */
  weight: number;
  windowUs: DurationUs;
  place: number;
  cancel: number;
  /** An account report: as many requests as the venue needs for balance, positions and open orders. */
  report: number;
  /** What a batch weighs; absent: as much as its commands one by one. */
  batch?: BatchWeight;
}>;

/** A batch of n weighs this much, by what is in it, and 1 more for each whole `onePer` of n. */
export type BatchWeight = Readonly<{ place: number; cancel: number; onePer?: number }>;

/** How many commands of a kind one request may carry; 1: each is a request. They are answered one by one, in order. */
export type BatchRule = Readonly<{ placeMax: number; amendMax: number; cancelMax: number }>;

/** Limits of a venue's own dead man's switch. */
export type ScheduledCancelRule = Readonly<{
  /** How far ahead the cancel of everything may be asked for. */
  aheadMinUs: DurationUs;
  aheadMaxUs: DurationUs | undefined;
  /** How often a UTC day it may come to that; further requests of the day are refused. */
  firesPerDayMax: number | undefined;
}>;

/** One venue's rules. Decimal strings are in the quote currency or the base, as named. */
export type VenueProfile = Readonly<{
  name: string;
  fees: Readonly<{ maker: RateE8; taker: RateE8 }>;
  timeInForce: readonly TimeInForce[];
  marketOrders: boolean;
  /** Least price × size, in quote units; undefined: none. */
  minNotional: string | undefined;
  /** Which reduce-only orders may be worth less than the least notional: all, those that close the whole position, none. */
  reduceOnlyDust: "always" | "when-closing" | "never";
  /** Most significant figures of a price; a whole-number price is always allowed. undefined: no such rule. */
  significantFigures: number | undefined;
  openOrdersMax: number | undefined;
  /** The same for one market of the venue. */
  openOrdersPerMarketMax: number | undefined;
  /**
   * What the reply to a request says. "final": the outcome. "pending": it waits for the book, and has no id yet.
   * "taken": the interface has it, and it may still come to nothing. Only an outcome is an event (ADR 0013). Where
   * the reply is not final, an order's form is judged on arrival and the rest when it meets the book.
   */
  ack: "final" | "pending" | "taken";
  /** A post-only order that would match is refused, or accepted and closed at once. A crossing amend is always refused. */
  postOnlyCrossing: "refuse" | "close";
  /** The same for a priced IOC that finds nothing. A market order that finds nothing is always refused. */
  iocUnmatched: "refuse" | "close";
  selfTrade: SelfTradeRule;
  /** "keep-when-smaller": same price and not larger keeps its place. "back": any amend goes to the back of the queue. */
  amend: "keep-when-smaller" | "back" | "unsupported";
  /** Does the row that ends an order short of its size tell what was filled? If not it says 0, whatever was. */
  closedRowTellsFilled: boolean;
  /** How long the venue holds back what may take: orders and amends that are not post-only, µs; 0: not at all. */
  takerDelayUs: DurationUs;
  /** The same for post-only orders and their amends. */
  makerDelayUs: DurationUs;
  /** The same for cancels. */
  cancelDelayUs: DurationUs;
  /** Can the venue be told to cancel everything of ours at a time we keep moving? undefined: it cannot. */
  scheduledCancel: ScheduledCancelRule | undefined;
  /** What may be asked for in one request; undefined: nothing that our sources document. */
  batch: BatchRule | undefined;
  /** All of them hold at once. */
  rateLimits: readonly RateLimit[];
  /** How often funding settles, told above every result; the settlements themselves come from recordings. undefined: never. */
  funding: Readonly<{ intervalUs: DurationUs }> | undefined;
  /** Share of notional needed to open, and to stay open; undefined: no margin is asked (spot). */
  margin: Readonly<{ initial: RateE8; maintenance: RateE8 }> | undefined;
  /** Charged on the notional a liquidation closes. */
  liquidationFee: RateE8;
  /** The venue's own words for a refusal, else the rule's name; `{…}` holes: bid, ask, tick, lot, least, min. */
  words: Readonly<Partial<Record<RefusalReason, string>>>;
}>;
