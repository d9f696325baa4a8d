// A venue's rules as data: what it refuses, in which words, what it charges, and what it does when orders meet.
// Facts and their sources stand beside each profile in profiles/.

import type { TimeInForce } from "../../src/domain/command.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import type { DurationUs, RateE8 } from "../../src/domain/units.ts";
import type { SelfTradeRule } from "./market.ts";

/** One venue's rules. Decimal strings are in the quote currency or the base, as named. */
export type VenueProfile = Readonly<{
  name: string;
  fees: Readonly<{ maker: RateE8; taker: RateE8 }>;
  timeInForce: readonly TimeInForce[];
  marketOrders: boolean;
  /** Least price × size, in quote units; undefined: none. */
  minNotional: string | undefined;
  /** A reduce-only order may be smaller than the least notional. */
  reduceOnlyBelowMinNotional: boolean;
  /** Most significant figures of a price; a whole-number price is always allowed. undefined: no such rule. */
  significantFigures: number | undefined;
  openOrdersMax: number | undefined;
  /** A crossing post-only order is refused, or taken and closed at once. */
  postOnlyCrossing: "refuse" | "close";
  selfTrade: SelfTradeRule;
  /** "keep-when-smaller": same price and not larger keeps its place. "back": any amend goes to the back of the queue. */
  amend: "keep-when-smaller" | "back" | "unsupported";
  /** Extra delay of orders that may take, µs; 0: none. */
  takerDelayUs: DurationUs;
  funding: Readonly<{ intervalUs: DurationUs }> | undefined;
  /** Share of notional needed to open, and to stay open; undefined: no margin is asked (spot). */
  margin: Readonly<{ initial: RateE8; maintenance: RateE8 }> | undefined;
  /** Charged on the notional a liquidation closes. */
  liquidationFee: RateE8;
  /** The venue's own words for a refusal; `{…}` holes: bid, ask, tick, lot, min, value. */
  words: Readonly<Partial<Record<RefusalReason, string>>>;
}>;
