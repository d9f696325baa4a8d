// Runs a trial: the same world as a backtest's, staged with trouble on its wires, at its venues, in its feeds and in the
// bot's own process, and told to the checkers as it goes.

import { assert } from "../../src/domain/assert.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { CheckerSuite } from "../checkers/checker-suite.ts";
import { isCounted } from "../faults/moments.ts";
import { RollingHasher } from "../kernel/rolling-hasher.ts";
import { minResponseUs } from "../network/latency.ts";
import { answeringVenue } from "./answering-venue.ts";
import type { Strike } from "./booked.ts";
import { RANK_STRIKE } from "./booked.ts";
import { BotSeat } from "./bot-seat.ts";
import { FaultCounters } from "./fault-counters.ts";
import type { Feed } from "./feed.ts";
import type { MemoryWitness } from "./memory-witness.ts";
import { witnessOf } from "./memory-witness.ts";
import { mindsOf } from "./minds.ts";
import { ScenarioRun } from "./scenario-run.ts";
import type { Listener, Stage, Staging } from "./staging.ts";
import { StoppableStrategy } from "./stoppable-strategy.ts";
import { TimedFaults } from "./timed-faults.ts";
import type { Trial, Verdict } from "./trial.ts";
import { boundedScenario } from "./trial.ts";
import type { TrialPhase } from "./trial-scene.ts";
import { TrialScene } from "./trial-scene.ts";
import { FeedClock, TroubledFeed } from "./troubled-feed.ts";
import { TroubledWires } from "./troubled-wires.ts";
import { VenueTrouble } from "./venue-trouble.ts";

const SECOND_US = 1_000_000;
const SECOND: Strike = { kind: "Second" };

/** Two polls of the account and their answers: what a bot needs to find out. */
const QUIET_US = 30_000_000;

/** Runs a trial to its end. */
export function runTrial(trial: Trial): Verdict {
  return new TrialRun(trial).finish();
}

class TrialRun implements Staging {
  readonly tap: TroubledWires;
  readonly #trial: Trial;
  readonly #run: ScenarioRun;
  readonly #venues: readonly VenueTrouble[];
  readonly #counters: FaultCounters;
  readonly #feeds: TroubledFeed[] = [];
  readonly #clocks: FeedClock[] = [];
  readonly #timed: TimedFaults;
  #stage: Stage | undefined;
  readonly #witness: MemoryWitness | undefined;
  #seat: BotSeat | undefined;
  #suite: CheckerSuite | undefined;
  readonly #stop = { isAsked: false };
  readonly #phase: TrialPhase = {
    troubledUntil: Number.NEGATIVE_INFINITY,
    healedAt: undefined,
    stoppedAt: undefined,
  };

  constructor(trial: Trial) {
    const { scenario, plan, moments } = trial;
    this.#trial = trial;
    this.#witness = witnessOf(plan, (what) => this.#checkers.forgot(what), {
      actsToFault: () => this.#seat?.actsToFault ?? 0,
      isSafe: () => this.#seat?.durable ?? true,
    });
    this.#counters = new FaultCounters(() => this.#seat?.belief, trial.struck);
    this.#venues = scenario.venues.map(
      (_, id) => new VenueTrouble(plan, id, this.#counters, moments),
    );
    this.tap = new TroubledWires({
      instruments: () => this.#staged.room.instruments,
      venues: this.#venues,
      responseUs: scenario.venues.map(({ latency }) => minResponseUs(latency)),
      queue: () => this.#staged.queue,
      checkers: () => this.#checkers,
      counters: this.#counters,
      now: () => this.#now,
      session: () => this.#seat?.life ?? 0,
      troubled: (until) => this.#trouble(until),
    });
    this.#timed = new TimedFaults({
      venues: this.#venues,
      feeds: this.#feeds,
      wires: this.tap,
      counters: this.#counters,
      stage: () => this.#staged,
      checkers: () => this.#checkers,
      troubled: (until) => this.#trouble(until),
      later: (at, over) => this.#later(at, over),
      shiftClock: (byUs) => this.#shiftClock(byUs),
    });
    const hasher = trial.hasher ?? (() => new RollingHasher());
    this.#run = new ScenarioRun(boundedScenario(trial), { hasher }, this);
  }

  /** The staging, for the run. */
  feedClock(_instrument: Instrument, clock: Clock): Clock {
    const made = new FeedClock(clock);
    this.#clocks.push(made);
    return made;
  }

  feed(instrument: Instrument, plain: Feed): Feed {
    const clock = this.#clocks[instrument.id] as FeedClock;
    const feed = new TroubledFeed(plain, clock, this.#counters);
    this.#feeds.push(feed);
    return feed;
  }

  begins(stage: Stage): Listener {
    this.#stage = stage;
    const { plan, scenario, hasher, observer, healAt, stopAt } = this.#trial;
    const minds = mindsOf(this.#trial);
    this.#seat = new BotSeat({
      scenario,
      room: stage.room,
      trial: this.#trial,
      lent: { hasher: hasher ?? (() => new RollingHasher()), observer },
      strategy: () => this.#stoppable(minds.next(stage.room.instruments)),
      isLinkUp: (venue) => !(this.#venues[venue] as VenueTrouble).down.isOn(this.#now),
      areWiresBusy: () => this.#venues.some((each) => each.isBusy),
      later: (at, over) => this.#later(at, over),
      heard: (event) => this.#checkers.heard(event),
      died: (during, doom) => {
        minds.died(doom);
        this.#trouble(this.#now + doom.downUs);
        this.#counters.effective(doom.kind);
        this.#checkers.crashed(during);
      },
      began: (life) => this.#began(life),
      broke: (reason) => this.#checkers.broke(reason),
      forgot: (what) => this.#checkers.forgot(what),
      paused: (until) => {
        this.#trouble(until);
        this.#counters.effective("pause");
        for (const feed of this.#feeds) feed.clock.freeze(until);
      },
      fired: (kind) => {
        this.#counters.fired(kind);
        this.#trouble(this.#now);
      },
      effective: (kind) => this.#counters.effective(kind),
    });
    const scene = new TrialScene({
      trial: this.#trial,
      stage,
      seat: this.#seat,
      venues: this.#venues,
      phase: this.#phase,
    });
    this.#suite = new CheckerSuite(scene, this.#trial.checkers);
    const from = stage.startsAt;
    this.#later(from, () => this.#seat?.begin());
    for (const fault of plan) {
      if (isCounted(fault)) continue;
      this.#book(from + fault.ordinal * SECOND_US, { kind: "Fault", fault });
    }
    this.#book(from + healAt, { kind: "Heal" });
    this.#book(from + stopAt, { kind: "Stop" });
    this.#book(from + SECOND_US, SECOND);
    if (plan.length === 0) this.#phase.healedAt = from;
    const seat = this.#seat;
    return { hear: (event) => this.#hear(seat, event), finish: () => seat.finish() };
  }

  #stoppable(strategy: Strategy): Strategy {
    const stoppable = new StoppableStrategy(strategy, this.#stop);
    return this.#witness?.beside(stoppable) ?? stoppable;
  }

  /** Answers may yet be lost, the rest goes straight to the bot. */
  #hear(seat: BotSeat, event: Event): void {
    switch (event.kind) {
      case "BookChanged":
      case "TradePrinted":
      case "BarClosed":
      case "TimerFired":
      case "LinkChanged":
        break;
      default: {
        const venue = answeringVenue(event, this.#staged.room.instruments);
        if (!this.tap.delivers(event, venue)) return;
      }
    }
    seat.hear(event);
  }

  strike(strike: Strike): void {
    switch (strike.kind) {
      case "Fault":
        if (this.#phase.healedAt === undefined) this.#timed.strike(strike.fault);
        break;
      case "Over":
        strike.over();
        break;
      case "Second":
        this.#second();
        break;
      case "Heal":
        this.#heal();
        break;
      case "Stop":
        this.#phase.stoppedAt = this.#now;
        this.#stop.isAsked = true;
        break;
      default:
        strike satisfies never;
    }
  }

  /** Runs to the end; what it came to. */
  finish(): Verdict {
    const result = this.#run.finish();
    this.#checkers.ended();
    return {
      violations: this.#checkers.violations,
      digest: result.digest,
      faults: this.#counters.counts,
      cells: this.#counters.cells,
      events: result.events,
      requests: this.#venues.reduce((sum, each) => sum + each.sent, 0),
      rows: result.rows,
      acts: this.#seat?.acts ?? 0,
      openActs: this.#seat?.openActs ?? 0,
      lives: (this.#seat?.life ?? -1) + 1,
      haltReason: this.#seat?.haltReason,
      endedAt: result.endedAt,
    };
  }

  get #now(): TimeUs {
    return this.#staged.room.clock.now();
  }

  get #staged(): Stage {
    const stage = this.#stage;
    if (stage === undefined) assert(false, "a trial is asked once it is staged");
    return stage;
  }

  get #checkers(): CheckerSuite {
    const suite = this.#suite;
    if (suite === undefined) assert(false, "a trial has its checkers once it is staged");
    return suite;
  }

  #began(life: number): void {
    this.#trouble(this.#now);
    this.#checkers.began(life);
  }

  #second(): void {
    this.#checkers.second();
    if (this.#isQuiet()) this.#checkers.quiet();
    this.#book(this.#now + SECOND_US, SECOND);
  }

  /** Nothing on its way, no trouble for a while, and somebody there who believes. */
  #isQuiet(): boolean {
    const seat = this.#seat;
    if (seat?.belief === undefined || seat.isPaused) return false;
    if (this.#now < this.#phase.troubledUntil + (this.#trial.quietUs ?? QUIET_US)) return false;
    return this.#venues.every((each) => each.gone || !each.isBusy);
  }

  /** No fault strikes any more, and what can come back does. */
  #heal(): void {
    this.#phase.healedAt ??= this.#now;
    this.tap.isFair = true;
    for (const venue of this.#trial.brokenForEver ?? []) this.#timed.lose(venue);
    this.#timed.heal();
    this.#seat?.heal();
  }

  #trouble(until: number): void {
    if (until > this.#phase.troubledUntil) this.#phase.troubledUntil = until;
  }

  #shiftClock(byUs: number): void {
    this.#seat?.shiftClock(byUs);
    for (const feed of this.#feeds) feed.clockOffsetUs += byUs;
  }

  #later(at: number, over: () => void): void {
    this.#book(at, { kind: "Over", over });
  }

  #book(at: number, strike: Strike): void {
    this.#staged.queue.push(at as TimeUs, RANK_STRIKE, strike);
  }
}
