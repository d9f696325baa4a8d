// Cuts a failing case down to what it needs, while the same promise is still the first to break: what comes after the
// failure, whole kinds of faults, then round after round faults from the oldest, knobs, and the market before, after and
// second by second, until two rounds leave it as it was. Every other round holds faults to their moments (held-case.ts):
// some failures stand at the end of one chain of events, which no other world has, and some come up everywhere.

import type { Fault } from "../../sim/faults/fault.ts";
import type { Moments } from "../../sim/faults/moments.ts";
import { isCounted } from "../../sim/faults/moments.ts";
import { TAPE_SHOCKS } from "../../sim/market/sparse-shocks.ts";
import { complement, secondsOf, spansOf } from "./busy-seconds.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import type { Budget } from "./ddmin.ts";
import { ddmin } from "./ddmin.ts";
import type { FuzzBot, Phases } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { RunCase } from "./held-case.ts";
import { runHeld, strikesAt } from "./held-case.ts";
import type { Knobs } from "./knobs.ts";

export type Shrunk = Readonly<{ told: FuzzCase; outcome: CaseOutcome; reruns: number }>;

/** A failure is cut down in at most so many runs: ten seconds' worth. */
export const RERUNS_MAX = 200;

/** More faults than these nobody reads, nor do they fit a file of four kilobytes: then it may take so many runs more. */
const FAULTS_MAX = 50;
const RERUNS_MORE = 400;

/** Of them, kinds may take so many, and in each round faults, knobs and the market. */
const KIND_RERUNS = 40;
const FAULT_RERUNS = 50;
const KNOB_RERUNS = 20;
const MARKET_RERUNS = 40;
const SECOND_US = 1_000_000;

/** What must stay the same while a case is cut down: the checker that speaks first, or the promise that broke a run. */
export function failureId({ violations, crash, differs }: CaseOutcome): string | undefined {
  if (crash !== undefined) return `crash: ${crash.replaceAll(/\d+/g, "#")}`;
  return violations[0]?.id ?? (differs === undefined ? undefined : "differs");
}

/** @param run runs a case, and tells when its faults strike; the one given fails. */
export function shrinkCase(
  failing: FuzzCase,
  first: CaseOutcome,
  bot: Pick<FuzzBot, "startUs" | "phases">,
  run: RunCase,
): Shrunk {
  return new Shrinking(failing, first, bot.startUs, run).cut(bot.phases);
}

class Shrinking {
  readonly #id: string | undefined;
  readonly #startUs: number;
  readonly #run: RunCase;
  readonly #budget: Budget = { left: RERUNS_MAX };
  /** Runs that were granted. */
  #granted = RERUNS_MAX;
  /** What is left of the case, in faults as they were drawn, and when those that are counted strike. */
  #left: FuzzCase;
  #moments: Moments;
  /** The same by its own counts, and what it was seen to come to. */
  #shown: Readonly<{ told: FuzzCase; outcome: CaseOutcome }>;
  /** Are faults held to their moments in the tries to come? */
  #holds = true;
  /** Tries that failed, and so were kept. */
  #cuts = 0;

  constructor(told: FuzzCase, outcome: CaseOutcome, startUs: number, run: RunCase) {
    this.#startUs = startUs;
    this.#run = run;
    this.#id = failureId(outcome);
    this.#left = told;
    this.#shown = { told, outcome };
    this.#budget.left -= 1;
    this.#moments = runHeld(told, undefined, run).moments;
  }

  cut(phases: Phases): Shrunk {
    this.#cutTime(phases);
    this.#cutUnused();
    // Of whole kinds so much is left out that nothing is where it was; a failure that comes easily comes all the same.
    this.#holds = false;
    this.#cutKinds();
    // Each makes room for the others: a quieter market needs fewer faults, fewer faults a quieter market.
    for (let idle = 0; idle < 2 && this.#hasMore(); ) {
      const before = this.#cuts;
      this.#holds = !this.#holds;
      this.#cutTime(phases);
      this.#cutUnused();
      this.#cutFaults();
      this.#cutKnobs();
      this.#cutMarket(phases);
      idle = this.#cuts > before ? 0 : idle + 1;
    }
    return { ...this.#shown, reruns: this.#granted - this.#budget.left };
  }

  #hasMore(): boolean {
    if (this.#budget.left > 1) return true;
    if (this.#granted > RERUNS_MAX || this.#left.plan.length <= FAULTS_MAX) return false;
    this.#granted += RERUNS_MORE;
    this.#budget.left += RERUNS_MORE;
    return true;
  }

  /** Breaks the run off after the failure: every later try is as much shorter. */
  #cutTime({ end }: Phases): void {
    const { violations, crashedAt } = this.#shown.outcome;
    const at = violations[0]?.at ?? crashedAt;
    if (at === undefined) return;
    const second = Math.ceil((at - this.#startUs) / SECOND_US) + 1;
    if (second < (this.#left.end ?? end)) this.#try({ ...this.#left, end: second });
  }

  /** What never struck, and what would come too late, cannot have broken anything. */
  #cutUnused(): void {
    const { kinds } = this.#shown.outcome;
    const { end = Number.POSITIVE_INFINITY, plan } = this.#left;
    const struck = plan.filter((fault) => {
      if (isCounted(fault)) return this.#moments.has(fault);
      return fault.ordinal <= end && (kinds[fault.kind] ?? TAPE_SHOCKS.includes(fault.kind));
    });
    if (struck.length < plan.length) this.#try({ ...this.#left, plan: struck });
  }

  /** Whole kinds first: there are few of them, and most have nothing to do with it. */
  #cutKinds(): void {
    const kinds = [...new Set(this.#left.plan.map(({ kind }) => kind))];
    this.#within(KIND_RERUNS, (budget) => {
      ddmin(kinds, (rest) => this.#failsWith(({ kind }) => rest.includes(kind), budget), budget);
    });
  }

  /** The oldest first, as many as can be: what a bot went through long ago is mostly over. */
  #cutFaults(): void {
    const at = (fault: Fault): number => strikesAt(fault, this.#moments, this.#startUs);
    this.#within(FAULT_RERUNS, (budget) => {
      const fails = (rest: readonly Fault[]): boolean => {
        const kept = new Set(rest);
        return this.#failsWith((each) => kept.has(each), budget);
      };
      const oldest = [...this.#left.plan].sort((one, other) => at(one) - at(other));
      ddmin(cutEnds(oldest, fails, budget, "front"), fails, budget);
    });
  }

  #cutKnobs(): void {
    const { brokenVenue: _broken, ...whole } = this.#left;
    if (_broken !== undefined) this.#try(whole);
    const names = Object.keys(this.#left.knobs) as (keyof Knobs)[];
    this.#within(KNOB_RERUNS, (budget) => {
      const fails = (rest: readonly string[]): boolean => {
        const knobs = Object.entries(this.#left.knobs).filter(([name]) => rest.includes(name));
        return this.#fails({ ...this.#left, knobs: Object.fromEntries(knobs) }, budget);
      };
      ddmin(names, fails, budget);
    });
  }

  /** Quiet seconds: all of them, those before, those after, then ever shorter spans in between. */
  #cutMarket(phases: Phases): void {
    const end = this.#left.end ?? phases.end;
    const busy = secondsOf(complement(this.#left.quiet, end));
    if (busy.length === 0) return;
    this.#within(MARKET_RERUNS, (budget) => {
      const fails = (rest: readonly number[]): boolean =>
        this.#fails({ ...this.#left, quiet: complement(spansOf(rest), end) }, budget);
      ddmin(cutEnds(busy, fails, budget, "both"), fails, budget);
    });
  }

  /** Spends at most so many of the runs there are. */
  #within(reruns: number, spend: (budget: Budget) => void): void {
    // One is kept back: a try that fails is run a second time.
    const given = Math.min(this.#budget.left - 1, reruns);
    const budget = { left: given };
    if (given > 0) spend(budget);
    this.#budget.left -= given - budget.left;
  }

  #failsWith(isKept: (fault: Fault) => boolean, budget: Budget): boolean {
    return this.#fails({ ...this.#left, plan: this.#left.plan.filter(isKept) }, budget);
  }

  /** Held, a case that fails is run a second time, by its counts alone: it has to fail by them too. */
  #fails(left: FuzzCase, budget: Budget): boolean {
    const held = this.#holds ? this.#moments : undefined;
    const { told, outcome, moments } = runHeld(left, held, this.#run);
    if (failureId(outcome) !== this.#id) return false;
    let shown = outcome;
    if (this.#holds) {
      budget.left -= 1;
      shown = runHeld(told, undefined, this.#run).outcome;
      if (failureId(shown) !== this.#id) return false;
    }
    const plan = left.plan.filter((each) => !isCounted(each) || moments.has(each));
    this.#left = { ...left, plan };
    this.#moments = moments;
    this.#shown = { told, outcome: shown };
    this.#cuts += 1;
    return true;
  }

  #try(left: FuzzCase): boolean {
    if (this.#budget.left <= 0) return false;
    this.#budget.left -= 1;
    return this.#fails(left, this.#budget);
  }
}

/** What is left of a list when as much as can be is cut off its front, or off both its ends: halves, ever smaller. */
function cutEnds<Item>(
  items: readonly Item[],
  fails: (rest: readonly Item[]) => boolean,
  budget: Budget,
  where: "front" | "both",
): readonly Item[] {
  let kept = items;
  const tries = (rest: readonly Item[]): boolean => {
    budget.left -= 1;
    if (!fails(rest)) return false;
    kept = rest;
    return true;
  };
  if (kept.length === 0 || budget.left <= 0 || tries([])) return kept;
  for (const cut of where === "front" ? [cutFront] : [cutFront, cutBack]) {
    for (let count = kept.length >>> 1; count >= 1 && budget.left > 0; ) {
      if (tries(cut(kept, count))) count = Math.min(count, kept.length >>> 1);
      else count >>>= 1;
    }
  }
  return kept;
}

function cutFront<Item>(items: readonly Item[], count: number): readonly Item[] {
  return items.slice(count);
}

function cutBack<Item>(items: readonly Item[], count: number): readonly Item[] {
  return items.slice(0, items.length - count);
}
