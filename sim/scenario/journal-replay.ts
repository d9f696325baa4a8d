// Drives a bot again with the events a journal recorded, and holds everything it does to what the journal says it did.
// There is no exchange here: what venues answered is on record. What the bot says to itself (own events, notes,
// refusals) it must say again, in the same place. Books are read from the recordings, by the recorded clock.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { assert } from "../../src/domain/assert.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import { isSameEntry } from "../../src/journal/journal-diff.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { JournalEntry, JournalObserver } from "../../src/ports/journal.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import type { View } from "../../src/ports/view.ts";
import { KeyedRng } from "../kernel/keyed-rng.ts";
import type { Feed } from "./feed.ts";
import { journalHeaderOf } from "./journal-of-run.ts";
import { feedOf, resolveInstruments, venuesOf } from "./run-parts.ts";
import type { Scenario } from "./scenario.ts";

/** Where the bot and its record part; undefined where one of them has nothing any more. */
export type ReplayDivergence = Readonly<{
  seq: number;
  recorded: JournalEntry | undefined;
  replayed: JournalEntry | undefined;
  /** The event that was being handled. */
  cause: JournalEntry | undefined;
}>;

export type JournalReplayParts = Readonly<{
  scenario: Scenario;
  /** Of one session, from its first entry. */
  entries: Iterable<JournalEntry>;
  hasher: () => Hasher;
}>;

export class JournalReplay {
  /** The first divergence; nothing is handled after it. */
  divergence: ReplayDivergence | undefined;
  /** Events handled so far. */
  events = 0;
  readonly #entries: Iterator<JournalEntry>;
  readonly #bot: Bot;
  readonly #feeds: readonly Feed[];
  #next: JournalEntry | undefined;
  #cause: JournalEntry | undefined;
  #now = Number.NEGATIVE_INFINITY as TimeUs;

  constructor({ scenario, entries, hasher }: JournalReplayParts) {
    this.#entries = entries[Symbol.iterator]();
    const instruments = resolveInstruments(scenario);
    const strategy = scenario.strategy(instruments);
    const clock = { now: () => this.#now };
    // Nobody is woken by a feed: the journal says when the bot was.
    this.#feeds = instruments.map((each) => feedOf(each, scenario, undefined, clock));
    this.#bot = createBot({
      strategy,
      instruments,
      venues: venuesOf(scenario, instruments),
      books: (id) => this.#feeds[id] as Feed,
      venue: () => ({ send: () => undefined }),
      scheduler: { set: () => undefined, clear: () => undefined },
      journal: new JournalWriter({
        header: journalHeaderOf(scenario, instruments, strategy),
        hasher: hasher(),
        observer: this.#observer(),
        ...(scenario.durability === undefined ? {} : { durability: scenario.durability }),
      }),
      risk: scenario.risk,
      durability: scenario.durability,
      machinery: scenario.machinery,
      rng: new KeyedRng(scenario.seed),
    });
    this.#take();
  }

  /** What the bot believes now. */
  get view(): View {
    return this.#bot.view;
  }

  /** The recorded event that is handled next; undefined at the end, and after a divergence. */
  get next(): JournalEntry | undefined {
    return this.divergence === undefined ? this.#next : undefined;
  }

  /** Handles the next recorded event to its end; false when there is none, or the bot parts from its record here. */
  step(): boolean {
    const entry = this.next;
    if (entry === undefined) return false;
    const { kind } = entry;
    if (kind === "note" && entry.text === "session begins") {
      this.#moveTo(entry.at);
      this.#cause = entry;
      this.#bot.start(entry.at);
    } else if (kind === "event") {
      this.#moveTo(entry.event.at);
      this.#cause = entry;
      this.#bot.handle(entry.event);
      this.events += 1;
    } else {
      // The record goes on with something the bot has not done.
      this.#part(entry, undefined);
    }
    return this.divergence === undefined;
  }

  #moveTo(at: TimeUs): void {
    if (at <= this.#now) return;
    this.#now = at;
    // A feed of bars is brought along; books are brought up to date when somebody reads them.
    for (const feed of this.#feeds) feed.skipTo(at);
  }

  /** Told of what the bot puts on its new record. */
  #observer(): JournalObserver {
    return {
      event: (event, seq) => this.#did({ kind: "event", seq, event }),
      command: (command, at, cause, seq) => this.#did({ kind: "command", seq, at, cause, command }),
      refusal: (command, at, rule, reason, cause, seq) =>
        this.#did({ kind: "refusal", seq, at, cause, rule, reason, command }),
      note: (text, at, seq) => this.#did({ kind: "note", seq, at, text }),
    };
  }

  #did(replayed: JournalEntry): void {
    if (this.divergence !== undefined) return;
    const recorded = this.#next;
    if (recorded !== undefined && isSameEntry(recorded, replayed)) this.#take();
    else this.#part(recorded, replayed);
  }

  #part(recorded: JournalEntry | undefined, replayed: JournalEntry | undefined): void {
    const seq = recorded?.seq ?? replayed?.seq;
    assert(seq !== undefined, "something differs");
    this.divergence = { seq, recorded, replayed, cause: this.#cause };
  }

  #take(): void {
    const next = this.#entries.next();
    this.#next = next.done === true ? undefined : next.value;
  }
}
