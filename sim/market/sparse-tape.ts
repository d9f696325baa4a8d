// A tape in memory whose columns are kept: begun anew for each world, it allocates nothing but its header.
// What was read of the world before is gone then: a tape serves one run at a time.

import { assert } from "../../src/domain/assert.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { TapeBatch, TapeHeader } from "../../src/domain/tape.ts";
import { META_LAST } from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

/** The importer a sparse tape names, and the version of its rules: bump it when any row changes. */
const SPARSE_IMPORTER = "sparse-market 1";

/** An hour at one event a second has about 10,000 rows. */
const ROWS_FIRST = 16_384;

type Columns = Omit<TapeBatch, "rows">;

export class SparseTape implements TapeSource {
  readonly batchCount = 1;
  #columns = columnsOf(ROWS_FIRST);
  #rows = 0;
  #header: TapeHeader | undefined;

  get header(): TapeHeader {
    assert(this.#header !== undefined, "a tape is read after it was ended");
    return this.#header;
  }

  get rows(): number {
    return this.#rows;
  }

  batch(index: number): TapeBatch {
    assert(index === 0, `a sparse tape has one batch, asked was ${index}`);
    return { ...this.#columns, rows: this.#rows };
  }

  begin(): void {
    this.#rows = 0;
    this.#header = undefined;
  }

  /** Writes a row of the message in progress. */
  row(meta: number, price: number, size: number, venueAt: number, receivedAt: number): void {
    const row = this.#rows;
    if (row === this.#columns.meta.length) this.#grow();
    const columns = this.#columns;
    columns.meta[row] = meta;
    columns.price[row] = price;
    columns.size[row] = size;
    columns.venueAt[row] = venueAt;
    columns.receivedAt[row] = receivedAt;
    this.#rows = row + 1;
  }

  /** The row just written was its message's last. */
  endMessage(): void {
    const { meta } = this.#columns;
    const last = this.#rows - 1;
    meta[last] = (meta[last] as number) | META_LAST;
  }

  end(instrument: InstrumentSpec): void {
    const { venueAt, receivedAt } = this.#columns;
    const last = this.#rows - 1;
    assert(last >= 0, "a tape has rows");
    this.#header = {
      instrument,
      rows: this.#rows,
      firstVenueAt: venueAt[0] as number,
      lastVenueAt: venueAt[last] as number,
      firstReceivedAt: receivedAt[0] as number,
      lastReceivedAt: receivedAt[last] as number,
      // The market never makes one; its property test holds it to that.
      lockedBooks: 0,
      crossedBooks: 0,
      clockCorrectionUs: 0,
      importer: SPARSE_IMPORTER,
      sources: [],
    };
  }

  #grow(): void {
    const from = this.#columns;
    const to = columnsOf(from.meta.length * 2);
    to.meta.set(from.meta);
    to.price.set(from.price);
    to.size.set(from.size);
    to.venueAt.set(from.venueAt);
    to.receivedAt.set(from.receivedAt);
    this.#columns = to;
  }
}

function columnsOf(rows: number): Columns {
  return {
    meta: new Uint8Array(rows),
    price: new Int32Array(rows),
    size: new Int32Array(rows),
    venueAt: new Float64Array(rows),
    receivedAt: new Float64Array(rows),
  };
}
