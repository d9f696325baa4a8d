// How orders fared: where they were put and how often they filled, how long they waited, what fills were worth, and
// what was refused.

import type { Summary } from "../summary.ts";
import type { TearSheet } from "../tear-sheet/tear-sheet.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { markoutSection } from "./markout-section.ts";
import type { Bar } from "./tables.ts";
import { bars, fixed, table } from "./tables.ts";

export function orderSections(sheet: TearSheet, summary: Summary): Html {
  return html`<h2>Orders</h2><div class="columns"><div>${fillRates(sheet)}</div><div>${queueRates(sheet)}</div>
<div>${waits(sheet)}</div><div>${refusals(summary)}</div></div>${markoutSection(sheet)}`;
}

function fillRates({ orders }: TearSheet): Html {
  const { behindTicks, sentBehind, filledBehind } = orders;
  const list = shares(sentBehind, filledBehind, (index) => placeText(behindTicks, index));
  return html`<h3>Fill rate by place</h3><p class="muted">Orders with any fill, of those sent so far behind the
best price of their own side.</p>${
    list.length === 0
      ? html`<p>No order had a price.</p>`
      : bars("fill rate by distance from the touch", list)
  }`;
}

function queueRates({ orders }: TearSheet): Html {
  const { aheadSizes, restedAhead, filledAhead } = orders;
  const list = shares(restedAhead, filledAhead, (index) => aheadText(aheadSizes, index));
  return html`<h3>Fill rate by queue ahead</h3><p class="muted">Orders with any fill, of those that came to rest behind
so much, in multiples of their own size, by the venue's own book.</p>${
    list.length === 0
      ? html`<p>N/A: no order came to rest in a book whose queue is known.</p>`
      : bars("fill rate by queue ahead when placed", list)
  }`;
}

/** A bar a class that has any orders: the share that filled, "42.0 % of 131". */
function shares(
  all: readonly number[],
  filled: readonly number[],
  name: (index: number) => string,
): readonly Bar[] {
  return all.flatMap((count, index) => {
    if (count === 0) return [];
    const value = (filled[index] ?? 0) / count;
    return [{ name: name(index), value, text: `${fixed(value * 100, 1)} % of ${count}` }];
  });
}

function waits({ orders }: TearSheet): Html {
  const { fillSeconds, filledWithin, waits: quantiles } = orders;
  const list = filledWithin.map((count, index) => ({
    name: withinText(fillSeconds, index),
    value: count,
    text: String(count),
  }));
  const half = quantiles === undefined ? "" : `${seconds(quantiles.half)}`;
  const mostly = quantiles === undefined ? "" : `${seconds(quantiles.mostly)}`;
  return html`<h3>Time to the first fill</h3><p class="muted">From when we knew the order was taken
until we knew of its first fill.${
    quantiles === undefined ? "" : ` Half within ${half}, nine in ten within ${mostly}.`
  }</p>
${quantiles === undefined ? html`<p>No order filled.</p>` : bars("time to the first fill", list)}`;
}

function seconds(value: number): string {
  return `${fixed(value, value < 10 ? 3 : 1)} s`;
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

function placeText(limits: readonly number[], index: number): string {
  const upper = limits[index];
  const lower = limits[index - 1] ?? 0;
  if (upper === undefined) return `over ${lower} ticks behind`;
  if (upper < 0) return "inside the spread";
  if (upper === 0) return "at the touch";
  return upper - lower === 1
    ? `${upper} tick${upper === 1 ? "" : "s"} behind`
    : `${lower + 1} to ${upper} ticks behind`;
}

function aheadText(limits: readonly number[], index: number): string {
  const upper = limits[index];
  const lower = limits[index - 1] ?? 0;
  if (upper === undefined) return `over ${lower} ×`;
  if (upper === 0) return "nothing ahead";
  return lower === 0 ? `up to ${upper} × its size` : `${lower} to ${upper} ×`;
}

function withinText(limits: readonly number[], index: number): string {
  const upper = limits[index];
  const lower = limits[index - 1];
  if (upper === undefined) return `over ${lower} s`;
  return lower === undefined ? `up to ${upper} s` : `${lower} to ${upper} s`;
}
