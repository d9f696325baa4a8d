// Bars written by hand for tests: a BarSource over plain rows.

import type { BarBatch } from "../../src/domain/bar-tape.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";

/** [open, high, low, close, volume] in ticks and lots. */
export type BarRow = readonly [number, number, number, number, number];

export const MINUTE_US = 60_000_000;

export const barInstrument: InstrumentSpec = {
  venueName: "test",
  symbol: "ABC/USD",
  contract: "linear",
  base: "ABC",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
};

/** Bars one period apart from `firstOpenAt`; `batchRows` bars a batch. `undefined` leaves a hole in the series. */
export function barsOf(
  bars: readonly (BarRow | undefined)[],
  options: { firstOpenAt?: number; periodUs?: number; batchRows?: number } = {},
): BarSource {
  const { firstOpenAt = 0, periodUs = MINUTE_US, batchRows = 3 } = options;
  const kept = bars.flatMap((bar, index) =>
    bar === undefined ? [] : [{ openAt: firstOpenAt + index * periodUs, bar }],
  );
  const batches: BarBatch[] = [];
  for (let at = 0; at < kept.length; at += batchRows) {
    const rows = kept.slice(at, at + batchRows);
    const column = (index: number) => Int32Array.from(rows, ({ bar }) => bar[index] as number);
    batches.push({
      rows: rows.length,
      openAt: Float64Array.from(rows, ({ openAt }) => openAt),
      open: column(0),
      high: column(1),
      low: column(2),
      close: column(3),
      volume: Float64Array.from(rows, ({ bar }) => bar[4]),
      complete: new Uint8Array(rows.length).fill(1),
    });
  }
  return {
    header: {
      instrument: barInstrument,
      periodUs,
      bars: kept.length,
      firstOpenAt: kept[0]?.openAt ?? 0,
      lastOpenAt: kept.at(-1)?.openAt ?? 0,
      missingBars: bars.length - kept.length,
      importer: "hand",
      sources: [],
    },
    batchCount: batches.length,
    batch: (index) => batches[index] as BarBatch,
  };
}
