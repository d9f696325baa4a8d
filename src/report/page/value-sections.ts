// Where value came from and when: the split of the profit, the worst drawdowns, months and hours.

import type { CoinSummary, Summary } from "../summary.ts";
import type { Period } from "../tear-sheet/calendar.ts";
import { ADVERSE_SECONDS } from "../tear-sheet/profit-split.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import { durationText, timeText } from "../time-text.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { bars, exact, fixed, table } from "./tables.ts";

export function splitSection({ split }: TearSheet, currency: string): Html {
  const { spread, adverse, inventory, fees, funding, net } = split;
  const texts = exact([spread, adverse, inventory, fees, funding, net]);
  const list = [
    ["spread captured", spread],
    [`adverse selection, ${ADVERSE_SECONDS} s`, adverse],
    ["inventory", inventory],
    ["fees", fees],
    ["funding", funding],
    ["net profit", net],
  ] as const;
  return html`<h2>Where the profit came from</h2><p class="muted">Spread captured: each fill's
distance to the mid at that moment. Adverse selection: what the mid did in the ${ADVERSE_SECONDS} s after it.
Inventory: every other move of the mid while holding. The five sum to the net profit, to the last digit.</p>${bars(
    "profit by source",
    list.map(([name, value], index) => ({
      name,
      value: Number(value),
      text: `${texts[index]} ${currency}`,
    })),
  )}`;
}

/** Coins side by side, and the instruments of each; nothing where there is but one. */
export function coinSection({ coins, instruments, currency }: Summary): Html {
  if (instruments.length < 2) return html``;
  const columns = ["net", "by price", "of it open", "fees", "funding", "fills", "turnover"];
  const money = ["net", "trading", "unrealised", "fees", "funding"] as const;
  const tableOf = (what: string, parts: readonly Readonly<{ name: string } & CoinPart>[]): Html => {
    const texts = money.map((each) => exact(parts.map(({ pnl }) => pnl[each])));
    return table(
      `${what}s`,
      [{ name: `${what}, ${currency}` }, ...columns.map((name) => ({ name, number: true }))],
      parts.map(({ name, fills, turnover }, index) => [
        name,
        ...texts.map((column) => column[index] ?? ""),
        String(fills),
        fixed(Number(turnover), 0),
      ]),
    );
  };
  const coinTable = tableOf(
    "coin",
    coins.map(({ coin, ...rest }) => ({ name: coin, ...rest })),
  );
  const instrumentTable = tableOf("instrument", instruments);
  return html`<h2>${coins.length > 1 ? "Coins side by side" : "Instruments side by side"}</h2>
<p class="muted">Each with its own fees and funding; they sum to the net profit, to the last digit. Fees and funding
below zero were paid.</p>${coins.length > 1 ? coinTable : html``}${
    coins.length === instruments.length ? html`` : instrumentTable
  }`;
}

type CoinPart = Pick<CoinSummary, "pnl" | "fills" | "turnover">;

/** What a hedge left exposed, and in which cycles; nothing where no pair is held. */
export function exposureSection({ unhedged, currency }: Summary): Html {
  if (unhedged === undefined) return html``;
  const { pair, notionalSeconds, longestUs, most, left, cycles } = unhedged;
  const worst = [...cycles]
    .sort((one, other) => other.notionalSeconds - one.notionalSeconds)
    .slice(0, 10);
  const sum = cycles.reduce((so, each) => so + each.notionalSeconds, 0);
  const mean = cycles.length === 0 ? "N/A" : fixed(sum / cycles.length, 2);
  const list: readonly (readonly [string, string])[] = [
    [`notional × seconds, ${currency} s`, fixed(notionalSeconds, 2)],
    ["longest without a break", lengthText(longestUs)],
    ["most at once, first leg's units", fixed(most, 6)],
    ["left at the end, first leg's units", fixed(left, 6)],
    ["cycles, flat to flat", String(cycles.length)],
    [`mean of a cycle, ${currency} s`, mean],
  ];
  return html`<h2>Hedge exposure</h2><p class="muted">${pair}. What one leg held that the other did not hold against it,
at the first leg's mid, times how long; as the bot learned of its fills.</p>
<div class="cards">${list.map(
    ([name, value]) => html`<div class="card"><b>${value}</b><span>${name}</span></div>`,
  )}</div>
<div id="chart-exposed" class="chart" role="img" aria-label="unhedged notional over time"></div>
${
  worst.length === 0
    ? html`<p>By cycle: N/A, no cycle ended with both legs flat.</p>`
    : html`<h3>${cycles.length > worst.length ? "Ten worst cycles" : "Cycles"}</h3>${table(
        "cycles by exposure",
        [
          { name: `notional × s, ${currency} s`, number: true },
          { name: "longest", number: true },
          { name: "most", number: true },
          { name: "from", time: true },
          { name: "lasted", time: true },
        ],
        worst.map((cycle) => [
          fixed(cycle.notionalSeconds, 2),
          lengthText(cycle.longestUs),
          fixed(cycle.most, 6),
          clockText(cycle.startedAtUs),
          lengthText(cycle.endedAtUs - cycle.startedAtUs),
        ]),
      )}`
}`;
}

export function drawdownSection({ worstDrawdowns, endedAt }: TearSheet, currency: string): Html {
  if (worstDrawdowns.length === 0) return html`<p>Equity never fell below its peak.</p>`;
  return html`<h3>Worst drawdowns</h3>${table(
    "worst drawdowns",
    [
      { name: "depth", number: true },
      { name: "from", time: true },
      { name: "deepest", time: true },
      { name: "made good", time: true },
      { name: "lasted", time: true },
    ],
    worstDrawdowns.map(({ depth, peakAt, deepestAt, recoveredAt }) => [
      `${fixed(depth, 2)} ${currency}`,
      clockText(peakAt),
      clockText(deepestAt),
      recoveredAt === undefined ? "not by the end" : clockText(recoveredAt),
      lengthText((recoveredAt ?? endedAt) - peakAt),
    ]),
  )}`;
}

export function calendarSections({ months, days, hours }: TearSheet, currency: string): Html {
  const rows = (periods: readonly Period[], digits: number): (readonly string[])[] =>
    periods.map(({ from, start, end }) => [
      timeText(from).slice(0, digits),
      `${fixed(end - start, 2)} ${currency}`,
      start === 0 ? "" : `${fixed((end / start - 1) * 100, 3)} %`,
    ]);
  const columns = [
    { name: "UTC" },
    { name: "gained", number: true },
    { name: "return", number: true },
  ];
  const best = [...days].sort((left, right) => right.end - right.start - (left.end - left.start));
  const extremes = best.length > 12 ? [...best.slice(0, 5), ...best.slice(-5)] : days;
  return html`<div class="columns"><div><h2>Months</h2>${table("months", columns, rows(months, 7))}
<h3>${best.length > 12 ? "Five best and five worst days" : "Days"}</h3>${table("days", columns, rows(extremes, 10))}</div>
<div><h2>Hours of the day</h2>${bars(
    "gain by hour of the day",
    hours.map((value, hour) => ({
      name: `${String(hour).padStart(2, "0")} UTC`,
      value,
      text: `${fixed(value, 2)} ${currency}`,
    })),
  )}</div></div>`;
}

/** "2024-01-01 07:59:02.511": to the millisecond, which is as fine as an eye reads. */
function clockText(us: number): string {
  const text = new Date(Math.floor(us / 1_000)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
}

function lengthText(us: number): string {
  return durationText(us < 1_000 ? us : Math.round(us / 1_000) * 1_000);
}
