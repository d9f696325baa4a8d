// One grid over several coins, as a config says it. Oracle: a coin's settings are those of a file in which it stands alone.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { coinsField, coinsOf } from "../../../src/config/coins-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";
import { kit as grid } from "../../../strategies/grid/kit.ts";
import { kit as hedge } from "../../../strategies/hedge/kit.ts";
import { kit as macd } from "../../../strategies/macd/kit.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { TEST_INSTRUMENT } from "../../support/tape-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-coins-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = { halfSpread: "5", spacing: "5", levelSize: "0.01", positionMax: "0.1" };

async function backtest(strategy: object) {
  const config = {
    version: 1,
    until: "2024-01-01T07:47:00Z",
    venues: [
      { name: "alpha", profile: "generic" },
      { name: "beta", profile: "generic" },
    ],
    instruments: [
      { name: "one", venue: "alpha", dataset: "sample-alpha" },
      { name: "two", venue: "beta", dataset: "sample-beta" },
    ],
    strategy: { name: "grid", ...shared, ...strategy },
  };
  writeFileSync(join(folder, "coins.json"), JSON.stringify(config));
  const words = ["backtest", "coins.json", "--json", "--no-band"];
  return runCaptured(words, new CapturedIo(folder));
}

test("what a coin says lies over what is shared; what nobody says is the default", () => {
  const units = new UnitReader();
  const named = ["btc", "eth"].map((name) => ({ name, spec: TEST_INSTRUMENT }));
  const settings = { ...grid.schema.parse(shared), coins: { eth: { levels: 2 }, btc: {} } };
  const coins = coinsOf(settings, named, units);
  expect(units.problems).toEqual([]);
  expect(coins?.map(({ coin }) => coin)).toEqual(["eth", "btc"]);
  expect(coins?.map((each) => each.settings)).toEqual(
    [{ instrument: "eth", levels: 2 }, { instrument: "btc" }].map((own) =>
      grid.schema.parse({ ...shared, ...own }),
    ),
  );
});

test("is there for strategies of one instrument, and only for them", () => {
  expect(Object.keys(coinsField(grid.schema))).toEqual(["coins"]);
  expect(coinsField(hedge.schema)).toEqual({});
  expect(coinsField(macd.schema)).toEqual({});
});

test("a run over two coins places for both, and each coin's numbers are told", async () => {
  const { code, stdout, stderr } = await backtest({ coins: { one: {}, two: { levels: 1 } } });
  expect([code, stderr]).toEqual([0, ""]);
  const { summary } = JSON.parse(stdout);
  expect(summary.orders.placed).toBeGreaterThan(20);
  expect(summary.refusals.risk).toEqual({});
  expect(summary.instruments.map(({ name }: { name: string }) => name)).toHaveLength(2);
});

test.each<[object, readonly string[]]>([
  [
    { coins: { one: { levles: 1 } } },
    [
      'strategy.coins.one.levles: unknown key "levles" at strategy.coins.one, did you mean "levels"?',
    ],
  ],
  [
    { coins: { tow: {} } },
    ['strategy.coins.tow: there is no instrument "tow", did you mean "two"?'],
  ],
  [{ coins: {} }, ["strategy.coins: expected a coin at least, was none"]],
  [{ instrument: "one", coins: { two: {} } }, ['strategy.instrument: expected this or "coins"']],
  [
    { coins: { one: { skew: "0.01" } }, drift: "0.03" },
    [
      "strategy.coins.one.skew: for one: expected a multiple",
      "strategy.drift: for one: expected a",
    ],
  ],
])("%o is refused where it is wrong", async (strategy, problems) => {
  const { code, stderr } = await backtest(strategy);
  expect(code).toBe(2);
  for (const problem of problems) expect(stderr).toContain(problem);
});
