// Tables for people: aligned columns, no boxes, as wide as the terminal and no wider; 100 columns in a pipe.

import Table from "cli-table3";
import type { TextOut } from "./cli-io.ts";

const PIPE_COLUMNS = 100;
const COLUMNS_MAX = 140;
const GAP = "  ";
const BARE = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((part) => [part, ""]),
);

/** How wide output may be. */
export function widthOf(out: TextOut): number {
  const columns = out.isTTY && (out.columns ?? 0) > 0 ? (out.columns as number) : PIPE_COLUMNS;
  return Math.min(COLUMNS_MAX, columns);
}

/** Columns at their natural width. Columns named in `right` are aligned right. Ends in a line break. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const table = new Table({
    head: [...head],
    chars: { ...BARE, middle: GAP },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: head.map((_, index) => (right.includes(index) ? "right" : "left")),
  });
  for (const row of rows) table.push([...row]);
  return lines(table.toString());
}

/** Three columns of which the last, the explanation, wraps; it is left out where it would not fit. */
export function explainedTable(
  rows: readonly (readonly [string, string, string])[],
  out: TextOut,
  dim: (text: string) => string,
): string {
  const first = Math.max(...rows.map(([label]) => label.length));
  const values = rows.map(([, value]) => value.length).sort((a, b) => a - b);
  // The longest values may wrap: one long list of reasons does not push the explanations out.
  const second = Math.min(Math.max(30, values[Math.floor(values.length * 0.9)] ?? 30), 44);
  const third = widthOf(out) - first - second - 2 * GAP.length;
  if (third < 24) return rows.map(([a, b]) => `${a.padEnd(first)}${GAP}${b}\n`).join("");
  return rows
    .flatMap(([label, value, text]) => {
      const left = wrapped(value, second);
      const right = wrapped(text, third);
      return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
        const head = (index === 0 ? label : "").padEnd(first);
        const explanation = right[index] ?? "";
        const line = `${head}${GAP}${(left[index] ?? "").padEnd(second)}`;
        return explanation === "" ? line.trimEnd() : `${line}${GAP}${dim(explanation)}`;
      });
    })
    .map((line) => `${line}\n`)
    .join("");
}

/** Words of `text` on lines of at most `width`; a longer word stands alone. */
export function wrapped(text: string, width: number): string[] {
  const result: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      result.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...result, line];
}

function lines(text: string): string {
  return text
    .split("\n")
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
