// One measure for two instruments that hedge each other: the largest unit that divides a lot of either, so that what
// one leg holds can be held against the other in integers, whatever their lot and contract sizes are.

import { assert } from "./assert.ts";
import { decimalToSteps } from "./decimal.ts";
import type { Instrument } from "./instrument.ts";
import type { InstrumentId } from "./units.ts";

/** Two instruments of a run that are held against each other, and the tokens in one unit of each (1000 for kTOSHI). */
export type HedgedPair = Readonly<{
  first: InstrumentId;
  second: InstrumentId;
  firstMultiplier: number;
  secondMultiplier: number;
}>;

/** One number a leg. */
export type PerLeg = readonly [number, number];

/** Instruments and their multipliers. */
export type LegInstruments = readonly [
  Readonly<{ instrument: Instrument; baseMultiplier: number }>,
  Readonly<{ instrument: Instrument; baseMultiplier: number }>,
];

/** The pair's instruments. @throws {BrokenPromise} when the run has not got them. */
export function legsOf(pair: HedgedPair, instruments: readonly Instrument[]): LegInstruments {
  const first = instruments[pair.first];
  const second = instruments[pair.second];
  assert(first !== undefined && second !== undefined, "both legs of a pair are in the run");
  return [
    { instrument: first, baseMultiplier: pair.firstMultiplier },
    { instrument: second, baseMultiplier: pair.secondMultiplier },
  ];
}

/** Common units in one lot of each leg. @throws {BrokenPromise} when a leg is an inverse contract. */
export function unitsPerLot(legs: LegInstruments): PerLeg {
  const [first, second] = legs;
  for (const { instrument } of legs) {
    assert(instrument.contract !== "inverse", `${instrument.symbol} is not an inverse contract`);
  }
  const lots = commonSteps(first.instrument.lotSize, second.instrument.lotSize);
  const sizes = commonSteps(first.instrument.contractSize, second.instrument.contractSize);
  const ofFirst = lots[0] * sizes[0] * first.baseMultiplier;
  const ofSecond = lots[1] * sizes[1] * second.baseMultiplier;
  const areSafe = Number.isSafeInteger(ofFirst) && Number.isSafeInteger(ofSecond);
  assert(areSafe, "a lot in common units is a safe integer");
  const unit = greatestCommonDivisor(ofFirst, ofSecond);
  return [ofFirst / unit, ofSecond / unit];
}

/** Net exposure in common units: long above zero. */
export function netUnits(positions: PerLeg, units: PerLeg): number {
  return positions[0] * units[0] + positions[1] * units[1];
}

/** Both decimal strings as steps of the finer of their grids. */
export function commonSteps(first: string, second: string): PerLeg {
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
