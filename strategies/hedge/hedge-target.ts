// How much of one leg hedges the other (HedgeTargetCalculator of the hedge manager flow), in integers.
// Both legs are measured in one unit (src/domain/common-units.ts), so that nothing is ever rounded but the number of lots
// itself: towards zero, and what that leaves over stays in the net exposure, counted once.

import type { LegInstruments, PerLeg } from "../../src/domain/common-units.ts";
import { commonSteps } from "../../src/domain/common-units.ts";

/** The maker's leg is 0, the taker's 1. */
export type Leg = 0 | 1;
export const MAKER: Leg = 0;
export const TAKER: Leg = 1;
export const LEGS: readonly Leg[] = [MAKER, TAKER];

export function otherLeg(leg: Leg): Leg {
  return leg === MAKER ? TAKER : MAKER;
}

/** A price of one leg as the numerator and denominator that make it a price of the other, in ticks. */
export function tickRatio(legs: LegInstruments, from: Leg): PerLeg {
  const ticks = commonSteps(legs[0].instrument.tickSize, legs[1].instrument.tickSize);
  const to = otherLeg(from);
  return [ticks[from] * legs[to].baseMultiplier, ticks[to] * legs[from].baseMultiplier];
}

/** Lots that are still to be traded on `leg` (bought above zero) to hedge what the other leg holds. */
export function remainingLots(positions: PerLeg, units: PerLeg, leg: Leg): number {
  const other = otherLeg(leg);
  const target = 0 - Math.trunc((positions[other] * units[other]) / units[leg]);
  return target - positions[leg];
}

/** Lots of one leg that are at least `lots` of the other. */
export function coveringLots(lots: number, units: PerLeg, from: Leg): number {
  return Math.ceil((lots * units[from]) / units[otherLeg(from)]);
}

/** Whole lots of one leg in `lots` of the other. */
export function coveredLots(lots: number, units: PerLeg, from: Leg): number {
  return Math.floor((lots * units[from]) / units[otherLeg(from)]);
}
