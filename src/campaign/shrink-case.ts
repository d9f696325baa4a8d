// Cuts a failing case down to what it needs, while the same promise is still the first to break: what comes after the
// failure, all faults or all knobs at once, whole kinds, single faults, the market before and after, then second by
// second. What is left is for a person to read.

import type { Fault, FaultPlan } from "../../sim/faults/fault.ts";
import { TAPE_SHOCKS } from "../../sim/market/sparse-shocks.ts";
import { complement, secondsOf, spansOf } from "./busy-seconds.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import type { Budget } from "./ddmin.ts";
import { ddmin } from "./ddmin.ts";
import type { FuzzBot, Phases } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { Knobs } from "./knobs.ts";

export type Shrunk = Readonly<{ told: FuzzCase; outcome: CaseOutcome; reruns: number }>;

/** A failure is cut down in at most so many runs: ten seconds' worth. */
export const RERUNS_MAX = 200;

/** Of them, kinds and faults may take so many, and the market the first time; what is over goes on from there. */
const KIND_RERUNS = 40;
const FAULT_RERUNS = 60;
const MARKET_RERUNS = 60;
const SECOND_US = 1_000_000;

/** What must stay the same while a case is cut down: the checker that speaks first, or the promise that broke a run. */
export function failureId({ violations, crash, differs }: CaseOutcome): string | undefined {
  if (crash !== undefined) return `crash: ${crash.replaceAll(/\d+/g, "#")}`;
  return violations[0]?.id ?? (differs === undefined ? undefined : "differs");
}

/** @param run runs a case; the one given fails. */
export function shrinkCase(
  failing: FuzzCase,
  first: CaseOutcome,
  bot: Pick<FuzzBot, "startUs" | "phases">,
  run: (told: FuzzCase) => CaseOutcome,
): Shrunk {
  return new Shrinking(failing, first, bot.startUs, run).cut(bot.phases);
}

class Shrinking {
  readonly #id: string | undefined;
  readonly #startUs: number;
  readonly #run: (told: FuzzCase) => CaseOutcome;
  readonly #budget: Budget = { left: RERUNS_MAX };
  #told: FuzzCase;
  #outcome: CaseOutcome;

  constructor(
    told: FuzzCase,
    outcome: CaseOutcome,
    startUs: number,
    run: (told: FuzzCase) => CaseOutcome,
  ) {
    this.#startUs = startUs;
    this.#told = told;
    this.#outcome = outcome;
    this.#run = run;
    this.#id = failureId(outcome);
  }

  cut(phases: Phases): Shrunk {
    this.#cutTime(phases);
    this.#cutUnused();
    this.#cutKinds();
    this.#cutTime(phases);
    this.#cutUnused();
    this.#cutFaults(FAULT_RERUNS);
    this.#cutTime(phases);
    this.#cutKnobs();
    this.#cutMarket(phases, MARKET_RERUNS);
    // Each makes room for the other: a quieter market needs fewer faults, fewer faults a quieter market.
    this.#cutTime(phases);
    this.#cutUnused();
    this.#cutFaults(FAULT_RERUNS);
    this.#cutKnobs();
    this.#cutMarket(phases, this.#budget.left);
    return { told: this.#told, outcome: this.#outcome, reruns: RERUNS_MAX - this.#budget.left };
  }

  /** Breaks the run off after the failure: every later try is as much shorter. */
  #cutTime({ end }: Phases): void {
    const at = this.#outcome.violations[0]?.at ?? this.#outcome.crashedAt;
    if (at === undefined) return;
    const second = Math.ceil((at - this.#startUs) / SECOND_US) + 1;
    if (second < (this.#told.end ?? end)) this.#try({ ...this.#told, end: second });
  }

  /** What never struck, and what would come too late, cannot have broken anything. */
  #cutUnused(): void {
    const { kinds } = this.#outcome;
    const { end } = this.#told;
    const inTime = this.#told.plan.filter((fault) => {
      if (end !== undefined && !isBefore(fault, end)) return false;
      return kinds[fault.kind] !== undefined || TAPE_SHOCKS.includes(fault.kind);
    });
    const struck = thatStruck(inTime, kinds);
    if (struck.length < inTime.length && this.#try({ ...this.#told, plan: struck })) return;
    if (inTime.length < this.#told.plan.length) this.#try({ ...this.#told, plan: inTime });
  }

  /** Whole kinds first: there are few of them, and most have nothing to do with it. */
  #cutKinds(): void {
    const kinds = [...new Set(this.#told.plan.map(({ kind }) => kind))];
    this.#within(KIND_RERUNS, (budget) => {
      ddmin(
        kinds,
        (rest) => {
          const plan = this.#told.plan.filter(({ kind }) => rest.includes(kind));
          return this.#fails({ ...this.#told, plan });
        },
        budget,
      );
    });
  }

  #cutFaults(reruns: number): void {
    this.#within(reruns, (budget) => {
      ddmin(this.#told.plan, (plan) => this.#fails({ ...this.#told, plan }), budget);
    });
  }

  #cutKnobs(): void {
    const { brokenVenue: _broken, ...whole } = this.#told;
    if (_broken !== undefined) this.#try(whole);
    const names = Object.keys(this.#told.knobs) as (keyof Knobs)[];
    this.#within(FAULT_RERUNS, (budget) => {
      ddmin(
        names,
        (rest) => {
          const knobs = Object.entries(this.#told.knobs).filter(([name]) =>
            rest.includes(name as keyof Knobs),
          );
          return this.#fails({ ...this.#told, knobs: Object.fromEntries(knobs) });
        },
        budget,
      );
    });
  }

  /** Quiet seconds: all of them, those before, those after, then ever shorter spans in between. */
  #cutMarket(phases: Phases, reruns: number): void {
    const end = this.#told.end ?? phases.end;
    this.#within(reruns, (budget) => {
      const fails = (busy: readonly number[]): boolean =>
        this.#fails({ ...this.#told, quiet: complement(spansOf(busy), end) });
      let busy: readonly number[] = secondsOf(complement(this.#told.quiet, end));
      if (busy.length === 0) return;
      const left = (): boolean => budget.left > 0;
      const tries = (rest: readonly number[]): boolean => {
        budget.left -= 1;
        if (!fails(rest)) return false;
        busy = rest;
        return true;
      };
      if (tries([])) return;
      cutEnd(busy.length, left, (count) => tries(busy.slice(count)));
      cutEnd(busy.length, left, (count) => tries(busy.slice(0, busy.length - count)));
      ddmin(busy, fails, budget);
    });
  }

  /** Spends at most so many of the runs there are. */
  #within(reruns: number, spend: (budget: Budget) => void): void {
    const given = Math.min(this.#budget.left, reruns);
    const budget = { left: given };
    if (given > 0) spend(budget);
    this.#budget.left -= given - budget.left;
  }

  #fails(told: FuzzCase): boolean {
    const outcome = this.#run(told);
    if (failureId(outcome) !== this.#id) return false;
    this.#told = told;
    this.#outcome = outcome;
    return true;
  }

  #try(told: FuzzCase): boolean {
    if (this.#budget.left <= 0) return false;
    this.#budget.left -= 1;
    return this.#fails(told);
  }
}

/** Cuts as much off one end as can be: halves of what is left, ever smaller where it cannot. */
function cutEnd(length: number, left: () => boolean, cut: (count: number) => boolean): void {
  let rest = length;
  for (let count = rest >>> 1; count >= 1 && left(); ) {
    if (cut(count)) {
      rest -= count;
      count = Math.min(count, rest >>> 1);
    } else count >>>= 1;
  }
}

function isBefore({ site, ordinal }: Fault, second: number): boolean {
  const counted = site === "request" || site === "answer" || site === "process" || site === "disk";
  return counted || ordinal <= second;
}

/** Of each kind and entity the first so many as struck in all: the others came too late for it. */
function thatStruck(plan: FaultPlan, kinds: CaseOutcome["kinds"]): Fault[] {
  const places = new Map<Fault, number>();
  const counts = new Map<string, number>();
  for (const fault of [...plan].sort((one, other) => one.ordinal - other.ordinal)) {
    const key = `${fault.site} ${fault.entity} ${fault.kind}`;
    const place = counts.get(key) ?? 0;
    counts.set(key, place + 1);
    places.set(fault, place);
  }
  return plan.filter((fault) => {
    const struck = kinds[fault.kind]?.[0] ?? Number.POSITIVE_INFINITY;
    return TAPE_SHOCKS.includes(fault.kind) || (places.get(fault) as number) < struck;
  });
}
