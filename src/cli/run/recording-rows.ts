// The first rows of a recording as text, with the touch after each whole message.

import { BookCheck } from "../../data/tapes/book-check.ts";
import { stepsToDecimal } from "../../domain/decimal.ts";
import { META_ASK, META_KIND, META_LAST, ROW_DEPTH } from "../../domain/tape.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";
import type { TapeSource } from "../../ports/tape-source.ts";
import { timeText } from "../../report/time-text.ts";
import type { OpenRecording } from "./open-recording.ts";

/** By kind and side: a level's side, a print's aggressor; the others have none. */
const KINDS: readonly (readonly [string, string])[] = [
  ["bid", "ask"],
  ["buy", "sell"],
  ["clear", "clear"],
  ["gap", "gap"],
  ["mark", "mark"],
  ["funding", "funding"],
  ["print", "print"],
];

export type RowTable = Readonly<{ head: readonly string[]; rows: readonly (readonly string[])[] }>;

/** At most `count` rows. */
export function firstRows(source: OpenRecording["source"], count: number): RowTable {
  switch (source.kind) {
    case "levels":
      return tapeRows(source.tape, count);
    case "orders":
      return orderRows(source.tape, count);
    case "bars":
      return barRows(source.bars, count);
    default:
      return source satisfies never;
  }
}

function tapeRows(tape: TapeSource, count: number): RowTable {
  const { tickSize, lotSize } = tape.header.instrument;
  const book = new BookCheck();
  const rows: string[][] = [];
  const price = (ticks: number): string =>
    Number.isFinite(ticks) ? stepsToDecimal(ticks, tickSize) : "";
  for (let index = 0; index < tape.batchCount && rows.length < count; index += 1) {
    const batch = tape.batch(index);
    for (let row = 0; row < batch.rows && rows.length < count; row += 1) {
      const meta = batch.meta[row] as number;
      const kind = meta & META_KIND;
      const ask = (meta & META_ASK) === 0 ? 0 : 1;
      const ticks = batch.price[row] as number;
      const lots = batch.size[row] as number;
      if (kind === ROW_DEPTH) book.set(ask, ticks, lots);
      else book.note(kind);
      const last = (meta & META_LAST) !== 0;
      rows.push([
        timeText(batch.receivedAt[row] as number),
        KINDS[kind]?.[ask] ?? `kind ${kind}`,
        `${((batch.receivedAt[row] as number) - (batch.venueAt[row] as number)) / 1_000}`,
        price(ticks),
        stepsToDecimal(lots, lotSize),
        last ? price(book.bestBid) : "",
        last ? price(book.bestAsk) : "",
      ]);
    }
  }
  return { head: ["received", "row", "latency ms", "price", "size", "best bid", "best ask"], rows };
}

/** Ordered as the kinds' codes are. */
const ORDER_KINDS = ["add", "reduce", "delete", "execute", "hidden", "halt", "clear"] as const;

function orderRows(tape: OrderTapeSource, count: number): RowTable {
  const { tickSize, lotSize } = tape.header.instrument;
  const rows: string[][] = [];
  for (let index = 0; index < tape.batchCount && rows.length < count; index += 1) {
    const { rows: filled, meta, orderRef, price, size, venueAt } = tape.batch(index);
    for (let row = 0; row < filled && rows.length < count; row += 1) {
      const flags = meta[row] as number;
      const kind = flags & META_KIND;
      rows.push([
        timeText(venueAt[row] as number),
        ORDER_KINDS[kind] ?? `kind ${kind}`,
        `${orderRef[row]}`,
        stepsToDecimal(price[row] as number, tickSize),
        stepsToDecimal(size[row] as number, lotSize),
        (flags & META_ASK) === 0 ? "bid" : "ask",
        (flags & META_LAST) === 0 ? "" : "end",
      ]);
    }
  }
  return { head: ["venue time", "row", "order", "price", "size", "side", "message"], rows };
}

function barRows(source: BarSource, count: number): RowTable {
  const { tickSize, lotSize } = source.header.instrument;
  const rows: string[][] = [];
  for (let index = 0; index < source.batchCount && rows.length < count; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows && rows.length < count; row += 1) {
      const price = (column: Int32Array): string => stepsToDecimal(column[row] as number, tickSize);
      rows.push([
        timeText(batch.openAt[row] as number),
        batch.complete[row] === 1 ? "bar" : "unfinished",
        price(batch.open),
        price(batch.high),
        price(batch.low),
        price(batch.close),
        stepsToDecimal(batch.volume[row] as number, lotSize),
      ]);
    }
  }
  return { head: ["opened", "row", "open", "high", "low", "close", "volume"], rows };
}
