// Which bar comes next: repeated, older, revised and missing ones.

import { expect, test } from "vitest";
import type { BarClosed } from "../../../../src/domain/event.ts";
import { BarSequence } from "../../../../strategies/macd/bar-sequence.ts";

const bar = (venueAt: number, periodUs = 60, close = 1) =>
  ({ kind: "BarClosed", venueAt, periodUs, close }) as unknown as BarClosed;

test("takes each bar once and in order, whatever is told again, late or with other prices", () => {
  const sequence = new BarSequence();
  const told = [bar(60), bar(120), bar(120), bar(60), bar(120, 60, 9), bar(180)];
  expect(told.map((each) => sequence.take(each))).toEqual([
    "next",
    "next",
    "old",
    "old",
    "old",
    "next",
  ]);
});

test("knows a hole until the next bar, each period for itself, over a restart too", () => {
  const sequence = new BarSequence();
  expect([bar(60), bar(240), bar(300, 300)].map((each) => sequence.take(each))).toEqual([
    "next",
    "after-hole",
    "next",
  ]);
  const restored = new BarSequence();
  restored.restore(JSON.parse(JSON.stringify(sequence.save())));
  for (const each of [sequence, restored]) {
    expect([each.isAfterHole(60), each.isAfterHole(300), each.isAfterHole(7)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([each.take(bar(240)), each.take(bar(300)), each.isAfterHole(60)]).toEqual([
      "old",
      "next",
      false,
    ]);
  }
});
