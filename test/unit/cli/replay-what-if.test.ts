// `rehearse replay --what-if` as a user meets it. The oracle is the recorded run itself: where nothing changes, or nothing that
// ever binds, the run goes on as it did, to the last byte; what changes does so from the moment on, and never before it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const root = resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "rehearse-what-if-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: string[]) => runCaptured(words, new CapturedIo(root));
const at = (name: string): string => join(folder, name);
const NOON = ["--until", "2024-01-01T07:55:00Z"];

type Config = {
  strategy: Record<string, unknown>;
  risk?: Record<string, unknown>;
  machinery?: Record<string, unknown> | string;
  seed: string;
  venues: { latency: unknown }[];
};

const examples = {
  grid: join(root, "examples/grid-sample.json"),
  hedge: join(root, "examples/hedge-sample.json"),
  "market-maker": join(root, "examples/market-maker-sample.json"),
};
type Example = keyof typeof examples;

for (const [name, file] of Object.entries(examples)) {
  const words = ["--no-band", "--quiet", "--out", at(`${name}.json`)];
  await run("backtest", file, ...words, "--journal", at(`${name}.journal`));
}
const digestOf = (name: Example): string =>
  JSON.parse(readFileSync(at(`${name}.json`), "utf8")).digest;

/** The example's config with a change, beside the example: datasets are found by name. */
function changed(name: Example, change: (config: Config) => void): string {
  const config = JSON.parse(readFileSync(examples[name], "utf8")) as Config;
  change(config);
  const file = at(`${name}-changed.json`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

async function told(name: Example, config: string, ...words: string[]) {
  const ended = await run(
    ...["replay", at(`${name}.json`), "--what-if", config, "--json", "--quiet"],
    ...words,
  );
  expect(ended.stderr).toBe("");
  expect(ended.code).toBe(0);
  return JSON.parse(ended.stdout);
}

describe.each(["grid", "hedge", "market-maker"] as const)("of the %s", (name) => {
  test.each([["2024-01-01T07:50:00Z"], ["2024-01-01T08:00:00.25Z"], ["20000"]])(
    "an unchanged config changes nothing from %s on",
    async (until) => {
      const found = await told(name, examples[name], "--until", until);
      expect(found.comparison.digests).toEqual([digestOf(name), digestOf(name)]);
      expect(found).toMatchObject({ changed: [] });
      expect(found.first).toBeUndefined();
      expect(found.carried).toContain("strategy: all it remembered, read by the changed settings");
    },
  );

  test("a limit that never binds changes no command", async () => {
    const wide = changed(name, (config) => {
      config.risk = { ...config.risk, drawdownMax: "9000" };
    });
    const found = await told(name, wide, ...NOON);
    expect(found.changed).toEqual(["risk"]);
    expect(found.first).toBeUndefined();
  });

  test("a limit that stops everything lets nothing through from the moment on", async () => {
    const narrow = changed(name, (config) => {
      config.risk = { ...config.risk, orderVelocity: { ordersMax: 1, window: "1h" } };
    });
    const found = await told(name, narrow, ...NOON);
    const { first, seq } = found;
    expect(first.otherwise.text).toContain("refusal");
    expect(first.otherwise.seq).toBeGreaterThan(seq);
    const placed = found.since.find(({ label }: { label: string }) => label === "Orders placed");
    expect(Number(placed.otherwise)).toBeLessThan(Number(placed.recorded));
  });
});

test("other settings of the strategy are at work from the moment on", async () => {
  const larger = changed("grid", ({ strategy }) => {
    strategy.levelSize = "0.02";
  });
  const { first, seq, since, comparison } = await told("grid", larger, ...NOON);
  expect(first.otherwise.seq).toBeGreaterThan(seq);
  expect(first.otherwise.text).toContain("CancelOrder");
  expect(first.otherwise.chain.length).toBeGreaterThan(0);
  const of = (label: string) => since.find((row: { label: string }) => row.label === label);
  // What came before the moment is in neither column.
  const [was, is] = comparison.net.map(Number);
  const gap =
    Number.parseFloat(of("Net PnL").otherwise) - Number.parseFloat(of("Net PnL").recorded);
  expect(gap).toBeCloseTo(is - was, 5);
});

test("from the beginning it is the backtest of the changed config, but for its header", async () => {
  const larger = changed("grid", ({ strategy }) => {
    strategy.levelSize = "0.02";
  });
  const { comparison } = await told("grid", larger);
  await run("backtest", larger, "--no-band", "--quiet", "--out", at("whole.json"));
  const whole = JSON.parse(readFileSync(at("whole.json"), "utf8"));
  expect(comparison.net[1]).toBe(whole.summary.pnl.net);
  expect(comparison.fills[1]).toBe(whole.summary.fills.count);
});

test("house kept as it was is not changed by saying so", async () => {
  const said = changed("grid", (config) => {
    config.machinery = {};
  });
  const found = await told("grid", said, ...NOON);
  expect(found).toMatchObject({ changed: [] });
  expect(found.comparison.digests[1]).toBe(digestOf("grid"));
});

test("another strategy begins anew, and no order of its own takes an id that was used", async () => {
  const maker = JSON.parse(readFileSync(examples["market-maker"], "utf8")) as Config;
  const other = changed("grid", (config) => {
    config.strategy = maker.strategy;
  });
  const ended = await run(...["replay", at("grid.json"), "--what-if", other, ...NOON, "--json"]);
  // The maker may listen to other data than the grid: then that is the error, and a clear one.
  if (ended.code !== 0) expect(ended.stderr).toContain("cannot change in the middle of a run");
  else expect(ended.stdout).toContain("begins anew");
});

test.each([
  ["in another rhythm", { watchEvery: "500ms" }, /ReportAccount/],
  // The next thing it would do of itself is never done; what the strategy does stays.
  ["not at all", "off", /./],
])("house kept %s begins anew, as after a restart", async (_, machinery, does) => {
  const kept = changed("grid", (config) => {
    config.machinery = machinery;
  });
  const found = await told("grid", kept, ...NOON);
  expect(found.changed).toEqual(["machinery"]);
  expect(found.first.otherwise.text).toMatch(does);
  expect(found.carried.at(-1)).toContain("as after a restart");
});

test.each([
  ["another seed", (config: Config) => Object.assign(config, { seed: "2" }), "seed (seed)"],
  [
    "other latencies",
    (config: Config) => {
      for (const venue of config.venues)
        venue.latency = { place: "1ms", cancel: "1ms", response: "1ms" };
    },
    "latency (how long messages take)",
  ],
])("%s is one clear error", async (_, change, named) => {
  const file = changed("grid", change);
  const { code, stderr } = await run("replay", at("grid.json"), "--what-if", file, ...NOON);
  expect(code).toBe(2);
  expect(stderr).toContain("only strategy, risk and machinery may change in the middle of a run");
  expect(stderr).toContain(named);
});

test("a journal is done again by its config, and held to what it has until the moment", async () => {
  const words = ["--what-if", examples.grid, "--json", "--quiet", ...NOON];
  const same = await run("replay", at("grid.journal"), "--config", examples.grid, ...words);
  expect(same.code).toBe(0);
  expect(JSON.parse(same.stdout).first).toBeUndefined();
  const other = changed("grid", ({ strategy }) => {
    strategy.levelSize = "0.02";
  });
  const wrong = await run("replay", at("grid.journal"), "--config", other, ...words);
  expect(wrong.code).toBe(4);
  expect(wrong.stderr).toContain("is on no record");
});

test("for people, and as a page", async () => {
  const larger = changed("grid", ({ strategy }) => {
    strategy.levelSize = "0.02";
  });
  const words = ["--what-if", larger, "--quiet", "--report", at("page.html"), ...NOON];
  const { code, stdout } = await run("replay", at("grid.json"), ...words);
  expect(code).toBe(0);
  expect(stdout).toMatch(/What if {2}strategy changed before entry \d+, 2024-01-01T07:55/);
  expect(stdout).toContain("the first command that differs");
  expect(stdout).toMatch(/Net PnL +-?\d+\.\d+ \S+ +-?\d+\.\d+ /);
  expect(readFileSync(at("page.html"), "utf8")).toContain("from then on");
});

test.each([
  ["--step", [], "--until and --step are of a journal"],
  ["--what-if", [examples.grid], "change it there, and replay it"],
])("a failure's repro file has no %s", async (option, words, text) => {
  const repro = { version: 1, bot: "grid", plan: [], violation: { id: "B1", detail: "" } };
  writeFileSync(at("a.repro.json"), JSON.stringify(repro));
  const { code, stderr } = await run("replay", at("a.repro.json"), option, ...words);
  expect(code).toBe(2);
  expect(stderr).toContain(text);
});

test("a moment past the end, a page without a change: one line each", async () => {
  const late = ["--until", "2024-01-02T00:00:00Z"];
  const past = await run("replay", at("grid.json"), "--what-if", examples.grid, ...late, "--quiet");
  expect(past.code).toBe(2);
  expect(past.stderr).toContain("is over by then");
  const page = await run("replay", at("grid.json"), "--report", at("page.html"));
  expect(page.code).toBe(2);
  expect(page.stderr).toContain("--report is a page of --what-if");
});
