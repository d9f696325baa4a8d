// A bot on a bench: real journal, state, risk and gateway; the books, the venue and the timers are held by the test.
// Nothing answers by itself: the test says what the venue sends, in whatever order it likes.

import { createHash } from "node:crypto";
import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { WATCH_TIMER } from "../../src/bot/own-timers.ts";
import { BrokenPromise } from "../../src/domain/assert.ts";
import type { Command, PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { Event, OrderFilled } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import {
  instrumentId,
  moneyUnits,
  orderId,
  priceTicks,
  sizeLots,
  timerId,
  timeUs,
  tradeId,
  venueId,
} from "../../src/domain/units.ts";
import { journalHeader } from "../../src/journal/journal-header.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { JournalEntry, JournalObserver } from "../../src/ports/journal.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import { BenchBook } from "./bench-book.ts";
import type { BenchExtras } from "./bench-extras.ts";
import { MemoryStorage } from "./memory-storage.ts";

/** The platform's SHA-256, as the edge lends it. */
export function sha256(): Hasher {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.copy().digest("hex"),
  };
}

/** Linear perpetuals on one venue each: tick 0.1, lot 0.001, so a tick × lot is 0.0001. */
export function benchInstruments(count = 1): readonly Instrument[] {
  return Array.from({ length: count }, (_, index) =>
    instrumentOf(
      {
        venueName: `venue-${index}`,
        symbol: `PERP-${index}`,
        contract: "linear",
        base: "TEST",
        quote: "USD",
        tickSize: "0.1",
        lotSize: "0.001",
        contractSize: "1",
      },
      instrumentId(index),
      venueId(index),
    ),
  );
}

/** A header for journals that nobody replays. */
export const benchHeader = journalHeader({
  strategy: "bench",
  seed: "1",
  configHash: "",
  venues: [{ name: "venue-0", startingCash: "1000" }],
  instruments: benchInstruments(),
  facts: {},
});

/** Keeps every entry; reading a journal while it is written. */
export class EntryLog implements JournalObserver {
  readonly entries: JournalEntry[] = [];

  event(event: Event, seq: number): void {
    this.entries.push({ kind: "event", seq, event });
  }

  command(command: Command, at: TimeUs, cause: number, seq: number): void {
    this.entries.push({ kind: "command", seq, at, cause, command });
  }

  refusal(
    command: Command,
    at: TimeUs,
    rule: string,
    reason: string,
    cause: number,
    seq: number,
  ): void {
    this.entries.push({ kind: "refusal", seq, at, cause, rule, reason, command });
  }

  note(text: string, at: TimeUs, seq: number): void {
    this.entries.push({ kind: "note", seq, at, text });
  }
}

/** Starting cash of each venue: 1,000 in 1e-8. */
export const BENCH_CASH = 1000n * 100_000_000n;

export class BotBench {
  readonly books: readonly BenchBook[];
  readonly log = new EntryLog();
  readonly journal: JournalWriter;
  readonly storage: MemoryStorage;
  /** What left, by request. */
  readonly requests: (readonly VenueCommand[])[] = [];
  readonly timers: string[] = [];
  readonly bot: Bot;
  /** What the strategy answers to the next event, once. */
  answer: readonly Command[] = [];
  /** Called when the strategy decides. */
  decided: (event: Event) => void = () => undefined;
  /** Does the strategy break its promise at the next event? */
  breaks = false;
  now = 1_000_000;
  #trades = 0;
  #decisions = 0;

  constructor(
    risk: RiskConfig = {},
    instruments: readonly Instrument[] = benchInstruments(),
    more: BenchExtras = {},
  ) {
    this.storage = more.storage ?? new MemoryStorage();
    this.books = instruments.map(() => new BenchBook());
    this.journal = new JournalWriter({
      header: benchHeader,
      hasher: sha256(),
      storage: this.storage,
      observer: this.log,
      durability: more.durability,
    });
    const strategy: Strategy = {
      name: "bench",
      wants: [],
      ...(more.hedgedPair === undefined ? {} : { hedgedPair: more.hedgedPair }),
      decide: (event) => {
        if (this.breaks) throw new BrokenPromise("a strategy keeps its promises");
        this.decided(event);
        const commands = this.answer;
        this.answer = [];
        this.#decisions += 1;
        return commands;
      },
      save: () => this.#decisions,
      restore: (saved) => {
        this.#decisions = saved as number;
      },
    };
    this.bot = createBot({
      strategy,
      instruments,
      venues: instruments.map((_, index) => ({
        id: venueId(index),
        name: `venue-${index}`,
        startingCash: BENCH_CASH,
      })),
      books: (id) => this.books[id] as BenchBook,
      venue: () => ({
        send: (command) => this.requests.push([command]),
        sendBatch: (commands) => this.requests.push(commands),
      }),
      scheduler: {
        set: (timer, at) => this.timers.push(`set ${timer} ${at}`),
        clear: (timer) => this.timers.push(`clear ${timer}`),
      },
      journal: this.journal,
      risk,
      durability: more.durability,
      machinery: more.machinery,
      alerts: more.alerts,
    });
  }

  /** An event one millisecond later; `body` has all but its times. */
  tell(body: object): void {
    this.now += 1000;
    const at = timeUs(this.now);
    this.bot.handle({ at, venueAt: at, ...body } as Event);
  }

  /** The bot's own watch fires, `us` later. */
  watch(us = 1_000_000): void {
    this.now += us - 1000;
    this.tell({ kind: "TimerFired", timer: WATCH_TIMER });
  }

  /** Lets the strategy answer a timer with these commands. */
  command(...commands: readonly Command[]): void {
    this.answer = commands;
    this.tell({ kind: "TimerFired", timer: timerId(0) });
  }

  order(id: number, over: Partial<Record<keyof PlaceOrder, unknown>> = {}): PlaceOrder {
    return {
      kind: "PlaceOrder",
      instrument: instrumentId(0),
      orderId: orderId(id),
      side: "bid",
      price: priceTicks(1000),
      size: sizeLots(10),
      timeInForce: "GTC",
      reduceOnly: false,
      ...over,
    } as PlaceOrder;
  }

  place(id: number, over: Partial<Record<keyof PlaceOrder, unknown>> = {}): void {
    this.command(this.order(id, over));
  }

  cancel(id: number): void {
    this.command({ kind: "CancelOrder", instrument: instrumentId(0), orderId: orderId(id) });
  }

  amend(id: number, size: number, price = 1000): void {
    this.command({
      kind: "AmendOrder",
      instrument: instrumentId(0),
      orderId: orderId(id),
      price: priceTicks(price),
      size: sizeLots(size),
    });
  }

  /** An answer of the venue about an order: `body` has what is particular. */
  venue(kind: Event["kind"], id: number, body: object = {}): void {
    this.tell({ kind, instrument: instrumentId(0), orderId: orderId(id), ...body });
  }

  accept(id: number, over: object = {}): void {
    const standing = { request: "place", price: priceTicks(1000), size: sizeLots(10) };
    this.venue("OrderAccepted", id, { ...standing, ...over });
  }

  fill(id: number, size: number, cumulative: number, over: Partial<OrderFilled> = {}): void {
    this.#trades += 1;
    this.venue("OrderFilled", id, {
      tradeId: tradeId(this.#trades),
      side: "bid",
      price: priceTicks(1000),
      size: sizeLots(size),
      cumulative: sizeLots(cumulative),
      liquidity: "maker",
      fee: moneyUnits(0),
      ...over,
    });
  }

  close(id: number, filled: number, reason = "cancelled"): void {
    this.venue("OrderClosed", id, { reason, filled: sizeLots(filled) });
  }

  get sent(): readonly VenueCommand[] {
    return this.requests.flat();
  }

  get lots(): number {
    return this.bot.view.position(instrumentId(0)).lots;
  }

  get notes(): readonly string[] {
    return this.log.entries.flatMap((entry) => (entry.kind === "note" ? [entry.text] : []));
  }

  get refusals(): readonly string[] {
    return this.log.entries.flatMap((entry) => (entry.kind === "refusal" ? [entry.rule] : []));
  }

  /** Open orders as "id state filled/size". */
  get open(): readonly string[] {
    return this.bot.view
      .openOrders(instrumentId(0))
      .map((each) => `${each.orderId} ${each.state} ${each.filled}/${each.size}`);
  }
}
