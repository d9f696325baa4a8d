// What a bot costs without a world: ns for an event nobody answers, and for the whole life of an order.
// Run: npx vitest bench --run test/bench/pump.bench.ts

import { bench } from "vitest";
import { createBot } from "../../src/bot/create-bot.ts";
import type { MachineryConfig } from "../../src/bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { Command } from "../../src/domain/command.ts";
import type { BookChanged, Event } from "../../src/domain/event.ts";
import { instrumentId, priceTicks, timeUs, venueId } from "../../src/domain/units.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { BenchBook } from "../support/bench-book.ts";
import { BENCH_CASH, benchHeader, benchInstruments, sha256 } from "../support/bot-bench.ts";

const EVENTS = 100_000;
const NOTHING: readonly Command[] = [];

function botOf(decide: Strategy["decide"], machinery?: MachineryConfig) {
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256() });
  const book = new BenchBook();
  return createBot({
    strategy: { name: "bench", wants: [], decide, save: () => null, restore: () => undefined },
    instruments: benchInstruments(),
    venues: [{ id: venueId(0), name: "venue-0", startingCash: BENCH_CASH }],
    books: () => book,
    venue: () => ({ send: () => undefined }),
    scheduler: { set: () => undefined, clear: () => undefined },
    journal,
    risk: {},
    machinery,
  });
}

function bookEvents(count: number): readonly BookChanged[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "BookChanged",
    at: timeUs(1_700_000_000_000_000 + index * 100_000),
    venueAt: timeUs(1_700_000_000_000_000 + index * 100_000 - 5000),
    instrument: instrumentId(0),
    bid: priceTicks(600_000 + (index % 7)),
    ask: priceTicks(600_010 + (index % 5)),
  }));
}

/** place, accepted, filled, closed: four events of the bot a life (the timer that places, and three answers). */
function lifeEvents(count: number): { events: readonly Event[]; decide: Strategy["decide"] } {
  const events: object[] = [];
  const at = (index: number) => 1_700_000_000_000_000 + index * 1000;
  for (let life = 1; life <= count; life += 1) {
    const start = at(life * 4);
    const common = { instrument: 0, orderId: life };
    const side = life % 2 === 0 ? "bid" : "ask";
    const fill = { tradeId: life, side, price: 1000, size: 10, cumulative: 10, fee: 100 };
    events.push(
      { kind: "TimerFired", at: start, venueAt: start, timer: 1 },
      {
        kind: "OrderAccepted",
        at: start + 1,
        venueAt: start,
        ...common,
        request: "place",
        price: 1000,
        size: 10,
      },
      {
        kind: "OrderFilled",
        at: start + 2,
        venueAt: start,
        ...common,
        ...fill,
        liquidity: "maker",
      },
      {
        kind: "OrderClosed",
        at: start + 3,
        venueAt: start,
        ...common,
        reason: "filled",
        filled: 10,
      },
    );
  }
  let next = 0;
  const decide: Strategy["decide"] = (event) => {
    if (event.kind !== "TimerFired") return NOTHING;
    next += 1;
    return [
      {
        kind: "PlaceOrder",
        instrument: instrumentId(0),
        orderId: next,
        side: next % 2 === 0 ? "bid" : "ask",
        price: 1000,
        size: 10,
        timeInForce: "GTC",
        reduceOnly: false,
      } as Command,
    ];
  };
  return { events: events as readonly Event[], decide };
}

const books = bookEvents(EVENTS);
const options = { time: 1500, warmupTime: 500 };

bench(
  `${EVENTS} book changes, no answer`,
  () => {
    const bot = botOf(() => NOTHING);
    for (const event of books) bot.handle(event);
  },
  options,
);

bench(
  `${EVENTS} book changes, no answer, the whole machinery on`,
  () => {
    const bot = botOf(() => NOTHING, MACHINERY_DEFAULTS);
    for (const event of books) bot.handle(event);
  },
  options,
);

bench(
  `${EVENTS / 10} orders: place, accepted, filled, closed`,
  () => {
    const { events, decide } = lifeEvents(EVENTS / 10);
    const bot = botOf(decide);
    for (const event of events) bot.handle(event);
  },
  options,
);

bench(
  `${EVENTS / 10} orders, the whole machinery on`,
  () => {
    const { events, decide } = lifeEvents(EVENTS / 10);
    const bot = botOf(decide, MACHINERY_DEFAULTS);
    for (const event of events) bot.handle(event);
  },
  options,
);
