// One order's life, in every order its eight messages can come: placed, accepted, two fills, a cancel, its answer, a
// timeout, a report of the account taken between the fills; and a crash before, after and between any of them. Whatever
// the bot made of it, once the venue has been asked it believes what is true. A whole run is 40,320 orders × 10 places to
// crash (none among them) and takes minutes: REHEARSE_EXHAUSTIVE=1. The suite takes a fair share of it.
// Source: simulation-testing reference §11, exhaustive small scope.

import { expect, test } from "vitest";
import { RollingHasher } from "../../sim/kernel/rolling-hasher.ts";
import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { Command, VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimerId, TimeUs } from "../../src/domain/units.ts";
import { instrumentId, timeUs, venueId } from "../../src/domain/units.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { recoveryOf } from "../../src/state/recovery.ts";
import { BenchBook } from "../support/bench-book.ts";
import { BENCH_CASH, benchHeader, benchInstruments, EntryLog } from "../support/bot-bench.ts";

const MESSAGES = [
  "place",
  "ack",
  "fill-3",
  "fill-4",
  "cancel",
  "cancel-ack",
  "timeout",
  "snapshot",
] as const;
type Message = (typeof MESSAGES)[number];

const ORDERS = 40_320;
/** Of every so many lives the suite takes one: a prime, so that all crash places and beginnings are met. */
const SHARE = process.env.REHEARSE_EXHAUSTIVE === undefined ? 31 : 1;
/** Before the first of eight messages, after each, and never. */
const CRASHES = MESSAGES.length + 2;
const TRUE_LOTS = 7;
const SECOND_US = 1_000_000;
/** Of looking, once all is said: timeouts, then reports that confirm each other. */
const LOOKS = 30;
const PLACE_TIMER = 1;
const CANCEL_TIMER = 2;
const INSTRUMENTS = benchInstruments();
const RESTS = { instrument: 0, orderId: 1, side: "bid", price: 999 } as const;

/** Places and cancels when it is told to, and remembers nothing. */
const OBEDIENT: Strategy = {
  name: "obedient",
  wants: [],
  decide(event): readonly Command[] {
    if (event.kind !== "TimerFired") return [];
    const { instrument, orderId, ...order } = RESTS;
    const one = { instrument, orderId } as const;
    if (event.timer === CANCEL_TIMER) return [{ kind: "CancelOrder", ...one } as Command];
    const rest = { ...order, size: 10, timeInForce: "GTC", reduceOnly: false };
    return [{ kind: "PlaceOrder", ...one, ...rest } as Command];
  },
  save: () => null,
  restore: () => undefined,
};

class Life {
  now = 1_000 * SECOND_US;
  bot: Bot;
  readonly #entries: JournalEntry[] = [];
  #log = new EntryLog();
  #timers = new Map<TimerId, TimeUs>();
  #asked: VenueCommand[] = [];

  constructor() {
    this.bot = this.#made();
    this.#begin();
  }

  /** The process is lost, with all but its record; what was on its way reaches the next one. */
  crash(): void {
    this.#entries.push(...this.#log.entries);
    this.now += SECOND_US;
    this.bot = this.#made();
    this.bot.recover(recoveryOf(this.#entries));
    this.#begin();
  }

  hear(message: Message): void {
    this.now += SECOND_US / 4;
    this.#tell(this.#eventOf(message));
  }

  /** Time passes: what is due fires, and the venue answers what it is asked with the truth. */
  look(): void {
    this.now += SECOND_US;
    for (const [timer, at] of [...this.#timers]) {
      if (at > this.now) continue;
      this.#timers.delete(timer);
      this.#tell({ kind: "TimerFired", timer });
    }
    const asked = this.#asked;
    this.#asked = [];
    for (const command of asked) {
      if (command.kind === "ReportAccount") this.#tell(report(TRUE_LOTS, []));
      if (command.kind !== "CancelOrder") continue;
      const { instrument, orderId } = command;
      const refused = { request: "cancel", reason: "unknown-order", text: "" };
      this.#tell({ kind: "OrderRefused", instrument, orderId, ...refused });
    }
  }

  get believed(): string {
    const { view } = this.bot;
    const id = instrumentId(0);
    const open = view.openOrders(id).map(({ orderId, state }) => `${orderId} ${state}`);
    const { degradation } = view.health;
    return JSON.stringify({ lots: view.position(id).lots, open, degradation });
  }

  #eventOf(message: Message): object {
    const { side, price } = RESTS;
    const order = { instrument: 0, orderId: 1 };
    const fill = { ...order, side, price, liquidity: "maker", fee: 0 };
    switch (message) {
      case "place":
        return { kind: "TimerFired", timer: PLACE_TIMER };
      case "cancel":
        return { kind: "TimerFired", timer: CANCEL_TIMER };
      case "ack":
        return { kind: "OrderAccepted", ...order, request: "place", price, size: 10 };
      case "fill-3":
        return { kind: "OrderFilled", ...fill, tradeId: 1, size: 3, cumulative: 3 };
      case "fill-4":
        return { kind: "OrderFilled", ...fill, tradeId: 2, size: 4, cumulative: TRUE_LOTS };
      case "cancel-ack":
        return { kind: "OrderClosed", ...order, reason: "cancelled", filled: TRUE_LOTS };
      case "timeout":
        return { kind: "OrderUnknown", ...order, request: "place", cause: "timed-out" };
      case "snapshot":
        return report(3, [{ ...RESTS, leaves: 7 }]);
    }
  }

  #tell(body: object): void {
    const at = timeUs(this.now);
    this.bot.handle({ at, venueAt: at, ...body } as Event);
  }

  #begin(): void {
    this.bot.start(timeUs(this.now));
    this.#tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "a session begins" });
  }

  #made(): Bot {
    this.#timers = new Map();
    this.#asked = [];
    this.#log = new EntryLog();
    const book = new BenchBook();
    const durability = "write-ahead";
    const hasher = new RollingHasher();
    return createBot({
      strategy: OBEDIENT,
      instruments: INSTRUMENTS,
      venues: [{ id: venueId(0), name: "venue-0", startingCash: BENCH_CASH }],
      books: () => book,
      venue: () => ({ send: (command) => this.#asked.push(command) }),
      scheduler: {
        set: (timer, at) => this.#timers.set(timer, at),
        clear: (timer) => this.#timers.delete(timer),
      },
      journal: new JournalWriter({ header: benchHeader, hasher, durability, observer: this.#log }),
      risk: {},
      durability,
      machinery: {
        ...MACHINERY_DEFAULTS,
        reconciliation: { drift: "adopt", orphans: "cancel", graceUs: 2 * SECOND_US },
      },
    });
  }
}

function report(lots: number, openOrders: readonly object[]): object {
  const positions = lots === 0 ? [] : [{ instrument: 0, lots }];
  return { kind: "AccountReported", venue: 0, balance: 0, positions, openOrders };
}

/** The nth order of the messages: each digit of n, in a base that shrinks, picks one of those left. */
function orderOf(n: number): readonly Message[] {
  const left = [...MESSAGES];
  const order: Message[] = [];
  let rest = n;
  for (let base = MESSAGES.length; base > 0; base -= 1) {
    order.push(...left.splice(rest % base, 1));
    rest = Math.floor(rest / base);
  }
  return order;
}

/** What is believed in the end; a crash at place 9 is none. */
function lived(order: readonly Message[], crash: number): string {
  const life = new Life();
  if (crash === 0) life.crash();
  order.forEach((message, index) => {
    life.hear(message);
    if (crash === index + 1) life.crash();
  });
  for (let look = 0; look < LOOKS; look += 1) life.look();
  return life.believed;
}

const TRUTH = JSON.stringify({ lots: TRUE_LOTS, open: [], degradation: "normal" });

test("the numbers name every order of the messages once", () => {
  const orders = new Set(Array.from({ length: ORDERS }, (_, n) => orderOf(n).join()));
  expect(orders.size).toBe(ORDERS);
});

test("whatever order an order's messages come in, and wherever the bot crashes, it comes to believe the truth", () => {
  const wrong: string[] = [];
  let lives = 0;
  for (let n = 0; n < ORDERS * CRASHES; n += SHARE) {
    const order = orderOf(Math.floor(n / CRASHES));
    const crash = n % CRASHES;
    const believed = lived(order, crash);
    lives += 1;
    if (believed !== TRUTH) wrong.push(`${order.join(" ")}, crash at ${crash}: ${believed}`);
    if (wrong.length === 10) break;
  }
  expect(wrong).toEqual([]);
  expect(lives).toBe(Math.ceil((ORDERS * CRASHES) / SHARE));
}, 3_600_000);
