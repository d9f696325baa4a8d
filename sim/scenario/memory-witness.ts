// Stands beside a strategy through all lives of its bot and remembers for itself: what was put on record of its mind, and
// which timers it set. A life that begins with another mind, or whose timers never come, has forgotten. What the last two
// moments of a lost process wrote may rightly be gone: the one before them is durable by then, unless the disk takes
// nothing. It writes minds down only while a fault of the process is near: of a life that was not lost nobody asks.

import type { Command } from "../../src/domain/command.ts";
import type { HedgedPair } from "../../src/domain/common-units.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId, TimerId } from "../../src/domain/units.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { changesBelief } from "../../src/state/recovery.ts";
import type { FaultPlan } from "../faults/fault.ts";
import { keyOf } from "./event-key.ts";

const LOOKS_EVERY_US = 10_000_000;
/**
 * A timer found late so often by a process that runs is not coming: clocks that jump move one by ten seconds a time. One
 * that stands still looks for none, and what was due meanwhile comes after that.
 */
const LATE_LOOKS = 6;
/** Acts before a fault from which on minds are written down: many moments, of which the last two are asked for. */
const NEAR_ACTS = 120;

type Recorded = Readonly<{ mind: string; at: number }>;
type Asked = Readonly<{ key: string; mind: string; booked: Booked | undefined }> & {
  /** With which mind it came out of it. */
  after: string;
};
/** What the bot holds of an instrument once a fill counts. */
type Booked = Readonly<{ instrument: InstrumentId; lots: number }>;
type SetTimer = Readonly<{ due: number; setAt: number }>;

/** What a witness asks of the process. */
type LifeSigns = Readonly<{
  /** Acts until its next fault; Infinity without one. */
  actsToFault: () => number;
  /** Is all that was put on record on the disk? */
  isSafe: () => boolean;
}>;

export class MemoryWitness {
  readonly #forgot: (what: string) => void;
  readonly #life: LifeSigns;
  /** Are minds written down, and since when without a gap? */
  #isWriting = true;
  #wroteFrom = Number.NEGATIVE_INFINITY;
  /** What was saved since `#durableAt`, oldest first. */
  #recorded: Recorded[] = [];
  /** What it was asked in the last moment, and with which mind. */
  #asked: Asked[] = [];
  /** Has it been asked what is the last of those, and not yet decided? */
  #isDeciding = false;
  /** The last of this life that was written down, and its revision. */
  #known: Readonly<{ revision: number | undefined; mind: string }> | undefined;
  /** A new life has the mind from before this: where the fill counts, it must hear of it. */
  #unheard: Asked | undefined;
  /** What the bot held of each instrument after the last fill of which it was asked. */
  readonly #lots = new Map<InstrumentId, number>();
  readonly #timers = new Map<TimerId, SetTimer>();
  /** How often each was found late. */
  readonly #late = new Map<TimerId, number>();
  /** Moments in which events of ours were decided on: the last of this life, and those before it. */
  #moments: number[] = [];
  /** What was on record then is on the disk. */
  #durableAt = Number.NEGATIVE_INFINITY;
  #looksAt = Number.NEGATIVE_INFINITY;
  #isFresh = false;
  #lives = 0;

  constructor(forgot: (what: string) => void, life: LifeSigns) {
    this.#forgot = forgot;
    this.#life = life;
  }

  /** The same strategy, for one more life. */
  beside(strategy: Strategy): Strategy {
    const isFirst = this.#lives === 0;
    this.#lives += 1;
    if (isFirst) this.#record(JSON.stringify(strategy.save()), this.#durableAt);
    // Where minds were written down only after the last that is surely on disk, there is nothing to hold a new one to.
    this.#isFresh = !isFirst && this.#isWriting && this.#wroteAll;
    if (!this.#isFresh) {
      this.#asked = [];
      this.#unheard = undefined;
    }
    this.#moments = [];
    this.#known = undefined;
    this.#late.clear();
    for (const [timer, { setAt }] of this.#timers) {
      if (setAt > this.#durableAt) this.#timers.delete(timer);
    }
    return new WatchedStrategy(strategy, this);
  }

  /** It is asked: before it decides, and last did at `decidedAt`. What it has in mind is on record by now. */
  asked(event: Event, view: View, strategy: Strategy, decidedAt: number): void {
    const isOwn = changesBelief(event);
    if (!isOwn && !this.#isFresh && this.#unheard === undefined) return;
    const { now } = view;
    const writes = this.#isFresh || this.#writes(now);
    const mind = writes ? this.#mindOf(strategy) : "";
    const key = isOwn && writes ? keyOf(event) : "";
    if (this.#isFresh) this.#wakes(mind, key);
    this.#missed(view);
    if (!isOwn) return;
    if (writes) this.#record(mind, decidedAt);
    if (event.kind === "TimerFired") this.#timers.delete(event.timer);
    const last = this.#moments.at(-1);
    if (last === undefined || now > last) {
      this.#moments.push(now);
      this.#asked = [];
      const before = this.#moments.length > 2 ? this.#moments.shift() : undefined;
      if (before !== undefined && this.#life.isSafe()) this.#settle(before);
    }
    const isFill = event.kind === "OrderFilled";
    const booked = isFill ? this.#bookedBy(event.instrument, view) : undefined;
    if (!writes) return;
    this.#asked.push({ key, mind, booked, after: mind });
    this.#isDeciding = true;
  }

  /** What the bot holds by a fill; undefined where that was told before, or taken over, and moves nothing. */
  #bookedBy(instrument: InstrumentId, view: View): Booked | undefined {
    const { lots } = view.position(instrument);
    const before = this.#lots.get(instrument) ?? 0;
    this.#lots.set(instrument, lots);
    return lots === before ? undefined : { instrument, lots };
  }

  decided(commands: readonly Command[], now: number, strategy: Strategy): void {
    const asked = this.#isDeciding ? this.#asked.at(-1) : undefined;
    if (asked !== undefined) asked.after = this.#mindAfter(asked.mind, strategy);
    this.#isDeciding = false;
    for (const command of commands) {
      if (command.kind === "SetTimer") {
        this.#timers.set(command.timer, { due: command.at, setAt: now });
        this.#late.delete(command.timer);
      } else if (command.kind === "ClearTimer") this.#timers.delete(command.timer);
    }
    if (now < this.#looksAt) return;
    this.#looksAt = now + LOOKS_EVERY_US;
    this.#lookForLate(now);
  }

  /** Its mind goes on record. */
  saved(mind: JsonValue, now: number): void {
    if (!this.#isFresh && !this.#writes(now)) return;
    const text = JSON.stringify(mind);
    if (this.#isFresh) this.#wakes(text, "");
    this.#record(text, now);
  }

  /** Its mind as it is, which is the same while its revision is. */
  #mindOf(strategy: Strategy): string {
    const mind = JSON.stringify(strategy.save());
    const { revision } = strategy;
    const known = this.#known;
    if (revision !== undefined && revision === known?.revision && mind !== known.mind) {
      this.#forgot("the strategy's mind changed, and its revision did not rise");
    }
    this.#known = { revision, mind };
    return mind;
  }

  /** After a decision; that no change was left out of the revision is seen at the next question. */
  #mindAfter(before: string, strategy: Strategy): string {
    const { revision } = strategy;
    const isSame = revision !== undefined && revision === this.#known?.revision;
    return isSame ? before : this.#mindOf(strategy);
  }

  /** Are minds written down now? What was on record before they were is not known. */
  #writes(now: number): boolean {
    const isNear = this.#life.actsToFault() <= NEAR_ACTS;
    if (isNear !== this.#isWriting) {
      this.#isWriting = isNear;
      this.#wroteFrom = Math.max(now, this.#durableAt);
      this.#recorded = [];
      this.#asked = [];
    }
    return isNear;
  }

  /** Is everything written down since the last that is surely on the disk? */
  get #wroteAll(): boolean {
    return this.#wroteFrom === Number.NEGATIVE_INFINITY || this.#wroteFrom < this.#durableAt;
  }

  #record(mind: string, at: number): void {
    const last = this.#recorded.at(-1);
    if (last?.mind === mind) this.#recorded.pop();
    this.#recorded.push({ mind, at: Math.max(at, last?.at ?? at) });
  }

  /** From `at` on everything older is history. */
  #settle(at: number): void {
    this.#durableAt = at;
    const from = this.#recorded.findIndex((each) => each.at >= at);
    if (from > 0) this.#recorded = this.#recorded.slice(from);
  }

  /** The first that is seen of a new life. */
  #wakes(mind: string, key: string): void {
    this.#isFresh = false;
    const asked = this.#asked;
    const before = asked.filter((each) => each.key === key);
    this.#asked = [];
    this.#unheard = undefined;
    if (before.length > 0) {
      if (before.some((each) => each.mind === mind)) return;
      this.#forgot(`asked of ${key} again, it has another mind`);
      return;
    }
    const only = asked.length === 1 ? asked[0] : undefined;
    if (only?.mind === mind && only.after !== mind) this.#unheard = only;
    if (this.#recorded.some((each) => each.mind === mind)) return;
    this.#forgot("the strategy begins with a mind that was not on record");
  }

  #missed(view: View): void {
    const missed = this.#unheard;
    this.#unheard = undefined;
    if (missed?.booked === undefined) return;
    if (view.position(missed.booked.instrument).lots !== missed.booked.lots) return;
    this.#forgot(`${missed.key} counts, and the strategy never hears of it`);
  }

  #lookForLate(now: number): void {
    for (const [timer, { due }] of this.#timers) {
      if (due >= now) continue;
      const looks = (this.#late.get(timer) ?? 0) + 1;
      this.#late.set(timer, looks);
      if (looks > LATE_LOOKS) {
        this.#forgot(`timer ${timer} was due ${now - due} µs ago`);
        this.#timers.delete(timer);
      }
    }
  }
}

/** Of a run whose process may die; nobody else forgets. */
export function witnessOf(
  plan: FaultPlan,
  forgot: (what: string) => void,
  life: LifeSigns,
): MemoryWitness | undefined {
  const mayDie = plan.some(({ site }) => site === "process" || site === "disk");
  return mayDie ? new MemoryWitness(forgot, life) : undefined;
}

class WatchedStrategy implements Strategy {
  readonly name: string;
  readonly wants: Strategy["wants"];
  readonly hedgedPair?: HedgedPair;
  readonly #inner: Strategy;
  readonly #witness: MemoryWitness;
  #now = Number.NEGATIVE_INFINITY;

  constructor(inner: Strategy, witness: MemoryWitness) {
    this.name = inner.name;
    this.wants = inner.wants;
    if (inner.hedgedPair !== undefined) this.hedgedPair = inner.hedgedPair;
    this.#inner = inner;
    this.#witness = witness;
  }

  get revision(): number | undefined {
    return this.#inner.revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    this.#witness.asked(event, view, this.#inner, this.#now);
    this.#now = view.now;
    const commands = this.#inner.decide(event, view);
    this.#witness.decided(commands, view.now, this.#inner);
    return commands;
  }

  save(): JsonValue {
    const mind = this.#inner.save();
    this.#witness.saved(mind, this.#now);
    return mind;
  }

  restore(saved: JsonValue): void {
    this.#inner.restore(saved);
  }

  takeNotes(): readonly string[] | undefined {
    return this.#inner.takeNotes?.();
  }
}
