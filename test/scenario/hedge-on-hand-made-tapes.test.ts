// The hedge bot over two hand-made recordings: venues that go dead, refuse, or trade in other lots.

import { expect, test } from "vitest";
import { hedgeConfig } from "../support/hedge-config.ts";
import type { HedgeVenue } from "../support/hedge-rig.ts";
import { runHedge } from "../support/hedge-rig.ts";
import { constantLatency } from "../support/run-rig.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const SECOND = 1_000_000;

/** A book that stands at 10,000 / 10,010 and prints through both of its sides every second. */
function lively(seconds: number, lots = 50): TapeBuilder {
  const tape = new TapeBuilder();
  tape.snapshot(0, ["bid", 10_000, 1000], ["ask", 10_010, 1000]);
  for (let second = 1; second <= seconds; second += 1) {
    const at = second * SECOND;
    tape.print(at, "ask", 9_999, lots).print(at + 10, "bid", 10_011, lots);
    tape.depth(at + 20, ["bid", 10_000, 1000], ["ask", 10_010, 1000]);
  }
  return tape;
}

function venue(tape: TapeBuilder, more: Partial<HedgeVenue> = {}): HedgeVenue {
  return { tape: tape.build(), ...more };
}

const config = hedgeConfig({
  orderLots: 100,
  cycleLots: 100,
  positionMaxLots: 100,
  makerPrice: "touch",
  holdMinUs: 2 * SECOND,
  holdMaxUs: 2 * SECOND,
});

test("builds, holds and winds down on two lively venues, and nothing is left", () => {
  const run = runHedge(config, [venue(lively(60)), venue(lively(60))]);
  expect(run.cyclesOver).toBe(1);
  const last = run.moments.at(-1);
  expect([last?.maker, last?.taker, last?.phase]).toEqual([0, 0, "IDLE"]);
  expect(run.notes).toEqual([]);
  expect(run.refusals).toEqual([]);
});

test("flattens on the maker's venue and stops when the taker's has nothing to give", () => {
  const dead = new TapeBuilder();
  dead.snapshot(0, ["bid", 10_000, 1000], ["ask", 10_010, 1000]);
  // Both sides are taken away just before the first maker fill; prices stand a hair's breadth open, with no size.
  dead.depth(900_000, ["bid", 10_000, 0], ["ask", 10_010, 0]);
  for (let second = 1; second <= 60; second += 1) dead.depth(second * SECOND, ["bid", 1, 1]);
  const slow = constantLatency(200_000, 200_000);
  const run = runHedge(config, [
    venue(lively(60), { latency: slow }),
    venue(dead, { latency: constantLatency(10_000, 10_000) }),
  ]);
  const last = run.moments.at(-1);
  expect([last?.maker, last?.taker, last?.phase]).toEqual([0, 0, "EMERGENCY"]);
  expect(run.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
});

test("flattens on the maker's venue and stops when the taker's refuses every order", () => {
  const run = runHedge(config, [
    venue(lively(60)),
    venue(lively(60), { profile: { minNotional: "1000000000", reduceOnlyDust: "never" } }),
  ]);
  const last = run.moments.at(-1);
  expect([last?.maker, last?.taker, last?.phase]).toEqual([0, 0, "EMERGENCY"]);
  expect(run.halts).toHaveLength(1);
});

test("hedges in the taker's coarser lots and ends flat on both", () => {
  const run = runHedge(
    hedgeConfig({ ...config, orderLots: 105, cycleLots: 105, positionMaxLots: 105 }),
    [venue(lively(90, 35)), venue(lively(90), { spec: { lotSize: "0.01" } })],
  );
  expect(run.cyclesOver).toBe(1);
  const worst = Math.max(...run.moments.map(({ maker, taker }) => Math.abs(maker + 10 * taker)));
  expect(worst).toBeLessThanOrEqual(105);
  // Half a taker's lot stays open, and is closed with the rest.
  const held = run.moments.find(({ phase }) => phase === "HOLDING");
  expect([held?.maker, held?.taker]).toEqual([105, -10]);
  const last = run.moments.at(-1);
  expect([last?.maker, last?.taker]).toEqual([0, 0]);
});

test("a risk rule that refuses its orders leaves it waiting, not spinning", () => {
  const run = runHedge(config, [venue(lively(60)), venue(lively(60))], {
    risk: { instruments: [{ instrument: 0, orderLotsMax: 1 }] },
  });
  expect(run.moments.at(-1)?.maker).toBe(0);
  expect(run.refusals.length).toBeGreaterThan(3);
  expect(run.refusals.length).toBeLessThan(20);
});
