// Two runs on one page: their equity in one chart, what made the difference, the orders that fared otherwise, and each
// run's prices, fills and positions below each other, zoomed together.

import type { Instrument } from "../../domain/instrument.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import type { Html } from "./html.ts";
import { html, jsonScript, trusted } from "./html.ts";
import { packComparison } from "./pack-sheet.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { bars, exact, table } from "./tables.ts";

export type ComparisonPageParts = Readonly<{
  /** What the two are called. */
  names: readonly [string, string];
  digests: readonly [string, string];
  net: readonly [string, string];
  fills: readonly [number, number];
  currency: string;
  /** How the lines below were measured. */
  how: string;
  /** Rows of what else was measured of both: what, first, second. */
  habits?: readonly (readonly string[])[];
  /** What each change made of the difference; null where it is in the next. */
  steps: readonly Readonly<{ name: string; meaning: string; gain: string | null }>[];
  first: Readonly<{ where: string; was: string; now: string }> | undefined;
  /** Counts, and then the orders of both that fared otherwise, as many as are listed. */
  orders: readonly Readonly<{ name: string; text: string }>[];
  otherwise: readonly Readonly<{ name: string; text: string }>[];
  sheets: readonly [TearSheet, TearSheet];
  instruments: readonly [readonly Instrument[], readonly Instrument[]];
  script: string;
  chartStyle: string;
}>;

export function comparisonPage(parts: ComparisonPageParts): string {
  const { names, currency, sheets, instruments } = parts;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${names[0]} and ${names[1]}</title><style>${trusted(parts.chartStyle + PAGE_STYLE)}</style></head><body>
<header><h1>${names[0]} and ${names[1]}</h1><div><button id="whole" type="button">whole run (0)</button>
<button id="theme" type="button">light or dark (t)</button></div></header>
${results(parts)}
<h2>Equity</h2><p class="muted">Cash and open positions at the mid.
<button id="scale" type="button" aria-pressed="false">logarithmic (l)</button></p>
<div id="chart-equity" class="chart" role="img" aria-label="equity of both runs over time"></div>
${differences(parts)}
${sheets.flatMap((sheet, run) =>
  sheet.instruments.map(({ name, fillsSeen }, index) => {
    const number = run * sheets[0].instruments.length + index;
    return html`<h2>${names[run] ?? ""}: ${name}</h2><p class="muted">${fillsSeen} fills: ▲ bought, ▼ sold.</p>
<div id="chart-price-${number}" class="chart" role="img" aria-label="price of ${name} with fills"></div>
<div id="chart-position-${number}" class="chart" role="img" aria-label="position in ${name}"></div>`;
  }),
)}
${jsonScript("sheet", packComparison(sheets, instruments, currency))}
<script>${trusted(parts.script)}</script></body></html>
`;
  return page.markup;
}

function results({ names, net, fills, digests, currency }: ComparisonPageParts): Html {
  const money = exact(net);
  return table(
    "results",
    [
      { name: "result" },
      { name: "net profit", number: true },
      { name: "fills", number: true },
      { name: "digest" },
    ],
    names.map((name, index) => [
      name,
      `${money[index]} ${currency}`,
      String(fills[index]),
      html`<span class="digest">${digests[index] ?? ""}</span>`,
    ]),
  );
}

function differences({ how, habits, ...parts }: ComparisonPageParts): Html {
  const { steps, first, orders, otherwise, currency } = parts;
  const gains = exact(steps.map(({ gain }) => gain ?? "0"));
  return html`<h2>Where the difference comes from</h2><p class="muted">${how}</p>${bars(
    "difference by what was changed",
    steps.map(({ name, gain }, index) => ({
      name,
      value: Number(gain ?? 0),
      text: gain === null ? "in the next line" : `${gains[index]} ${currency}`,
    })),
  )}${table(
    "what was changed",
    [{ name: "" }, { name: "what that is" }],
    steps.map(({ name, meaning }) => [name, meaning]),
  )}
${
  habits === undefined
    ? html``
    : html`<h2>How the venue was met</h2>${table(
        "how the venue was met",
        [{ name: "" }, { name: "first", number: true }, { name: "second", number: true }],
        habits,
      )}`
}
<h2>Where they part first</h2>${
    first === undefined
      ? html`<p>Nowhere: every entry is the same.</p>`
      : html`<p>${first.where}</p><p><code>${first.was}</code></p><p><code>${first.now}</code></p>`
  }
<h2>Orders</h2>${table(
    "orders",
    [{ name: "which" }, { name: "how many" }],
    orders.map(({ name, text }) => [name, text]),
  )}${
    otherwise.length === 0
      ? html``
      : html`<details><summary>${otherwise.length} that fared otherwise</summary>${table(
          "orders that fared otherwise",
          [{ name: "order" }, { name: "how it fared" }],
          otherwise.map(({ name, text }) => [name, text]),
        )}</details>`
  }`;
}
