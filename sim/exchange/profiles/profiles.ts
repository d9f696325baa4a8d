// The venues a run may name.

import type { VenueProfile } from "../profile.ts";
import { binanceUsdm } from "./binance-usdm.ts";
import { extended } from "./extended.ts";
import { generic } from "./generic.ts";
import { grvt } from "./grvt.ts";
import { hyperliquid } from "./hyperliquid.ts";
import { lighter, lighterPremium } from "./lighter.ts";

const profiles: ReadonlyMap<string, VenueProfile> = new Map(
  [generic, hyperliquid, binanceUsdm, grvt, lighter, lighterPremium, extended].map((profile) => [
    profile.name,
    profile,
  ]),
);

export const profileNames: readonly string[] = [...profiles.keys()];

/** The profile of that name, undefined when there is none. */
export function profileOf(name: string): VenueProfile | undefined {
  return profiles.get(name);
}
