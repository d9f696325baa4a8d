// How orders fared: where they were put and how often they filled, how long they waited, what fills were worth, and
// what was refused.

import type { Measured, Summary } from "../summary.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { bars, fixed, notAvailable, table } from "./tables.ts";

export function orderSections(sheet: TearSheet, summary: Summary): Html {
  return html`<h2>Orders</h2><div class="columns"><div>${fillRates(sheet)}</div><div>${waits(sheet)}</div>
<div>${markouts(sheet)}</div><div>${refusals(summary)}</div></div>`;
}

function fillRates({ orders }: TearSheet): Html {
  const { behindTicks, sentBehind, filledBehind } = orders;
  const list = sentBehind.flatMap((sent, index) => {
    if (sent === 0) return [];
    const filled = filledBehind[index] ?? 0;
    const share = filled / sent;
    const text = `${fixed(share * 100, 1)} % of ${sent}`;
    return [{ name: classText(behindTicks, index, " ticks behind"), value: share, text }];
  });
  return html`<h3>Fill rate by place</h3><p class="muted">Orders with any fill, of those sent so far behind the
best price of their own side.</p>${
    list.length === 0
      ? html`<p>No order had a price.</p>`
      : bars("fill rate by distance from the touch", list)
  }`;
}

function waits({ orders }: TearSheet): Html {
  const { fillSeconds, filledWithin } = orders;
  const all = filledWithin.reduce((sum, each) => sum + each, 0);
  const list = filledWithin.map((count, index) => ({
    name: classText(fillSeconds, index, " s"),
    value: count,
    text: String(count),
  }));
  return html`<h3>Time to the first fill</h3><p class="muted">From when we knew the order was taken
until we knew of its first fill.</p>
${all === 0 ? html`<p>No order filled.</p>` : bars("time to the first fill", list)}`;
}

function markouts({ markouts: points }: TearSheet): Html {
  const cell = (value: Measured): string | Html =>
    value.value === null ? notAvailable(value) : `${fixed(value.value, 3)} bps`;
  return html`<h3>Markouts</h3><p class="muted">Mid so much later less the fill's price,
in our favour above zero, weighted by value. Below zero: picked off.</p>${table(
    "markouts",
    [{ name: "after" }, { name: "maker", number: true }, { name: "taker", number: true }],
    points.map(({ seconds, maker, taker }) => [`${seconds} s`, cell(maker), cell(taker)]),
  )}`;
}

function refusals({ refusals: { venue, risk } }: Summary): Html {
  const rows = [
    ...Object.entries(venue).map(([reason, count]) => ["the venue", reason, String(count)]),
    ...Object.entries(risk).map(([rule, count]) => ["our own risk rule", rule, String(count)]),
  ];
  return html`<h3>Refusals</h3>${
    rows.length === 0
      ? html`<p>Nothing was refused.</p>`
      : table(
          "refusals",
          [{ name: "by" }, { name: "reason" }, { name: "times", number: true }],
          rows,
        )
  }`;
}

/** "1 to 2 ticks behind"; the last class has no upper end. */
function classText(limits: readonly number[], index: number, unit: string): string {
  const upper = limits[index];
  const lower = limits[index - 1];
  if (upper === undefined) return `over ${lower}${unit}`;
  if (upper < 0) return "inside the spread";
  if (upper === 0) return "at the touch";
  return `up to ${upper}${unit}`;
}
