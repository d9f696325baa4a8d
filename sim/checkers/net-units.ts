// The true net exposure of two legs, in their common units: long above zero.

import type { InstrumentId } from "../../src/domain/units.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { Scene } from "./scene.ts";

export function netUnitsOf(scene: Scene, facts: HedgeFacts): number {
  const primary = scene.trueLots(facts.primary as InstrumentId) * facts.primaryUnitsPerLot;
  return primary + scene.trueLots(facts.hedge as InstrumentId) * facts.hedgeUnitsPerLot;
}
