// The tables of the embedded sample's run: held to the witness, and read back by other hands than wrote them.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, test } from "vitest";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import { planBacktest } from "../../../src/cli/run/backtest-plan.ts";
import { ResultTables } from "../../../src/report/tables/result-tables.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { testHasher } from "../../support/run-rig.ts";
import { RunWitness } from "../../support/run-witness.ts";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/grid-sample.json");
const plan = await planBacktest(readFileSync(example, "utf8"), example);
const instruments = plan.instruments.map(({ instrument }) => instrument);
const scenario = plan.scenario(plan.fillModel);
const startingCash = scenario.venues.map((each) => each.startingCash);
const collector = new ResultTables({ instruments, startingCash });
const witness = new RunWitness(instruments);
new ScenarioRun(scenario, { hasher: testHasher, observer: collector }).finish();
new ScenarioRun(scenario, { hasher: testHasher, observer: witness }).finish();
const tables = new Map(collector.tables().map((table) => [table.name, table]));
const folder = mkdtempSync(join(tmpdir(), "rehearse-tables-"));
afterAll(() => {
  plan.close();
  rmSync(folder, { recursive: true, force: true });
});

const column = (table: string, name: string): readonly unknown[] =>
  tables.get(table)?.columns.find((each) => each.name === name)?.values ?? [];

describe("the tables of a run", () => {
  test("have every fill the witness saw, at the decimal price it had", () => {
    expect(column("fills", "trade_id")).toEqual(witness.fills.map(({ tradeId }) => tradeId));
    expect(column("fills", "at")).toEqual(witness.fills.map(({ at }) => at));
    const decimals = witness.fills.map(({ price }) => Number(`${price}e-1`));
    expect(column("fills", "price")).toEqual(decimals);
    expect(column("positions", "lots").at(-1)).toBe(witness.position(0));
  });

  test("have every order once, what it filled, and how it ended", () => {
    const ids = column("orders", "order_id");
    expect(new Set(ids).size).toBe(ids.length);
    const filled = column("orders", "filled").reduce((sum: number, each) => sum + Number(each), 0);
    const lots = witness.fills.reduce((sum, { size }) => sum + size, 0);
    expect(filled).toBeCloseTo(lots / 1000, 9);
    const open = column("orders", "outcome").filter((each) => each === "open").length;
    const ended = column("orders", "ended_at").filter((each) => each !== undefined).length;
    expect(open + ended).toBe(ids.length);
  });

  test("equity never lies above the peak that its drawdown is from", () => {
    const equity = column("equity", "equity") as readonly number[];
    const below = column("equity", "drawdown") as readonly number[];
    let peak = 10_000;
    equity.forEach((value, index) => {
      peak = Math.max(peak, value);
      expect(below[index]).toBeCloseTo(value - peak, 9);
    });
  });
});

describe("as files", () => {
  test("come from the command, in both formats, read back as they were", async () => {
    const out = join(folder, "r.json");
    const io = () => new CapturedIo(root);
    await runCaptured(["backtest", example, "--no-band", "--quiet", "--out", out], io());
    for (const format of ["arrow", "parquet"]) {
      const words = ["export", out, "--format", format, "--out", join(folder, format), "--quiet"];
      expect((await runCaptured(words, io())).code).toBe(0);
    }
    for (const [name, { columns, rows }] of tables) {
      const arrow = tableFromIPC(readFileSync(join(folder, `arrow/${name}.arrow`)));
      const file = new Uint8Array(readFileSync(join(folder, `parquet/${name}.parquet`))).buffer;
      const parquet = await parquetReadObjects({ file });
      expect([arrow.numRows, parquet.length]).toEqual([rows, rows]);
      for (const { name: field, kind, values } of columns) {
        const fromArrow = arrow.getChild(field);
        const isWhole = kind === "integer";
        values.forEach((value, row) => {
          const a: unknown = fromArrow?.get(row) ?? undefined;
          const p: unknown = parquet[row]?.[field] ?? undefined;
          if (kind === "time") {
            expect(a).toBe(value === undefined ? undefined : Number(value) / 1000);
            if (value !== undefined) expect(Number(p)).toBe(Math.floor(Number(value) / 1000));
          } else {
            expect(isWhole && a !== undefined ? Number(a) : a).toBe(value);
            expect(isWhole && p !== undefined ? Number(p) : p).toBe(value);
          }
        });
      }
    }
  });

  const python = process.env.REHEARSE_PYTHON ?? "python3";
  const others = "import pandas, polars, duckdb, pyarrow";
  const isThere = spawnSync(python, ["-c", others]).status === 0;
  test.skipIf(!isThere)("open in pandas, polars and DuckDB (skipped without them)", () => {
    expect(readdirSync(join(folder, "parquet"))).toContain("fills.parquet");
    const script = `
${others}
fills = pandas.read_parquet("parquet/fills.parquet")
assert str(fills["at"].dtype) == "datetime64[us, UTC]", fills["at"].dtype
arrow = polars.read_ipc("arrow/fills.arrow")
assert arrow["at"].dtype == polars.Datetime("us", "UTC"), arrow["at"].dtype
assert arrow["price"].to_list() == fills["price"].tolist()
print(duckdb.sql("select count(*) from 'parquet/fills.parquet'").fetchall()[0][0])
`;
    const { stdout, stderr } = spawnSync(python, ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(Number(stdout)).toBe(witness.fills.length);
  });
});

test("a format there is not is one line", async () => {
  const { code, stderr } = await runCaptured(
    ["export", "x.json", "--format", "parket"],
    new CapturedIo(root),
  );
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean "parquet"');
});
