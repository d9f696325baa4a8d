// How much of one leg hedges the other (HedgeTargetCalculator of the hedge manager flow), in integers.
// Both legs are measured in one unit, the largest that divides a lot of either, so that nothing is ever rounded but
// the number of lots itself: towards zero, and what that leaves over stays in the net exposure, counted once.

import { assert } from "../../src/domain/assert.ts";
import { decimalToSteps } from "../../src/domain/decimal.ts";
import type { Instrument } from "../../src/domain/instrument.ts";

/** The maker's leg is 0, the taker's 1. */
export type Leg = 0 | 1;
export const MAKER: Leg = 0;
export const TAKER: Leg = 1;
export const LEGS: readonly Leg[] = [MAKER, TAKER];

export function otherLeg(leg: Leg): Leg {
  return leg === MAKER ? TAKER : MAKER;
}

/** Per leg: maker, taker. */
export type PerLeg = readonly [number, number];

/** Instruments and their multipliers, maker first. */
export type LegInstruments = readonly [
  Readonly<{ instrument: Instrument; baseMultiplier: number }>,
  Readonly<{ instrument: Instrument; baseMultiplier: number }>,
];

/** Common units in one lot of each leg. @throws {BrokenPromise} when a leg is an inverse contract. */
export function unitsPerLot(legs: LegInstruments): PerLeg {
  const [first, second] = legs;
  for (const { instrument } of legs) {
    assert(instrument.contract !== "inverse", `${instrument.symbol} is not an inverse contract`);
  }
  const lots = commonSteps(first.instrument.lotSize, second.instrument.lotSize);
  const sizes = commonSteps(first.instrument.contractSize, second.instrument.contractSize);
  const maker = lots[0] * sizes[0] * first.baseMultiplier;
  const taker = lots[1] * sizes[1] * second.baseMultiplier;
  assert(Number.isSafeInteger(maker) && Number.isSafeInteger(taker), "a lot is a safe integer");
  const unit = greatestCommonDivisor(maker, taker);
  return [maker / unit, taker / unit];
}

/** A price of one leg as the numerator and denominator that make it a price of the other, in ticks. */
export function tickRatio(legs: LegInstruments, from: Leg): PerLeg {
  const ticks = commonSteps(legs[0].instrument.tickSize, legs[1].instrument.tickSize);
  const to = otherLeg(from);
  return [ticks[from] * legs[to].baseMultiplier, ticks[to] * legs[from].baseMultiplier];
}

/** Net exposure in common units: long above zero. */
export function netUnits(positions: PerLeg, units: PerLeg): number {
  return positions[0] * units[0] + positions[1] * units[1];
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

/** Both decimal strings as steps of the finer of their grids. */
function commonSteps(first: string, second: string): PerLeg {
  const decimals = Math.max(decimalsOf(first), decimalsOf(second));
  const grid = decimals === 0 ? "1" : `0.${"0".repeat(decimals - 1)}1`;
  return [decimalToSteps(first, grid), decimalToSteps(second, grid)];
}

function decimalsOf(value: string): number {
  const point = value.indexOf(".");
  return point < 0 ? 0 : value.length - point - 1;
}

function greatestCommonDivisor(first: number, second: number): number {
  let a = first;
  let b = second;
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
