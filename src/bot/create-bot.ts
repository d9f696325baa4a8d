// Puts one bot together from what the world lends it: books to look at, venues to speak to, a scheduler, a journal.

import { assert } from "../domain/assert.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, VenueId } from "../domain/units.ts";
import { ExecutionGateway } from "../execution/execution-gateway.ts";
import { FillProcessor } from "../execution/fill-processor.ts";
import { OrderTracker } from "../execution/order-tracker.ts";
import type { Scheduler } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { Venue } from "../ports/venue.ts";
import type { BookView } from "../ports/view.ts";
import type { RiskConfig } from "../risk/risk-config.ts";
import { RiskEngine } from "../risk/risk-engine.ts";
import { ShadowLedger } from "../state/shadow-ledger.ts";
import { StateStore } from "../state/state-store.ts";
import { Bot } from "./bot.ts";
import { BotView } from "./bot-view.ts";

export type CreateBotParts = Readonly<{
  strategy: Strategy;
  /** In the order of their ids. */
  instruments: readonly Instrument[];
  /** In the order of their ids; cash in the venue's ledger units, see accountDecimals. */
  venues: readonly Readonly<{ id: VenueId; name: string; startingCash: bigint }>[];
  books: (id: InstrumentId) => BookView;
  venue: (id: VenueId) => Venue;
  scheduler: Scheduler;
  journal: Journal;
  risk: RiskConfig;
}>;

/** A bot that knows nothing yet and has sent nothing. */
export function createBot(parts: CreateBotParts): Bot {
  const { instruments, venues, books, journal, scheduler, strategy } = parts;
  venues.forEach(({ id }, index) => {
    assert(id === index, "venues are in the order of their ids");
  });
  const state = new StateStore({
    instruments,
    startingCash: venues.map((each) => each.startingCash),
    books,
  });
  const shadow = new ShadowLedger(instruments.length);
  const tracker: OrderTracker = new OrderTracker({
    instruments,
    shadow,
    lostLots: (order, lots) => {
      journal.note(`order ${order.orderId} is forgotten with ${lots} lots never seen`, view.now);
    },
  });
  const fills = new FillProcessor({ tracker, state, journal });
  const risk = new RiskEngine(parts.risk, instruments);
  const view = new BotView({
    state,
    tracker,
    shadow,
    risk,
    books: instruments.map((each) => books(each.id)),
  });
  const gateway = new ExecutionGateway({
    instruments,
    venues: venues.map((each) => parts.venue(each.id)),
    tracker,
    journal,
  });
  const venueIds = venues.map((each) => each.id);
  return new Bot({
    strategy,
    state,
    shadow,
    tracker,
    fills,
    risk,
    gateway,
    journal,
    scheduler,
    view,
    venues: venueIds,
  });
}
