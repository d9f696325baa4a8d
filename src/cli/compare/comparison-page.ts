// A comparison as a page, with the package's own script and style.

import { comparisonPage } from "../../report/page/comparison-page.ts";
import { builtFile } from "../run/report-page.ts";
import type { CompareSide } from "./compare-side.ts";
import type { Comparison } from "./comparison.ts";
import { ORDER_SENTENCE } from "./comparison.ts";
import { ASPECT_TEXT } from "./config-ladder.ts";

/** More differing orders than this are counted, not listed. */
const LISTED_MAX = 50;

export function comparisonPageOf(
  comparison: Comparison,
  left: CompareSide,
  right: CompareSide,
): string {
  const { orders } = comparison;
  const { equal, otherwise, leftOnly, rightOnly } = orders;
  return comparisonPage({
    ...comparison,
    how: ORDER_SENTENCE,
    steps: comparison.steps.map(({ aspect, gain }) => ({
      name: aspect,
      meaning: ASPECT_TEXT[aspect],
      gain,
    })),
    orders: [
      { name: "matched, filled alike", text: String(equal) },
      { name: "matched, filled otherwise", text: String(otherwise.length) },
      { name: "in the first alone", text: String(leftOnly.length) },
      { name: "in the second alone", text: String(rightOnly.length) },
    ],
    otherwise: otherwise.slice(0, LISTED_MAX).map(({ order, left: was, right: now }) => ({
      name: order,
      text: `${was} filled in the first, ${now} in the second`,
    })),
    sheets: [left.sheet, right.sheet],
    instruments: [left.instruments, right.instruments],
    script: builtFile("tear-sheet.js"),
    chartStyle: builtFile("chart.css"),
  });
}
