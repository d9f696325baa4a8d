// Limits given an instrument at a time, as a column to look up by instrument: no limit is Infinity.

import type { InstrumentLimits } from "../risk-config.ts";

/** The named limit of each instrument that has one; the column is as long as the greatest index needs. */
export function limitColumn(
  limits: readonly InstrumentLimits[],
  name: "positionLotsMax" | "orderLotsMax" | "openOrdersMax",
): readonly number[] {
  const column: number[] = [];
  for (const each of limits) {
    while (column.length <= each.instrument) column.push(Number.POSITIVE_INFINITY);
    column[each.instrument] = each[name] ?? Number.POSITIVE_INFINITY;
  }
  return column;
}
