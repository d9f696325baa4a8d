// What rounding did to an order that hedges: the pair's net as the bot believed it, the size that would end all of it, raw,
// the whole lots that were sent, and what of the net they leave. Positions alone: orders still open are not counted in.

import { Decimal } from "decimal.js";
import type { PlaceOrder } from "../domain/command.ts";
import type { HedgedPair } from "../domain/common-units.ts";
import { legsOf, netUnits, unitsPerLot } from "../domain/common-units.ts";
import type { Instrument } from "../domain/instrument.ts";
import { signOf } from "../domain/units.ts";
import type { View } from "../ports/view.ts";

/** Sizes as decimals of the order's own instrument; `left` is signed as the net is. */
export type HedgeRounding = Readonly<{ net: string; raw: string; sent: string; left: string }>;

/** Undefined where the order is no leg's, or does not lower the net. */
export function hedgeRoundingOf(
  { instrument, side, size }: PlaceOrder,
  view: View,
  pair: HedgedPair,
  instruments: readonly Instrument[],
): HedgeRounding | undefined {
  const leg = instrument === pair.first ? 0 : instrument === pair.second ? 1 : undefined;
  if (leg === undefined) return undefined;
  const legs = legsOf(pair, instruments);
  const units = unitsPerLot(legs);
  const net = netUnits([view.position(pair.first).lots, view.position(pair.second).lots], units);
  if (net * signOf(side) >= 0) return undefined;
  const ofUnits = (count: number): string =>
    new Decimal(count).dividedBy(units[leg]).times(legs[leg].instrument.lotSize).toFixed();
  return {
    net: ofUnits(net),
    raw: ofUnits(Math.abs(net)),
    sent: ofUnits(size * units[leg]),
    left: ofUnits(net + signOf(side) * size * units[leg]),
  };
}

/** "the pair is net -0.0423, so 0.0423 raw → 0.042 sent, -0.0003 of the net left" */
export function hedgeRoundingText({ net, raw, sent, left }: HedgeRounding): string {
  return `rounding: the pair is net ${net}, so ${raw} raw → ${sent} sent, ${left} of the net left`;
}
