// The hedge of B13: once neither leg has an order out, the hedge is the ratio of what it hedges, but for what is less
// than a lot or the least order. A bot that has declared a halt has said what is left, and one whose venue is gone for good
// has X3 to answer to.

import type { InstrumentId } from "../../src/domain/units.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { Checker, Violate, Watched } from "./checker.ts";
import { HotSince } from "./hot-since.ts";
import { isLegGone, netUnitsOf } from "./net-units.ts";
import type { OrderFact } from "./order-fact.ts";

export function watchHedge(scene: Watched, facts: HedgeFacts, violate: Violate): Checker {
  const hot = new HotSince(1);
  const rests = (instrument: number) =>
    (scene.log.live[instrument as InstrumentId] as OrderFact[]).length === 0;
  return {
    second() {
      const units = netUnitsOf(scene, facts);
      const isOff = Math.abs(units) > facts.restUnits && scene.haltReason === undefined;
      const isQuiet = isOff && rests(facts.primary) && rests(facts.hedge);
      const isOpen = isQuiet && !isLegGone(scene, facts);
      const lasts = Math.min(hot.lasts(0, isOpen, scene.now), scene.log.calmUs());
      if (lasts <= facts.withinUs) return;
      violate(`the legs are ${units} units apart, with no order out for ${lasts} µs`);
    },
  };
}
