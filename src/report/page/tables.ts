// Tables and bars of a page, made of plain values.

import type { Statistic } from "../statistics/statistic.ts";
import type { Measured } from "../summary.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

/** A column's heading, and whether it holds numbers, or times, which are not to be broken. */
export type Column = Readonly<{ name: string; number?: boolean; time?: boolean }>;

export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const cell = (value: string | Html, index: number): Html => {
    if (columns[index]?.number === true) return html`<td class="number">${value}</td>`;
    return columns[index]?.time === true
      ? html`<td class="time">${value}</td>`
      : html`<td>${value}</td>`;
  };
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
  const text = rest === undefined ? grouped(whole) : `${grouped(whole)}.${rest}`;
  return value < 0 && Number(text.replaceAll(" ", "")) !== 0 ? `−${text}` : text;
}

/** Decimal strings as they are, every digit of them, all with as many after the point and never fewer than two. */
export function exact(decimals: readonly string[]): readonly string[] {
  const after = (text: string): number =>
    text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  const digits = Math.max(2, ...decimals.map(after));
  return decimals.map((decimal) => {
    const [whole = "", rest = ""] = decimal.replace("-", "").split(".");
    const text = `${grouped(whole)}.${rest.padEnd(digits, "0")}`;
    return decimal.startsWith("-") ? `−${text}` : text;
  });
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, " ");
}

/** One bar: what it is called, how long it is, what is written behind it. */
export type Bar = Readonly<{ name: string; value: number; text: string }>;

/** Bars from a common zero, to the left where they are below it: a table whose second column is drawn. */
export function bars(caption: string, list: readonly Bar[]): Html {
  const low = Math.min(0, ...list.map(({ value }) => value));
  const high = Math.max(0, ...list.map(({ value }) => value));
  const span = high - low || 1;
  const share = (value: number): string => `${((100 * value) / span).toFixed(2)}%`;
  const rows = list.map(({ name, value, text }) => {
    const place = `margin-left:${share(Math.min(value, 0) - low)};width:${share(Math.abs(value))}`;
    const kind = value < 0 ? "bar fall" : "bar";
    return html`<tr><th scope="row">${name}</th><td class="track"><div class="${kind}" style="${place}"></div></td>
<td class="number">${text}</td></tr>`;
  });
  return html`<table class="bars" aria-label="${caption}"><tbody>${rows}</tbody></table>`;
}
