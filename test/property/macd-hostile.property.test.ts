// The MACD bot between a feed and a venue that do whatever feeds and venues have done: it enters only when flat, never
// exits for more than it holds, tries a failed exit again with growing waits, and a restart at any event changes nothing.

import fc from "fast-check";
import { expect, test } from "vitest";
import { MacdDesk } from "../support/macd-desk.ts";
import { EAGER, tallyOf } from "../support/macd-rig.ts";

const HOSTILE_MINUTES = 400;
/** Long enough for the longest wait between two tries of an exit, and for the holding time before it. */
const QUIET_MINUTES = 90;

const settings = fc
  .record({
    exits: fc.record({
      stopAtr: fc.constantFrom("0.5", "2"),
      target: fc.constantFrom("1", "3"),
      trailing: fc.constantFrom("never", { activation: "0.001", distance: "0.001", step: "0" }),
      holdingMax: fc.constantFrom("5m", "20m"),
      watch: fc.constantFrom("bars", "touch"),
    }),
    orders: fc.record({
      entry: fc.constantFrom("market", "ioc", "post-only"),
      exit: fc.constantFrom("market", "ioc"),
      entryTimeout: fc.constant("2m"),
    }),
    signalBars: fc.integer({ min: 1, max: 3 }),
  })
  .map((drawn) => ({ ...EAGER, ...drawn }));

function run(seed: number, drawn: Readonly<Record<string, unknown>>, restarts: boolean): MacdDesk {
  const desk = new MacdDesk(seed, drawn, restarts);
  for (let minute = 0; minute < HOSTILE_MINUTES; minute += 1) desk.minute(true);
  for (let minute = 0; minute < QUIET_MINUTES; minute += 1) desk.minute(false);
  return desk;
}

test("holds whatever feed and venue do", () => {
  let exits = 0;
  let tooSmall = 0;
  const told = new Map<string, number>();
  fc.assert(
    fc.property(fc.nat(), settings, (seed, drawn) => {
      const desk = run(seed, drawn, false);
      expect([...new Set(desk.faults)]).toEqual([]);
      expect(desk.position).toBe(desk.truth);
      // Of what a venue finds too small, each size is tried once a day and position, not at every signal and check.
      expect(desk.tooSmall.length).toBeLessThan(40);
      tooSmall += desk.tooSmall.length;
      exits += desk.exits;
      for (const [what, count] of tallyOf(desk.saved))
        told.set(what, (told.get(what) ?? 0) + count);
    }),
    { numRuns: 150, seed: 20_240_910 },
  );
  expect(exits).toBeGreaterThan(1_000);
  expect(tooSmall).toBeGreaterThan(50);
  for (const what of [
    "bars passed over",
    "holes between bars",
    "refused: after-a-hole",
    "exit: stop-loss",
  ]) {
    expect(told.get(what) ?? 0).toBeGreaterThan(10);
  }
});

test("does the same when it is saved, thrown away and restored after each event", () => {
  fc.assert(
    fc.property(fc.nat(), settings, (seed, drawn) => {
      const whole = run(seed, drawn, false);
      const cut = run(seed, drawn, true);
      expect(cut.commands).toEqual(whole.commands);
      expect(cut.saved).toEqual(whole.saved);
    }),
    { numRuns: 25, seed: 20_240_911 },
  );
});
