import { describe, expect, test } from "vitest";
import { ScheduledCancel } from "../../../../sim/exchange/scheduled-cancel.ts";
import type { TimeUs } from "../../../../src/domain/units.ts";
import { durationUs } from "../../../../src/domain/units.ts";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const at = (seconds: number) => (seconds * SECOND) as TimeUs;
/** Hyperliquid's: at least 5 s ahead, ten times a day. Source: venues.md §1. */
const rule = {
  aheadMinUs: durationUs(5 * SECOND),
  aheadMaxUs: durationUs(300 * SECOND),
  firesPerDayMax: 10,
};

describe("a venue's own switch", () => {
  test("fires at the last time that was asked for, once", () => {
    const own = new ScheduledCancel(rule);
    expect(own.request(at(10), at(0))).toBeUndefined();
    expect(own.request(at(20), at(5))).toBeUndefined();
    expect(own.fire(at(10))).toBe(false);
    expect(own.fire(at(20))).toBe(true);
    expect(own.at).toBeUndefined();
    expect(own.fire(at(30))).toBe(false);
  });

  test("is off again once it is taken back", () => {
    const own = new ScheduledCancel(rule);
    own.request(at(10), at(0));
    expect(own.request(undefined, at(9))).toBeUndefined();
    expect(own.fire(at(10))).toBe(false);
  });

  test.each([
    [4, "a cancel is scheduled at least 5000000 µs ahead"],
    [5, undefined],
    [300, undefined],
    [301, "a cancel is scheduled at most 300000000 µs ahead"],
  ])("asked for %i s ahead says %s, and a refusal changes nothing", (ahead, refusal) => {
    const own = new ScheduledCancel(rule);
    own.request(at(60), at(0));
    expect(own.request(at(ahead + 1), at(1))).toBe(refusal);
    expect(own.at).toBe(refusal === undefined ? at(ahead + 1) : at(60));
  });

  test("refuses the eleventh time of a day, until the next one begins", () => {
    const own = new ScheduledCancel(rule);
    for (let time = 0; time < 10; time += 1) {
      expect(own.request(at(time * 10 + 5), at(time * 10))).toBeUndefined();
      expect(own.fire(at(time * 10 + 5))).toBe(true);
    }
    expect(own.request(at(205), at(200))).toBe("scheduled cancels have come 10 times today");
    expect(own.request((DAY + 5 * SECOND) as TimeUs, DAY as TimeUs)).toBeUndefined();
  });

  test("is refused where the venue has none", () => {
    expect(new ScheduledCancel(undefined).request(at(10), at(0))).toBe(
      "this venue schedules no cancels",
    );
  });
});
