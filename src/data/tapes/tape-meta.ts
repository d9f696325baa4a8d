// A row's kind, side and flags: three columns in a file, one byte (`meta`) in memory.

import { META_ASK, META_KIND } from "../../domain/tape.ts";

/** Bits of meta that the `flags` column carries, at their places. */
export const FLAGS_MASK = 0b1111_0000;
/** How far the side stands to the left in meta. */
const SIDE_SHIFT = 3;

type MetaColumns = Readonly<{ kind: Uint8Array; side: Uint8Array; flags: Uint8Array }>;

/** The three columns of the first `rows` rows. */
export function metaColumns(meta: Uint8Array, rows: number): MetaColumns {
  const kind = new Uint8Array(rows);
  const side = new Uint8Array(rows);
  const flags = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const bits = meta[row] as number;
    kind[row] = bits & META_KIND;
    side[row] = (bits & META_ASK) === 0 ? 0 : 1;
    flags[row] = bits & FLAGS_MASK;
  }
  return { kind, side, flags };
}

/** The three columns, from where each starts in `buffer`, brought together in the place of the first. */
export function metaInPlace(
  buffer: ArrayBuffer,
  from: Readonly<{ kind: number; side: number; flags: number }>,
  rows: number,
): Uint8Array {
  const meta = new Uint8Array(buffer, from.kind, rows);
  const side = new Uint8Array(buffer, from.side, rows);
  const flags = new Uint8Array(buffer, from.flags, rows);
  for (let row = 0; row < rows; row += 1) {
    const ask = ((side[row] as number) & 1) << SIDE_SHIFT;
    meta[row] = (meta[row] as number) | ask | (flags[row] as number);
  }
  return meta;
}
