// The run a new user makes first, over the embedded sample, and its digest: the same again, in another process, in
// steps of any size, watched or not, stored or not. Oracle: identity, and the digest pinned below.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { withAmbientTrap } from "../../sim/kernel/ambient-trap.ts";
import type { RunParts, RunResult } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { BacktestPlan } from "../../src/cli/run/backtest-plan.ts";
import { planBacktest } from "../../src/cli/run/backtest-plan.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import { SummaryCollector } from "../../src/report/summary-collector.ts";
import { testHasher } from "../support/run-rig.ts";
import { RunWitness } from "../support/run-witness.ts";
import { fillsBeyondLevels } from "../support/tape-budget.ts";

/**
 * The fingerprint of `rehearse backtest examples/grid-sample.json`. It changes with the code's version, the example,
 * the sample, the journal's format, and every decision of bot or exchange. When this changes, the commit says why.
 */
const GOLDEN = "82f4f2a3527f9973ef0c969f59ffec2319fb1594cc900aa21f97845d0eccb2b6";

const root = resolve(import.meta.dirname, "../..");
const example = join(root, "examples/grid-sample.json");
const plan: BacktestPlan = await planBacktest(readFileSync(example, "utf8"), example);
afterAll(() => plan.close());

function start(parts: Partial<RunParts> = {}): ScenarioRun {
  return new ScenarioRun(plan.scenario(plan.fillModel), { hasher: testHasher, ...parts });
}

/** Hears everything and does nothing. */
const silent: JournalObserver = {
  event: () => undefined,
  command: () => undefined,
  refusal: () => undefined,
  note: () => undefined,
};

describe("the embedded sample's run", () => {
  test("has the digest it had before", () => {
    const result: RunResult = start().finish();
    expect(result).toMatchObject({ complete: true, rows: 79_863 });
    expect(result.digest).toBe(GOLDEN);
    expect(start().finish()).toEqual(result);
  });

  test("every digest the README shows is this one", () => {
    const shown = readFileSync(join(root, "README.md"), "utf8").match(/\b[0-9a-f]{64}\b/g) ?? [];
    expect(shown.filter((digest) => digest !== GOLDEN)).toEqual([]);
  });

  test.each([1, 997, 20_000, 1_000_000])("is the same in steps of %i rows", (rows) => {
    const run = start();
    let steps = 0;
    while (!run.advance(rows)) steps += 1;
    expect(run.finish().digest).toBe(GOLDEN);
    if (rows < 80_000) expect(steps).toBeGreaterThan(2);
  });

  test("is the same with ambient sources trapped, and opened a second time", async () => {
    expect(withAmbientTrap(() => start().finish()).digest).toBe(GOLDEN);
    const other = await planBacktest(readFileSync(example, "utf8"), example);
    const scenario = other.scenario(other.fillModel);
    expect(new ScenarioRun(scenario, { hasher: testHasher }).finish().digest).toBe(GOLDEN);
    other.close();
  });

  test("is the same with an observer, and with its journal stored", () => {
    expect(start({ observer: silent }).finish().digest).toBe(GOLDEN);
    let bytes = 0;
    const storage = {
      append: (block: Uint8Array) => {
        bytes += block.length;
      },
      sync: () => undefined,
      snapshot: () => new Uint8Array(),
    };
    expect(start({ storage }).finish().digest).toBe(GOLDEN);
    expect(bytes).toBeGreaterThan(100_000);
  });

  test("breaks no rule of a run, and its fills fit into the sample", () => {
    const instruments = plan.instruments.map(({ instrument }) => instrument);
    const startingCash = plan.venues.map((venue) => venue.startingCash);
    const witness = new RunWitness(
      instruments,
      plan.venues.map(({ profile }) => profile.fees),
    );
    const result = start({ observer: witness }).finish();
    expect(result.digest).toBe(GOLDEN);
    expect(witness.violations).toEqual([]);
    expect(witness.notes).toEqual([]);
    expect(witness.fills.length).toBeGreaterThan(50);
    const source = plan.instruments[0]?.recording.source;
    if (source?.kind !== "levels") throw new Error("expected the sample to hold levels");
    expect(fillsBeyondLevels(source.tape, witness.fills, "queue")).toEqual([]);
    const report = new SummaryCollector({ instruments, startingCash });
    start({ observer: report }).finish();
    const { finalEquity } = report.summary(result).pnl;
    expect(witness.equity(startingCash).toFixed()).toBe(finalEquity);
  });
});

describe("in a process of its own", () => {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  // Inside the package, so that what it imports is found; built anew, so that it is never an older build.
  const folder = mkdtempSync(join(cache, "rehearse-sample-run-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the command comes to the same digest, twice", () => {
    const node = (...words: string[]) =>
      spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const built = node(tsc, "-p", "tsconfig.build.json", "--outDir", folder);
    const main = join(folder, "src/cli/main.js");
    expect(existsSync(main), built.stdout).toBe(true);
    for (let run = 0; run < 2; run += 1) {
      const { stdout, stderr } = node(main, "backtest", example, "--quiet", "--no-band");
      expect({ stdout, stderr }).toEqual({ stdout: `${GOLDEN}\n`, stderr: "" });
    }
  });
});
