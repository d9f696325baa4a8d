// A failing case is cut down to what its failure needs, and to no other failure. The world here is a rule, not a run.

import { expect, test } from "vitest";
import type { Fault } from "../../../sim/faults/fault.ts";
import type { CaseOutcome } from "../../../src/campaign/case-outcome.ts";
import { PHASES_DEFAULT, SPARSE_START_US } from "../../../src/campaign/fuzz-bot.ts";
import type { FuzzCase } from "../../../src/campaign/fuzz-case.ts";
import { caseOfRepro, reproOf } from "../../../src/campaign/repro.ts";
import { RERUNS_MAX, shrinkCase } from "../../../src/campaign/shrink-case.ts";
import type { TimeUs } from "../../../src/domain/units.ts";

const FAILS_AT = 1_234;
const BOT = { startUs: SPARSE_START_US, phases: PHASES_DEFAULT };

function fault(kind: string, ordinal: number): Fault {
  return { site: "answer", entity: 0, ordinal, kind, parameter: 0 };
}

/** Breaks B3 when two given faults meet a market that moves in a given second; E5 whenever a third is alone. */
function world(told: FuzzCase): CaseOutcome {
  const has = (kind: string, ordinal: number): boolean =>
    told.plan.some((each) => each.kind === kind && each.ordinal === ordinal);
  const isQuiet = told.quiet.some(([from, until]) => from <= 1_000 && 1_000 < until);
  const inTime = told.end === undefined || told.end >= FAILS_AT;
  const both = has("fill-lost", 40) && has("answer-late", 77) && !isQuiet && inTime;
  const other = has("fill-lost", 3) && !both;
  const violation = (id: string) => ({
    id,
    at: (SPARSE_START_US + FAILS_AT * 1e6) as TimeUs,
    detail: "x",
  });
  return {
    seed: told.seed,
    mix: "everything",
    digest: "d",
    violations: both ? [violation("B3")] : other ? [violation("E5")] : [],
    crash: undefined,
    differs: undefined,
    planned: told.plan.length,
    fired: 0,
    effective: 0,
    kinds: Object.fromEntries(told.plan.map(({ kind }) => [kind, [1, 1] as const])),
    cells: {},
    events: 0,
    acts: 0,
    lives: 1,
    halted: false,
    simulatedUs: 0,
  };
}

const failing: FuzzCase = {
  seed: "1",
  knobs: { "bot.attemptsMax": 2, "wire.answerUs": 5_000 },
  plan: ["fill-lost", "answer-late", "answer-lost", "end-lost"].flatMap((kind) =>
    Array.from({ length: 100 }, (_, ordinal) => fault(kind, ordinal)),
  ),
  quiet: [],
  brokenVenue: 1,
};

test("keeps the two faults, the second of market and nothing else", () => {
  const { told, outcome, reruns } = shrinkCase(failing, world(failing), BOT, world);
  expect(outcome.violations[0]?.id).toBe("B3");
  expect(told.plan).toEqual([fault("fill-lost", 40), fault("answer-late", 77)]);
  expect(told.knobs).toEqual({});
  expect(told.brokenVenue).toBeUndefined();
  expect(told.end).toBe(FAILS_AT + 1);
  const quiet = told.quiet.reduce((sum, [from, until]) => sum + until - from, 0);
  expect(FAILS_AT + 1 - quiet).toBeLessThanOrEqual(10);
  expect(reruns).toBeLessThanOrEqual(RERUNS_MAX);
});

test("is a file of less than four kilobytes, from which the same case is read back", () => {
  const { told, outcome } = shrinkCase(failing, world(failing), BOT, world);
  const facts = {
    bot: "grid",
    code: "0.1.0",
    config: { version: 1 },
    market: "sparse" as const,
    phases: PHASES_DEFAULT,
    marketEvents: 1,
  };
  const text = JSON.stringify(reproOf(told, outcome, facts));
  expect(text.length).toBeLessThan(4_096);
  expect(caseOfRepro(JSON.parse(text))).toEqual(told);
});

test("breaks a run that could not go on off where it was last seen", () => {
  const crashes = (told: FuzzCase): CaseOutcome => {
    const outcome = world(told);
    if (outcome.violations.length === 0) return outcome;
    const crashedAt = SPARSE_START_US + FAILS_AT * 1e6;
    return { ...outcome, violations: [], crash: "BrokenPromise: order 7 is known", crashedAt };
  };
  const { told } = shrinkCase(failing, crashes(failing), BOT, crashes);
  expect(told.end).toBe(FAILS_AT + 1);
});

test("leaves out at once what had no occasion to strike", () => {
  const kinds = { "fill-lost": [41, 1], "answer-late": [78, 1] } as const;
  const counting = (told: FuzzCase): CaseOutcome => ({ ...world(told), kinds });
  const tried: number[] = [];
  shrinkCase(failing, counting(failing), BOT, (told) => {
    tried.push(told.plan.length);
    return counting(told);
  });
  expect(tried.indexOf(41 + 78)).toBeLessThan(3);
});
