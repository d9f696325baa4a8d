// A bot over a write-ahead journal and a paper venue, killed at the nth thing it does to the outside (a write, a sync,
// a command), and begun again from what its disk kept. What was on its way to the dead bot is lost for good.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { DEGRADATION_DEFAULTS } from "../../src/bot/degradation.ts";
import type { MachineryConfig } from "../../src/bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { Command, VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { Side, TimerId, TimeUs } from "../../src/domain/units.ts";
import { instrumentId, priceTicks, sizeLots, timeUs, venueId } from "../../src/domain/units.ts";
import { readJournal } from "../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";
import type { Storage } from "../../src/ports/storage.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { recoveryOf } from "../../src/state/recovery.ts";
import { BenchBook } from "./bench-book.ts";
import { BENCH_CASH, benchHeader, benchInstruments, sha256 } from "./bot-bench.ts";
import { PaperVenue } from "./paper-venue.ts";

/** What a crash leaves of the bytes that were not synced. */
export type Survival = "kept" | "dropped" | "torn";

/** A disk with a durable part and a pending one. */
export class CrashDisk implements Storage {
  durable: Uint8Array = new Uint8Array(0);
  #pending: Uint8Array[] = [];

  append(bytes: Uint8Array): void {
    this.#pending.push(bytes.slice());
  }

  sync(): void {
    this.durable = new Uint8Array(Buffer.concat([this.durable, ...this.#pending]));
    this.#pending = [];
  }

  snapshot(): Uint8Array {
    return new Uint8Array(Buffer.concat([this.durable, ...this.#pending]));
  }

  /** What is read after a crash now. */
  afterCrash(survival: Survival): Uint8Array {
    if (survival === "dropped") return this.durable;
    const whole = this.snapshot();
    if (survival === "kept") return whole;
    const torn = this.durable.length + Math.floor((whole.length - this.durable.length) / 2);
    return whole.slice(0, torn);
  }
}

/** Keeps one order a side, by its own memory of which; cancels its bid every seventh tick. */
class MemoryQuoter implements Strategy {
  readonly name = "memory-quoter";
  readonly wants = [];
  readonly #ids = new OrderIds();
  #out: { bid: number | null; ask: number | null } = { bid: null, ask: null };
  #ticks = 0;

  decide(event: Event, view: View): readonly Command[] {
    for (const side of ["bid", "ask"] as const) {
      const id = this.#out[side];
      const isOpen = view.openOrders(instrumentId(0)).some((each) => each.orderId === id);
      if (!isOpen) this.#out[side] = null;
    }
    if (event.kind !== "BookChanged") return [];
    this.#ticks += 1;
    const commands: Command[] = [];
    const bid = view.openOrders(instrumentId(0)).find((each) => each.orderId === this.#out.bid);
    if (this.#ticks % 7 === 0 && bid?.state === "live") {
      commands.push({ kind: "CancelOrder", instrument: instrumentId(0), orderId: bid.orderId });
    }
    for (const side of ["bid", "ask"] as const) {
      if (this.#out[side] === null) commands.push(this.#quote(side));
    }
    return commands;
  }

  save(): JsonValue {
    return { ids: this.#ids.save(), out: { ...this.#out }, ticks: this.#ticks };
  }

  restore(saved: JsonValue): void {
    const from = saved as {
      ids: number;
      out: { bid: number | null; ask: number | null };
      ticks: number;
    };
    this.#ids.restore(from.ids);
    this.#out = { ...from.out };
    this.#ticks = from.ticks;
  }

  #quote(side: Side): Command {
    const orderId = this.#ids.next();
    this.#out[side] = orderId;
    return {
      kind: "PlaceOrder",
      instrument: instrumentId(0),
      orderId,
      side,
      price: priceTicks(side === "bid" ? 999 : 1001),
      size: sizeLots(10),
      timeInForce: "GTC",
      reduceOnly: false,
    };
  }
}

const CRASH_MACHINERY: MachineryConfig = {
  ...MACHINERY_DEFAULTS,
  watchEveryUs: 200_000,
  requestTimeoutUs: 300_000,
  poll: { everyUs: 400_000, ttlUs: 2_000_000, timeoutUs: 300_000 },
  reconciliation: { drift: "adopt", orphans: "cancel", graceUs: 50_000 },
  degradation: { ...DEGRADATION_DEFAULTS, calmUs: 200_000 },
};

const WIRE_US = 7_000;
const TICK_US = 50_000;
const DOWN_US = 120_000;

type Due = Readonly<{ at: number; session: number; run: () => void }>;

export class CrashBench {
  readonly venue: PaperVenue;
  readonly book = new BenchBook();
  now = 1_000_000_000;
  /** Things done to the outside so far, by all sessions. */
  acts = 0;
  bot: Bot;
  disk = new CrashDisk();
  /** What was wrong at a recovery. */
  readonly problems: string[] = [];
  /** Each session's journal, as the crash left it. */
  readonly journals: Uint8Array[] = [];
  #session = 0;
  #dead = false;
  readonly #kills: readonly number[];
  readonly #survival: Survival;
  readonly #forget: (entry: JournalEntry) => boolean;
  readonly #makeStrategy: () => Strategy;
  #queue: Due[] = [];
  #timers = new Map<TimerId, Due>();

  /** `forget` plants a bug in recovery: entries it does not see. */
  constructor(
    kills: readonly number[],
    survival: Survival,
    forget: (entry: JournalEntry) => boolean = () => false,
    makeStrategy: () => Strategy = () => new MemoryQuoter(),
  ) {
    this.#forget = forget;
    this.#makeStrategy = makeStrategy;
    this.#kills = kills;
    this.#survival = survival;
    this.venue = new PaperVenue((event) => this.#say(event));
    this.bot = this.#makeBot();
    this.#begin();
  }

  /** The market moves and trades with us for a while, then only time passes until all is settled. */
  run(activeTicks: number, quietTicks: number): void {
    for (let tick = 0; tick < activeTicks + quietTicks; tick += 1) {
      this.#runTo(this.now + TICK_US);
      this.book.updatedAt = timeUs(this.now);
      if (tick < activeTicks) {
        if (tick % 3 === 1) this.venue.fill("bid", 4);
        if (tick % 4 === 2) this.venue.fill("ask", 7);
        const body = { bid: 999, ask: 1001, venueAt: this.now, instrument: 0 };
        this.#hear({ kind: "BookChanged", at: this.now, ...body } as unknown as Event);
      }
    }
  }

  get believedLots(): number {
    return this.bot.view.position(instrumentId(0)).lots;
  }

  get believedOrders(): readonly number[] {
    return this.bot.view.openOrders(instrumentId(0)).map((each) => each.orderId);
  }

  /** Everything all sessions put on record, as far as its seals hold. */
  recorded(): readonly JournalEntry[] {
    return [...this.journals, this.disk.durable].flatMap(sealedEntries);
  }

  #begin(): void {
    this.bot.start(timeUs(this.now));
    this.#hear({
      kind: "LinkChanged",
      at: this.now,
      venueAt: this.now,
      venue: 0,
      link: "up",
      cause: "session",
    } as unknown as Event);
    this.#buryIfDead();
  }

  #makeBot(): Bot {
    this.disk = new CrashDisk();
    const journal = new JournalWriter({
      header: benchHeader,
      hasher: sha256(),
      durability: "write-ahead",
      storage: this.#mortalDisk(this.disk),
    });
    const session = this.#session;
    return createBot({
      strategy: this.#makeStrategy(),
      instruments: benchInstruments(),
      venues: [{ id: venueId(0), name: "venue-0", startingCash: BENCH_CASH }],
      books: () => this.book,
      venue: () => ({ send: (command) => this.#send(command) }),
      scheduler: {
        set: (timer, at) => this.#setTimer(timer, at, session),
        clear: (timer) => this.#timers.delete(timer),
      },
      journal,
      risk: { instruments: [{ instrument: 0, positionLotsMax: 60 }] },
      durability: "write-ahead",
      machinery: CRASH_MACHINERY,
    });
  }

  #mortalDisk(disk: CrashDisk): Storage {
    return {
      append: (bytes) => {
        // A write that the crash meets half-way leaves half its bytes, to survive or not.
        const lives = this.#lives();
        if (lives) disk.append(bytes);
        else if (this.#dying) disk.append(bytes.slice(0, bytes.length >> 1));
        this.#dying = false;
      },
      sync: () => {
        if (this.#lives()) disk.sync();
        this.#dying = false;
      },
      snapshot: () => disk.snapshot(),
    };
  }

  #dying = false;
  /** Belief before and after the event the bot died at: the crash lost its handling, or did not. */
  #lotsAtDeath: readonly number[] = [0];

  /** One more thing is done; false once the bot is dead, which it is from the act it dies at. */
  #lives(): boolean {
    if (this.#dead) return false;
    this.acts += 1;
    if (this.#kills.includes(this.acts)) {
      this.#dead = true;
      this.#dying = true;
    }
    return !this.#dead;
  }

  #send(command: VenueCommand): void {
    if (!this.#lives()) return;
    this.#book(this.now + WIRE_US, -1, () => this.venue.receive(command));
  }

  #say(event: Event): void {
    const arrives = this.now + WIRE_US;
    const session = this.#session;
    this.#book(arrives, session, () => this.#hear({ ...event, at: timeUs(arrives) }));
  }

  #hear(event: Event): void {
    if (this.#dead) return;
    const before = this.believedLots;
    this.bot.handle(event);
    this.#lotsAtDeath = [before, this.believedLots];
    this.#buryIfDead();
  }

  /** The process is gone: its timers and what was on its way to it; later another begins with what the disk kept. */
  #buryIfDead(): void {
    if (!this.#dead) return;
    this.journals.push(this.disk.afterCrash(this.#survival));
    this.#session += 1;
    this.#timers = new Map();
    this.#book(this.now + DOWN_US, -1, () => {
      this.#dead = false;
      this.bot = this.#makeBot();
      this.bot.recover(recoveryOf(this.#remembered()));
      if (!this.#lotsAtDeath.includes(this.believedLots)) {
        const text = `${this.believedLots} lots recovered, of ${this.#lotsAtDeath.join(" or ")}`;
        this.problems.push(text);
      }
      this.#begin();
    });
  }

  #remembered(): readonly JournalEntry[] {
    return this.journals.flatMap(sealedEntries).filter((entry) => !this.#forget(entry));
  }

  #setTimer(timer: TimerId, at: TimeUs, session: number): void {
    const due: Due = {
      at: Math.max(at, this.now),
      session,
      run: () => {
        if (this.#timers.get(timer) !== due) return;
        this.#timers.delete(timer);
        const times = { at: timeUs(this.now), venueAt: timeUs(this.now) };
        this.#hear({ kind: "TimerFired", ...times, timer });
      },
    };
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
      this.now = taken.at;
      this.venue.now = taken.at;
      if (taken.session === -1 || taken.session === this.#session) taken.run();
    }
    this.now = until;
    this.venue.now = until;
  }
}

/** The entries whose seals hold; none where not even the header was whole. */
export function sealedEntries(bytes: Uint8Array): readonly JournalEntry[] {
  const headerEnd = bytes.length < 12 ? bytes.length : 12 + headerLength(bytes);
  if (bytes.length === 0 || bytes.length < headerEnd || bytes.length < 12) return [];
  const journal = readJournal(bytes, sha256());
  return [...journal.entries].slice(0, journal.sealedLength);
}

function headerLength(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
}
