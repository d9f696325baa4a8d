// The bot dies at every write, sync and command of a run, and comes back from its journal: each time it ends with no
// order it does not know of, never two orders for one intent, and belief equal to truth.

import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../src/ports/journal.ts";
import type { Survival } from "../support/crash-bench.ts";
import { CrashBench } from "../support/crash-bench.ts";

const ACTIVE = 40;
const QUIET = 80;

function endOf(kills: readonly number[], survival: Survival): CrashBench {
  const bench = new CrashBench(kills, survival);
  bench.run(ACTIVE, QUIET);
  return bench;
}

function problemsOf(bench: CrashBench): readonly string[] {
  const problems = [...bench.problems];
  // What left had its record first: no order of ours is ever news to us, and no id is used twice.
  for (const entry of bench.recorded()) {
    if (entry.kind === "note" && entry.text.includes("not ours to our knowledge"))
      problems.push(entry.text);
    if (entry.kind === "refusal" && entry.rule === "duplicate-order-id")
      problems.push(entry.reason);
  }
  const known = new Set(bench.believedOrders);
  for (const id of bench.venue.open.keys()) if (!known.has(id)) problems.push(`orphan ${id}`);
  if (known.size !== bench.venue.open.size) problems.push(`believes in ${[...known].join(" ")}`);
  if (bench.venue.crowded > 1) problems.push(`${bench.venue.crowded} orders on one side at once`);
  const { believedLots } = bench;
  if (believedLots !== bench.venue.lots) problems.push(`${believedLots} is ${bench.venue.lots}`);
  const level = bench.bot.view.health.degradation;
  if (level !== "normal") problems.push(`ends ${level}`);
  return problems;
}

const whole = endOf([], "kept");

/** Acts of the part of a run in which the market trades; after it there is time to settle. */
const ACTS = (() => {
  const bench = new CrashBench([], "kept");
  bench.run(ACTIVE, 0);
  return bench.acts;
})();

test("without a crash all is well, and something happened", () => {
  expect(problemsOf(whole)).toEqual([]);
  expect(whole.venue.trades.length).toBeGreaterThan(10);
  expect(ACTS).toBeGreaterThan(100);
});

describe.each<Survival>(["kept", "dropped", "torn"])("pending bytes are %s", (survival) => {
  test("killed at every write and every command, it recovers", () => {
    for (let act = 1; act <= ACTS; act += 1) {
      expect({ act, problems: problemsOf(endOf([act], survival)) }).toEqual({ act, problems: [] });
    }
  });
});

const BUGS: readonly (readonly [string, (entry: JournalEntry) => boolean])[] = [
  ["the orders it sent", (entry) => entry.kind === "command"],
  ["what the strategy remembers", (entry) => entry.kind === "note"],
  ["its fills", (entry) => entry.kind === "event" && entry.event.kind === "OrderFilled"],
];

test.each(BUGS)("a recovery that forgets %s is found out", (_, forget) => {
  const found = Array.from({ length: 40 }, (_each, index) => {
    const bench = new CrashBench([20 + 5 * index], "kept", forget);
    bench.run(ACTIVE, QUIET);
    return problemsOf(bench);
  });
  expect(found.flat().length).toBeGreaterThan(0);
});

test("killed again soon after it came back, it recovers", () => {
  for (let act = 5; act <= ACTS; act += 11) {
    for (const later of [1, 2, 3, 5, 8, 13]) {
      const kills = [act, act + later];
      const problems = problemsOf(endOf(kills, "torn"));
      expect({ kills, problems }).toEqual({ kills, problems: [] });
    }
  }
});
