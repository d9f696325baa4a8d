// A hedge bot on a bench: the real bot around it, and two venues that say only what the test makes them say.
// The bench keeps the truth of both positions, so that reports are true unless the test says otherwise.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import type { MachineryConfig } from "../../src/bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { CloseReason, Event, RefusalReason, RequestKind } from "../../src/domain/event.ts";
import type { Instrument, InstrumentSpec } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, signOf, timeUs, venueId } from "../../src/domain/units.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { BenchBook } from "./bench-book.ts";
import { BENCH_CASH, benchHeader, EntryLog, sha256 } from "./bot-bench.ts";
import { hedgeConfig } from "./hedge-config.ts";

const PERP: InstrumentSpec = {
  venueName: "",
  symbol: "SOL-PERP",
  contract: "linear",
  base: "SOL",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "0.01",
  contractSize: "1",
};

export type BenchOptions = Readonly<{
  maker?: Partial<InstrumentSpec>;
  taker?: Partial<InstrumentSpec>;
  risk?: RiskConfig;
  /** Absent, the strategy is on its own. */
  machinery?: MachineryConfig;
}>;

/** Housekeeping that tells, and does nothing by itself. */
export const TELLS_ONLY: MachineryConfig = {
  watchEveryUs: MACHINERY_DEFAULTS.watchEveryUs,
  reconciliation: MACHINERY_DEFAULTS.reconciliation,
  retry: MACHINERY_DEFAULTS.retry,
};

export class HedgeBench {
  readonly books = [new BenchBook(), new BenchBook()] as const;
  readonly truth: [number, number] = [0, 0];
  readonly sent: VenueCommand[] = [];
  readonly log = new EntryLog();
  readonly strategy: ReturnType<typeof createHedge>;
  readonly instruments: readonly [Instrument, Instrument];
  readonly bot: Bot;
  now = 1_000_000_000;
  readonly #timers = new Map<number, number>();
  readonly #cumulative = new Map<number, number>();
  #trades = 0;
  #asked: number[] = [];

  constructor(changed: Partial<HedgeConfig> = {}, options: BenchOptions = {}) {
    for (const book of this.books) this.quote(book, 19_000, 19_010);
    const of = (index: number, spec: Partial<InstrumentSpec> | undefined) =>
      instrumentOf(
        { ...PERP, venueName: `venue-${index}`, ...spec },
        instrumentId(index),
        venueId(index),
      );
    this.instruments = [of(0, options.maker), of(1, options.taker)];
    this.strategy = createHedge(hedgeConfig({ wakeUs: 1000, ...changed }), this.instruments);
    this.bot = createBot({
      strategy: this.strategy,
      instruments: this.instruments,
      venues: [0, 1].map((index) => ({
        id: venueId(index),
        name: `venue-${index}`,
        startingCash: BENCH_CASH,
      })),
      books: (id) => this.books[id] as BenchBook,
      venue: () => ({ send: (command) => this.#take(command) }),
      scheduler: {
        set: (timer, at) => void this.#timers.set(timer, at),
        clear: (timer) => void this.#timers.delete(timer),
      },
      journal: new JournalWriter({ header: benchHeader, hasher: sha256(), observer: this.log }),
      risk: options.risk ?? {},
      machinery: options.machinery,
    });
  }

  /** Both links up, both accounts reported. */
  start(): this {
    for (const venue of [0, 1]) this.link(venue, "up");
    return this.report();
  }

  link(venue: number, link: "up" | "down"): this {
    return this.tell({ kind: "LinkChanged", venue, link, cause: "test" });
  }

  quote(book: BenchBook, bid: number | undefined, ask: number | undefined): void {
    book.bid = bid;
    book.ask = ask;
  }

  /** Moves the book of a leg and shows it. */
  move(leg: 0 | 1, bid: number | undefined, ask: number | undefined): this {
    this.quote(this.books[leg], bid, ask);
    return this.tell({ kind: "BookChanged", instrument: leg, bid, ask });
  }

  tell(body: object): this {
    const at = timeUs(this.now);
    for (const book of this.books) book.updatedAt = at;
    this.bot.handle({ at, venueAt: at, ...body } as Event);
    return this;
  }

  /** Lets time pass; timers fire when they are due, reports are answered when `reports` says so. */
  advance(us: number, reports = true): this {
    const until = this.now + us;
    for (let steps = 0; ; steps += 1) {
      if (steps > 10_000) throw new Error("the bot sets timers without end");
      if (reports) this.report();
      const next = [...this.#timers].reduce<readonly [number, number] | undefined>(
        (best, each) => (best === undefined || each[1] < best[1] ? each : best),
        undefined,
      );
      if (next === undefined || next[1] > until) break;
      this.#timers.delete(next[0]);
      this.now = Math.max(this.now, next[1]);
      this.tell({ kind: "TimerFired", timer: next[0] });
    }
    this.now = until;
    return this;
  }

  /** Answers every report that was asked for, truly or with what the test says is open. */
  report(open: readonly { instrument: number; orderId: number }[] = []): this {
    for (let limit = 0; this.#asked.length > 0 && limit < 20; limit += 1) {
      const venue = this.#asked.shift() as number;
      this.now += 1;
      this.tell({
        kind: "AccountReported",
        venue,
        balance: 0,
        positions: [{ instrument: venue, lots: this.truth[venue] as number }],
        openOrders: open
          .filter((each) => each.instrument === venue)
          .map((each) => ({ ...each, side: "bid", price: 1, leaves: 1 })),
      });
    }
    return this;
  }

  get reportsAsked(): number {
    return this.#asked.length;
  }

  accept(order: PlaceOrder, request: "place" | "amend" = "place", price = order.price): this {
    const { instrument, orderId, size } = order;
    return this.tell({ kind: "OrderAccepted", instrument, orderId, request, price, size });
  }

  /** A fill, true and told. */
  fill(order: PlaceOrder, lots: number): this {
    return this.lateFill(this.hiddenFill(order, lots));
  }

  /** A fill that happened and is not told yet. */
  hiddenFill(order: PlaceOrder, lots: number): object {
    const { instrument, orderId, side, price } = order;
    const book = this.books[instrument] as BenchBook;
    this.#trades += 1;
    this.truth[instrument as 0 | 1] += signOf(side) * lots;
    const cumulative = (this.#cumulative.get(orderId) ?? 0) + lots;
    this.#cumulative.set(orderId, cumulative);
    return {
      kind: "OrderFilled",
      instrument,
      orderId,
      tradeId: this.#trades,
      side,
      price: price ?? (side === "bid" ? book.ask : book.bid),
      size: lots,
      cumulative,
      liquidity: "maker",
      fee: 0,
    };
  }

  lateFill(fill: object): this {
    return this.tell(fill);
  }

  close(order: PlaceOrder, reason: CloseReason = "cancelled"): this {
    const { instrument, orderId } = order;
    const filled = this.#cumulative.get(orderId) ?? 0;
    return this.tell({ kind: "OrderClosed", instrument, orderId, reason, filled });
  }

  refuse(order: PlaceOrder, reason: RefusalReason, request: RequestKind = "place"): this {
    const { instrument, orderId } = order;
    return this.tell({ kind: "OrderRefused", instrument, orderId, request, reason, text: "" });
  }

  unknown(order: PlaceOrder, request: RequestKind = "place"): this {
    const { instrument, orderId } = order;
    return this.tell({ kind: "OrderUnknown", instrument, orderId, request, cause: "timed-out" });
  }

  get orders(): readonly PlaceOrder[] {
    return this.sent.flatMap((each) => (each.kind === "PlaceOrder" ? [each] : []));
  }

  ordersOf(leg: 0 | 1): readonly PlaceOrder[] {
    return this.orders.filter((each) => each.instrument === leg);
  }

  /** The last order of a leg. */
  last(leg: 0 | 1): PlaceOrder {
    const order = this.ordersOf(leg).at(-1);
    if (order === undefined) throw new Error(`no order was placed on leg ${leg}`);
    return order;
  }

  count(kind: VenueCommand["kind"]): number {
    return this.sent.filter((each) => each.kind === kind).length;
  }

  position(leg: 0 | 1): number {
    return this.bot.view.position(instrumentId(leg)).lots;
  }

  get phase(): string {
    return this.strategy.phase;
  }

  get halts(): readonly string[] {
    return this.log.entries.flatMap((entry) =>
      entry.kind === "command" && entry.command.kind === "Halt" ? [entry.command.reason] : [],
    );
  }

  get alerts(): readonly string[] {
    return this.log.entries.flatMap((entry) =>
      entry.kind === "note" && entry.text.startsWith("alert") ? [entry.text] : [],
    );
  }

  /** Every order this leg has open is accepted and filled whole, until there is none; time passes meanwhile. */
  trade(us: number): this {
    for (const until = this.now + us; this.now < until; this.advance(50_000)) {
      for (const leg of [0, 1] as const) {
        const view = this.bot.view.openOrders(instrumentId(leg))[0];
        if (view === undefined) continue;
        const order = this.last(leg);
        if (view.state === "sent") this.accept(order);
        this.fill(order, order.size).close(order, "filled");
      }
    }
    return this;
  }

  get refusals(): readonly string[] {
    return this.log.entries.flatMap((entry) => (entry.kind === "refusal" ? [entry.rule] : []));
  }

  #take(command: VenueCommand): void {
    this.sent.push(command);
    if (command.kind === "ReportAccount") this.#asked.push(command.venue);
  }
}

/** "bid 100 @ 19009 POST_ONLY": an order as a line. */
export function line(order: PlaceOrder): string {
  const price = order.price === undefined ? "market" : `@ ${order.price}`;
  const only = order.reduceOnly ? " reduce-only" : "";
  return `${order.side} ${order.size} ${price} ${order.timeInForce}${only}`;
}
