import { expect, test } from "vitest";
import type { TimeUs, VenueId } from "../../../src/domain/units.ts";
import { VenueClocks } from "../../../src/state/venue-clocks.ts";

const SECOND = 1_000_000;
const VENUE = 0 as VenueId;

function clocks(): {
  heard(venueAt: number, at: number): void;
  ours(venueAt: number, at: number): number;
  all: VenueClocks;
} {
  const all = new VenueClocks(1);
  return {
    all,
    heard: (venueAt, at) => all.heard(VENUE, venueAt as TimeUs, at as TimeUs),
    ours: (venueAt, at) => all.ours(VENUE, venueAt as TimeUs, at as TimeUs),
  };
}

test("a stamp is taken as it is until messages tell that the clocks differ", () => {
  expect(clocks().ours(3 * SECOND, 5 * SECOND)).toBe(3 * SECOND);
});

test("a venue ahead of us is brought back by as much, less the fastest way of late", () => {
  const { heard, ours } = clocks();
  heard(110 * SECOND, 100 * SECOND + 40_000);
  heard(111 * SECOND, 101 * SECOND + 10_000);
  expect(ours(105 * SECOND, 102 * SECOND)).toBe(95 * SECOND + 10_000);
});

test("a venue behind us is believed behind once nothing older says otherwise", () => {
  const { heard, ours } = clocks();
  for (let second = 100; second <= 140; second += 5) heard((second - 7) * SECOND, second * SECOND);
  expect(ours(120 * SECOND, 141 * SECOND)).toBe(127 * SECOND);
});

test("what is heard was said before: no stamp lies in our future", () => {
  const { heard, ours } = clocks();
  for (let second = 100; second <= 140; second += 5) heard((second - 7) * SECOND, second * SECOND);
  expect(ours(140 * SECOND, 141 * SECOND)).toBe(141 * SECOND);
});

test("late messages among others change nothing", () => {
  const { heard, ours } = clocks();
  heard(110 * SECOND, 100 * SECOND);
  heard(80 * SECOND, 101 * SECOND);
  expect(ours(105 * SECOND, 102 * SECOND)).toBe(95 * SECOND);
});

test("what was learned is saved and restored", () => {
  const { heard, all } = clocks();
  heard(110 * SECOND, 100 * SECOND);
  const again = new VenueClocks(1);
  again.restore(JSON.parse(JSON.stringify(all.save())));
  expect(again.ours(VENUE, (105 * SECOND) as TimeUs, (102 * SECOND) as TimeUs)).toBe(95 * SECOND);
  expect(again.save()).toEqual(all.save());
});
