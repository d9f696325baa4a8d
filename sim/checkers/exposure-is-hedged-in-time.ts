// B6 (simulation-testing.md §10.2): the true net exposure of two legs above X ends within T. The time runs from its
// beginning while no outage is on, one without an end included, and the bot is up; a bot that has declared a halt has said
// what is left. Where nothing strikes any more it is never more than one order brings, and its procedure alone is to end
// it, long before any guard behind that.

import type { InstrumentId } from "../../src/domain/units.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";
import { isLegGone, netUnitsOf } from "./net-units.ts";
import { isExcused } from "./order-fact.ts";

/** What trouble left in question is settled once nothing has struck for so long. */
const AFTERMATH_US = 60_000_000;

/** To learn of a foreign change by polling, and to undo it, µs. */
const ADAPT_US = 120_000_000;

export const exposureIsHedgedInTime: CheckerMaker = {
  id: "B6",
  sentence: "Net exposure of a hedge is within its bound, but for a while after a fill.",
  watch(scene, violate) {
    const hedges = scene.facts.hedges ?? [];
    const hot = new HotSince(hedges.length);
    /** Somebody else moved a leg of late: what one order may bring is no bound. */
    const isMoved = ({ primary, hedge }: HedgeFacts): boolean =>
      [primary, hedge].some((leg) => {
        const at = scene.log.intervenedAt[scene.log.venueOf(leg as InstrumentId)] as number;
        return scene.now - at < ADAPT_US;
      });
    return {
      says(event) {
        const order = scene.log.said;
        if (event.kind !== "OrderFilled" || order === undefined || isExcused(order)) return;
        if (scene.log.healedUs() < AFTERMATH_US) return;
        for (const facts of hedges) {
          const units = netUnitsOf(scene, facts);
          const { orderUnits = Number.POSITIVE_INFINITY } = facts;
          if (Math.abs(units) <= orderUnits || isMoved(facts)) continue;
          violate(`${units} units of net exposure, one order is ${orderUnits}`);
        }
      },
      second() {
        for (const [index, facts] of hedges.entries()) {
          const units = netUnitsOf(scene, facts);
          const isExposed = Math.abs(units) > facts.exposureMaxUnits;
          const open = isExposed && scene.haltReason === undefined && !isLegGone(scene, facts);
          const lasted = hot.lasts(index, open, scene.now);
          const lasts = Math.min(lasted, scene.log.calmUs());
          const steady = Math.min(lasted, scene.log.healedUs() - AFTERMATH_US);
          const { withinUs, steadyWithinUs = withinUs } = facts;
          if (lasts <= withinUs && steady <= steadyWithinUs) continue;
          const [time, allowed] = lasts > withinUs ? [lasts, withinUs] : [steady, steadyWithinUs];
          violate(`${units} units of net exposure for ${time} µs, ${allowed} are allowed`);
        }
      },
    };
  },
};
