// Batches in trials of the grid bot: a request that carries several orders meets one fault, and fair worlds stay fair.

import { describe, expect, test } from "vitest";
import type { CheckerMaker } from "../../../../sim/checkers/checker.ts";
import { checkers } from "../../../../sim/checkers/checkers.ts";
import type { FaultPlan } from "../../../../sim/faults/fault.ts";
import type { Verdict } from "../../../../sim/scenario/trial.ts";
import { runTrial } from "../../../../sim/scenario/trial-run.ts";
import { MACHINERY_DEFAULTS } from "../../../../src/bot/machinery-config.ts";
import { trialBots, trialOf } from "../../../support/trial-bots.ts";

const SECOND = 1_000_000;
const MOST = { placeMax: 20, amendMax: 20, cancelMax: 20 };

/** Ids in the order they left and arrived, first ones first. */
type Seen = Readonly<{
  verdict: Verdict;
  sent: number[];
  arrived: number[];
  arrivedAt: number[];
  /** Requests before the first order. */
  before: number;
}>;

function tried(plan: FaultPlan): Seen {
  const sent: number[] = [];
  const arrived: number[] = [];
  const arrivedAt: number[] = [];
  let before = 0;
  const maker: CheckerMaker = {
    id: "test",
    sentence: "sees what travels",
    watch: (scene) => ({
      sent: (command) => {
        if (command.kind === "PlaceOrder") sent.push(command.orderId);
        else if (sent.length === 0) before += 1;
      },
      arrived: (command) => {
        if (command.kind !== "PlaceOrder") return;
        arrived.push(command.orderId);
        arrivedAt.push(scene.now);
      },
    }),
  };
  const makers = [...checkers, maker];
  const trial = trialOf(trialBots.grid, { seed: 1, plan, seconds: 360, makers });
  const machinery = { ...(trial.scenario.machinery ?? MACHINERY_DEFAULTS), batches: [MOST] };
  const scenario = { ...trial.scenario, machinery };
  const verdict = runTrial({ ...trial, scenario, healAt: 240 * SECOND, stopAt: 300 * SECOND });
  return { verdict, sent, arrived, arrivedAt, before };
}

const fair = tried([]);
/** The first ladder: eight orders, ids 1 to 8, in one request. */
const LADDER = [1, 2, 3, 4, 5, 6, 7, 8];
/** A fault of the request that carries it. */
const fault = (kind: string, parameter = 0): FaultPlan => [
  { site: "request", entity: 0, ordinal: fair.before, kind, parameter },
];

describe("a batch in a trial", () => {
  test("arrives whole in a fair world, and breaks no invariant", () => {
    expect(fair.verdict.violations).toEqual([]);
    expect(fair.sent.slice(0, 8)).toEqual(LADDER);
    expect(fair.arrived.slice(0, 8)).toEqual(LADDER);
    expect(new Set(fair.arrivedAt.slice(0, 8)).size).toBe(1);
  });

  test("that is lost is lost whole", () => {
    const lost = tried(fault("request-lost"));
    expect(lost.sent.slice(0, 8)).toEqual(LADDER);
    expect(lost.arrived.filter((id) => id <= 8)).toEqual([]);
    expect(lost.verdict.violations).toEqual([]);
  });

  test("that is repeated arrives twice, whole each time", () => {
    const twice = tried(fault("request-duplicated", SECOND));
    expect(twice.arrived.filter((id) => id <= 8)).toEqual([...LADDER, ...LADDER]);
    expect(twice.verdict.violations).toEqual([]);
  });

  test("of which the venue refuses an order loses that order alone", () => {
    const refused = tried(fault("place-refused"));
    expect(refused.arrived.slice(0, 8)).toEqual(LADDER);
    expect(refused.verdict.violations).toEqual([]);
  });
});
