// Funding from a table beside a recording: imported, paid to the unit, fingerprinted, and never paid twice.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeHasher, sha256OfFile } from "../../../src/cli/node-hasher.ts";
import { TapeWriter } from "../../../src/data/tapes/tape-writer.ts";
import { ROW_CLEAR, ROW_DEPTH, ROW_FUNDING, ROW_TRADE } from "../../../src/domain/tape.ts";
import { readJournal } from "../../../src/journal/journal-reader.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { TEST_INSTRUMENT } from "../../support/tape-builder.ts";

const T = 1_704_067_200_000_000;
const SECOND = 1_000_000;
const root = resolve(import.meta.dirname, "../../..");

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-funding-"));
  writeTape("plain.arrow", false);
  writeTape("settling.arrow", true);
  // 10 s, 20 s and 30 s after midnight, and one long before the recording.
  const rows = ["1704000000000,0.01", "1704067210000,0.0001", "1704067220000,-0.00005"];
  writeFileSync(
    join(folder, "f.csv"),
    ["time,rate", ...rows, "1704067230000,0.00000001"].join("\n"),
  );
  const words = ["f.csv", "--symbol", "TEST-PERP", "--option", "interval=10s"];
  expect(await cli("import", "funding", ...words, "--out", "f.json")).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));

/** A bid at 100.0 is filled in the first second; the book falls to 99.0 / 99.2 between the first two settlements. */
function writeTape(name: string, settles: boolean): void {
  const tape = new TapeWriter(join(folder, name), {
    instrument: TEST_INSTRUMENT,
    importer: "test",
    sources: [],
  });
  const message = (
    second: number,
    ...rows: readonly (readonly [number, 0 | 1, number, number])[]
  ) => {
    tape.begin(T + second * SECOND, T + second * SECOND + 1_000);
    for (const row of rows) tape.row(...row, 0);
    tape.end();
  };
  const depth = (ask: 0 | 1, tick: number, lots: number) => [ROW_DEPTH, ask, tick, lots] as const;
  message(0, [ROW_CLEAR, 0, 0, 0], depth(0, 1000, 5000), depth(1, 1001, 5000));
  message(2, [ROW_TRADE, 1, 999, 5000], depth(0, 1000, 0), depth(0, 999, 5000));
  message(3, depth(0, 1000, 5000));
  message(12, depth(0, 1000, 0), depth(0, 999, 0), depth(0, 990, 5000), depth(1, 992, 5000));
  if (settles) message(25, [ROW_FUNDING, 0, 991, 100]);
  message(40, depth(0, 990, 4000));
  tape.finish();
}

function config(name: string, tape: string, more: Record<string, unknown> = {}): string {
  const strategy = { name: "market-maker", orderSize: "1", positionLimit: "1" };
  const venues = [{ name: "v", profile: "generic", latency: { place: "1ms" } }];
  const instruments = [{ tape, funding: "f.json", ...more }];
  writeFileSync(join(folder, name), JSON.stringify({ version: 1, venues, instruments, strategy }));
  return name;
}

test("the import says what it found, and the table is a settlement a line with its source", async () => {
  const words = ["f.csv", "--symbol", "TEST-PERP", "--option", "interval=10s", "--out", "g.json"];
  const { stdout } = await cli("import", "funding", ...words);
  expect(stdout).toMatch(/^settlements {5}4, /m);
  expect(stdout).toMatch(/^rates {11}-0\.005000 % to 1\.000000 %; above zero the longs pay$/m);
  const table = JSON.parse(readFileSync(join(folder, "g.json"), "utf8"));
  expect(table).toMatchObject({
    format: "rehearse-funding-1",
    symbol: "TEST-PERP",
    intervalUs: 10 * SECOND,
    source: { file: "f.csv", sha256: sha256OfFile(join(folder, "f.csv")) },
  });
  expect(table.rows.slice(1)).toEqual([
    [T + 10 * SECOND, 10_000],
    [T + 20 * SECOND, -5_000],
    [T + 30 * SECOND, 1],
  ]);
});

test("each settlement within the run pays rate × position × mark, to the unit", async () => {
  const words = ["backtest", config("a.json", "plain.arrow"), "--json", "--journal", "a.journal"];
  const { stdout } = await cli(...words);
  const { entries } = readJournal(readFileSync(join(folder, "a.journal")), nodeHasher());
  const paid = [...entries].flatMap((entry) =>
    entry.kind === "event" && entry.event.kind === "FundingPaid" ? [entry.event] : [],
  );
  // By hand, in units of 1e-8 USD: one TST long is worth 100.0 at the mid 1000.5 cut to the tick, then 99.1.
  // 100.0 × 0.0001 paid; 99.1 × 0.00005 received; 99.1 × 0.00000001 is 99.1 units, of which 99 are paid.
  const facts = paid.map(({ venueAt, lots, mark, amount }) => [venueAt - T, lots, mark, amount]);
  expect(facts).toEqual([
    [10 * SECOND, 1000, 1000, -1_000_000],
    [20 * SECOND, 1000, 991, 495_500],
    [30 * SECOND, 1000, 991, -99],
  ]);
  const result = JSON.parse(stdout);
  expect(Number(result.summary.pnl.funding)).toBeCloseTo(-0.00504599, 12);
  expect(result.recordings[0].funding).toEqual({
    name: "f.json",
    sha256: sha256OfFile(join(folder, "f.json")),
  });
  const told = result.assumptions.find((each: { about: string }) => /^Funding /.test(each.about));
  expect(told.text).toMatch(/^3 of 4 settlements due every 10 s within the run/);
});

test("the table is part of the digest, and verify holds a result to it", async () => {
  const words = ["--quiet", "--no-band"];
  const digest = async (name: string) => (await cli("backtest", name, ...words)).stdout;
  const file = config("b.json", "plain.arrow");
  const first = await digest(file);
  const without = await digest(config("c.json", "plain.arrow", { funding: undefined }));
  expect(without).not.toBe(first);
  copyFileSync(join(folder, "f.json"), join(folder, "moved.json"));
  expect(await digest(config("d.json", "plain.arrow", { funding: "moved.json" }))).toBe(first);

  await cli("backtest", "d.json", "--no-band", "--out", "d-result.json");
  expect(await cli("verify", "d-result.json")).toMatchObject({ code: 0 });
  const text = readFileSync(join(folder, "moved.json"), "utf8");
  writeFileSync(join(folder, "moved.json"), text.replace(", 10000]", ", 10001]"));
  const { code, stderr } = await cli("verify", "d-result.json");
  expect(stderr).toContain("the funding of plain.arrow is another one");
  expect(code).toBe(3);
});

test("a recording that settles funding itself is refused a table", async () => {
  const { code, stdout, stderr } = await cli("backtest", config("e.json", "settling.arrow"));
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(
    "instruments.0.funding: settling.arrow settles funding itself, first at 2024-01-01T00:00:25Z",
  );
  const words = [
    "backtest",
    config("e2.json", "settling.arrow", { funding: undefined }),
    "--quiet",
  ];
  expect((await cli(...words)).code).toBe(0);
});

test("the table of another instrument is refused", async () => {
  const words = ["f.csv", "--symbol", "ELSE", "--option", "interval=10s", "--out", "else.json"];
  await cli("import", "funding", ...words);
  const name = config("g-config.json", "plain.arrow", { funding: "else.json" });
  const { code, stderr } = await cli("backtest", name);
  expect(code).toBe(2);
  expect(stderr).toContain("expected the funding of TEST-PERP, was of ELSE");
});

test.each([
  ["none.json", undefined, "none.json: expected a funding table, was no file"],
  ["text.json", "no", "text.json: expected a funding table in JSON"],
  ["config.json", '{"version":1}', "config.json: expected a rehearse-funding-1 table, was "],
])("refuses %s as a table with 3", async (name, text, message) => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  const run = await cli("backtest", config("h.json", "plain.arrow", { funding: name }));
  expect(run.stderr).toContain(message);
  expect(run).toMatchObject({ code: 3, stdout: "" });
});

test("a table whose times do not ascend is refused with its row", async () => {
  const table = JSON.parse(readFileSync(join(folder, "f.json"), "utf8"));
  writeFileSync(
    join(folder, "twice.json"),
    JSON.stringify({
      ...table,
      rows: [
        [5, 1],
        [5, 1],
      ],
    }),
  );
  const run = await cli("backtest", config("i.json", "plain.arrow", { funding: "twice.json" }));
  expect(run.stderr).toContain("twice.json: expected row 2 after 5, was 5");
});

test("a table given as a tape is recognised", async () => {
  const { code, stderr } = await cli("data", "show", "f.json");
  expect(stderr).toContain('was a funding table; name it as the "funding" of an instrument');
  expect(code).toBe(3);
});

test("an import without its interval is refused", async () => {
  const run = await cli("import", "funding", "f.csv", "--symbol", "X", "--out", "x.json");
  expect(run.stderr).toContain("funding needs --option interval=<time>");
  expect(run.code).toBe(2);
});

test("the sample settles funding itself at 08:00: a run over it takes no table, one before it does", async () => {
  const words = ["f.csv", "--symbol", "RHS-PERP", "--option", "interval=10s", "--out", "rhs.json"];
  await cli("import", "funding", ...words);
  const example = JSON.parse(readFileSync(join(root, "examples/grid-sample.json"), "utf8"));
  const instruments = [{ ...example.instruments[0], funding: "rhs.json" }];
  const run = async (until: string) => {
    writeFileSync(join(folder, "s.json"), JSON.stringify({ ...example, instruments, until }));
    return (await cli("backtest", "s.json", "--quiet", "--no-band")).code;
  };
  expect(await run("2024-01-01T08:00:30Z")).toBe(2);
  expect(await run("2024-01-01T07:46:00Z")).toBe(0);
});
