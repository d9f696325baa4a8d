// Where value came from and when: the split of the profit, the worst drawdowns, months and hours.

import type { Period } from "../tear-sheet/calendar.ts";
import { ADVERSE_SECONDS } from "../tear-sheet/profit-split.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import { durationText, timeText } from "../time-text.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { bars, fixed, table } from "./tables.ts";

export function splitSection({ split }: TearSheet, currency: string): Html {
  const list = [
    ["spread captured", split.spread],
    [`adverse selection, ${ADVERSE_SECONDS} s`, split.adverse],
    ["inventory", split.inventory],
    ["fees", split.fees],
    ["funding", split.funding],
    ["net profit", split.net],
  ] as const;
  return html`<h2>Where the profit came from</h2><p class="muted">Spread captured: each fill's
distance to the mid at that moment. Adverse selection: what the mid did in the ${ADVERSE_SECONDS} s after it.
Inventory: every other move of the mid while holding. The five sum to the net profit.</p>${bars(
    "profit by source",
    list.map(([name, value]) => ({ name, value, text: `${fixed(value, 2)} ${currency}` })),
  )}`;
}

export function drawdownSection({ worstDrawdowns, endedAt }: TearSheet, currency: string): Html {
  if (worstDrawdowns.length === 0) return html`<p>Equity never fell below its peak.</p>`;
  return html`<h3>Worst drawdowns</h3>${table(
    "worst drawdowns",
    [
      { name: "depth", number: true },
      { name: "from" },
      { name: "deepest" },
      { name: "made good" },
      { name: "lasted" },
    ],
    worstDrawdowns.map(({ depth, peakAt, deepestAt, recoveredAt }) => [
      `${fixed(depth, 2)} ${currency}`,
      timeText(peakAt),
      timeText(deepestAt),
      recoveredAt === undefined ? "not by the end" : timeText(recoveredAt),
      durationText((recoveredAt ?? endedAt) - peakAt),
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
