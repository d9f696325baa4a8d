// A hedge bot in a world of its own: two venues that tell the truth, wires that lose, repeat, delay and reorder what is
// said, outages that end or do not, refusals for any reason, hands that trade by themselves, and crashes from which the
// bot comes back by its journal. All of it is drawn from one seed, so that a world that fails can be looked at again.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event, RefusalReason } from "../../src/domain/event.ts";
import type { Instrument, InstrumentSpec } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, timeUs, venueId } from "../../src/domain/units.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import { recoveryOf } from "../../src/state/recovery.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { BenchBook } from "./bench-book.ts";
import { BENCH_CASH, benchHeader, EntryLog, sha256 } from "./bot-bench.ts";
import { hedgeConfig } from "./hedge-config.ts";
import type { Draw } from "./hedge-world-venue.ts";
import { HedgeWorldVenue } from "./hedge-world-venue.ts";
import { MemoryStorage } from "./memory-storage.ts";

/** What goes wrong, as chances in a hundred of each message or tick. All of it ends at `healAt`, but a death. */
export type HedgeFaults = Readonly<{
  loseCommand: number;
  loseReply: number;
  repeat: number;
  late: number;
  refuse: number;
  intervene: number;
  thin: number;
  outage: number;
  crash: number;
  /** This venue is gone from then on: it takes nothing and says nothing. */
  death: Readonly<{ venue: 0 | 1; at: number; told: boolean }> | undefined;
}>;

const NO_FAULTS: HedgeFaults = {
  loseCommand: 0,
  loseReply: 0,
  repeat: 0,
  late: 0,
  refuse: 0,
  intervene: 0,
  thin: 0,
  outage: 0,
  crash: 0,
  death: undefined,
};

export type HedgeWorldOptions = Readonly<{
  seed: number;
  config?: Partial<HedgeConfig>;
  faults?: Partial<HedgeFaults>;
  machinery?: boolean;
  specs?: readonly [Partial<InstrumentSpec>, Partial<InstrumentSpec>];
  /** Saves and restores the strategy before each event. */
  restoreAlways?: boolean;
}>;

const SPEC: InstrumentSpec = {
  venueName: "",
  symbol: "SOL-PERP",
  contract: "linear",
  base: "SOL",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "0.01",
  contractSize: "1",
};

const TICK_US = 100_000;
const START = 1_000_000_000;
const REASONS: readonly RefusalReason[] = [
  "off-tick",
  "off-lot",
  "min-size",
  "min-notional",
  "significant-figures",
  "price-band",
  "post-only-would-cross",
  "ioc-no-liquidity",
  "no-liquidity",
  "reduce-only",
  "insufficient-margin",
  "self-trade",
  "max-open-orders",
  "unsupported",
  "unknown-order",
  "halted",
  "rate-limited",
  "insufficient-balance",
];

type Due = Readonly<{ at: number; session: number; run: () => void }>;

export class HedgeWorld {
  readonly venues: readonly [HedgeWorldVenue, HedgeWorldVenue];
  readonly books = [new BenchBook(), new BenchBook()] as const;
  readonly log = new EntryLog();
  readonly instruments: readonly [Instrument, Instrument];
  bot: Bot;
  strategy: ReturnType<typeof createHedge>;
  now = START;
  sessions = 1;
  /** Set when the faults are over. */
  healed = false;
  /** The largest true net exposure, and the longest time without a break that any was open, µs. */
  netMax = 0;
  longestUs = 0;
  /** Commands that left after the strategy had halted, but cancels and questions. */
  placedAfterHalt = 0;
  readonly #options: HedgeWorldOptions;
  readonly #faults: HedgeFaults;
  readonly #down: [number, number] = [0, 0];
  readonly #told: [boolean, boolean] = [true, true];
  #queue: Due[] = [];
  #timers = new Map<number, Due>();
  #session = 0;
  #random: number;
  #exposedSince: number | undefined;

  constructor(options: HedgeWorldOptions) {
    this.#options = options;
    this.#faults = { ...NO_FAULTS, ...options.faults };
    this.#random = Math.imul(options.seed + 1, 0x9e3779b9);
    const venue = (index: 0 | 1) => new HedgeWorldVenue(index, (event) => this.#say(index, event));
    this.venues = [venue(0), venue(1)];
    const of = (index: 0 | 1) =>
      instrumentOf(
        { ...SPEC, venueName: `venue-${index}`, ...options.specs?.[index] },
        instrumentId(index),
        venueId(index),
      );
    this.instruments = [of(0), of(1)];
    [this.strategy, this.bot] = this.#makeBot();
    this.#begin();
  }

  /** `us` of market, faults and time. */
  run(us: number): this {
    for (const until = this.now + us; this.now < until; ) {
      this.#runTo(this.now + TICK_US);
      if (!this.healed) this.#misfortune();
      for (const leg of [0, 1] as const) this.#market(leg);
      this.#measure();
    }
    return this;
  }

  /** No more faults, but a venue that is dead stays dead. */
  heal(): this {
    this.healed = true;
    this.#down.fill(this.now);
    for (const leg of [0, 1] as const) {
      this.venues[leg].refusals.length = 0;
      this.venues[leg].depth = 1000;
      if (!this.#isDead(leg)) this.#link(leg, "up");
    }
    return this;
  }

  get halts(): readonly string[] {
    return this.log.entries.flatMap((entry) =>
      entry.kind === "command" && entry.command.kind === "Halt" ? [entry.command.reason] : [],
    );
  }

  get net(): number {
    return this.venues[0].lots + this.venues[1].lots;
  }

  draw: Draw = (bound) => {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let mix = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) % bound;
  };

  /** Once in a while, so many times in a hundred. */
  #chance(percent: number): boolean {
    return percent > 0 && !this.healed && this.draw(10_000) < percent * 100;
  }

  #misfortune(): void {
    const { refuse, intervene, thin, outage, crash } = this.#faults;
    const leg = this.draw(2) as 0 | 1;
    const venue = this.venues[leg];
    if (this.#chance(refuse)) {
      const reason = REASONS[this.draw(REASONS.length)] as RefusalReason;
      for (let n = this.draw(6); n >= 0; n -= 1) venue.refusals.push(reason);
    }
    // Whoever trades by hand once the bot is done does not trade with the bot.
    const isOver = this.halts.length > 0 || this.strategy.phase === "IDLE";
    if (!isOver && this.#chance(intervene)) venue.intervene(this.draw(2) === 0 ? -20 : 20);
    if (this.#chance(thin)) venue.depth = venue.depth === 0 ? 1000 : this.draw(2) * 7;
    if (this.#chance(outage)) {
      this.#down[leg] = this.now + 1_000_000 * (1 + this.draw(20));
      this.#told[leg] = this.draw(2) === 0;
      if (this.#told[leg]) this.#link(leg, "down");
    }
    if (this.#told[leg] && this.#down[leg] > 0 && !this.#isDown(leg)) {
      this.#down[leg] = 0;
      this.#link(leg, "up");
    }
    const { death } = this.#faults;
    const dies = death !== undefined && this.now >= START + death.at;
    if (dies && death.told && this.now < START + death.at + TICK_US)
      this.#link(death.venue, "down");
    if (this.#chance(crash)) this.#crash();
  }

  #isDown(leg: 0 | 1): boolean {
    return this.now < this.#down[leg] || this.#isDead(leg);
  }

  #isDead(leg: 0 | 1): boolean {
    const { death } = this.#faults;
    return death?.venue === leg && this.now >= START + death.at;
  }

  #market(leg: 0 | 1): void {
    const venue = this.venues[leg];
    venue.move(this.draw(7) - 3 + Math.sign(19_000 - venue.bid), this.draw);
    if (this.#isDown(leg)) return;
    const book = this.books[leg];
    book.bid = venue.bid;
    book.ask = venue.ask;
    book.updatedAt = timeUs(this.now);
    const { bid, ask } = venue;
    this.#hear({ kind: "BookChanged", ...this.#times(), instrument: leg, bid, ask } as never);
  }

  #times() {
    return { at: timeUs(this.now), venueAt: timeUs(this.now) };
  }

  #link(venue: 0 | 1, link: "up" | "down"): void {
    this.#hear({ kind: "LinkChanged", ...this.#times(), venue, link, cause: "world" } as never);
  }

  #begin(): void {
    if (this.#options.machinery === true) this.bot.start(timeUs(this.now));
    for (const leg of [0, 1] as const) if (!this.#isDown(leg)) this.#link(leg, "up");
  }

  #crash(): void {
    if (this.#options.machinery !== true) return;
    this.#session += 1;
    this.sessions += 1;
    this.#timers = new Map();
    [this.strategy, this.bot] = this.#makeBot();
    this.bot.recover(recoveryOf(this.log.entries));
    this.#begin();
  }

  #makeBot(): [ReturnType<typeof createHedge>, Bot] {
    const { config, machinery, restoreAlways } = this.#options;
    const made = () => createHedge(hedgeConfig({ wakeUs: 1000, ...config }), this.instruments);
    const strategy = made();
    const session = this.#session;
    const durability = machinery === true ? "write-ahead" : "buffered";
    let inner = strategy;
    const decide: typeof inner.decide = (event, view) => {
      if (restoreAlways === true) {
        const saved = JSON.parse(JSON.stringify(inner.save()));
        inner = made();
        inner.restore(saved);
        this.strategy = inner;
      }
      return inner.decide(event, view);
    };
    const bot = createBot({
      strategy: {
        name: inner.name,
        wants: inner.wants,
        decide,
        save: () => inner.save(),
        restore: (saved) => inner.restore(saved),
      },
      instruments: this.instruments,
      venues: [0, 1].map((index) => ({
        id: venueId(index),
        name: `venue-${index}`,
        startingCash: BENCH_CASH,
      })),
      books: (id) => this.books[id] as BenchBook,
      venue: (id) => ({ send: (command) => this.#send(id as 0 | 1, command) }),
      scheduler: {
        set: (timer, at) => this.#setTimer(timer, at, session),
        clear: (timer) => void this.#timers.delete(timer),
      },
      journal: new JournalWriter({
        header: benchHeader,
        hasher: sha256(),
        durability,
        storage: new MemoryStorage(),
        observer: this.log,
      }),
      risk: {},
      durability,
      machinery: machinery === true ? MACHINERY_DEFAULTS : undefined,
    });
    return [strategy, bot];
  }

  #send(leg: 0 | 1, command: VenueCommand): void {
    const places = command.kind === "PlaceOrder" || command.kind === "AmendOrder";
    if (places && this.halts.length > 0) this.placedAfterHalt += 1;
    const { loseCommand, late } = this.#faults;
    if (this.#chance(loseCommand)) return;
    const slow = this.#chance(late) ? 3_000_000 : 40_000;
    this.#book(this.now + 1_000 + this.draw(slow), -1, () => {
      if (!this.#isDown(leg)) this.venues[leg].receive(command);
    });
  }

  #say(leg: 0 | 1, event: Event): void {
    const { loseReply, repeat, late } = this.#faults;
    if (this.#isDown(leg) || this.#chance(loseReply)) return;
    for (let n = this.#chance(repeat) ? 2 : 1; n > 0; n -= 1) {
      const slow = this.#chance(late) ? 3_000_000 : 1;
      const arrives = this.now + 5_000 + this.draw(slow);
      this.#book(arrives, this.#session, () => this.#hear({ ...event, at: timeUs(arrives) }));
    }
  }

  #hear(event: Event): void {
    this.bot.handle(event);
  }

  #measure(): void {
    this.netMax = Math.max(this.netMax, Math.abs(this.net));
    if (this.net === 0) this.#exposedSince = undefined;
    else this.#exposedSince ??= this.now;
    const since = this.#exposedSince ?? this.now;
    this.longestUs = Math.max(this.longestUs, this.now - since);
  }

  #setTimer(timer: number, at: number, session: number): void {
    const run = (): void => {
      if (this.#timers.get(timer) !== due) return;
      this.#timers.delete(timer);
      this.#hear({ kind: "TimerFired", ...this.#times(), timer } as never);
    };
    const due: Due = { at: Math.max(at, this.now), session, run };
    this.#timers.set(timer, due);
    this.#queue.push(due);
  }

  #book(at: number, session: number, run: () => void): void {
    this.#queue.push({ at, session, run });
  }

  #runTo(until: number): void {
    for (;;) {
      let next: Due | undefined;
      for (const due of this.#queue) if (next === undefined || due.at < next.at) next = due;
      if (next === undefined || next.at > until) break;
      const taken = next;
      this.#queue = this.#queue.filter((due) => due !== taken);
      this.#at(taken.at);
      if (taken.session === -1 || taken.session === this.#session) taken.run();
    }
    this.#at(until);
  }

  #at(now: number): void {
    this.now = now;
    for (const venue of this.venues) venue.now = now;
  }
}
