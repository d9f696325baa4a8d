// A failing case is cut down to what its failure needs, and to no other failure. The world here is a rule, not a run; all
// that is real of it is how its faults are counted.

import { expect, test } from "vitest";
import type { Fault } from "../../../sim/faults/fault.ts";
import { FaultCursor } from "../../../sim/faults/fault-cursor.ts";
import type { MomentLog } from "../../../sim/faults/moments.ts";
import type { CaseOutcome } from "../../../src/campaign/case-outcome.ts";
import { PHASES_DEFAULT, SPARSE_START_US } from "../../../src/campaign/fuzz-bot.ts";
import type { FuzzCase } from "../../../src/campaign/fuzz-case.ts";
import type { RunCase } from "../../../src/campaign/held-case.ts";
import { caseOfRepro, reproOf } from "../../../src/campaign/repro.ts";
import { RERUNS_MAX, shrinkCase } from "../../../src/campaign/shrink-case.ts";
import type { Event } from "../../../src/domain/event.ts";
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

/** A world in which every fault strikes, in the second of its ordinal, whatever is left out. */
const watched =
  (rule: (told: FuzzCase) => CaseOutcome, strikes = (_fault: Fault) => true): RunCase =>
  (told, log) => {
    for (const each of told.plan.filter(strikes)) {
      const at = SPARSE_START_US + each.ordinal * 1e6;
      log.met(each, { sort: "answer", at, ordinal: each.ordinal, nth: 0 });
    }
    return rule(told);
  };

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
  const { told, outcome, reruns } = shrinkCase(failing, world(failing), BOT, watched(world));
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
  const { told, outcome } = shrinkCase(failing, world(failing), BOT, watched(world));
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
  const { told } = shrinkCase(failing, crashes(failing), BOT, watched(crashes));
  expect(told.end).toBe(FAILS_AT + 1);
});

test("leaves out at once what had no occasion to strike", () => {
  const last: Readonly<Record<string, number>> = { "fill-lost": 40, "answer-late": 77 };
  const struck = ({ kind, ordinal }: Fault): boolean => ordinal <= (last[kind] ?? -1);
  const tried: number[] = [];
  const counting = watched((told) => {
    tried.push(told.plan.length);
    return world(told);
  }, struck);
  shrinkCase(failing, world(failing), BOT, counting);
  expect(tried.indexOf(41 + 78)).toBeLessThan(3);
});

/** A fill a second, and a retry for each one that is struck: it breaks when one is lost, and one late, in given seconds. */
function retrying(
  lostAt: number,
  lateAt: number,
): (told: FuzzCase, log?: MomentLog) => CaseOutcome {
  return (told, log) => {
    const fills = new FaultCursor(told.plan, "answer", 0, log);
    const struck = new Set<string>();
    let ordinal = -1;
    for (let second = 0; second < 200; second += 1) {
      const at = SPARSE_START_US + second * 1e6;
      for (let tries = 0; tries < 2; tries += 1) {
        ordinal += 1;
        const found = fills.take(ordinal, { kind: "OrderFilled" } as Event, at);
        if (found === undefined) break;
        struck.add(`${found.kind} ${second}`);
      }
    }
    const breaks = struck.has(`fill-lost ${lostAt}`) && struck.has(`answer-late ${lateAt}`);
    const at = (SPARSE_START_US + FAILS_AT * 1e6) as TimeUs;
    return { ...world(told), violations: breaks ? [{ id: "B3", at, detail: "x" }] : [] };
  };
}

test("finds the faults that matter where every fault moves the counts of those behind it", () => {
  const lost = Array.from({ length: 20 }, (_, nth) => fault("fill-lost", 7 * nth));
  const late = Array.from({ length: 20 }, (_, nth) => fault("answer-late", 7 * nth + 3));
  const given = { ...failing, plan: [...lost, ...late] };
  const seconds = new Map<Fault, number>();
  retrying(0, 0)(given, {
    met: (each, { at }) => seconds.set(each, (at - SPARSE_START_US) / 1e6),
  });
  const lostAt = seconds.get(lost[9] as Fault) as number;
  const lateAt = seconds.get(late[14] as Fault) as number;
  // As drawn they are counted far from where they strike: others made more of the messages before them.
  expect(lostAt).toBeLessThan(7 * 9 - 10);
  const run = retrying(lostAt, lateAt);

  const { told, outcome } = shrinkCase(given, run(given), BOT, run);
  expect(outcome.violations[0]?.id).toBe("B3");
  // By counts of their own: before the late one comes one retry.
  const left = told.plan.map(({ kind, ordinal }) => [kind, ordinal]);
  expect(left).toEqual([
    ["fill-lost", lostAt],
    ["answer-late", lateAt + 1],
  ]);
  expect(run(told).violations[0]?.id).toBe("B3");
});
