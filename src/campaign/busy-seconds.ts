// Seconds in which a market does something, as a list to be cut down; and the spans between, in which it is left out.

import type { SecondRange } from "../../sim/market/sparse-market.ts";

/** The seconds of 0..end that no range holds; ranges ascend. */
export function complement(ranges: readonly SecondRange[], end: number): SecondRange[] {
  const rest: SecondRange[] = [];
  let at = 0;
  for (const [from, until] of ranges) {
    if (from > at) rest.push([at, Math.min(from, end)]);
    at = Math.max(at, until);
    if (at >= end) return rest;
  }
  rest.push([at, end]);
  return rest;
}

/** One by one. */
export function secondsOf(ranges: readonly SecondRange[]): number[] {
  return ranges.flatMap(([from, until]) =>
    Array.from({ length: until - from }, (_, index) => from + index),
  );
}

/** Neighbours joined; seconds ascend. */
export function spansOf(seconds: readonly number[]): SecondRange[] {
  const spans: [number, number][] = [];
  for (const second of seconds) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === second) last[1] = second + 1;
    else spans.push([second, second + 1]);
  }
  return spans;
}
