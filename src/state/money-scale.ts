// Instruments keep money at scales of their own; an account of several needs one. It is the finest among them, so
// that bringing an amount to it is a multiplication and never rounds. Pegged dollars are counted one to one.

import type { Instrument } from "../domain/instrument.ts";

/** Decimals of the account of a venue: the most of the instruments traded there, 0 when there is none. */
export function accountDecimals(instruments: readonly Instrument[], venue: number): number {
  return moneyDecimals(instruments.filter((each) => each.venue === venue));
}

/** Decimals at which all of these can be counted together. */
export function moneyDecimals(instruments: readonly Instrument[]): number {
  return instruments.reduce((most, each) => Math.max(most, each.moneyDecimals), 0);
}

/** 10 to a small whole power. */
export function tenTo(power: number): bigint {
  let value = 1n;
  for (let step = 0; step < power; step += 1) value *= 10n;
  return value;
}
