// Hand-written recordings: messages in the order they happened, as a tape in memory.

import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { TapeBatch, TapeHeader } from "../../src/domain/tape.ts";
import {
  META_ASK,
  META_LAST,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_FUNDING,
  ROW_GAP,
  ROW_MARK,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { Side } from "../../src/domain/units.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

/** A level's new size, as [side, tick, lots]. */
export type LevelRow = readonly [side: Side, tick: number, lots: number];

export const TEST_INSTRUMENT: InstrumentSpec = {
  venueName: "test",
  symbol: "TEST-PERP",
  contract: "linear",
  base: "TST",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
};

type Row = { meta: number; price: number; size: number; venueAt: number; receivedAt: number };

export class TapeBuilder {
  readonly #rows: Row[] = [];
  readonly #feedLatencyUs: number;

  constructor(feedLatencyUs = 0) {
    this.#feedLatencyUs = feedLatencyUs;
  }

  /** One depth message. */
  depth(at: number, ...levels: readonly LevelRow[]): this {
    return this.#message(
      at,
      levels.map(([side, tick, lots]) => [ROW_DEPTH | ask(side), tick, lots]),
    );
  }

  /** A snapshot: everything is forgotten, then restated. */
  snapshot(at: number, ...levels: readonly LevelRow[]): this {
    return this.#message(at, [
      [ROW_CLEAR | META_SNAPSHOT, 0, 0],
      ...levels.map(
        ([side, tick, lots]) => [ROW_DEPTH | META_SNAPSHOT | ask(side), tick, lots] as const,
      ),
    ]);
  }

  /** A print; `aggressor` "bid": the buyer took. undefined: the feed does not say. */
  print(at: number, aggressor: Side | undefined, tick: number, lots: number): this {
    const meta = aggressor === undefined ? ROW_TRADE_UNKNOWN : ROW_TRADE | ask(aggressor);
    return this.#message(at, [[meta, tick, lots]]);
  }

  gap(at: number): this {
    return this.#message(at, [[ROW_GAP, 0, 0]]);
  }

  mark(at: number, tick: number): this {
    return this.#message(at, [[ROW_MARK, tick, 0]]);
  }

  funding(at: number, mark: number, rateE8: number): this {
    return this.#message(at, [[ROW_FUNDING, mark, rateE8]]);
  }

  build(rowsPerBatch = 65_536): TapeSource {
    const rows = this.#rows;
    const batches: TapeBatch[] = [];
    for (let from = 0; from < rows.length; from += rowsPerBatch) {
      const part = rows.slice(from, from + rowsPerBatch);
      batches.push({
        rows: part.length,
        meta: Uint8Array.from(part, (row) => row.meta),
        price: Int32Array.from(part, (row) => row.price),
        size: Int32Array.from(part, (row) => row.size),
        venueAt: Float64Array.from(part, (row) => row.venueAt),
        receivedAt: Float64Array.from(part, (row) => row.receivedAt),
      });
    }
    return {
      header: this.#header(),
      batchCount: batches.length,
      batch: (index) => batches[index] ?? { ...empty },
    };
  }

  #header(): TapeHeader {
    const first = this.#rows[0];
    const last = this.#rows.at(-1);
    return {
      instrument: TEST_INSTRUMENT,
      rows: this.#rows.length,
      firstVenueAt: first?.venueAt ?? 0,
      lastVenueAt: last?.venueAt ?? 0,
      firstReceivedAt: first?.receivedAt ?? 0,
      lastReceivedAt: last?.receivedAt ?? 0,
      lockedBooks: 0,
      crossedBooks: 0,
      clockCorrectionUs: 0,
      importer: "test",
      sources: [],
    };
  }

  #message(at: number, rows: readonly (readonly [number, number, number])[]): this {
    rows.forEach(([meta, price, size], index) => {
      this.#rows.push({
        meta: meta | (index === rows.length - 1 ? META_LAST : 0),
        price,
        size,
        venueAt: at,
        receivedAt: at + this.#feedLatencyUs,
      });
    });
    return this;
  }
}

const empty = {
  rows: 0,
  meta: new Uint8Array(0),
  price: new Int32Array(0),
  size: new Int32Array(0),
  venueAt: new Float64Array(0),
  receivedAt: new Float64Array(0),
};

function ask(side: Side): number {
  return side === "ask" ? META_ASK : 0;
}
