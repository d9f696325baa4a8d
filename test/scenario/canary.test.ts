// A campaign that finds nothing may be a campaign that looks at nothing. A bot with a planted bug must be found out in a
// few worlds, by the way a person runs it, and told: an exit code, a sentence, a file that repeats it.
// Source: TigerBeetle's canary; simulation-testing reference, H6.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Repro } from "../../src/campaign/repro.ts";
import { caseOfRepro } from "../../src/campaign/repro.ts";
import { EXIT } from "../../src/cli/exit-codes.ts";
import { jobRunner } from "../../src/cli/fuzz/job-runner.ts";
import { packageFile } from "../../src/cli/package-root.ts";
import { runCli } from "../../src/cli/program.ts";
import { CapturedIo } from "../support/captured-io.ts";

const SOUND = packageFile("examples/fuzz/market-maker.json");
/** The bug shows in about every second world with faults; none of these is spared by chance. */
const SEEDS = 8;
const folder = mkdtempSync(join(tmpdir(), "rehearse-canary-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A config of the bot with the bug; the sound one's but for the strategy. */
function canaryConfig(): string {
  const config = JSON.parse(readFileSync(SOUND, "utf8"));
  const module = packageFile("test/support/canary-kit.ts");
  const { name: _sound, ...settings } = config.strategy;
  config.strategy = { module, ...settings };
  const file = join(folder, "canary.json");
  writeFileSync(file, JSON.stringify(config));
  return file;
}

async function fuzzed(...words: string[]): Promise<Readonly<{ code: number; out: string }>> {
  const io = new CapturedIo(packageFile("."));
  const code = await runCli(["fuzz", "--jobs", "1", ...words], io);
  expect(io.err).toBe("");
  return { code, out: io.out };
}

describe("a bot with a planted bug", () => {
  test("is found out, and what is told repeats it", async () => {
    const bot = canaryConfig();
    const words = ["--bot", bot, "--seeds", String(SEEDS), "--out", folder];
    const { code, out } = await fuzzed(...words);
    expect(code).toBe(EXIT.broken);
    expect(out).toMatch(/canary: \d+ seeds failed/);
    expect(out).toContain("first failure: seed");
    const [name] = readdirSync(folder).filter((each) => each.endsWith(".repro.json"));
    const repro: Repro = JSON.parse(readFileSync(join(folder, name as string), "utf8"));
    expect(["B3", "B4"]).toContain(repro.violation.id);
    const text = readFileSync(bot, "utf8");
    const job = { name: "canary", text, file: bot, market: "sparse" } as const;
    const { runner, close } = await jobRunner(job);
    const again = runner.outcome(caseOfRepro(repro), "everything");
    close();
    expect(again.violations[0]).toMatchObject(repro.violation);
    expect(again.digest).toBe(repro.digest);
  }, 300_000);

  test("is no bug of the bot it was planted in", async () => {
    const { code } = await fuzzed("--bot", SOUND, "--seeds", String(SEEDS), "--quiet");
    expect(code).toBe(EXIT.ok);
  }, 300_000);
});
