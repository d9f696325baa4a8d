// A feed that can freeze, lag, break off, repeat itself, and lose, delay or revise a bar. Between faults it is the plain
// feed, told through one more call.

import type { BarClosed, Event } from "../../src/domain/event.ts";
import type { PriceTicks, Side, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Level } from "../../src/ports/view.ts";
import type { Fault } from "../faults/fault.ts";
import type { FaultCounters } from "./fault-counters.ts";
import type { Deliver, Feed } from "./feed.ts";
import { toldAt } from "./told-at.ts";

/** The catalogue: a feed lags for ten seconds. */
const LATE_FOR_US = 10_000_000;

/** When a feed sees what: its own time, never ahead of the world's. */
export class FeedClock implements Clock {
  readonly #world: Clock;
  frozenFrom = Number.POSITIVE_INFINITY;
  frozenUntil = Number.NEGATIVE_INFINITY;
  lateUs = 0;
  lateUntil = Number.NEGATIVE_INFINITY;

  constructor(world: Clock) {
    this.#world = world;
  }

  now(): TimeUs {
    return this.seenAt(this.#world.now());
  }

  get world(): TimeUs {
    return this.#world.now();
  }

  /** What moment is seen at `at`. */
  seenAt(at: TimeUs): TimeUs {
    if (at < this.frozenUntil) return Math.min(at, this.frozenFrom) as TimeUs;
    return (at < this.lateUntil ? at - this.lateUs : at) as TimeUs;
  }

  freeze(until: number): void {
    const now = this.world;
    if (now >= this.frozenUntil) this.frozenFrom = this.seenAt(now);
    if (until > this.frozenUntil) this.frozenUntil = until;
  }

  heal(): void {
    this.frozenUntil = Number.NEGATIVE_INFINITY;
    this.lateUntil = Number.NEGATIVE_INFINITY;
  }
}

export class TroubledFeed implements Feed {
  readonly #plain: Feed;
  readonly #clock: FeedClock;
  readonly #counters: FaultCounters;
  /** The book is not to be trusted until then. */
  staleUntil = Number.NEGATIVE_INFINITY;
  /** How far our own clock is off. */
  clockOffsetUs = 0;
  #twiceUntil = Number.NEGATIVE_INFINITY;
  readonly #barFaults: Fault[] = [];
  /** Bars told late, soonest first. */
  #lateBars: Readonly<{ at: number; bar: BarClosed }>[] = [];
  #at = 0 as TimeUs;
  #deliver: Deliver = () => undefined;

  constructor(plain: Feed, clock: FeedClock, counters: FaultCounters) {
    this.#plain = plain;
    this.#clock = clock;
    this.#counters = counters;
  }

  get clock(): FeedClock {
    return this.#clock;
  }

  get rows(): number {
    return this.#plain.rows;
  }

  nextWake(): number {
    const clock = this.#clock;
    let at = this.#plain.nextWake();
    const { world } = clock;
    if (world < clock.lateUntil && at + clock.lateUs < clock.lateUntil) at += clock.lateUs;
    else if (at < clock.lateUntil) at = clock.lateUntil;
    if (at < clock.frozenUntil) at = clock.frozenUntil;
    const bar = this.#lateBars[0];
    if (bar !== undefined && bar.at < at) at = bar.at;
    return at < world ? world : at;
  }

  wake(at: TimeUs, deliver: Deliver): void {
    this.#deliver = deliver;
    this.#at = at;
    while ((this.#lateBars[0]?.at ?? Number.POSITIVE_INFINITY) <= at) {
      const late = this.#lateBars.shift();
      if (late !== undefined) deliver({ ...late.bar, at });
    }
    const seen = this.#clock.seenAt(at);
    if (this.#plain.nextWake() <= seen) this.#plain.wake(seen, this.#tell);
  }

  skipTo(at: TimeUs): void {
    this.#plain.skipTo(at);
  }

  /** A feed fault strikes now. */
  strike(fault: Fault, now: TimeUs): void {
    const { kind, parameter } = fault;
    switch (kind) {
      case "feed-gap":
        this.staleUntil = Math.max(this.staleUntil, now + parameter);
        this.#clock.freeze(now + parameter);
        break;
      case "feed-frozen":
        this.#clock.freeze(now + parameter);
        break;
      case "feed-late":
        this.#clock.lateUs = parameter;
        this.#clock.lateUntil = now + LATE_FOR_US;
        break;
      case "print-duplicated":
        this.#twiceUntil = now + 1_000_000;
        return;
      default:
        this.#barFaults.push(fault);
        return;
    }
    if (this.#plain.nextWake() < now + parameter) this.#counters.effective(kind);
  }

  heal(): void {
    this.#clock.heal();
    this.staleUntil = Number.NEGATIVE_INFINITY;
    this.#twiceUntil = Number.NEGATIVE_INFINITY;
    this.#barFaults.length = 0;
  }

  readonly #tell = (event: Event): void => {
    const at = this.#at;
    const told = toldAt(event, at);
    if (told.kind === "BarClosed" && this.#barFaults.length > 0) this.#tellBar(told);
    else this.#deliver(told);
    if (at >= this.#twiceUntil || told.kind === "BookChanged" || told.kind === "LinkChanged")
      return;
    this.#counters.effective("print-duplicated");
    this.#deliver(told);
  };

  #tellBar(bar: BarClosed): void {
    const { kind, parameter } = this.#barFaults.shift() as Fault;
    this.#counters.effective(kind);
    if (kind === "bar-lost") return;
    if (kind === "bar-late") {
      this.#lateBars.push({ at: this.#at + parameter, bar });
      this.#lateBars.sort((a, b) => a.at - b.at);
      return;
    }
    this.#deliver(bar);
    const close = (bar.close + parameter) as PriceTicks;
    this.#deliver({ ...bar, close, high: Math.max(bar.high, close) as PriceTicks });
  }

  bestBid(): PriceTicks | undefined {
    return this.#plain.bestBid();
  }

  bestAsk(): PriceTicks | undefined {
    return this.#plain.bestAsk();
  }

  sizeAt(side: Side, price: PriceTicks): SizeLots {
    return this.#plain.sizeAt(side, price);
  }

  levels(side: Side, depth: number): readonly Level[] {
    return this.#plain.levels(side, depth);
  }

  get fresh(): boolean {
    return this.#clock.world >= this.staleUntil && this.#plain.fresh;
  }

  get updatedAt(): TimeUs {
    const { lateUs, lateUntil, world } = this.#clock;
    // A feed that lags is received late: what it shows was learned just now.
    const late = world < lateUntil ? lateUs : 0;
    return (Math.min(world, this.#plain.updatedAt + late) + this.clockOffsetUs) as TimeUs;
  }
}
