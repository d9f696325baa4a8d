// How reports write times and instruments; the same on every machine.

import type { InstrumentSpec } from "../../domain/instrument.ts";

/** 2024-08-08T23:54:15.030314Z: UTC, to the microsecond. */
export function timeText(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  const fraction = String(us - seconds * 1_000_000).padStart(6, "0");
  return `${new Date(seconds * 1_000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** binance BTCUSDT linear, tick 0.1, lot 0.001 */
export function instrumentLabel(instrument: InstrumentSpec): string {
  const { venueName, symbol, contract, tickSize, lotSize } = instrument;
  return `${venueName} ${symbol} ${contract}, tick ${tickSize}, lot ${lotSize}`;
}
