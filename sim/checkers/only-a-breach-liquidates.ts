// E14 (simulation-testing.md §10.1): a venue closes by force only an account below maintenance margin, and leaves none
// below it for longer than two of its looks; a settlement pays its rate of the position's value at its mark, longs to
// shorts for a positive one. One account: there is no order of deleveraging, and no other holder to sum over.

import type { FundingPaid } from "../../src/domain/event.ts";
import type { VenueId } from "../../src/domain/units.ts";
import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker, Watched } from "./checker.ts";
import type { Scene } from "./scene.ts";

/** Venues look about once a second while rows come; a breach seen so many seconds in a row was overlooked. */
const LOOKS_MAX = 10;
/** Room for doubles, of the value held. */
const SLACK = 1e-9;
const E8 = 100_000_000;

export const onlyABreachLiquidates: CheckerMaker = {
  id: "E14",
  sentence:
    "An account is liquidated if and only if it is below maintenance margin; funding pays its rate.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    const breached = new Uint8Array(venues.length);
    const liquidatedAt = new Float64Array(venues.length).fill(Number.NEGATIVE_INFINITY);
    return {
      says(event, venue) {
        if (event.kind === "FundingPaid") {
          const wrong = wrongFunding(event, scene);
          if (wrong !== undefined) violate(wrong);
          return;
        }
        const begins =
          (event.kind === "OrderClosed" && event.reason === "liquidated") ||
          (event.kind === "OrderAccepted" && event.orderId === 0);
        if (!begins || liquidatedAt[venue] === event.venueAt) return;
        liquidatedAt[venue] = event.venueAt;
        if (room(scene, venue) > 0) violate(`venue ${venue} liquidates an account that has margin`);
      },
      second() {
        for (const venue of venues) {
          const isBreached = room(scene, venue) < 0 && canClose(scene, venue);
          breached[venue] = isBreached ? (breached[venue] as number) + 1 : 0;
          if ((breached[venue] as number) <= LOOKS_MAX) continue;
          violate(`venue ${venue} leaves an account open below maintenance margin`);
        }
      },
    };
  },
};

/** Is there margin to watch, a market to close in, and nothing done to it? */
function canClose(scene: Watched, venue: VenueId): boolean {
  if (scene.profile(venue).margin === undefined || scene.log.healedUs() < 0) return false;
  const { markets } = scene.exchange(venue);
  return markets.every((each) => each.bestBid() !== undefined && each.bestAsk() !== undefined);
}

/** Equity above maintenance margin, account units, as the venue marks; surely above, surely below, or 0 for about equal. */
function room(scene: Scene, venue: VenueId): number {
  const { cash, holdings } = scene.exchange(venue).account;
  let value = 0;
  let held = 0;
  for (const { instrument, lots, mark, unitsPerTickLot } of holdings) {
    value += lots * mark * unitsPerTickLot;
    if (instrument.contract !== "spot") held += Math.abs(lots) * mark * unitsPerTickLot;
  }
  if (held === 0) return 0;
  const maintenance = scene.profile(venue).margin?.maintenance ?? 0;
  const above = Number(cash) + value - (held * maintenance) / E8;
  return Math.abs(above) <= held * SLACK ? 0 : above;
}

function wrongFunding(event: FundingPaid, scene: Scene): string | undefined {
  const perTickLot = BigInt(scene.instruments[event.instrument]?.moneyPerTickLot ?? 0);
  const exact = BigInt(event.mark) * BigInt(event.lots) * perTickLot * BigInt(event.rate);
  const off = exact + BigInt(event.amount) * BigInt(E8);
  // Rounded once: within one unit of −rate × value.
  if (off < BigInt(E8) && off > -BigInt(E8)) return undefined;
  return `funding of ${event.lots} lots at rate ${event.rate} came to ${event.amount}`;
}
