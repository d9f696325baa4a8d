import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-import-"));
  writeFileSync(join(folder, "good.txt"), capture("60000.1"));
  writeFileSync(join(folder, "off-grid.txt"), capture("60000.15"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));
const GRID = ["--symbol", "BTCUSDT", "--tick", "0.1", "--lot", "0.001"];

/** A snapshot and one diff, as a recorder would write them. */
function capture(price: string): string {
  const at = 1_700_000_000_000;
  const bids = [["60000.0", "1.000"]];
  const snapshot = { lastUpdateId: 1, E: at, T: at, bids, asks: [["60000.5", "1.000"]] };
  const ids = { U: 2, u: 2, pu: 1 };
  const data = { e: "depthUpdate", E: at + 1, T: at + 1, s: "BTCUSDT", ...ids };
  const diff = { stream: "btcusdt@depth@0ms", data: { ...data, b: [[price, "0.500"]], a: [] } };
  return [snapshot, diff]
    .map((message, index) => `${at + 5 + index}000000 ${JSON.stringify(message)}\n`)
    .join("");
}

test("writes a tape, prints its report, and the tape can be checked", async () => {
  const run = await cli("import", "binance-raw", "good.txt", ...GRID, "--out", "good.arrow");
  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toMatch(/^instrument .*BTCUSDT linear, tick 0\.1, lot 0\.001$/m);
  expect((await cli("data", "check", "good.arrow")).code).toBe(0);
});

test("--json prints the report as JSON alone", async () => {
  const words = ["import", "binance-raw", "good.txt", ...GRID, "--out", "j.arrow", "--json"];
  const { stdout } = await cli(...words);
  expect(JSON.parse(stdout)).toMatchObject({
    header: { instrument: { base: "BTC", quote: "USDT" } },
  });
});

test("a price off the grid names file, line and value, ends with 3, and leaves no tape", async () => {
  const run = await cli("import", "binance-raw", "off-grid.txt", ...GRID, "--out", "bad.arrow");
  expect(run.code).toBe(3);
  expect(run.stdout).toBe("");
  expect(run.stderr).toContain("off-grid.txt:2: expected ");
  expect(run.stderr).toContain("60000.15");
  expect(existsSync(join(folder, "bad.arrow"))).toBe(false);
});

test("Ctrl-C ends with 130 and leaves no tape", async () => {
  const io = new CapturedIo(folder, {}, (each) => each.interrupt?.());
  const words = ["import", "binance-raw", "good.txt", ...GRID, "--out", "stopped.arrow"];
  const run = await runCaptured(words, io);
  expect(run).toMatchObject({ code: 130, stdout: "" });
  expect(existsSync(join(folder, "stopped.arrow"))).toBe(false);
});

/** Bars of a minute; the last volume is finer than the lot. */
const BARS = [
  "date,open,high,low,close,volume",
  "1704067200000,10.5,11,10,10.5,3",
  "1704067260000,10.5,11,10,10.5,1.25",
].join("\n");

test("candles: a volume off the lot is refused, or rounded down and counted when asked", async () => {
  writeFileSync(join(folder, "bars.csv"), BARS);
  const words = ["import", "candles", "bars.csv", "--symbol", "ABC", "--lot", "0.5"];
  const refused = await cli(...words, "--out", "bars.arrow");
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("bars.csv:3: expected a multiple of 0.5, was 1.25");
  expect(existsSync(join(folder, "bars.arrow"))).toBe(false);

  const asked = await cli(...words, "--out", "bars.arrow", "--option", "off-lot=round-down");
  expect(asked).toMatchObject({ code: 0, stderr: "" });
  expect(asked.stdout).toMatch(/^rounded down {4}1 volumes finer than the lot$/m);
});

test("candles: the last bar is unfinished unless it is said to be complete", async () => {
  writeFileSync(join(folder, "last.csv"), BARS);
  const last = async (...more: string[]) => {
    const words = ["last.csv", "--symbol", "ABC", "--out", "last.arrow", ...more];
    expect(await cli("import", "candles", ...words)).toMatchObject({ code: 0, stderr: "" });
    const shown = JSON.parse((await cli("data", "show", "last.arrow", "--json")).stdout);
    return shown.rows.at(-1)[1];
  };
  expect(await last()).toBe("unfinished");
  expect(await last("--option", "last-bar=complete")).toBe("bar");
});

test("candles: --json prints the header and the report", async () => {
  const words = ["bars.csv", "--symbol", "ABC", "--out", "json.arrow", "--json"];
  const { stdout } = await cli("import", "candles", ...words);
  expect(JSON.parse(stdout)).toMatchObject({ header: { bars: 2 }, report: { missingBars: 0 } });
});

test.each([
  ["candles", "bars.csv", ["--symbol", "ABC"]],
  ["lobster", "ABC_2012-06-21_1_message_1.csv", ["--option", "utc-offset=-240"]],
  ["funding", "rates.csv", ["--symbol", "ABC", "--option", "interval=8h"]],
])("Ctrl-C during an import of %s ends with 130 and leaves nothing", async (format, file, more) => {
  const inFolder = mkdtempSync(join(folder, "stopped-"));
  writeFileSync(join(inFolder, "bars.csv"), BARS);
  const message = "34200.1,1,11,100,1000000,1\n";
  writeFileSync(join(inFolder, "ABC_2012-06-21_1_message_1.csv"), message);
  writeFileSync(join(inFolder, "rates.csv"), "time,rate\n1704067200000,0.0001\n");
  const words = ["import", format, file, ...more, "--out", "out"];
  const io = new CapturedIo(inFolder, {}, (each) => each.interrupt?.());
  const before = readdirSync(inFolder);
  const run = await runCaptured(words, io);
  expect(run).toMatchObject({ code: 130, stdout: "" });
  expect(run.stderr).toBe("the import was stopped; nothing was written\n");
  expect(readdirSync(inFolder)).toEqual(before);
  const whole = await runCaptured(words, new CapturedIo(inFolder));
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  expect(whole.stdout).toMatch(/^instrument .*ABC/m);
});

test("list names every format and its options", async () => {
  const { stdout } = await cli("import", "list");
  for (const format of [
    "binance-raw",
    "hyperliquid",
    "lighter",
    "lobster",
    "csv",
    "candles",
    "funding",
  ]) {
    expect(stdout).toMatch(new RegExp(`^${format} `, "m"));
  }
});

test.each([
  [["binance-rw", "good.txt"], 'there is no format "binance-rw", did you mean "binance-raw"?'],
  [["binance-raw"], "name the files to import"],
  [["binance-raw", "good.txt"], "--out: name the tape to write"],
  [["binance-raw", "good.txt", "--out", "x"], "--symbol: name the instrument"],
  [["binance-raw", "good.txt", "--out", "x", "--symbol", "B"], "--tick: binance-raw needs it"],
  [["binance-raw", "good.txt", "--out", "x", ...GRID, "--tick", "0"], "--tick: expected a decimal"],
  [
    ["binance-raw", "good.txt", "--out", "x", ...GRID, "--contract", "liner"],
    'did you mean "linear"',
  ],
  [["binance-raw", "good.txt", "--out", "x", ...GRID, "--option", "a=1"], 'has no "a"'],
  [
    ["candles", "good.txt", "--out", "x", "--symbol", "B", "--option", "off-lot=up"],
    "--option off-lot: expected refuse or round-down, was up",
  ],
  [
    ["candles", "good.txt", "off-grid.txt", "--out", "x", "--symbol", "B"],
    "candles come in one file, was 2",
  ],
  [["csv", "good.txt", "--out", "x", ...GRID], "csv needs --option mapping="],
  [["csv", "good.txt", "--out", "x", ...GRID, "--option", "mapping=nope"], 'no mapping "nope"'],
])("refuses %j with 2", async (words, message) => {
  const run = await cli("import", ...words);
  expect(run.stderr).toContain(message);
  expect(run).toMatchObject({ code: 2, stdout: "" });
});
