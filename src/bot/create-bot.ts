// Puts one bot together from what the world lends it: books to look at, venues to speak to, a scheduler, a journal.

import { assert } from "../domain/assert.ts";
import type { HedgedPair } from "../domain/common-units.ts";
import { legsOf, unitsPerLot } from "../domain/common-units.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, VenueId } from "../domain/units.ts";
import { ExecutionGateway } from "../execution/execution-gateway.ts";
import { FillProcessor } from "../execution/fill-processor.ts";
import { OrderTracker } from "../execution/order-tracker.ts";
import type { Durability } from "../journal/journal-writer.ts";
import type { AlertSink } from "../ports/alert-sink.ts";
import type { Scheduler } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { Rng } from "../ports/rng.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { Venue } from "../ports/venue.ts";
import type { BookView } from "../ports/view.ts";
import type { LegUnits } from "../risk/lowers-net.ts";
import type { RiskConfig } from "../risk/risk-config.ts";
import { RiskEngine } from "../risk/risk-engine.ts";
import type { RiskRule } from "../risk/risk-rule.ts";
import { VenueBreakers } from "../risk/venue-breakers.ts";
import { ShadowLedger } from "../state/shadow-ledger.ts";
import { StateStore } from "../state/state-store.ts";
import { Belief } from "./belief.ts";
import { Bot } from "./bot.ts";
import { BotMemory } from "./bot-memory.ts";
import type { BotParts, House } from "./bot-parts.ts";
import { BotView } from "./bot-view.ts";
import { Caretaker } from "./caretaker.ts";
import type { MachineryConfig } from "./machinery-config.ts";
import { Notes } from "./notes.ts";

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
  /** "write-ahead" keeps what it takes to come back after a crash; the journal must be of the same kind. */
  durability?: Durability | undefined;
  /** The bot's own housekeeping; absent, the strategy is on its own. */
  machinery?: MachineryConfig | undefined;
  /** Who is told what somebody must know now; the journal has it as well. */
  alerts?: AlertSink | undefined;
  /** For the jitter of retries; without it there is none. */
  rng?: Rng | undefined;
}>;

function legUnitsOf(pair: HedgedPair, instruments: readonly Instrument[]): LegUnits {
  const [leftUnitsPerLot, rightUnitsPerLot] = unitsPerLot(legsOf(pair, instruments));
  return { left: pair.first, right: pair.second, leftUnitsPerLot, rightUnitsPerLot };
}

type HouseMaker = (
  config: MachineryConfig | undefined,
  breakers: VenueBreakers | undefined,
) => House | undefined;

/** What changes in a bot that is told to change, but for its caretaker. */
function changerOf(
  organs: Readonly<{
    risk: RiskEngine;
    belief: Belief;
    gateway: ExecutionGateway;
    breakers: VenueBreakers | undefined;
    breakersOf: (config: MachineryConfig | undefined) => VenueBreakers | undefined;
    houseOf: HouseMaker;
  }>,
): BotParts["changed"] {
  const { risk, belief, gateway } = organs;
  return ({ risk: limits, house }) => {
    const breakers = house === "kept" ? organs.breakers : organs.breakersOf(house);
    risk.change(limits, rulesOf(breakers));
    if (house === "kept") return "kept";
    risk.takePosture(undefined);
    belief.reconcileBy(house?.reconciliation);
    gateway.batchBy(house?.batches);
    return organs.houseOf(house, breakers);
  };
}

function rulesOf(breakers: VenueBreakers | undefined): readonly RiskRule[] {
  return breakers === undefined ? [] : [breakers.rule()];
}

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
      notes.note(`order ${order.orderId} is forgotten with ${lots} lots never seen`, view.now);
    },
  });
  const notes = new Notes(journal, parts.alerts);
  const fills = new FillProcessor({ tracker, state, journal: notes });
  const { machinery, durability = "buffered" } = parts;
  const breakersOf = (kept: MachineryConfig | undefined): VenueBreakers | undefined =>
    kept?.circuitBreaker === undefined
      ? undefined
      : new VenueBreakers(kept.circuitBreaker, instruments, venues.length);
  const breakers = breakersOf(machinery);
  const risk = new RiskEngine(
    parts.risk,
    instruments,
    rulesOf(breakers),
    strategy.hedgedPair === undefined ? [] : [legUnitsOf(strategy.hedgedPair, instruments)],
  );
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
    durability,
    batches: machinery?.batches,
    notSent: (command) => bot.notSent(command),
    asked: (venue, at) => state.clocks.asked(venue, at),
  });
  const reconciliation = machinery?.reconciliation;
  const belief = new Belief({ state, shadow, tracker, fills, notes, reconciliation });
  const remembered = { strategy, state, tracker, fills, risk, gateway, belief, view, journal };
  const memory = durability === "write-ahead" ? new BotMemory({ ...remembered, notes }) : undefined;
  const venueIds = venues.map((each) => each.id);
  const housekeeping = { venues: venueIds, state, tracker, gateway, risk, belief, view };
  const houseOf: HouseMaker = (config, kept) =>
    config === undefined
      ? undefined
      : (hands) =>
          new Caretaker({ ...housekeeping, breakers: kept, config, rng: parts.rng, hands });
  const bot: Bot = new Bot({
    strategy,
    belief,
    tracker,
    risk,
    gateway,
    journal,
    notes,
    state,
    scheduler,
    view,
    venues: venueIds,
    memory,
    caretaker: houseOf(machinery, breakers),
    changed: changerOf({ risk, belief, gateway, breakers, breakersOf, houseOf }),
  });
  return bot;
}
