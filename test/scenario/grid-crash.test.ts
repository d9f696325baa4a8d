// The grid's bot dies at every write, sync and command of a run, and comes back from its journal: it ends with every
// order known, belief equal to truth, no two orders on a rung, and within its limit at the venue itself.

import { describe, expect, test } from "vitest";
import { createGrid } from "../../strategies/grid/grid.ts";
import { benchInstruments } from "../support/bot-bench.ts";
import type { Survival } from "../support/crash-bench.ts";
import { CrashBench } from "../support/crash-bench.ts";
import { gridConfig } from "../support/grid-config.ts";

const ACTIVE = 40;
const QUIET = 80;
const POSITION_MAX = 40;

// Every fill moves its centre by a few ticks: rungs are taken, left, cancelled and placed all the time.
const grid = gridConfig({
  halfSpreadTicks: 1,
  spacingTicks: 3,
  positionMaxLots: POSITION_MAX,
  skewTicks: 12,
  driftTicks: 2,
  backoffMaxUs: 4_000_000,
  placesPerSecond: 200,
  inventory: { skewSoftPermille: 200, skewHardPermille: 900 },
});

function endOf(kills: readonly number[], survival: Survival): CrashBench {
  const make = () => createGrid(grid, benchInstruments());
  const bench = new CrashBench(kills, survival, () => false, make);
  bench.run(ACTIVE, QUIET);
  return bench;
}

function problemsOf(bench: CrashBench): readonly string[] {
  const problems = [...bench.problems];
  const known = new Set(bench.believedOrders);
  for (const id of bench.venue.open.keys()) if (!known.has(id)) problems.push(`orphan ${id}`);
  if (known.size !== bench.venue.open.size) problems.push(`believes in ${[...known].join(" ")}`);
  const { lots, open } = bench.venue;
  if (bench.believedLots !== lots) problems.push(`believes ${bench.believedLots}, is ${lots}`);
  let long = lots;
  let short = lots;
  const rungs = new Set<string>();
  for (const { command, size, filled } of open.values()) {
    const rung = `${command.side} ${command.price}`;
    if (rungs.has(rung)) problems.push(`two orders: ${rung}`);
    rungs.add(rung);
    if (command.side === "bid") long += size - filled;
    else short -= size - filled;
  }
  if (long > POSITION_MAX || short < -POSITION_MAX) problems.push(`worst case ${short} … ${long}`);
  const level = bench.bot.view.health.degradation;
  if (level !== "normal") problems.push(`ends ${level}`);
  return problems;
}

/** Acts of the part of a run in which the market trades; after it there is time to settle. */
const ACTS = (() => {
  const bench = new CrashBench(
    [],
    "kept",
    () => false,
    () => createGrid(grid, benchInstruments()),
  );
  bench.run(ACTIVE, 0);
  return bench.acts;
})();

test("without a crash all is well, and something happened", () => {
  const whole = endOf([], "kept");
  expect(problemsOf(whole)).toEqual([]);
  expect(whole.venue.trades.length).toBeGreaterThan(10);
  expect(ACTS).toBeGreaterThan(100);
});

describe.each<Survival>(["kept", "dropped", "torn"])("pending bytes are %s", (survival) => {
  test("killed at every third write and command, it recovers", () => {
    const from = ["kept", "dropped", "torn"].indexOf(survival);
    for (let act = 1 + from; act <= ACTS; act += 3) {
      expect({ act, problems: problemsOf(endOf([act], survival)) }).toEqual({ act, problems: [] });
    }
  });

  test("killed twice, it recovers", () => {
    for (let act = 5; act <= ACTS; act += 23) {
      for (const later of [2, 5, 13]) {
        const problems = problemsOf(endOf([act, act + later], survival));
        expect({ act, later, problems }).toEqual({ act, later, problems: [] });
      }
    }
  });
});
