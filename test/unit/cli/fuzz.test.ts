// The command as a person meets it: worlds lived through, the same digest again, and a plain word for what it cannot do.

import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/exit-codes.ts";
import { packageFile } from "../../../src/cli/package-root.ts";
import { runCli } from "../../../src/cli/program.ts";
import { CapturedIo } from "../../support/captured-io.ts";

const MACD = packageFile("examples/fuzz/macd.json");

async function fuzzed(
  ...words: string[]
): Promise<Readonly<{ code: number; out: string; err: string }>> {
  const io = new CapturedIo(packageFile("."));
  const code = await runCli(["fuzz", ...words], io);
  return { code, out: io.out, err: io.err };
}

describe("rehearse fuzz", () => {
  test("lives through fair worlds without a broken promise, and to the same digest again", async () => {
    const words = ["--bot", MACD, "--seeds", "3", "--jobs", "1", "--faults", "none", "--json"];
    const first = await fuzzed(...words);
    expect(first.code).toBe(EXIT.ok);
    const [result] = JSON.parse(first.out);
    expect(result).toMatchObject({
      name: "macd",
      from: 1,
      asked: 3,
      summary: { seeds: 3, failed: 0, fired: 0 },
    });
    expect(result.summary.simulatedUs).toBe(3 * 3_600_000_000);
    const again = await fuzzed(...words);
    expect(JSON.parse(again.out)[0].summary).toEqual(result.summary);
  });

  test("strikes with the kinds that are asked for, and counts them", async () => {
    const words = ["--bot", MACD, "--seeds", "2", "--jobs", "1", "--faults", "feed-gap", "--json"];
    const [result] = JSON.parse((await fuzzed(...words)).out);
    expect(Object.keys(result.summary.kinds)).toEqual(["feed-gap"]);
    expect(result.summary.kinds["feed-gap"].fired).toBeGreaterThan(0);
  });

  test("replays the config's own recordings when asked to", async () => {
    const words = [
      "--bot",
      MACD,
      "--seeds",
      "1",
      "--jobs",
      "1",
      "--faults",
      "none",
      "--tape",
      "--json",
    ];
    const [result] = JSON.parse((await fuzzed(...words)).out);
    expect(result.summary.failed).toBe(0);
    // The sample lasts 25 minutes.
    expect(result.summary.simulatedUs / 60_000_000).toBeCloseTo(25, 0);
  });

  test.each([
    [["--faults", "fill-lots"], "fill-lost"],
    [["--seeds", "many"], "whole number"],
    [["--jobs", "0"], "whole number"],
    [["--minutes", "-1"], "above 0"],
  ])("says what is wrong with %j", async (words, told) => {
    const { code, err } = await fuzzed("--bot", MACD, ...words);
    expect(code).toBe(EXIT.usage);
    expect(err).toContain(told);
  });

  // Worker threads load what is built; what is not built has none.
  const worker = packageFile("dist/src/cli/fuzz/seed-pool.js");
  test.skipIf(!existsSync(worker))(
    "sums up the same from two threads as from one",
    async () => {
      const pool = await import(worker);
      const { jobRunner } = await import(packageFile("dist/src/cli/fuzz/job-runner.js"));
      const { readFileSync } = await import("node:fs");
      const job = { name: "macd", text: readFileSync(MACD, "utf8"), file: MACD, market: "sparse" };
      const { runner, close } = await jobRunner(job);
      const digests = async (jobs: number): Promise<readonly string[]> => {
        const all: string[] = [];
        const take = (outcome: { seed: string; digest: string }): void => {
          all.push(`${outcome.seed} ${outcome.digest}`);
        };
        await pool.runSeeds({
          job,
          runner,
          jobs,
          from: 1,
          count: 20,
          stopAsked: () => false,
          take,
        });
        return all;
      };
      const one = await digests(1);
      expect(one).toHaveLength(20);
      expect(await digests(2)).toEqual(one);
      close();
    },
    60_000,
  );
});
