// What a checker may look at: the venues' truth, the bot's belief, and what the run and the campaign know of both.

import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, PriceTicks, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import type { Holding } from "../exchange/exchange-account.ts";
import type { VenueOrder } from "../exchange/market.ts";
import type { VenueProfile } from "../exchange/profile.ts";
import type { BotFacts } from "./bot-facts.ts";

/** What checkers read of a venue; `MockExchange` is one. */
export interface Truth {
  readonly account: Readonly<{ cash: bigint; holdings: readonly Holding[] }>;
  readonly markets: readonly Readonly<{
    instrument: Instrument;
    orders(): readonly VenueOrder[];
    bestBid(): PriceTicks | undefined;
    bestAsk(): PriceTicks | undefined;
  }>[];
}

/** What checkers look at. Truth is the venues' own; belief is undefined while the bot's process is down. */
export interface Scene {
  readonly now: TimeUs;
  readonly instruments: readonly Instrument[];
  readonly risk: RiskConfig;
  /** What the campaign knows of the bot. */
  readonly facts: BotFacts;
  exchange(venue: VenueId): Truth;
  profile(venue: VenueId): VenueProfile;
  /** The venue's position, signed lots. */
  trueLots(instrument: InstrumentId): number;
  readonly belief: View | undefined;
  /** The process stands still: it is there, and does nothing. */
  readonly isPaused: boolean;
  /** Why the bot trades no more; undefined while it may. */
  readonly haltReason: string | undefined;
  /** Commands on their way to a venue, or held at its door. */
  inFlight(venue: VenueId): number;
  /** When the last fault of an outage kind (link, venue, process, feed, clock) ends or ended; −Infinity before one. */
  readonly troubledUntil: TimeUs;
  /** From when on no fault strikes any more; the start of the run where none ever does, undefined until then. */
  readonly healedAt: TimeUs | undefined;
  /** When the bot was told to stop; undefined until then. */
  readonly stoppedAt: TimeUs | undefined;
  /** The venue never comes back: nothing is asked of what it holds. */
  isGone(venue: VenueId): boolean;
  /** Is all that the bot put on record safe on its disk? undefined where its journal does not write ahead. */
  readonly durable: boolean | undefined;
  /** What the strategy would save now; asked rarely. undefined while the process is down. */
  saved(): JsonValue | undefined;
}
