// SYNTH-1 as a product tape in memory: what benchmarks and examples replay where no recording is.
// Times are floored to whole microseconds and moved to a fixed epoch; a step is one message, and
// the opening book is one snapshot message. Everything else is the published stream, row for row.

import { assert } from "../../src/domain/assert.ts";
import type { TapeBatch, TapeHeader } from "../../src/domain/tape.ts";
import { META_ASK, META_LAST, META_SNAPSHOT } from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { Synth1Columns } from "./synth-1.ts";
import { SYNTH1_ASK, SYNTH1_OPENING_ROWS, synth1 } from "./synth-1.ts";

/** Epoch of the tape's first row, µs: the stream's absolute origin. */
export const SYNTH1_ORIGIN_US = 1_700_000_000_000_000;

const ROWS_PER_BATCH = 65_536;
const NS_PER_US = 1_000;

/** The first `rows` rows (at least 1) as a tape, held in memory at 25 bytes a row. */
export function synth1Tape(rows: number): TapeSource {
  assert(rows >= 1, `a tape has at least one row, was ${rows}`);
  const columns = synth1(rows);
  // Before the times: two steps may share a microsecond, never a nanosecond.
  const meta = metaOf(columns);
  // The columns are ours alone, so the times change their unit in place.
  const venueAt = toEpochUs(columns.exchNs);
  const receivedAt = toEpochUs(columns.localNs);
  const batches: TapeBatch[] = [];
  for (let first = 0; first < rows; first += ROWS_PER_BATCH) {
    const end = Math.min(first + ROWS_PER_BATCH, rows);
    batches.push({
      rows: end - first,
      meta: meta.subarray(first, end),
      price: columns.tick.subarray(first, end),
      size: columns.lots.subarray(first, end),
      venueAt: venueAt.subarray(first, end),
      receivedAt: receivedAt.subarray(first, end),
    });
  }
  return {
    header: headerOf(rows, venueAt, receivedAt),
    batchCount: batches.length,
    batch(index) {
      const batch = batches[index];
      assert(batch !== undefined, `batch index is below ${batches.length}, was ${index}`);
      return batch;
    },
  };
}

/** Kind and side of each row, the end of each step, and the opening's snapshot mark. */
function metaOf(columns: Synth1Columns): Uint8Array {
  const { rows, kind, side, exchNs } = columns;
  const meta = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const last = row + 1 === rows || exchNs[row + 1] !== exchNs[row];
    meta[row] =
      (kind[row] as number) |
      (side[row] === SYNTH1_ASK ? META_ASK : 0) |
      (last ? META_LAST : 0) |
      (row < SYNTH1_OPENING_ROWS ? META_SNAPSHOT : 0);
  }
  return meta;
}

function toEpochUs(timesNs: Float64Array): Float64Array {
  for (let row = 0; row < timesNs.length; row++) {
    timesNs[row] = SYNTH1_ORIGIN_US + Math.floor((timesNs[row] as number) / NS_PER_US);
  }
  return timesNs;
}

function headerOf(rows: number, venueAt: Float64Array, receivedAt: Float64Array): TapeHeader {
  return {
    instrument: {
      venueName: "synth",
      symbol: "SYNTH-1",
      contract: "linear",
      base: "SYN",
      quote: "USD",
      tickSize: "0.1",
      lotSize: "0.001",
      contractSize: "1",
    },
    rows,
    firstVenueAt: venueAt[0] as number,
    lastVenueAt: venueAt[rows - 1] as number,
    firstReceivedAt: receivedAt[0] as number,
    lastReceivedAt: receivedAt[rows - 1] as number,
    lockedBooks: 0,
    crossedBooks: 0,
    clockCorrectionUs: 0,
    importer: "synth-1",
    sources: [],
  };
}
