import { expect, test } from "vitest";
import type { AccountReported } from "../../../src/domain/event.ts";
import { timeUs, venueId } from "../../../src/domain/units.ts";
import { SNAPSHOT_POLL_DEFAULTS, SnapshotPoller } from "../../../src/execution/snapshot-poller.ts";

const venue = venueId(0);
const at = (seconds: number) => timeUs(seconds * 1_000_000);
const report = (seconds: number) =>
  ({ kind: "AccountReported", venue, venueAt: at(seconds) }) as AccountReported;

test("asks at once, then every five seconds after an answer", () => {
  const poller = new SnapshotPoller(SNAPSHOT_POLL_DEFAULTS, 1);
  expect(poller.isDue(venue, at(0))).toBe(true);
  expect(poller.asked(venue, at(0))).toBe(false);
  poller.reported(report(0.1));
  expect([poller.isDue(venue, at(4)), poller.isDue(venue, at(5))]).toEqual([false, true]);
});

test("asks again sooner when there is no answer, and says that the question was lost", () => {
  const poller = new SnapshotPoller(SNAPSHOT_POLL_DEFAULTS, 1);
  poller.asked(venue, at(0));
  expect([poller.isDue(venue, at(2)), poller.isDue(venue, at(3))]).toEqual([false, true]);
  expect(poller.asked(venue, at(3))).toBe(true);
});

test("an account is stale past its time to live, counted from when it was true", () => {
  const poller = new SnapshotPoller(SNAPSHOT_POLL_DEFAULTS, 1);
  expect(poller.isStale(venue, at(99))).toBe(false);
  poller.asked(venue, at(0));
  expect([poller.isStale(venue, at(15)), poller.isStale(venue, at(16))]).toEqual([false, true]);
  poller.reported(report(10));
  expect([poller.isStale(venue, at(25)), poller.isStale(venue, at(26))]).toEqual([false, true]);
});
