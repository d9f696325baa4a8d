// The synthetic market as tapes in memory: one a venue, for runs and tests that need no file.

import { assert } from "../../src/domain/assert.ts";
import type { TapeBatch } from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { RowSink } from "./synthetic-feed.ts";
import type { SyntheticMarketConfig } from "./synthetic-market.ts";
import {
  generateSyntheticMarket,
  SYNTHETIC_VENUES,
  syntheticInstrument,
} from "./synthetic-market.ts";

/** The importer a tape of this market names, and the version of its rules: bump it when any row changes. */
export const SYNTHETIC_IMPORTER = "synthetic-market 1";

const ROWS_PER_BATCH = 16_384;

/** Both venues' tapes, in the order of SYNTHETIC_VENUES. */
export function syntheticTapes(config: SyntheticMarketConfig): readonly TapeSource[] {
  const collectors = SYNTHETIC_VENUES.map(() => new Collector());
  generateSyntheticMarket(
    config,
    collectors.map((collector) => collector.sink),
  );
  return collectors.map((collector, index) => collector.tape(SYNTHETIC_VENUES[index] ?? ""));
}

/** Rows into batches of typed columns. */
class Collector {
  readonly #batches: TapeBatch[] = [];
  #open = columns();
  #rows = 0;

  readonly sink: RowSink = (meta, price, size, venueAt, receivedAt) => {
    if (this.#rows === ROWS_PER_BATCH) this.#close();
    const row = this.#rows;
    this.#open.meta[row] = meta;
    this.#open.price[row] = price;
    this.#open.size[row] = size;
    this.#open.venueAt[row] = venueAt;
    this.#open.receivedAt[row] = receivedAt;
    this.#rows = row + 1;
  };

  tape(venueName: string): TapeSource {
    if (this.#rows > 0) this.#close();
    const batches = this.#batches;
    const first = batches[0];
    const last = batches.at(-1);
    assert(first !== undefined && last !== undefined, "a market has rows");
    const header = {
      instrument: syntheticInstrument(venueName),
      rows: batches.reduce((sum, batch) => sum + batch.rows, 0),
      firstVenueAt: first.venueAt[0] as number,
      lastVenueAt: last.venueAt[last.rows - 1] as number,
      firstReceivedAt: first.receivedAt[0] as number,
      lastReceivedAt: last.receivedAt[last.rows - 1] as number,
      // The generator never makes one; the market's property test holds it to that.
      lockedBooks: 0,
      crossedBooks: 0,
      clockCorrectionUs: 0,
      importer: SYNTHETIC_IMPORTER,
      sources: [],
    };
    return {
      header,
      batchCount: batches.length,
      batch(index) {
        const batch = batches[index];
        assert(batch !== undefined, `batch index is below ${batches.length}, was ${index}`);
        return batch;
      },
    };
  }

  #close(): void {
    this.#batches.push({ ...this.#open, rows: this.#rows });
    this.#open = columns();
    this.#rows = 0;
  }
}

function columns(): Omit<TapeBatch, "rows"> {
  return {
    meta: new Uint8Array(ROWS_PER_BATCH),
    price: new Int32Array(ROWS_PER_BATCH),
    size: new Int32Array(ROWS_PER_BATCH),
    venueAt: new Float64Array(ROWS_PER_BATCH),
    receivedAt: new Float64Array(ROWS_PER_BATCH),
  };
}
