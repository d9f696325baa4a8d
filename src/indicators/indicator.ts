// What every indicator is: fed one bar at a time, constant work a bar, saved and resumed to the last bit.
// Doubles with + − × ÷ √ only, so that every engine gives the same bits (docs/DETERMINISM.md).
// Feed closed bars only: an indicator cannot tell a bar that will still change.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";

/**
 * A streaming indicator. It allocates no object an update: a reading of several numbers is one object the indicator
 * owns and overwrites; copy out of it what must outlive the next update.
 */
export interface Indicator<Input, Output> {
  /** How many updates the first value takes: undefined before update number `warmupBars`, never after. */
  readonly warmupBars: number;
  /** The latest value, the one the last update returned; undefined while warming up. */
  readonly value: Output | undefined;
  /** Takes the next bar. @throws {BrokenPromise} on an input that is not a finite number, or no bar at all. */
  update(input: Input): Output | undefined;
  /** All of its state as plain JSON, parameters included. */
  save(): JsonValue;
  /**
   * Becomes the indicator that saved this: every later value is the same to the last bit.
   * @throws {BrokenPromise} on a state of other parameters, or one that no indicator can have saved.
   */
  restore(saved: JsonValue): void;
}

/** What the indicators of range read of a bar, in any one unit of price; a `BarClosed` is one. */
export type PriceBar = Readonly<{ high: number; low: number; close: number }>;

/** Squares of inputs are summed over a window: up to here no sum overflows. */
const INPUT_MAX = 1e100;
/** A window this long is a year of 5-minute bars; a longer one is a mistake in a config. */
export const PERIOD_BARS_MAX = 105_120;

/** The period, if it is a whole number of bars from `least` up to `PERIOD_BARS_MAX`. */
export function checkedPeriod(period: number, least = 1): number {
  assert(
    Number.isInteger(period) && period >= least && period <= PERIOD_BARS_MAX,
    `a period is a whole number of ${least} to ${PERIOD_BARS_MAX} bars, was ${period}`,
  );
  return period;
}

/** The input, if it is a number to reckon with. −0 becomes 0: JSON knows only one of them. */
export function checkedInput(value: number): number {
  if (!(value >= -INPUT_MAX && value <= INPUT_MAX)) {
    assert(false, `an input is finite and within ±${INPUT_MAX}, was ${value}`);
  }
  return value + 0;
}

/** The input, if it is besides not negative: a volume, or a price whose scale divides something. */
export function checkedAmount(value: number): number {
  if (!(value >= 0)) assert(false, `an amount is not negative, was ${value}`);
  return checkedInput(value);
}

/** Halts unless low ≤ close ≤ high, all of them numbers to reckon with. */
export function checkBar(bar: PriceBar): void {
  checkedInput(bar.high);
  checkedInput(bar.low);
  if (!(bar.low <= bar.close && bar.close <= bar.high)) {
    assert(false, `a bar closes in its range ${bar.low} to ${bar.high}, was ${bar.close}`);
  }
}
