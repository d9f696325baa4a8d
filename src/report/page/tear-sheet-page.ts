// One self-contained page of one run: what it rests on first, then pictures, then every number with its definition.
// Tables are made here and read without a script; the script draws the pictures from the data the page carries.

import type { Instrument } from "../../domain/instrument.ts";
import type { Summary } from "../summary.ts";
import { summaryRows } from "../summary-rows.ts";
import type { CurvePoints } from "../tear-sheet/curve.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import { durationText, timeText } from "../time-text.ts";
import type { Html } from "./html.ts";
import { html, jsonScript, trusted } from "./html.ts";
import { orderSections } from "./order-sections.ts";
import { packSheet } from "./pack-sheet.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { exact, fixed, statisticsTable, table } from "./tables.ts";
import {
  calendarSections,
  coinSection,
  drawdownSection,
  exposureSection,
  splitSection,
} from "./value-sections.ts";

/** What a page is made of. `script` and `chartStyle` are the built script and the chart library's style sheet. */
export type TearSheetPageParts = Readonly<{
  title: string;
  digest: string;
  complete: boolean;
  /** What the result rests on, see the backtest command. */
  assumptions: readonly Readonly<{ about: string; text: string }>[];
  /** Net profit by fill model, from the most hopeful; empty when there is none. */
  band: readonly BandLine[];
  instruments: readonly Instrument[];
  summary: Summary;
  sheet: TearSheet;
  script: string;
  chartStyle: string;
}>;

/** One end of the band; its curve where it was watched. */
export type BandLine = Readonly<{
  fillModel: string;
  netPnl: string;
  fills: number;
  equity?: CurvePoints;
}>;

export function tearSheetPage(parts: TearSheetPageParts): string {
  const { title, sheet, summary, instruments } = parts;
  const { currency } = summary;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title><style>${trusted(parts.chartStyle + PAGE_STYLE)}</style></head><body>
${heading(parts)}
${cards(summary)}
<h2>Equity against buy and hold</h2>
<p class="muted">Equity is cash and open positions at the mid;
buy and hold had all cash bought ${instruments[0]?.symbol ?? ""} at its first mid.
<button id="scale" type="button" aria-pressed="false">logarithmic (l)</button></p>
${chart("chart-equity", "equity and buy and hold over time")}
<h2>Drawdown</h2>${chart("chart-drawdown", "distance of equity below its peak over time")}
${drawdownSection(sheet, currency)}
${sheet.instruments.map(
  ({ name, fills, fillsSeen }, index) => html`<h2>${name}</h2>
<p class="muted">Our fills: ▲ bought, ▼ sold, hollow for a taker's;
lines are where our orders stood, faint where they never filled.
${shownText(fills.length, fillsSeen)} ${drawnText(sheet.orders)}</p>
${chart(`chart-price-${index}`, `price of ${name} with our fills and orders`)}
<h3>Position</h3>${chart(`chart-position-${index}`, `position in ${name} over time`)}`,
)}
${splitSection(sheet, currency)}
${coinSection(summary)}
${exposureSection(summary)}
${bandSection(parts)}
${orderSections(sheet, summary)}
<h2>Round trips</h2><p class="muted">Return of each by when it ended; ▲ long, ▼ short; the larger, the more it came to.</p>
<div id="chart-trips" class="chart"></div>
${statisticsTable("statistics of round trips", sheet.statistics.trades, currency)}
<h2>Returns</h2>${statisticsTable("statistics of daily returns", sheet.statistics.returns, currency)}
${calendarSections(sheet, currency)}
<h2>Everything else</h2>${summaryTable(summary)}
${jsonScript("sheet", packSheet(sheet, instruments, currency, parts.band))}
<script>${trusted(parts.script)}</script></body></html>
`;
  return page.markup;
}

function heading({ title, digest, complete, assumptions, sheet }: TearSheetPageParts): Html {
  const span = `${timeText(sheet.startedAt)} to ${timeText(sheet.endedAt)}`;
  const partial = complete
    ? html``
    : html`<p class="warning">Partial: the run was ended early. Everything here holds until its end time.</p>`;
  return html`<header><h1>${title}</h1><div><button id="whole" type="button">whole run (0)</button>
<button id="theme" type="button">light or dark (t)</button></div></header>
<p class="muted">${span}, ${durationText(sheet.endedAt - sheet.startedAt)}. All times are UTC.
Drag over a chart to zoom, double-click to see all; keys: + and −, ← and →.</p>${partial}
<p>Digest <span class="digest">${digest}</span></p>
<h2>Assumptions</h2>${table(
    "assumptions",
    [{ name: "about" }, { name: "what was assumed" }],
    assumptions.map(({ about, text }) => [about, text]),
  )}`;
}

function cards({ pnl, drawdown, currency, fills }: Summary): Html {
  const money = (text: string): string => `${fixed(Number(text), 2)} ${currency}`;
  const list: readonly (readonly [string, string])[] = [
    ["net profit", money(pnl.net)],
    ["return", `${fixed(pnl.returnRatio * 100, 3)} %`],
    ["fees", money(pnl.fees)],
    ["funding", money(pnl.funding)],
    ["deepest drawdown", money(drawdown.max)],
    ["fills", `${fills.count}`],
  ];
  return html`<div class="cards">${list.map(
    ([name, value]) => html`<div class="card"><b>${value}</b><span>${name}</span></div>`,
  )}</div>`;
}

function chart(id: string, label: string): Html {
  return html`<div id="${id}" class="chart" role="img" aria-label="${label}"></div>`;
}

function shownText(shown: number, seen: number): string {
  return shown === seen ? `All ${seen} fills are here.` : `${shown} of ${seen} fills are here.`;
}

/** Orders are thinned over the whole run, not instrument by instrument. */
function drawnText({ lives, seen }: TearSheet["orders"]): string {
  if (lives.length === seen) return "All orders are drawn.";
  return `Of the run's ${seen} orders ${lives.length} are drawn.`;
}

function bandSection({ band, summary }: TearSheetPageParts): Html {
  if (band.length === 0) return html``;
  const net = exact(band.map(({ netPnl }) => netPnl));
  const drawn = band.some(({ equity }) => equity !== undefined);
  return html`<h2>Fill band</h2><p class="muted">The same run under three answers to how the queue ahead of us moved.
Fills change what the strategy does next: the ends bound fills of one order, not a strategy's profit.</p>
${drawn ? chart("chart-band", "equity under each fill model over time") : html``}${table(
  "fill band",
  [
    { name: "fill model" },
    { name: `net profit, ${summary.currency}`, number: true },
    { name: "fills", number: true },
  ],
  band.map(({ fillModel, fills }, index) => [fillModel, net[index] ?? "", String(fills)]),
)}`;
}

function summaryTable(summary: Summary): Html {
  return table(
    "summary",
    [{ name: "" }, { name: "value" }, { name: "meaning" }],
    summaryRows(summary).map(({ label, value, definition }) => [
      label,
      // A true minus, as everywhere else on the page.
      value.replace(/(^|[ (])-(?=\d)/g, "$1−"),
      definition,
    ]),
  );
}
