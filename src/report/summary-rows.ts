// The summary as a table of some thirty rows: a label, a value, and what exactly it means.
// The definition stands beside the number because the same name means different things elsewhere.

import { Decimal } from "decimal.js";
import { MARKOUT_SECONDS } from "./markouts.ts";
import type { InstrumentSummary, Measured, Summary } from "./summary.ts";
import { durationText, timeText } from "./time-text.ts";
import type { PairExposure } from "./unhedged-exposure.ts";

export type SummaryRow = Readonly<{ label: string; value: string; definition: string }>;

const row = (label: string, value: string, definition: string): SummaryRow => ({
  label,
  value,
  definition,
});

/** Rows in the order they are read: when, money, risk, orders, fills, what fills were worth, what was held. */
export function summaryRows(summary: Summary): readonly SummaryRow[] {
  return [
    ...spanRows(summary),
    ...moneyRows(summary),
    ...orderRows(summary),
    ...fillRows(summary),
    ...markoutRows(summary),
    ...(summary.unhedged === undefined ? [] : unhedgedRows(summary.unhedged, summary.currency)),
    ...coinRows(summary),
    ...summary.instruments.flatMap((each) =>
      instrumentRows(each, summary.instruments.length > 1 ? ` ${each.name}` : ""),
    ),
  ];
}

/** What each coin came to, where there are several; and each instrument, where a coin has several. */
function coinRows({ coins, instruments, currency }: Summary): SummaryRow[] {
  if (instruments.length < 2) return [];
  const perCoin = coins.length === instruments.length;
  const parts = [
    ...(coins.length > 1 ? coins.map(({ coin, ...rest }) => ({ name: coin, ...rest })) : []),
    ...(perCoin ? [] : instruments),
  ];
  return parts.map(({ name, pnl, fills }) => {
    const bare = (decimal: string): string => signed(moneyText(decimal, "").trim());
    const value = `${signed(moneyText(pnl.net, currency))} (fees ${bare(pnl.fees)}, funding ${bare(pnl.funding)})`;
    return row(`Net PnL ${name}`, value, `of ${fills} fills; these sum to the whole`);
  });
}

function spanRows(summary: Summary): SummaryRow[] {
  const { startedAtUs, endedAtUs } = summary;
  const until = summary.complete ? "" : " (ended early)";
  return [
    row("Start", timeText(startedAtUs), "first simulated moment, UTC"),
    row("End", `${timeText(endedAtUs)}${until}`, "last simulated moment, UTC"),
    row("Duration", durationText(endedAtUs - startedAtUs), "of simulated time"),
  ];
}

function moneyRows(summary: Summary): SummaryRow[] {
  const { pnl, drawdown, currency } = summary;
  const money = (decimal: string): string => moneyText(decimal, currency);
  return [
    row("Starting cash", money(pnl.startingCash), "over all venues"),
    row("Final equity", money(pnl.finalEquity), "cash, and open positions at the last mid"),
    row("Net PnL", signed(money(pnl.net)), "trading + fees + funding"),
    row("  Trading", signed(money(pnl.trading)), "by price; open positions at the last mid"),
    row("    of it open", signed(money(pnl.unrealised)), "what is held, less its average cost"),
    row("  Fees", signed(money(pnl.fees)), "below zero: paid"),
    row("  Funding", signed(money(pnl.funding)), "below zero: paid"),
    row("Return", percent(pnl.returnRatio, 4), "net PnL / starting cash"),
    row(
      "Max drawdown",
      `${money(drawdown.max)} (${percent(drawdown.maxRatio, 4)})`,
      "from a peak of equity, or from the start",
    ),
    row("Final drawdown", money(drawdown.final), "below the highest equity, at the end"),
    row("Turnover", money(summary.turnover), "sum of price × size over all fills"),
  ];
}

function orderRows(summary: Summary): SummaryRow[] {
  const { orders, refusals } = summary;
  const parts = [
    orders.unknown > 0 ? `, ${orders.unknown} of unknown outcome` : "",
    orders.liquidated > 0 ? `, ${orders.liquidated} liquidated` : "",
  ];
  return [
    row(
      "Orders",
      `${orders.placed} placed, ${orders.accepted} accepted${parts.join("")}`,
      "sent; taken by the venue",
    ),
    row("Cancels, amends", `${orders.cancels}, ${orders.amends}`, "requests sent"),
    row("Venue refusals", countsText(refusals.venue), "by the venue's reason"),
    row("Risk refusals", countsText(refusals.risk), "by our own rule, never sent"),
    row(
      "Post-only rejects",
      ratioText(refusals.postOnlyRate),
      "crossed on arrival / post-only orders sent",
    ),
  ];
}

function fillRows(summary: Summary): SummaryRow[] {
  const { fills, races, currency } = summary;
  return [
    row("Fills", `${fills.count} (${fills.maker} maker, ${fills.taker} taker)`, "one a match"),
    row("Maker share", ratioText(fills.makerShare), "maker notional / all fill notional"),
    row(
      "Fill rate, by order",
      ratioText(summary.fillRateByCount),
      "of orders that may rest: any fill / taken",
    ),
    row(
      "Fill–cancel races",
      `${races.count} (${moneyText(races.notional, currency)})`,
      "filled while our cancel was on its way",
    ),
    row("Time in market", ratioText(summary.timeInMarket), "share of time with any position"),
  ];
}

function markoutRows(summary: Summary): SummaryRow[] {
  const horizons = MARKOUT_SECONDS.map((seconds) => `${seconds}`).join("/");
  const means = "mid so much later − fill; < 0: picked off";
  return (["maker", "taker"] as const).map((liquidity) => {
    const figures = summary.markouts.map((markout) => markout[liquidity]);
    const missing = figures.find((figure) => figure.value === null);
    const all = figures.every((figure) => figure.value === null);
    const value =
      all && missing?.value === null
        ? `N/A: ${missing.why}`
        : `${figures.map((each) => (each.value === null ? "N/A" : fixed(each.value, 2))).join(" / ")} bps`;
    return row(`Markout ${liquidity} ${horizons} s`, value, means);
  });
}

function unhedgedRows(unhedged: PairExposure, currency: string): SummaryRow[] {
  const { cycles, notionalSeconds, longestUs, most, left } = unhedged;
  const worst = cycles.reduce((so, each) => Math.max(so, each.notionalSeconds), 0);
  const mean =
    cycles.reduce((sum, each) => sum + each.notionalSeconds, 0) / Math.max(1, cycles.length);
  const byCycle =
    cycles.length === 0
      ? "N/A: no cycle ended flat"
      : `${fixed(mean, 2)} mean, ${fixed(worst, 2)} worst of ${cycles.length}`;
  return [
    row(
      "Unhedged notional × seconds",
      `${fixed(notionalSeconds, 2)} ${currency} s`,
      "sum of |net of both legs| × mid × time it lasted",
    ),
    row("  by cycle", byCycle, "from two flat legs to two flat legs"),
    row("  longest", durationText(longestUs), "without a break, from fill to fill as learned"),
    row(
      "  most, left",
      `${fixed(most, 6)}, ${fixed(left, 6)}`,
      "at once; at the end, in the first leg's units",
    ),
  ];
}

function instrumentRows(instrument: InstrumentSummary, suffix: string): SummaryRow[] {
  return [
    row(
      `Fill rate, by size${suffix}`,
      ratioText(instrument.fillRateByLots),
      "of orders that may rest: filled / taken",
    ),
    row(`Final position${suffix}`, instrument.finalPosition, "in the instrument's own units"),
    row(`Max inventory${suffix}`, instrument.maxInventory, "largest absolute position"),
    row(
      `Mean inventory${suffix}`,
      fixed(instrument.meanInventory, 6),
      "absolute position, weighted by time",
    ),
    row(`Market move${suffix}`, moveText(instrument.marketMoveBps), "last mid seen / first − 1"),
  ];
}

/** A decimal string for people: six decimals where there are more, never fewer than two. */
export function moneyText(decimal: string, currency: string): string {
  const value = new Decimal(decimal);
  const places = Math.min(6, Math.max(2, value.decimalPlaces()));
  return `${value.toFixed(places)} ${currency}`;
}

/** "42.10 %", or N/A with the reason. */
export function ratioText(measured: Measured): string {
  return measured.value === null ? `N/A: ${measured.why}` : percent(measured.value, 2);
}

function percent(ratio: number, digits: number): string {
  return `${fixed(ratio * 100, digits)} %`;
}

function moveText(measured: Measured): string {
  return measured.value === null ? `N/A: ${measured.why}` : `${fixed(measured.value, 2)} bps`;
}

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function signed(text: string): string {
  return text.startsWith("-") || /^0\.0*\s/.test(text) ? text : `+${text}`;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (entries.length === 0) return "none";
  return entries.map(([reason, count]) => `${count} ${reason}`).join(", ");
}
