// The true net exposure of two legs, in their common units: long above zero; and whether one of them is out of reach for
// good, so that what it holds is X3's, which allows an outage its longer time.

import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId } from "../../src/domain/units.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { Scene } from "./scene.ts";

export function netUnitsOf(scene: Scene, facts: HedgeFacts): number {
  const primary = scene.trueLots(facts.primary as InstrumentId) * facts.primaryUnitsPerLot;
  return primary + scene.trueLots(facts.hedge as InstrumentId) * facts.hedgeUnitsPerLot;
}

export function isLegGone(scene: Scene, { primary, hedge }: HedgeFacts): boolean {
  return [primary, hedge].some((leg) => scene.isGone((scene.instruments[leg] as Instrument).venue));
}
