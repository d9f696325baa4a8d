import { expect, test } from "vitest";
import { durationUsOf, timeUsOf } from "../../../src/config/fields.ts";
import { fillModelName, fillModelOf } from "../../../src/config/fill-model-config.ts";
import { editDistance, nearestName } from "../../../src/config/nearest-name.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";

test.each([
  ["250us", 250],
  ["5ms", 5_000],
  ["1.5s", 1_500_000],
  ["0.1ms", 100],
  ["1m", 60_000_000],
  ["2h", 7_200_000_000],
  ["1d", 86_400_000_000],
  ["0s", 0],
  ["0.5us", undefined],
  ["5", undefined],
  ["-5ms", undefined],
])("reads the duration %s as %s µs", (text, us) => {
  expect(durationUsOf(text)).toBe(us);
});

test.each([
  ["1970-01-02", 86_400_000_000],
  ["1970-01-01T00:00Z", 0],
  ["1970-01-01T00:00:01Z", 1_000_000],
  ["1970-01-01T00:00:00.000250Z", 250],
  ["2026-02-30", undefined],
  ["2026-01-01T24:00:00Z", undefined],
  ["2026-01-01T00:00:00", undefined],
])("reads the time %s as %s µs", (text, us) => {
  expect(timeUsOf(text)).toBe(us);
});

test.each(["optimistic", "pessimistic", "risk-averse", "power-1:1", "power-3:8", "log-1", "log-2"])(
  "the fill model %s is read and named back",
  (name) => {
    const model = fillModelOf(name);
    expect(model && fillModelName(model)).toBe(name);
  },
);

test.each(["power-3:9", "power-3:0", "power-3", "log-3", "log-1:2", "l3"])(
  "there is no fill model %s",
  (name) => expect(fillModelOf(name)).toBeUndefined(),
);

test.each([
  ["spacng", "spacing", 1],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["flaw", "lawn", 2],
])("%s is as many edits from %s as the textbooks say", (left, right, edits) => {
  expect(editDistance(left, right)).toBe(edits);
});

test("a word that is far from all of them is near none", () => {
  expect(nearestName("orderSize", ["name", "levels", "spacing"])).toBeUndefined();
});

test("a value off its grid is a problem that names both, and is never rounded", () => {
  const units = new UnitReader();
  const spec = {
    venueName: "alpha",
    symbol: "BTC",
    contract: "linear",
    base: "BTC",
    quote: "USDT",
    tickSize: "0.1",
    lotSize: "0.001",
    contractSize: "1",
  } as const;
  expect(units.ticks("a", "0.3", spec)).toBe(3);
  units.ticks("b", "0.25", spec);
  units.lots("c", "0.0015", spec);
  units.bpsE8("d", "1.00001");
  expect(units.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    "b: expected a multiple of the tick 0.1 of BTC, was 0.25",
    "c: expected a multiple of the lot 0.001 of BTC, was 0.0015",
    "d: expected at most four decimals of a basis point, was 1.00001",
  ]);
});
