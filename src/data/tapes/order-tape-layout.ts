// How an order tape lies in an Arrow IPC file: columns and metadata. One row an order event, see domain/order-tape.ts.
// Other Arrow readers open it: times are timestamps, order numbers 64-bit integers; `flags` holds the rest of `meta`.

import type { Schema } from "apache-arrow";
import { Int32, Int64, TimestampMicrosecond, Uint8 } from "apache-arrow";
import { z } from "zod";
import type { OrderTapeHeader } from "../../domain/order-tape.ts";
import type { ArrowLayout } from "../arrow/arrow-layout.ts";
import { commonHeader, commonMetadata, instrumentEntries, spanEntries } from "./tape-metadata.ts";

/** Version of this layout; it stands in the metadata under `rehearse.order_tape`. */
const LAYOUT_VERSION = "1";

export const orderTapeLayout: ArrowLayout = {
  what: "an order tape",
  columns: [
    { name: "received_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
    { name: "venue_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
    { name: "order_ref", type: new Int64(), bytes: 8 },
    { name: "kind", type: new Uint8(), bytes: 1 },
    { name: "side", type: new Uint8(), bytes: 1 },
    { name: "price_ticks", type: new Int32(), bytes: 4 },
    { name: "size_lots", type: new Int32(), bytes: 4 },
    { name: "flags", type: new Uint8(), bytes: 1 },
  ],
  framing: "packed",
};

/** A header as metadata: text under names other tools can read. */
export function orderTapeMetadata(header: OrderTapeHeader): ReadonlyMap<string, string> {
  return new Map([
    ["rehearse.order_tape", LAYOUT_VERSION],
    ...instrumentEntries(header.instrument),
    ...spanEntries(header),
    ["importer", header.importer],
    ["sources", JSON.stringify(header.sources)],
  ]);
}

const metadataSchema = commonMetadata.extend({
  "rehearse.order_tape": z.literal(LAYOUT_VERSION),
});

/** The header in a schema's metadata. Throws what zod or JSON throws. */
export function orderTapeHeader(schema: Schema): OrderTapeHeader {
  return commonHeader(metadataSchema.parse(Object.fromEntries(schema.metadata)));
}
