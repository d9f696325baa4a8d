// Markouts as curves with their uncertainty: by what we gave or took, and by which side we traded. Drawn here, so that they
// are there without a script; marks of another shape and lines of another kind tell what colours tell.

import type { MarkoutGroup } from "../markouts.ts";
import type { Mean } from "../summary.ts";
import type { MarkoutPoint, TearSheet } from "../tear-sheet/tear-sheet.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { fixed, notAvailable, table } from "./tables.ts";

/** Standard errors either side that hold the true mean 19 times of 20. */
const NINETEEN_OF_TWENTY = 1.96;

const WIDTH = 400;
const HEIGHT = 210;
const LEFT = 58;
const RIGHT = 24;
const TOP = 12;
const BOTTOM = 26;
/** Two names nearer than this overlap. */
const NAME_HEIGHT = 14;
/** The two curves stand beside each other, not upon. */
const APART = 5;

type Pair = readonly [MarkoutGroup, MarkoutGroup];

export function markoutSection({ markouts }: TearSheet): Html {
  return html`<h2>Markouts</h2><p class="muted">The mid so much later less the fill's price, in our favour above zero,
weighted by value. Below zero: picked off. ± is 1.96 standard errors of the mean, fills taken as independent; fills in bursts
are not, and then it is too narrow. Under ten fills there is no figure.</p>
<div class="columns"><div>${curves(markouts, ["maker", "taker"])}${figures(markouts, ["maker", "taker"])}</div>
<div>${curves(markouts, ["bought", "sold"])}${figures(markouts, ["bought", "sold"])}</div></div>`;
}

function figures(points: readonly MarkoutPoint[], groups: Pair): Html {
  return table(
    `markouts ${groups.join(" and ")}`,
    [{ name: "after" }, ...groups.map((name) => ({ name: `${name}, bps`, number: true }))],
    points.map((point) => [`${point.seconds} s`, ...groups.map((group) => cell(point[group]))]),
  );
}

function cell(mean: Mean): Html {
  if (mean.value === null) return notAvailable(mean);
  const { value, error, samples } = mean;
  const reach = fixed(NINETEEN_OF_TWENTY * error, 3);
  return html`${fixed(value, 3)} ± ${reach}<br /><small>${samples} fills</small>`;
}

function curves(points: readonly MarkoutPoint[], groups: Pair): Html {
  const ends = points.flatMap((point) =>
    groups.flatMap((group) => {
      const { value, reach } = spanOf(point[group]);
      return value === undefined ? [] : [value - reach, value + reach];
    }),
  );
  if (ends.length === 0) return html``;
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const span = high - low || 1;
  const y = (value: number): number => TOP + ((high - value) / span) * (HEIGHT - TOP - BOTTOM);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, points.length - 1);
  const x = (index: number): number => LEFT + index * step;
  // The ends are named where their names do not stand upon zero's.
  const isApart = (value: number): boolean => Math.abs(y(value) - y(0)) >= NAME_HEIGHT;
  const levels = [0, ...[high, low].filter(isApart)].map((value) => {
    const at = y(value).toFixed(1);
    return html`<line class="grid" x1="${LEFT - 8}" x2="${WIDTH}" y1="${at}" y2="${at}"></line>
<text x="${LEFT - 12}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${fixed(value, 2)}</text>`;
  });
  const times = points.map(
    ({ seconds }, index) =>
      html`<text x="${x(index)}" y="${HEIGHT - 6}" text-anchor="middle">${seconds} s</text>`,
  );
  const drawn = groups.map((group, nth) => curve(points, group, { nth, x, y }));
  return html`<h3>${legend(groups)}, bps</h3><svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}"
aria-label="markout curves of fills ${groups.join(" and ")}" style="max-width:${WIDTH}px;width:100%">
${levels}${times}${drawn}</svg>`;
}

function legend(groups: Pair): Html {
  return html`${groups.map(
    (group, nth) =>
      html`${nth === 0 ? "" : ", "}<span class="mark-${nth}">${nth === 0 ? "●" : "◆"}</span> ${group}`,
  )}`;
}

type Scale = Readonly<{ nth: number; x: (index: number) => number; y: (value: number) => number }>;

function curve(points: readonly MarkoutPoint[], group: MarkoutGroup, { nth, x, y }: Scale): Html {
  const path: string[] = [];
  const marks = points.flatMap((point, index) => {
    const { value, reach } = spanOf(point[group]);
    if (value === undefined) return [];
    const at = x(index) + (nth === 0 ? -APART : APART);
    const middle = y(value);
    path.push(`${path.length === 0 ? "M" : "L"}${at.toFixed(1)} ${middle.toFixed(1)}`);
    const [mx, my] = [at.toFixed(1), middle.toFixed(1)];
    const [top, foot] = [y(value + reach).toFixed(1), y(value - reach).toFixed(1)];
    const shape =
      nth === 0
        ? html`<circle cx="${mx}" cy="${my}" r="4"></circle>`
        : html`<path d="M${mx} ${(middle - 6).toFixed(1)}l6 6l-6 6l-6-6z"></path>`;
    return [html`<line x1="${mx}" x2="${mx}" y1="${top}" y2="${foot}"></line>${shape}`];
  });
  return html`<g class="curve-${nth}"><path class="line" d="${path.join("")}"></path>${marks}</g>`;
}

function spanOf(mean: Mean): Readonly<{ value: number | undefined; reach: number }> {
  if (mean.value === null) return { value: undefined, reach: 0 };
  return { value: mean.value, reach: NINETEEN_OF_TWENTY * mean.error };
}
