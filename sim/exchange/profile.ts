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
  /** Which reduce-only orders may be worth less than the least notional: all, those that close the whole position, none. */
  reduceOnlyDust: "always" | "when-closing" | "never";
  /** Most significant figures of a price; a whole-number price is always allowed. undefined: no such rule. */
  significantFigures: number | undefined;
  openOrdersMax: number | undefined;
  /** A post-only order that would match is refused, or accepted and closed at once. A crossing amend is always refused. */
  postOnlyCrossing: "refuse" | "close";
  /** The same for a priced IOC that finds nothing. A market order that finds nothing is always refused. */
  iocUnmatched: "refuse" | "close";
  selfTrade: SelfTradeRule;
  /** "keep-when-smaller": same price and not larger keeps its place. "back": any amend goes to the back of the queue. */
  amend: "keep-when-smaller" | "back" | "unsupported";
  /** Extra delay of orders that may take, µs; 0: none. */
  takerDelayUs: DurationUs;
  /** How often funding settles, told above every result; the settlements themselves come from recordings. undefined: never. */
  funding: Readonly<{ intervalUs: DurationUs }> | undefined;
  /** Share of notional needed to open, and to stay open; undefined: no margin is asked (spot). */
  margin: Readonly<{ initial: RateE8; maintenance: RateE8 }> | undefined;
  /** Charged on the notional a liquidation closes. */
  liquidationFee: RateE8;
  /** The venue's own words for a refusal, else the rule's name; `{…}` holes: bid, ask, tick, lot, min. */
  words: Readonly<Partial<Record<RefusalReason, string>>>;
}>;
