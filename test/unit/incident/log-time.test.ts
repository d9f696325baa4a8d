// Local times: zones by name, fixed offsets, both sides of a change of clocks.

import { describe, expect, test } from "vitest";
import { isoTimeUs, LogZone } from "../../../src/incident/log-time.ts";

const iso = (us: number | undefined): string =>
  us === undefined ? "none" : new Date(us / 1_000).toISOString();

describe("a local time", () => {
  test.each([
    ["UTC", "2025-10-23 12:01:07,114", "2025-10-23T12:01:07.114Z"],
    ["Asia/Shanghai", "2025-10-23 12:01:07,114", "2025-10-23T04:01:07.114Z"],
    ["+08:00", "2025-10-23 12:01:07.114", "2025-10-23T04:01:07.114Z"],
    ["-0330", "2025-10-23 12:01:07", "2025-10-23T15:31:07.000Z"],
    ["America/New_York", "2025-11-02 00:30:00", "2025-11-02T04:30:00.000Z"],
    ["America/New_York", "2025-11-02 03:30:00", "2025-11-02T08:30:00.000Z"],
    ["America/New_York", "2025-03-09 03:30:00", "2025-03-09T07:30:00.000Z"],
    ["Europe/Berlin", "2025-10-26 01:59:59,999", "2025-10-25T23:59:59.999Z"],
  ])("%s %s is %s", (zone, local, utc) => {
    expect(iso(new LogZone(zone).timeUs(local))).toBe(utc);
  });

  test.each(["2025-13-01 00:00:00", "2025-10-23", "noon", ""])("%s is none", (text) => {
    expect(new LogZone("UTC").timeUs(text)).toBeUndefined();
  });
});

test("a zone that is none is refused, with what to write", () => {
  expect(() => new LogZone("Middle/Earth")).toThrow(/expected a time zone such as Asia\/Shanghai/);
});

test.each([
  ["2025-10-23T04:01:22.204412+00:00", "2025-10-23T04:01:22.204Z"],
  ["2025-10-23T12:01:22+08:00", "2025-10-23T04:01:22.000Z"],
  ["2025-10-23T04:01:22Z", "2025-10-23T04:01:22.000Z"],
  ["2025-10-23T04:01:22.5", "2025-10-23T04:01:22.500Z"],
])("%s carries its zone, or is in UTC", (text, utc) => {
  expect(iso(Math.floor((isoTimeUs(text) ?? 0) / 1_000) * 1_000)).toBe(utc);
});
