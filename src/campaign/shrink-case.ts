// Cuts a failing case down to what it needs: faults first, then minutes and seconds of the market, then knobs and the
// broken venue, while the same promise is still the first to break. What is left is for a person to read.

import type { Fault } from "../../sim/faults/fault.ts";
import type { SecondRange } from "../../sim/market/sparse-market.ts";
import { TAPE_SHOCKS } from "../../sim/market/sparse-shocks.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import type { Budget } from "./ddmin.ts";
import { ddmin } from "./ddmin.ts";
import type { FuzzBot, Phases } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { Knobs } from "./knobs.ts";

export type Shrunk = Readonly<{ told: FuzzCase; outcome: CaseOutcome; reruns: number }>;

/** A failure is cut down in at most so many runs: ten seconds' worth. */
export const RERUNS_MAX = 200;

/** Of them, so many are kept for the market and the knobs. */
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
    this.#cutFaults();
    this.#cutTime(phases);
    this.#cutKnobs();
    this.#cutMarket(phases);
    return { told: this.#told, outcome: this.#outcome, reruns: RERUNS_MAX - this.#budget.left };
  }

  /** Breaks the run off after the failure: every later try is as much shorter. */
  #cutTime({ end }: Phases): void {
    const at = this.#outcome.violations[0]?.at;
    if (at === undefined) return;
    const second = Math.ceil((at - this.#startUs) / SECOND_US) + 1;
    if (second < (this.#told.end ?? end)) this.#try({ ...this.#told, end: second });
  }

  /** Kinds that never struck, and what would come too late, cannot have broken anything. */
  #cutUnused(): void {
    const { kinds } = this.#outcome;
    const { end } = this.#told;
    const plan = this.#told.plan.filter((fault) => {
      if (end !== undefined && !isBefore(fault, end)) return false;
      return kinds[fault.kind] !== undefined || TAPE_SHOCKS.includes(fault.kind);
    });
    if (plan.length < this.#told.plan.length) this.#try({ ...this.#told, plan });
  }

  /** Whole kinds first: there are few of them, and most have nothing to do with it. */
  #cutKinds(): void {
    const kinds = [...new Set(this.#told.plan.map(({ kind }) => kind))];
    ddmin(
      kinds,
      (rest) => {
        const plan = this.#told.plan.filter(({ kind }) => rest.includes(kind));
        return this.#fails({ ...this.#told, plan });
      },
      this.#budget,
    );
  }

  /** Leaves the market its share of the tries. */
  #cutFaults(): void {
    const budget = { left: Math.max(0, this.#budget.left - MARKET_RERUNS) };
    const before = budget.left;
    ddmin(this.#told.plan, (plan) => this.#fails({ ...this.#told, plan }), budget);
    this.#budget.left -= before - budget.left;
  }

  #cutKnobs(): void {
    const { brokenVenue: _broken, ...whole } = this.#told;
    if (_broken !== undefined) this.#try(whole);
    if (Object.keys(this.#told.knobs).length === 0) return;
    if (this.#try({ ...this.#told, knobs: {} })) return;
    const names = Object.keys(this.#told.knobs) as (keyof Knobs)[];
    for (const name of names) {
      const { [name]: _turned, ...knobs } = this.#told.knobs;
      this.#try({ ...this.#told, knobs });
    }
  }

  /** Quiet seconds: all but ever shorter spans that the failure needs. */
  #cutMarket(phases: Phases): void {
    const end = this.#told.end ?? phases.end;
    for (const length of [300, 60, 10, 1]) {
      const spans = busySpans(this.#told.quiet, length, end);
      ddmin(
        spans,
        (busy) => this.#fails({ ...this.#told, quiet: complement(busy, end) }),
        this.#budget,
      );
      if (this.#budget.left <= 0) return;
    }
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

function isBefore({ site, ordinal }: Fault, second: number): boolean {
  const counted = site === "request" || site === "answer" || site === "process" || site === "disk";
  return counted || ordinal <= second;
}

/** What is not quiet, in spans no longer than `length` seconds. */
function busySpans(quiet: readonly SecondRange[], length: number, end: number): SecondRange[] {
  const spans: SecondRange[] = [];
  for (const [from, until] of complement(quiet, end)) {
    for (let at = from; at < until; at += length) spans.push([at, Math.min(until, at + length)]);
  }
  return spans;
}

/** The seconds of 0..end that no range holds; ranges ascend. */
function complement(ranges: readonly SecondRange[], end: number): SecondRange[] {
  const rest: SecondRange[] = [];
  let at = 0;
  for (const [from, until] of ranges) {
    if (from > at) rest.push([at, from]);
    at = Math.max(at, until);
  }
  if (at < end) rest.push([at, end]);
  return rest;
}
