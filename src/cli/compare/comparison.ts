// What two results came to side by side, as plain data and as text.

import { moneyText } from "../../report/summary-rows.ts";
import type { CliIo } from "../cli-io.ts";
import { painter } from "../paint.ts";
import type { FirstDifference } from "../run/first-difference.ts";
import { plainTable } from "../text-table.ts";
import type { Aspect } from "./config-ladder.ts";
import { ASPECT_TEXT } from "./config-ladder.ts";
import type { MatchedOrders } from "./match-orders.ts";

export type Comparison = Readonly<{
  names: readonly [string, string];
  digests: readonly [string, string];
  /** Net profit of each, decimal strings. */
  net: readonly [string, string];
  fills: readonly [number, number];
  currency: string;
  /** Second less first. */
  difference: string;
  first: FirstDifference | undefined;
  /** What each aspect changed, in order; they sum to `difference`. null: no run of its own was possible. */
  steps: readonly Readonly<{ aspect: Aspect; gain: string | null }>[];
  orders: MatchedOrders;
}>;

/** More than these are counted, not listed. */
const LISTED_MAX = 8;
/** How the steps were measured. */
export const ORDER_SENTENCE =
  "Each line is a run with everything above it changed; where two changes act together, the later line has it.";

export function printComparison(comparison: Comparison, io: CliIo): void {
  const { names, digests, net, fills, currency, difference, first, steps } = comparison;
  const paint = painter(io.stdout, io.env);
  const out = (text: string): void => {
    io.stdout.write(`${text}\n`);
  };
  out(paint.bold("Results"));
  const rows = names.map((name, index) => [
    name,
    signed(net[index] ?? "0", currency),
    String(fills[index]),
    (digests[index] ?? "").slice(0, 16),
  ]);
  io.stdout.write(plainTable(["result", "net PnL", "fills", "digest"], rows, [1, 2]));
  out(`second less first  ${signed(difference, currency)}\n`);
  if (digests[0] === digests[1]) {
    out(paint.green("The two runs are the same run."));
    return;
  }
  out(paint.bold("Where the difference comes from"));
  io.stdout.write(
    plainTable(
      ["changed", "what that is", "net PnL by it"],
      steps.map(({ aspect, gain }) => [
        aspect,
        ASPECT_TEXT[aspect],
        gain === null ? "in the next line" : signed(gain, currency),
      ]),
      [2],
    ),
  );
  out(paint.dim(ORDER_SENTENCE));
  if (first !== undefined) {
    out(`\n${paint.bold("Where they part first")}  ${first.where}`);
    out(`  first   ${first.was}`);
    out(`  second  ${first.now}`);
  }
  printOrders(comparison, out, paint.bold);
}

export function printOrders(
  { orders }: Pick<Comparison, "orders">,
  out: (text: string) => void,
  bold: (text: string) => string,
): void {
  const { byId, equal, otherwise, leftOnly, rightOnly } = orders;
  out(`\n${bold("Orders")}`);
  out(`  ${equal + otherwise.length} matched, ${byId} of them by their id: ${equal} filled alike`);
  out(`  ${otherwise.length} matched that filled otherwise`);
  for (const { order, left, right } of otherwise.slice(0, LISTED_MAX)) {
    out(`    ${order}: ${left} filled in the first, ${right} in the second`);
  }
  if (otherwise.length > LISTED_MAX) out(`    and ${otherwise.length - LISTED_MAX} more`);
  for (const [list, which] of [
    [leftOnly, "first"],
    [rightOnly, "second"],
  ] as const) {
    const begin = list[0] === undefined ? "" : `, the earliest ${list[0]}`;
    out(`  ${list.length} in the ${which} alone${begin}`);
  }
}

function signed(decimal: string, currency: string): string {
  const text = moneyText(decimal, currency);
  return text.startsWith("-") ? text : `+${text}`;
}
