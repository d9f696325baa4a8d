// A position limit holds for what a venue's report shows, not for belief alone: while somebody else trades in the account,
// no order leaves, once a report had that trade in it, with which the true position could pass the limit. Found by a seed,
// in which a disk had refused to take the fills.

import { expect, test } from "vitest";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import type { Fault } from "../../sim/faults/fault.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import { signOf } from "../../src/domain/units.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const LIMIT_LOTS = trialBots.grid.risk.instruments?.[0]?.positionLotsMax ?? 0;

/** Bought, sold, bought, sold: 19 or 20 lots at a time. */
const STRANGER: readonly Fault[] = [19, 20, 19, 20].map((parameter, index) => {
  const ordinal = 180 * (index + 1);
  return { site: "account", entity: 0, ordinal, kind: "stranger-trade", parameter };
});

/** Looks at each order that left after the report. */
const knows: CheckerMaker = {
  id: "test",
  sentence: "What was reported counts.",
  watch(scene, violate) {
    let tradedAt = Number.POSITIVE_INFINITY;
    let reportedAt = Number.NEGATIVE_INFINITY;
    return {
      intervened() {
        tradedAt = scene.now;
      },
      heard(event) {
        if (event.kind === "AccountReported" && event.venueAt > tradedAt) reportedAt = scene.now;
      },
      says(event) {
        const order = scene.log.said;
        if (event.kind !== "OrderAccepted" || order?.isOurs !== true) return;
        if (reportedAt < tradedAt || order.sentAt < reportedAt) return;
        const { restingBids, restingAsks } = scene.log;
        const resting = (order.side === "bid" ? restingBids : restingAsks)[order.instrument];
        const worst = signOf(order.side) * scene.trueLots(order.instrument) + (resting as number);
        if (worst > LIMIT_LOTS) violate(`order ${order.orderId} may bring it to ${worst} lots`);
      },
    };
  },
};

test.each([3, 4, 6, 7, 8, 11])(
  "a stranger's trade counts once it is reported (seed %i)",
  (seed) => {
    const world = { seed, plan: STRANGER, seconds: 1200, makers: [knows] };
    const verdict = runTrial(trialOf(trialBots.grid, world));
    expect(verdict.violations).toEqual([]);
    expect(verdict.faults).toMatchObject([{ kind: "stranger-trade", fired: STRANGER.length }]);
  },
);
