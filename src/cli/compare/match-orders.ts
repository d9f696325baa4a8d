// The orders of two runs, one by one: the same order has the same instrument, side, price and size and was sent at the same
// moment. Orders that have no such twin are of one run alone.

import type { ResultTable } from "../../report/tables/result-table.ts";

export type MatchedOrders = Readonly<{
  /** Same order, same fill. */
  equal: number;
  /** Same order, another fill: how much in each. */
  otherwise: readonly Readonly<{ order: string; left: number; right: number }>[];
  leftOnly: readonly string[];
  rightOnly: readonly string[];
}>;

type Row = Readonly<Record<string, number | string | undefined>>;

/** `orders` tables of two results. */
export function matchOrders(left: ResultTable, right: ResultTable): MatchedOrders {
  const others = new Map<string, Row[]>();
  for (const row of rowsOf(right)) {
    const key = keyOf(row);
    others.set(key, [...(others.get(key) ?? []), row]);
  }
  let equal = 0;
  const otherwise: { order: string; left: number; right: number }[] = [];
  const leftOnly: string[] = [];
  for (const row of rowsOf(left)) {
    const twin = others.get(keyOf(row))?.shift();
    if (twin === undefined) leftOnly.push(textOf(row));
    else if (twin.filled === row.filled) equal += 1;
    else {
      otherwise.push({ order: textOf(row), left: Number(row.filled), right: Number(twin.filled) });
    }
  }
  const rightOnly = [...others.values()].flat().map(textOf);
  return { equal, otherwise, leftOnly, rightOnly };
}

function rowsOf({ columns, rows }: ResultTable): Row[] {
  return Array.from({ length: rows }, (_, index) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[index]])),
  );
}

function keyOf(row: Row): string {
  return ["instrument", "side", "type", "price", "size", "sent_at"]
    .map((name) => row[name])
    .join("|");
}

function textOf({ order_id, instrument, side, size, price }: Row): string {
  return `${order_id} ${instrument} ${side} ${size} @ ${price ?? "market"}`;
}
