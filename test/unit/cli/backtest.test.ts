import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeHasher } from "../../../src/cli/node-hasher.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { timeUs } from "../../../src/domain/units.ts";
import { readJournal } from "../../../src/journal/journal-reader.ts";
import { SummaryCollector } from "../../../src/report/summary-collector.ts";
import { summaryJson } from "../../../src/report/summary-json.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/grid-sample.json");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-backtest-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));

/** The example, shortened to its first minutes and changed. */
function config(name: string, change: Record<string, unknown> = {}): string {
  const whole = JSON.parse(readFileSync(example, "utf8"));
  const text = JSON.stringify({ ...whole, until: "2024-01-01T07:50:00Z", ...change }, undefined, 2);
  writeFileSync(join(folder, name), text);
  return name;
}

describe("backtest", () => {
  test("prints assumptions, some thirty rows, the band and the digest", async () => {
    const { code, stdout, stderr } = await cli("backtest", config("a.json"));
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("\u001b[");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    for (const about of ["Fill model", "Latency alpha", "Data rhs", "Clocks rhs", "Risk limits"]) {
      expect(stdout).toMatch(new RegExp(`^${about} `, "m"));
    }
    const rows = stdout.split("Result\n")[1]?.split("\n\n")[0] ?? "";
    const labels = rows.split("\n").filter((line) => /^ {0,4}\S/.test(line));
    expect(labels.length).toBeGreaterThanOrEqual(28);
    const band = stdout.split("Fill band\n")[1]?.split("\n").slice(1, 4) ?? [];
    expect(band.map((line) => line.split(" ")[0])).toEqual([
      "optimistic",
      "power-3:3",
      "pessimistic",
    ]);
    expect(stdout).toMatch(/^Digest {2}[0-9a-f]{64}$/m);
  });

  test("a strategy gets bars of a book, built from its prints", async () => {
    const periods = { period: "1m", check: "1s", higher: [2] };
    const strategy = { name: "macd", coins: [{ instrument: "rhs" }], ...periods };
    const file = config("bars.json", { strategy, risk: {} });
    const { code, stdout } = await cli("backtest", file, "--json", "--no-band");
    expect(code).toBe(0);
    // Five minutes: 300 seconds, five bars of a minute, two of two, and a link that comes up.
    expect(JSON.parse(stdout).events).toBeGreaterThan(300);
  });

  test("a strategy that wants longer bars than there are is refused, not run in silence", async () => {
    const macd = JSON.parse(readFileSync(join(root, "examples/macd-candles.json"), "utf8"));
    const strategy = { ...macd.strategy, coins: [{ instrument: "rhs" }] };
    const { code, stderr } = await cli("backtest", config("long.json", { strategy, risk: {} }));
    expect(code).toBe(2);
    expect(stderr).toContain(
      "the strategy wants bars: expected a recording with a whole one of 12 h, was 25 min",
    );
  });

  test("gives the same digest again, another for another seed's chances or another model", async () => {
    const file = config("b.json");
    const digest = async (...more: string[]) =>
      (await cli("backtest", file, "--quiet", "--no-band", ...more)).stdout;
    const first = await digest();
    expect(first).toMatch(/^[0-9a-f]{64}\n$/);
    expect(await digest()).toBe(first);
    expect(await digest("--fill-model", "risk-averse")).not.toBe(first);
    expect(await digest("--seed", "2")).not.toBe(first);
  });

  test("--json prints one JSON value, and the band holds the run itself", async () => {
    const { stdout } = await cli("backtest", config("c.json"), "--json");
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      format: "rehearse-backtest-1",
      complete: true,
      config: { seed: "1", fillModel: "power-3:3" },
      recordings: [{ name: "rhs" }],
    });
    const own = result.band.find((each: { fillModel: string }) => each.fillModel === "power-3:3");
    expect(own.digest).toBe(result.digest);
    expect(own.netPnl).toBe(result.summary.pnl.net);
    const { net, trading, fees, funding } = result.summary.pnl;
    expect(Number(trading) + Number(fees) + Number(funding)).toBeCloseTo(Number(net), 9);
  });

  test("the band is three runs of their own", async () => {
    const { stdout } = await cli("backtest", config("d.json"), "--json");
    const digests = JSON.parse(stdout).band.map((each: { digest: string }) => each.digest);
    expect(new Set(digests).size).toBe(3);
  });

  test("a journal read back gives the same summary as the run that wrote it", async () => {
    const { stdout } = await cli("backtest", config("e.json"), "--json", "--journal", "e.journal");
    const result = JSON.parse(stdout);
    const journal = readJournal(readFileSync(join(folder, "e.journal")), nodeHasher());
    expect(journal.digest).toBe(result.digest);
    const collector = new SummaryCollector({
      instruments: journal.header.instruments.map((each) =>
        instrumentOf(each, each.id, each.venue),
      ),
      startingCash: journal.header.venues.map((each) => each.startingCash),
    });
    for (const entry of journal.entries) collector.entry(entry);
    const at = (text: string) => timeUs(Date.parse(text) * 1_000);
    const summary = collector.summary({
      startedAt: at(result.summary.start),
      endedAt: at(result.summary.end),
      complete: true,
    });
    expect(summaryJson(summary)).toEqual(result.summary);
  });

  test("Ctrl-C ends with 130 and a valid partial result", async () => {
    const io = new CapturedIo(folder, {}, (each) => each.interrupt?.());
    const file = config("f.json", { until: undefined });
    const run = await runCaptured(["backtest", file, "--out", "f-result.json"], io);
    const result = JSON.parse(readFileSync(join(folder, "f-result.json"), "utf8"));
    expect(await cli("verify", "f-result.json")).toMatchObject({ code: 2, stdout: "" });
    expect(run.code).toBe(130);
    expect(result).toMatchObject({ complete: false, band: [] });
    expect(run.stdout).toContain("PARTIAL: ended early.");
    expect(run.stdout).toMatch(/^Digest {2}[0-9a-f]{64}$/m);
  });

  test.each([
    [
      "a price off the grid",
      {
        strategy: {
          name: "grid",
          halfSpread: "0.25",
          spacing: "1",
          levelSize: "1",
          positionMax: "1",
        },
      },
      2,
      "strategy.halfSpread: expected a multiple of the tick 0.1 of RHS-PERP, was 0.25",
    ],
    [
      "an unknown venue",
      { instruments: [{ venue: "alfa", dataset: "sample-alpha" }] },
      2,
      'instruments.0.venue: there is no venue "alfa", did you mean "alpha"?',
    ],
    [
      "no recording",
      { instruments: [{ venue: "alpha" }] },
      2,
      'instruments.0: expected one of "dataset" and "tape", was none',
    ],
    [
      "an unknown data set",
      { instruments: [{ dataset: "sample-gamma" }] },
      3,
      'expected a known data set, was "sample-gamma"; choose one of sample-alpha, sample-beta',
    ],
    ["a missing tape", { instruments: [{ tape: "no.arrow" }] }, 3, "expected a tape, was no file"],
    ["a span beyond the recording", { from: "2025-01-01" }, 2, "is after the recording's end"],
  ])("refuses %s in one message", async (name, change, code, message) => {
    const file = config(`${name}.json`.replaceAll(" ", "-"), { until: undefined, ...change });
    const run = await cli("backtest", file);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toContain("    at ");
  });

  test.each([
    ["--out", "no/such/r.json", "--out: cannot write no/such/r.json: there is no folder "],
    ["--out", ".", "--out: cannot write .: it is a folder"],
    ["--journal", "taken.json/j", "taken.json is not a folder"],
  ])("refuses %s %s before it runs", async (option, path, message) => {
    writeFileSync(join(folder, "taken.json"), "{}");
    const run = await cli("backtest", config("w.json"), option, path);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  test("listens for Ctrl-C before it reads anything", async () => {
    const listening: string[] = [];
    const io = new CapturedIo(folder, {}, (each) => {
      listening.push("yes");
      each.interrupt?.();
    });
    const missing = await runCaptured(["backtest", "no-such-config.json"], io);
    expect(listening).toEqual(["yes"]);
    expect(missing.code).toBe(2);
  });

  test("leaves nothing half-written when it cannot run", async () => {
    const file = config("g.json", { instruments: [{ tape: "no.arrow" }] });
    await cli("backtest", file, "--out", "g-result.json", "--journal", "g.journal");
    expect(readdirSync(folder).filter((each) => /^g[-.](result|journal)/.test(each))).toEqual([]);
  });
});

describe("verify", () => {
  const saved = async (name: string, ...more: string[]) => {
    await cli("backtest", config(`${name}.json`), "--no-band", "--out", `${name}-r.json`, ...more);
    return `${name}-r.json`;
  };

  /** Changes a result file's text. */
  const edit = (name: string, from: string, to: string) => {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  };

  test("says equal and ends with 0", async () => {
    const { code, stdout } = await cli("verify", await saved("va"));
    expect(stdout).toMatch(/^equal {2}[0-9a-f]{64}\n$/);
    expect(code).toBe(0);
  });

  test("names the first differing event against the kept journal, with 4", async () => {
    const name = await saved("vb", "--journal", "vb.journal");
    edit(name, '"levelSize": "0.01"', '"levelSize": "0.02"');
    const { code, stdout } = await cli("verify", name);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^first difference at entry \d+$/m);
    expect(stdout).toMatch(/^ {2}was {3}\d+ command \d+ PlaceOrder .*$/m);
    expect(stdout).toContain("the header's configHash was");
  });

  test("says so when only the headers differ, and no event does", async () => {
    const name = await saved("vh", "--journal", "vh.journal");
    edit(name, '"drawdownMax": "500"', '"drawdownMax": "501"');
    const { code, stdout } = await cli("verify", name);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^first difference at the header's configHash$/m);
    expect(stdout).toContain("every event, command and refusal is equal");
  });

  test("says what is known when no journal was kept", async () => {
    const name = await saved("vc");
    edit(name, '"levelSize": "0.01"', '"levelSize": "0.02"');
    const { code, stdout } = await cli("verify", name, "--json");
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ equal: false });
    expect(JSON.parse(stdout).finding).toContain("two reruns on this machine are equal");
  });

  test("Ctrl-C ends with 130 and says that nothing was compared", async () => {
    const name = await saved("vi");
    const io = new CapturedIo(folder, {}, (each) => each.interrupt?.());
    const { code, stdout, stderr } = await runCaptured(["verify", name], io);
    expect(stdout).toBe("");
    expect(stderr).toBe("interrupted: nothing was compared\n");
    expect(code).toBe(130);
  });

  test("refuses a result of another recording, with 3", async () => {
    const name = await saved("vd");
    edit(name, '"sha256": "', '"sha256": "0');
    expect(await cli("verify", name)).toMatchObject({ code: 3, stdout: "" });
  });

  test("refuses what is not a result, with 2", async () => {
    expect(await cli("verify", config("ve.json"))).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("data", () => {
  test("lists, checks and shows the sample", async () => {
    expect((await cli("data", "list")).stdout).toMatch(/^sample-alpha .* synthetic$/m);
    const check = await cli("data", "check");
    expect(check.code).toBe(0);
    expect(check.stdout).toMatch(/^ok {3}sample-alpha /m);
    const shown = JSON.parse(
      (await cli("data", "show", "sample-alpha", "--rows", "3", "--json")).stdout,
    );
    expect(shown.header.instrument.symbol).toBe("RHS-PERP");
    expect(shown.rows).toHaveLength(3);
  });

  test("check ends with 3 at a damaged file, naming it", async () => {
    const bytes = readFileSync(join(root, "datasets/sample/alpha.arrow"));
    writeFileSync(join(folder, "cut.arrow"), bytes.subarray(0, bytes.length / 2));
    const { code, stdout } = await cli("data", "check", "cut.arrow");
    expect(code).toBe(3);
    expect(stdout).toMatch(/^bad {2}cut\.arrow {2}.*cut\.arrow: expected /m);
  });
});

const script = join(root, "dist/src/cli/main.js");
describe.skipIf(!existsSync(script))("the built command", () => {
  test("prints the digest that the source prints", async () => {
    const file = config("built.json");
    const words = ["backtest", file, "--quiet", "--no-band"];
    const built = execFileSync(process.execPath, [script, ...words], { cwd: folder });
    expect(built.toString()).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test("SIGINT during a run leaves a result that says whether it is complete", async () => {
    const out = join(folder, "sigint.json");
    const child = spawn(process.execPath, [script, "backtest", example, "--out", out], {
      cwd: folder,
      stdio: "ignore",
    });
    setTimeout(() => child.kill("SIGINT"), 700);
    await new Promise((done) => child.on("exit", done));
    if (existsSync(out))
      expect(typeof JSON.parse(readFileSync(out, "utf8")).complete).toBe("boolean");
    expect(existsSync(`${out}.partial`)).toBe(false);
  });
});
