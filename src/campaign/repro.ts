// A failure as a file of a few lines: the bot's whole config, the case that is left of it, and which promise broke.
// Whoever has the file and the same code gets the same failure.

import type { Fault } from "../../sim/faults/fault.ts";
import type { SecondRange } from "../../sim/market/sparse-market.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import type { FuzzBot, Phases } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { Knobs } from "./knobs.ts";
import { failureId } from "./shrink-case.ts";

export type Repro = Readonly<{
  version: 1;
  bot: string;
  code: string;
  /** A backtest's, as it was said, without its comments. */
  config: unknown;
  /** Where the config lay, from this file: what its paths are relative to. "." unless told otherwise. */
  folder?: string;
  market: FuzzBot["market"];
  seed: string;
  phases: Phases;
  knobs: Knobs;
  /** [site, entity, ordinal, kind, parameter] each. */
  plan: readonly (readonly [Fault["site"], number, number, string, number])[];
  quiet: readonly SecondRange[];
  brokenVenue?: number | undefined;
  /** Where the run is broken off, seconds. */
  end?: number | undefined;
  /** What the markets did until then, and was not left out: their messages after the first book. */
  marketEvents: number;
  /** The checker that spoke first, when, and what it said; or what broke the run. */
  violation: Readonly<{ id: string; at?: number; detail: string }>;
  /** Of the verdict. */
  digest: string;
}>;

export function reproOf(
  told: FuzzCase,
  outcome: CaseOutcome,
  facts: Pick<Repro, "bot" | "config" | "code" | "market" | "phases" | "marketEvents">,
): Repro {
  const [first] = outcome.violations;
  const id = failureId(outcome) ?? "none";
  return {
    version: 1,
    ...facts,
    seed: told.seed,
    knobs: told.knobs,
    plan: told.plan.map((fault) => [
      fault.site,
      fault.entity,
      fault.ordinal,
      fault.kind,
      fault.parameter,
    ]),
    quiet: told.quiet,
    ...(told.brokenVenue === undefined ? {} : { brokenVenue: told.brokenVenue }),
    ...(told.end === undefined ? {} : { end: told.end }),
    violation:
      first === undefined
        ? { id, detail: outcome.crash ?? `a second run gave ${outcome.differs ?? outcome.digest}` }
        : { id, at: first.at, detail: first.detail },
    digest: outcome.digest,
  };
}

/** The case a repro file holds. */
export function caseOfRepro(repro: Repro): FuzzCase {
  const { seed, knobs, plan, quiet, brokenVenue, end } = repro;
  return {
    seed,
    knobs,
    plan: plan.map(([site, entity, ordinal, kind, parameter]) => ({
      site,
      entity,
      ordinal,
      kind,
      parameter,
    })),
    quiet,
    ...(brokenVenue === undefined ? {} : { brokenVenue }),
    ...(end === undefined ? {} : { end }),
  };
}
