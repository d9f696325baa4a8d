// A run and a live journal side by side, or two journals: as plain data and as text.

import type { Instrument } from "../../domain/instrument.ts";
import type { Gap, GapCause } from "../../report/attribution/attribute-gap.ts";
import { GAP_CAUSES } from "../../report/attribution/attribute-gap.ts";
import type { RunHabits } from "../../report/attribution/run-habits.ts";
import type { ToldOrder } from "../../report/attribution/told-run.ts";
import { moneyText } from "../../report/summary-rows.ts";
import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import { painter } from "../paint.ts";
import type { FirstDifference } from "../run/first-difference.ts";
import { plainTable } from "../text-table.ts";
import { filledOf, orderText } from "./match-orders.ts";
import type { SameBot } from "./same-bot.ts";

export const CAUSE_TEXT: Readonly<Record<GapCause | "residual", string>> = {
  data: "last prices, and fills while the other was not there",
  latency: "not there yet, gone already, another price on arrival",
  queue: "both stood there, one was filled: its place, or the model of it",
  fees: "on what both traded",
  funding: "received or paid",
  rounding: "other ticks and lots",
  parameters: "the bot decides otherwise",
  followed: "orders of one alone, or kept longer, once they had parted",
  residual: "what no rule explains",
};

export type JournalComparison = Readonly<{
  names: readonly [string, string];
  digests: readonly [string, string];
  net: readonly [string, string];
  fills: readonly [number, number];
  habits: readonly [RunHabits, RunHabits];
  currency: string;
  /** Second less first. */
  difference: string;
  sameBot: SameBot;
  steps: readonly Readonly<{ cause: GapCause | "residual"; gain: string }>[];
  /** When an order of both first fared otherwise, as text. */
  partedAt: string | undefined;
  first: FirstDifference | undefined;
  orders: Readonly<{
    byId: number;
    equal: number;
    otherwise: readonly string[];
    firstOnly: readonly string[];
    secondOnly: readonly string[];
  }>;
  /** What a reader must know before believing the rest. */
  warnings: readonly string[];
}>;

/** All causes in their order, those that come to nothing among them, then the residual. */
export function stepsOf({ parts, residual }: Gap): JournalComparison["steps"] {
  return [
    ...GAP_CAUSES.map((cause) => ({ cause, gain: parts[cause] })),
    { cause: "residual" as const, gain: residual },
  ];
}

export function ordersOf(
  { paired }: Gap,
  first: readonly Instrument[],
  second: readonly Instrument[],
): JournalComparison["orders"] {
  const fate = (order: ToldOrder, instruments: readonly Instrument[]): string =>
    order.refusal === undefined ? `${filledOf(order, instruments)} filled` : order.refusal.reason;
  const told = paired.pairs.map((pair) => ({
    ...pair,
    fates: [fate(pair.first, first), fate(pair.second, second)] as const,
  }));
  const otherwise = told.filter(({ fates }) => fates[0] !== fates[1]);
  return {
    byId: paired.byId,
    equal: told.length - otherwise.length,
    otherwise: otherwise.map(
      (pair) =>
        `${orderText(pair.first, first)}: ${pair.fates[0]}; as ${pair.second.orderId}: ${pair.fates[1]}`,
    ),
    firstOnly: paired.firstOnly.map((order) => orderText(order, first)),
    secondOnly: paired.secondOnly.map((order) => orderText(order, second)),
  };
}

/** More than these are counted, not listed. */
const LISTED_MAX = 8;

export function printJournalComparison(comparison: JournalComparison, io: CliIo): void {
  const { names, net, fills, digests, currency, difference, steps } = comparison;
  const paint = painter(io.stdout, io.env);
  const out = (text: string): void => {
    io.stdout.write(`${text}\n`);
  };
  out(paint.bold("Runs"));
  const rows = names.map((name, index) => [
    name,
    signed(net[index] ?? "0", currency),
    String(fills[index]),
    (digests[index] ?? "").slice(0, 16),
  ]);
  io.stdout.write(plainTable(["run", "net PnL", "fills", "digest"], rows, [1, 2]));
  out(`second less first  ${signed(difference, currency)}\n`);
  for (const warning of comparison.warnings) out(paint.yellow(`note: ${warning}`));
  out(paint.bold("Where the difference comes from"));
  io.stdout.write(
    plainTable(
      ["cause", "what that is", "net PnL by it"],
      steps.map(({ cause, gain }) => [cause, CAUSE_TEXT[cause], signed(gain, currency)]),
      [2],
    ),
  );
  out(paint.dim("They sum to the difference. Measured order by order; no run was made for it."));
  out(paint.dim(`Parameters: ${comparison.sameBot.how}.`));
  out(`\n${paint.bold("How the venue was met")}`);
  io.stdout.write(plainTable(["", "first", "second"], habitRows(comparison.habits), [1, 2]));
  printOrders(comparison, out, paint.bold);
}

function printOrders(
  { orders, partedAt, first }: JournalComparison,
  out: (text: string) => void,
  bold: (text: string) => string,
): void {
  const { byId, equal, otherwise, firstOnly, secondOnly } = orders;
  const pairs = equal + otherwise.length;
  out(`\n${bold("Orders")}`);
  out(`  ${pairs} matched, ${byId} of them by their id: ${equal} fared alike`);
  out(
    `  ${otherwise.length} matched that fared otherwise${partedAt === undefined ? "" : `, first at ${partedAt}`}`,
  );
  for (const text of otherwise.slice(0, LISTED_MAX)) out(`    ${text}`);
  if (otherwise.length > LISTED_MAX) out(`    and ${otherwise.length - LISTED_MAX} more`);
  for (const [list, which] of [
    [firstOnly, "first"],
    [secondOnly, "second"],
  ] as const) {
    out(
      `  ${list.length} in the ${which} alone${list[0] === undefined ? "" : `, the earliest ${list[0]}`}`,
    );
  }
  if (first === undefined) return;
  out(`\n${bold("First entry that differs")}  ${first.where}`);
  out(`  first   ${first.was}`);
  out(`  second  ${first.now}`);
}

/** What was assumed beside what was met. */
export function habitRows([first, second]: JournalComparison["habits"]): string[][] {
  const time = (value: RunHabits["toVenue"]): string =>
    value === undefined ? "N/A" : `${ms(value.half)}, ${ms(value.mostly)} ms`;
  const bps = (value: number | undefined): string =>
    value === undefined ? "no such fill" : `${value.toFixed(3)} bps`;
  const row = (name: string, of: (habits: RunHabits) => string): string[] => [
    name,
    of(first),
    of(second),
  ];
  return [
    row("orders sent, filled, refused", (of) => `${of.orders}, ${of.filled}, ${of.refused}`),
    row("to the venue: half within, nine in ten within", (of) => time(of.toVenue)),
    row("its answer back", (of) => time(of.backToUs)),
    row("maker fee", (of) => bps(of.makerBps)),
    row("taker fee", (of) => bps(of.takerBps)),
  ];
}

export function atText(us: number | undefined): string | undefined {
  return us === undefined ? undefined : timeText(us);
}

function ms(us: number): string {
  return (us / 1_000).toFixed(1);
}

function signed(decimal: string, currency: string): string {
  const text = moneyText(decimal, currency);
  return text.startsWith("-") ? text : `+${text}`;
}
