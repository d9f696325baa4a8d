// Unhedged notional × seconds: what a hedge bot exposed, and for how long, as one number over the events of a run.
// A pure reading of fills and books; it knows neither the bot nor its state, so that it judges a live run alike.

import type { Event } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { LegInstruments, PerLeg } from "./hedge-target.ts";
import { netUnits, unitsPerLot } from "./hedge-target.ts";

export type UnhedgedExposure = Readonly<{
  /** Σ |net| × time, in common units × µs. Exact. */
  unitMicroseconds: bigint;
  /** Σ |net| × price × time, in the quote currency × seconds; the price is the mid of the maker's book. */
  notionalSeconds: number;
  /** Most that was ever exposed, common units, and the longest unbroken exposure, µs. */
  unitsMax: number;
  longestUs: number;
  /** Left at the last event, signed. */
  unitsLeft: number;
}>;

/** Positions start flat; a trade told twice counts once. Events are in the order they were learned. */
export function unhedgedExposure(
  events: Iterable<Event>,
  instruments: LegInstruments,
): UnhedgedExposure {
  const units = unitsPerLot(instruments);
  const ids = instruments.map((each) => each.instrument.id);
  const perUnit = quotePerTickUnit(instruments, units);
  const trades = new Set<string>();
  const positions: [number, number] = [0, 0];
  let mid2 = 0;
  let net = 0;
  let at = Number.NaN;
  let since = 0;
  let unitMicroseconds = 0n;
  let notionalSeconds = 0;
  let unitsMax = 0;
  let longestUs = 0;
  for (const event of events) {
    if (net !== 0 && event.at > at) {
      const lastedUs = event.at - at;
      unitMicroseconds += BigInt(Math.abs(net)) * BigInt(lastedUs);
      notionalSeconds += Math.abs(net) * perUnit * (mid2 / 2) * (lastedUs / 1_000_000);
      longestUs = Math.max(longestUs, event.at - since);
    }
    at = event.at;
    if (event.kind === "BookChanged" && event.instrument === ids[0]) {
      if (event.bid !== undefined && event.ask !== undefined) mid2 = event.bid + event.ask;
      continue;
    }
    if (event.kind !== "OrderFilled") continue;
    const leg = ids.indexOf(event.instrument);
    const trade = `${event.instrument} ${event.side} ${event.tradeId}`;
    if (leg < 0 || trades.has(trade)) continue;
    trades.add(trade);
    // Before the first book, a fill's own price is the best there is.
    if (mid2 === 0 && leg === 0) mid2 = 2 * event.price;
    positions[leg as 0 | 1] += signOf(event.side) * event.size;
    const after = netUnits(positions, units);
    if (net === 0) since = event.at;
    net = after;
    unitsMax = Math.max(unitsMax, Math.abs(net));
  }
  return { unitMicroseconds, notionalSeconds, unitsMax, longestUs, unitsLeft: net };
}

/** Quote currency per (tick of the maker's price × common unit). */
function quotePerTickUnit(instruments: LegInstruments, units: PerLeg): number {
  const { tickSize, lotSize, contractSize } = instruments[0].instrument;
  return (Number(tickSize) * Number(lotSize) * Number(contractSize)) / units[0];
}
