// The bitmap against its naive twin: a sorted scan over a plain set.

import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotBitmap } from "../../../../../sim/exchange/order-book/slot-bitmap.ts";

function naiveHighest(set: ReadonlySet<number>, from: number): number {
  let highest = -1;
  for (const slot of set) if (slot <= from && slot > highest) highest = slot;
  return highest;
}

/** Slots near the edges of words, groups and blocks, where a level is crossed, beside uniform ones. */
function slotsOf(slots: number) {
  const edges = [0, 31, 32, 1_023, 1_024, 32_767, 32_768, 65_535, 65_536, slots - 1];
  return fc.oneof(
    fc.integer({ min: 0, max: slots - 1 }),
    fc.constantFrom(...edges.filter((slot) => slot < slots)),
  );
}

const sizes = fc.constantFrom(32, 96, 1_024, 32_768, 65_536, 131_072, 1_048_576);
const runs = sizes.chain((slots) =>
  fc.record({
    slots: fc.constant(slots),
    steps: fc.array(
      fc.record({
        kind: fc.constantFrom("set", "clear"),
        slot: slotsOf(slots),
        from: slotsOf(slots),
      }),
      { maxLength: 60 },
    ),
  }),
);

test("agrees with a plain set after every step", () => {
  fc.assert(
    fc.property(runs, ({ slots, steps }) => {
      const bitmap = new SlotBitmap(slots);
      const naive = new Set<number>();
      for (const { kind, slot, from } of steps) {
        if (kind === "set") {
          bitmap.set(slot);
          naive.add(slot);
        } else {
          bitmap.clear(slot);
          naive.delete(slot);
        }
        expect(bitmap.has(slot)).toBe(naive.has(slot));
        for (const probe of [from, slot, slot - 1, slots - 1, -1]) {
          expect(bitmap.highestAtOrBelow(probe)).toBe(naiveHighest(naive, probe));
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("clears everything it holds, slot by slot from the top", () => {
  fc.assert(
    fc.property(fc.uniqueArray(slotsOf(1_048_576), { maxLength: 100 }), (slots) => {
      const bitmap = new SlotBitmap(1_048_576);
      for (const slot of slots) bitmap.set(slot);
      const walked: number[] = [];
      for (let slot = bitmap.highestAtOrBelow(1_048_575); slot >= 0; ) {
        walked.push(slot);
        bitmap.clear(slot);
        slot = bitmap.highestAtOrBelow(slot - 1);
      }
      expect(walked).toEqual([...slots].sort((left, right) => right - left));
      expect(bitmap.highestAtOrBelow(1_048_575)).toBe(-1);
    }),
    { numRuns: 200 },
  );
});

test("holds nothing after a reset", () => {
  const bitmap = new SlotBitmap(65_536);
  for (const slot of [0, 31, 1_024, 40_000, 65_535]) bitmap.set(slot);
  bitmap.reset();
  expect(bitmap.highestAtOrBelow(65_535)).toBe(-1);
});

test("refuses a size that is no multiple of 32, or too large", () => {
  expect(() => new SlotBitmap(33)).toThrow(/multiple of 32/);
  expect(() => new SlotBitmap(2_097_152)).toThrow(/1 to 1048576/);
});
