// What one tick × lot, and one ledger unit of an instrument, are in the units of its venue's account.

import type { VenueId } from "../../src/domain/units.ts";
import type { Scene } from "./scene.ts";

export type AccountScale = Readonly<{ perTickLot: bigint; perUnit: bigint }>;

/** By instrument id. */
export function accountScales(scene: Scene): readonly AccountScale[] {
  return scene.instruments.map(({ id, venue, moneyPerTickLot }) => {
    const { holdings } = scene.exchange(venue).account;
    const holding = holdings.find((each) => each.instrument.id === id);
    const perTickLot = holding?.unitsPerTickLot ?? moneyPerTickLot;
    return { perTickLot: BigInt(perTickLot), perUnit: BigInt(perTickLot / moneyPerTickLot) };
  });
}

/** Every venue of a scene, by id. */
export function venuesOf(scene: Scene): readonly VenueId[] {
  const last = scene.instruments.reduce((most, each) => Math.max(most, each.venue), -1);
  return Array.from({ length: last + 1 }, (_, venue) => venue as VenueId);
}
