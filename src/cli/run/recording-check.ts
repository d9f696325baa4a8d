// Walks a whole recording of either kind and holds it to what its header promises.
// What an importer wrote is believed only as far as it can be seen again.

import { DataError } from "../../data/data-error.ts";
import { checkTape } from "../../data/tapes/tape-check.ts";
import { ORDER_EXECUTE, ORDER_HIDDEN } from "../../domain/order-tape.ts";
import { META_KIND, META_LAST } from "../../domain/tape.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";
import { openFile } from "./open-recording.ts";

/** What was seen; what a kind does not have is 0. */
export type RecordingCheck = Readonly<{
  name: string;
  kind: "levels" | "orders" | "bars";
  rows: number;
  firstAtUs: number;
  lastAtUs: number;
  messages: number;
  trades: number;
  gaps: number;
  lockedBooks: number;
  crossedBooks: number;
}>;

/** @throws {DataError} at the first thing that is not as promised, naming the row. */
export function checkRecording(name: string, path: string): RecordingCheck {
  const recording = openFile(name, path, "");
  try {
    const { source } = recording;
    if (source.kind === "bars") return checkBars(name, path, source.bars);
    if (source.kind === "orders") return checkOrders(name, path, source.tape);
  } finally {
    recording.close();
  }
  const { header, messages, trades, gaps, lockedBooks, crossedBooks } = checkTape(path);
  const { rows, firstReceivedAt, lastReceivedAt } = header;
  return {
    ...{ name, kind: "levels", rows, messages, trades, gaps, lockedBooks, crossedBooks },
    ...{ firstAtUs: firstReceivedAt, lastAtUs: lastReceivedAt },
  };
}

/** Times ascend, messages end, the header counts right. What orders do to each other is the importer's to check. */
function checkOrders(name: string, path: string, source: OrderTapeSource): RecordingCheck {
  const seen = { rows: 0, messages: 0, trades: 0 };
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < source.batchCount; index += 1) {
    const { rows, meta, venueAt } = source.batch(index);
    for (let row = 0; row < rows; row += 1) {
      seen.rows += 1;
      const at = venueAt[row] as number;
      if (at < before) fail(path, seen.rows, "venue times that ascend", at);
      before = at;
      const flags = meta[row] as number;
      const kind = flags & META_KIND;
      if (kind === ORDER_EXECUTE || kind === ORDER_HIDDEN) seen.trades += 1;
      if ((flags & META_LAST) !== 0) seen.messages += 1;
    }
  }
  const { header } = source;
  if (header.rows !== seen.rows) fail(path, seen.rows, `${header.rows} rows`, seen.rows);
  return {
    ...{ name, kind: "orders", ...seen, gaps: 0, lockedBooks: 0, crossedBooks: 0 },
    ...{ firstAtUs: header.firstVenueAt, lastAtUs: header.lastVenueAt },
  };
}

function checkBars(name: string, path: string, source: BarSource): RecordingCheck {
  let rows = 0;
  let before = Number.NEGATIVE_INFINITY;
  const { header } = source;
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      rows += 1;
      const at = batch.openAt[row] as number;
      if (at <= before) fail(path, rows, "opening times that ascend", at);
      before = at;
      const high = batch.high[row] as number;
      const low = batch.low[row] as number;
      for (const price of [batch.open[row] as number, batch.close[row] as number]) {
        if (price > high || price < low) fail(path, rows, `a price in ${low} to ${high}`, price);
      }
    }
  }
  if (header.bars !== rows) fail(path, rows, `${header.bars} bars`, rows);
  const lastAtUs = header.lastOpenAt + header.periodUs;
  return {
    ...{ name, kind: "bars", rows, messages: 0, trades: 0, gaps: 0 },
    ...{ lockedBooks: 0, crossedBooks: 0, firstAtUs: header.firstOpenAt, lastAtUs },
  };
}

function fail(file: string, line: number, expected: string, was: number): never {
  const advice = "the header and the rows disagree: import the recording again";
  throw new DataError({ file, line, expected, was: `${was}`, advice });
}
