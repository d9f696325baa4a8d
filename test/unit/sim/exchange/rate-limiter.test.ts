// The bucket against a naive twin that remembers each request, and its promise: never more than a window's weight at
// once, nor more than one window's weight beyond what time gave back.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { RateLimit } from "../../../../sim/exchange/profile.ts";
import { RateLimiter } from "../../../../sim/exchange/rate-limiter.ts";
import type { VenueCommand } from "../../../../src/domain/command.ts";
import type { TimeUs } from "../../../../src/domain/units.ts";
import { durationUs } from "../../../../src/domain/units.ts";

const kind = fc.constantFrom<VenueCommand["kind"]>(
  "PlaceOrder",
  "AmendOrder",
  "CancelOrder",
  "CancelAll",
  "ReportAccount",
  "ScheduleCancel",
);
const limit = fc.record({
  weight: fc.integer({ min: 1, max: 20 }),
  windowUs: fc.integer({ min: 1, max: 500 }).map(durationUs),
  place: fc.integer({ min: 0, max: 4 }),
  cancel: fc.integer({ min: 0, max: 4 }),
  report: fc.integer({ min: 0, max: 9 }),
});
const requests = fc.array(fc.record({ kind, after: fc.nat({ max: 120 }) }), { maxLength: 200 });

const costOf = (of: RateLimit, each: VenueCommand["kind"]) =>
  ({
    PlaceOrder: of.place,
    AmendOrder: of.place,
    CancelOrder: of.cancel,
    CancelAll: of.cancel,
    ReportAccount: of.report,
    ScheduleCancel: of.cancel,
  })[each];

/** Fractions kept as BigInt over (µs × weight), the whole history walked for every question. */
function naively(limits: readonly RateLimit[]) {
  const taken: { kind: VenueCommand["kind"]; at: number }[] = [];
  const debt = (of: RateLimit, now: number) => {
    let owed = 0n;
    let last = 0;
    for (const each of [...taken, { kind: undefined, at: now }]) {
      owed -= BigInt(each.at - last) * BigInt(of.weight);
      if (owed < 0n) owed = 0n;
      last = each.at;
      if (each.kind !== undefined) owed += BigInt(costOf(of, each.kind)) * BigInt(of.windowUs);
    }
    return owed;
  };
  return (each: VenueCommand["kind"], at: number) => {
    const fits = limits.every(
      (of) =>
        debt(of, at) + BigInt(costOf(of, each)) * BigInt(of.windowUs) <=
        BigInt(of.weight) * BigInt(of.windowUs),
    );
    if (fits) taken.push({ kind: each, at });
    return fits;
  };
}

test("takes and refuses like a twin that remembers every request", () => {
  fc.assert(
    fc.property(fc.array(limit, { maxLength: 3 }), requests, (limits, asked) => {
      const limiter = new RateLimiter(limits);
      const twin = naively(limits);
      let at = 1_700_000_000_000_000;
      for (const { kind: each, after } of asked) {
        at += after;
        expect(limiter.take(each, at as TimeUs)).toBe(twin(each, at));
      }
    }),
    { numRuns: 200 },
  );
});

test("lets through no more than two windows' weight in any window", () => {
  fc.assert(
    fc.property(limit, requests, (of, asked) => {
      const limiter = new RateLimiter([of]);
      const taken: { at: number; weight: number }[] = [];
      let at = 0;
      for (const { kind: each, after } of asked) {
        at += after;
        if (limiter.take(each, at as TimeUs)) taken.push({ at, weight: costOf(of, each) });
      }
      for (const { at: from } of taken) {
        const within = taken.filter((each) => each.at >= from && each.at < from + of.windowUs);
        const sum = within.reduce((total, { weight }) => total + weight, 0);
        expect(sum).toBeLessThanOrEqual(2 * of.weight);
      }
    }),
    { numRuns: 200 },
  );
});

test("time that goes back is a broken promise", () => {
  const of = { weight: 1, windowUs: durationUs(10), place: 1, cancel: 1, report: 1 };
  const limiter = new RateLimiter([of]);
  limiter.take("PlaceOrder", 100 as TimeUs);
  expect(() => limiter.take("PlaceOrder", 99 as TimeUs)).toThrow("never goes back");
});
