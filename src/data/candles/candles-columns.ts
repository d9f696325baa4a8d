// Which columns of a candle file hold what, found by the names in its header, never by guess.
// Binance's archive files have no header before 2025 but always twelve columns: that one shape is known by its width.

import type { CsvFields } from "../fields/csv-fields.ts";

/** Positions of the six columns every candle has. */
export type CandleColumns = Readonly<{
  openAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}>;

/** Names the opening time goes by: freqtrade and most exports; Binance klines; ccxt-like dumps. */
const OPEN_TIME_NAMES = ["date", "open_time", "opentime", "timestamp", "time"];
/** Source: binance-public-data README, klines. */
const KLINES_WIDTH = 12;
const KLINES: CandleColumns = { openAt: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 };

/**
 * Reads a first line. `headed` false: the line is data already.
 * Undefined when the columns are not those of candles.
 */
export function candleColumns(
  fields: CsvFields,
): Readonly<{ columns: CandleColumns; headed: boolean }> | undefined {
  const names = fields.texts().map((name) => name.trim().toLowerCase());
  const openAt = names.findIndex((name) => OPEN_TIME_NAMES.includes(name));
  const [open, high, low, close, volume] = ["open", "high", "low", "close", "volume"].map((name) =>
    names.indexOf(name),
  ) as [number, number, number, number, number];
  const columns = { openAt, open, high, low, close, volume };
  if (Object.values(columns).every((index) => index >= 0)) return { columns, headed: true };
  const klines = names.length === KLINES_WIDTH && names.every((name) => /^-?[0-9.]+$/.test(name));
  return klines ? { columns: KLINES, headed: false } : undefined;
}
