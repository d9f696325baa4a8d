// Reads an order tape from its file, a batch at a time, decoded in place: no object a row.

import type { OrderTapeBatch, OrderTapeHeader } from "../../domain/order-tape.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";
import { doublesInPlace } from "../arrow/arrow-int64.ts";
import type { ArrowBody, ArrowKind } from "../arrow/arrow-reader.ts";
import { openArrow } from "../arrow/arrow-reader.ts";
import { orderTapeHeader, orderTapeLayout } from "./order-tape-layout.ts";
import { metaInPlace } from "./tape-meta.ts";

/** A source that holds a file open until it is closed. */
export interface OpenOrderTape extends OrderTapeSource {
  close(): void;
}

const orderTape: ArrowKind<OrderTapeHeader, OrderTapeBatch> = {
  layout: orderTapeLayout,
  headerOf: orderTapeHeader,
  batchOf: decodeBody,
};

/**
 * Opens an order tape. Close it when done.
 * @throws {DataError} when the file cannot be read, is cut off, or is no order tape; `batch` throws it too.
 */
export function openOrderTape(path: string): OpenOrderTape {
  return openArrow(path, orderTape);
}

function decodeBody({ rows, buffer, offsets }: ArrowBody): OrderTapeBatch {
  const at = (column: number): number => offsets[column] as number;
  return {
    rows,
    receivedAt: doublesInPlace(buffer, at(0), rows),
    venueAt: doublesInPlace(buffer, at(1), rows),
    orderRef: doublesInPlace(buffer, at(2), rows),
    meta: metaInPlace(buffer, { kind: at(3), side: at(4), flags: at(7) }, rows),
    price: new Int32Array(buffer, at(5), rows),
    size: new Int32Array(buffer, at(6), rows),
  };
}
