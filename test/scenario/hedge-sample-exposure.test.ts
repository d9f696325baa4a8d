// The hedge over the embedded sample, driven as the command drives it: what its cycles left exposed is in the summary.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { planBacktest } from "../../src/cli/run/backtest-plan.ts";
import { driveRun } from "../../src/cli/run/drive-run.ts";
import { summaryJson } from "../../src/report/summary-json.ts";

const file = join(resolve(import.meta.dirname, "../.."), "examples/hedge-sample.json");

test("twelve cycles end flat, each with its unhedged notional × seconds, and they add up to the run's", async () => {
  const plan = await planBacktest(readFileSync(file, "utf8"), file);
  try {
    const instruments = plan.instruments.map(({ instrument }) => instrument);
    const { summary } = await driveRun(plan.scenario(plan.fillModel), instruments, {
      progress: { show: () => undefined, end: () => undefined },
      stopAsked: () => false,
    });
    const { unhedged } = summary;
    if (unhedged === undefined) throw new Error("a hedge has a pair");
    expect(unhedged.pair).toBe("alpha RHS-PERP / beta RHS-PERP");
    expect([unhedged.cycles.length, unhedged.left]).toEqual([12, 0]);
    const sum = unhedged.cycles.reduce((total, each) => total + each.notionalSeconds, 0);
    expect(unhedged.notionalSeconds / sum).toBeCloseTo(1, 9);
    expect(JSON.stringify(summaryJson(summary))).toContain('"unhedged":{"pair"');
    expect(summary.instruments.map((each) => each.finalPosition)).toEqual(["0.000", "0.000"]);
  } finally {
    plan.close();
  }
});
