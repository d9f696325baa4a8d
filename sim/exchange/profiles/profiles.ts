// The venues a run may name.

import type { VenueProfile } from "../profile.ts";
import { binanceUsdm } from "./binance-usdm.ts";
import { generic } from "./generic.ts";
import { hyperliquid } from "./hyperliquid.ts";

const profiles: ReadonlyMap<string, VenueProfile> = new Map(
  [generic, hyperliquid, binanceUsdm].map((profile) => [profile.name, profile]),
);

export const profileNames: readonly string[] = [...profiles.keys()];

/** The profile of that name, undefined when there is none. */
export function profileOf(name: string): VenueProfile | undefined {
  return profiles.get(name);
}
