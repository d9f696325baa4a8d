// Tables and bars of a page, made of plain values.

import type { Statistic } from "../statistics/statistic.ts";
import type { Measured } from "../summary.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

/** A column's heading, and whether it holds numbers. */
export type Column = Readonly<{ name: string; number?: boolean }>;

export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const cell = (value: string | Html, index: number): Html =>
    columns[index]?.number === true
      ? html`<td class="number">${value}</td>`
      : html`<td>${value}</td>`;
  return html`<div class="scroll"><table aria-label="${caption}"><thead><tr>${columns.map(
    ({ name, number }) =>
      html`<th scope="col" class="${number === true ? "number" : ""}">${name}</th>`,
  )}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

/** Statistics with the definition beside each number, N/A with its reason. */
export function statisticsTable(
  caption: string,
  statistics: readonly Statistic[],
  currency: string,
): Html {
  const all = table(
    caption,
    [{ name: "statistic" }, { name: "value", number: true }, { name: "definition" }],
    statistics.map((each) => [each.name, statisticText(each, currency), each.definition]),
  );
  const reasons = new Set(statistics.map(({ value }) => (value.value === null ? value.why : "")));
  const [reason] = reasons;
  if (reasons.size !== 1 || reason === undefined || reason === "") return all;
  return html`<p>N/A: ${reason}.</p><details><summary>${statistics.length} definitions</summary>${all}</details>`;
}

function statisticText({ value, unit }: Statistic, currency: string): string | Html {
  if (value.value === null) return notAvailable(value);
  const number = value.value;
  switch (unit) {
    case "percent":
      return `${fixed(number * 100, 3)} %`;
    case "money":
      return `${fixed(number, 2)} ${currency}`;
    case "count":
      return String(number);
    case "seconds":
      return `${fixed(number, 1)} s`;
    case "ratio":
      return fixed(number, 3);
  }
}

/** N/A, and why. */
export function notAvailable(value: Extract<Measured, { value: null }>): Html {
  return html`N/A<br /><small>${value.why}</small>`;
}

/** With a true minus sign and thousands apart, so that columns line up. */
export function fixed(value: number, digits: number): string {
  const [whole = "", rest] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  const text = rest === undefined ? grouped : `${grouped}.${rest}`;
  return value < 0 && Number(text.replaceAll(" ", "")) !== 0 ? `−${text}` : text;
}

/** One bar: what it is called, how long it is, what is written behind it. */
export type Bar = Readonly<{ name: string; value: number; text: string }>;

const BAR_HEIGHT = 22;
const NAME_WIDTH = 170;
const BAR_WIDTH = 260;
const TEXT_WIDTH = 150;

/** Bars from a common zero, to the left where they are below it. */
export function bars(caption: string, list: readonly Bar[]): Html {
  const low = Math.min(0, ...list.map(({ value }) => value));
  const high = Math.max(0, ...list.map(({ value }) => value));
  const scale = high - low === 0 ? 0 : BAR_WIDTH / (high - low);
  const zero = NAME_WIDTH - low * scale;
  const width = NAME_WIDTH + BAR_WIDTH + TEXT_WIDTH;
  const height = list.length * BAR_HEIGHT + 4;
  const rows = list.map(({ name, value, text }, index) => {
    const y = index * BAR_HEIGHT;
    const from = value < 0 ? zero + value * scale : zero;
    const length = Math.max(Math.abs(value) * scale, 0.5);
    const kind = value < 0 ? "bar fall" : "bar";
    return html`<text x="0" y="${y + 15}">${name}</text>
<rect class="${kind}" x="${from.toFixed(1)}" y="${y + 3}" width="${length.toFixed(1)}" height="14"></rect>
<text x="${NAME_WIDTH + BAR_WIDTH + 8}" y="${y + 15}">${text}</text>`;
  });
  return html`<svg role="img" aria-label="${caption}" viewBox="0 0 ${width} ${height}"
style="max-width:${width}px;width:100%">${rows}</svg>`;
}
