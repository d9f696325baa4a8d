// The MACD bot's settings: the users' own defaults, in whole numbers, and what is wrong with a file that says otherwise.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { houseKits } from "../../../src/cli/run/strategy-kits.ts";
import { backtestSchemaOf } from "../../../src/config/backtest-config.ts";
import { readConfig } from "../../../src/config/read-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";
import type { InstrumentSpec } from "../../../src/domain/instrument.ts";
import { kit } from "../../../strategies/macd/kit.ts";
import { barInstrument } from "../../support/bars.ts";

const HOUR_US = 3_600_000_000;

function read(settings: Readonly<Record<string, unknown>>, spec: InstrumentSpec = barInstrument) {
  const units = new UnitReader();
  const instruments = [
    { name: "abc", spec },
    { name: "xyz", spec: { ...spec, symbol: "XYZ/USD", tickSize: "0.01" } },
  ];
  const config = kit.toConfig(kit.schema.parse(settings), instruments, units.under("strategy"));
  return { config, problems: units.problems.map(({ path, message }) => `${path}: ${message}`) };
}

describe("the MACD config", () => {
  test("has the defaults users have in theirs", () => {
    const { config, problems } = read({});
    expect(problems).toEqual([]);
    expect(config?.coins).toHaveLength(1);
    expect(config?.daily).toEqual({ lossMaxPermille: 50, profitMaxPermille: undefined });
    expect(config?.coins[0]).toMatchObject({
      instrument: 0,
      periodUs: HOUR_US,
      checkUs: 300_000_000,
      higherMultiples: [12],
      periods: {
        fast: 12,
        slow: 26,
        signal: 9,
        adx: 14,
        rsi: 14,
        atr: 14,
        bollinger: 20,
        volume: 20,
      },
      filters: { rsiLongMaxMilli: 70_000, rsiShortMinMilli: 30_000, atrRatioMaxPermille: 3_000 },
      regime: { trendingAdxMilli: 25_000, rangingAdxMilli: 20_000 },
      sizing: { basePermille: 50, maxPermille: 100, leverage: 10 },
      exits: {
        takeProfits: [{ atRPermille: 1_000, sharePermille: 500 }],
        targetRPermille: 2_000,
        breakEvenRPermille: 1_000,
        trailing: { activationPermille: 20, distancePermille: 10, stepPermille: 5 },
        holdingMaxUs: 24 * HOUR_US,
      },
      session: { tradesMax: 10 },
    });
  });

  test("of the example is one that has no problem", async () => {
    const file = resolve(import.meta.dirname, "../../../examples/macd-candles.json");
    const schema = backtestSchemaOf({ house: await houseKits(), outside: undefined });
    const { config } = readConfig(schema, readFileSync(file, "utf8"), file);
    expect(config.strategy.name).toBe("macd");
  });

  test("has each of its settings, with its default, in the table of its page", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../../docs/bots/macd.md"), "utf8");
    const table = page.slice(page.indexOf("## Settings"), page.indexOf("## A signal"));
    const { coins: _coins, ...settings } = kit.schema.parse({});
    for (const [key, value] of Object.entries(settings)) {
      const group = typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
      expect(table).toContain(`\`${key}${group.length === 0 ? "`" : "."}`);
      for (const each of group) expect(table).toMatch(new RegExp(`[.\`]${each}\``));
    }
  });

  test("brings each coin's own settings to its own ticks and lots", () => {
    const coins = [
      { instrument: "abc", stopMin: "1.5", positionMax: "0.25" },
      { instrument: "xyz", stopMin: "1.5", direction: "long" },
    ];
    const { config, problems } = read({ coins, direction: "short" });
    expect(problems).toEqual([]);
    expect(config?.coins).toMatchObject([
      { instrument: 0, direction: "short", exits: { stopTicksMin: 15 }, sizing: { lotsMax: 250 } },
      { instrument: 1, direction: "long", exits: { stopTicksMin: 150 } },
    ]);
  });

  test("lets a coin say every shared setting otherwise, and fills what it does not say from the shared ones", () => {
    const { coins: _coins, ...whole } = kit.schema.parse({});
    const { dailyLoss: _loss, ...session } = whole.session;
    const everything = { ...whole, session };
    // As the defaults of a file of its own, whatever the shared settings are.
    const other = {
      direction: "short",
      period: "2h",
      check: "1m",
      higher: [],
      signalBars: 7,
      late: "1s",
      indicators: { fast: 2, slow: 3, signal: 4, adx: 5, rsi: 6, atr: 7, bollinger: 9, volume: 8 },
      filters: { rsiLongMax: 60, atrMax: "9", volumeMin: "0", directional: false },
      regime: { rangingAdx: 1, trendingAdx: 2, transitionSize: "0.1", volatileStop: "3" },
      sizing: { risk: "0.02", base: "0.02", max: "0.02", leverage: 2, degraded: "0.1" },
      exits: { stopAtr: "1", takeProfits: [], target: "9", breakEven: "never", watch: "touch" },
      orders: { entry: "ioc", exit: "ioc", slippage: "0.01", exitRetry: "2s" },
      session: { tradesMax: 1, lossesMax: 1, coolDown: "1h" },
    };
    const own = read({ ...other, coins: [{ instrument: "abc", ...everything }] });
    expect(own.problems).toEqual([]);
    expect(own.config?.coins[0]).toEqual(read({}).config?.coins[0]);
    const partly = read({ coins: [{ instrument: "abc", ...other }, { instrument: "xyz" }] });
    expect(partly.problems).toEqual([]);
    expect(partly.config?.coins[0]).toEqual(read(other).config?.coins[0]);
    expect(partly.config?.coins[1]).toEqual({ ...read({}).config?.coins[0], instrument: 1 });
  });

  test.each([
    ["laid over a shared one", {}, [30, 10, 5]],
    ["laid over the defaults where there is none", { trailing: "never" }, [30, 10, 5]],
  ] as const)("takes a part of a trailing stop, %s", (_, exits, permille) => {
    const coins = [{ exits: { trailing: { activation: "0.03" } } }];
    const [activationPermille, distancePermille, stepPermille] = permille;
    const trailing = { activationPermille, distancePermille, stepPermille };
    expect(read({ exits, coins }).config?.coins[0]?.exits.trailing).toEqual(trailing);
  });

  test.each([
    {
      settings: { coins: [{ instrument: "abd" }] },
      problem: 'strategy.coins.0.instrument: there is no instrument "abd", did you mean "abc"?',
    },
    {
      settings: { coins: [{}, { instrument: "abc" }] },
      problem: "strategy.coins.1.instrument: this instrument is traded by an earlier entry already",
    },
    {
      settings: { coins: [{ indicators: { fast: 30 } }] },
      problem: "strategy.coins.0.indicators.fast: expected less than slow 26, was 30",
    },
    {
      settings: { period: "7m", coins: [{ late: "1s" }] },
      problem: 'strategy.period: expected a multiple of the check 5m, was "7m"',
    },
    {
      settings: { orders: { exitRetry: "0s" } },
      problem: 'strategy.orders.exitRetry: expected more than 0, was "0s"',
    },
    {
      settings: { coins: [{ stopMin: "0.05" }] },
      problem: "strategy.coins.0.stopMin: expected a multiple of the tick 0.1 of ABC/USD, was 0.05",
    },
    {
      settings: { period: "7m" },
      problem: 'strategy.period: expected a multiple of the check 5m, was "7m"',
    },
    {
      settings: { indicators: { fast: 26 } },
      problem: "strategy.indicators.fast: expected less than slow 26, was 26",
    },
    {
      settings: { regime: { rangingAdx: 30 } },
      problem: "strategy.regime.rangingAdx: expected at most trendingAdx 25, was 30",
    },
    {
      settings: {
        exits: {
          takeProfits: [
            { at: "1", share: "0.6" },
            { at: "2", share: "0.6" },
          ],
        },
      },
      problem: "strategy.exits.takeProfits: expected shares of at most 1, was 1.2",
    },
    {
      settings: {
        exits: {
          takeProfits: [
            { at: "2", share: "0.1" },
            { at: "1", share: "0.1" },
          ],
        },
      },
      problem: "strategy.exits.takeProfits.1.at: expected more than the level before",
    },
    {
      settings: { sizing: { risk: "0.0105" } },
      problem: "strategy.sizing.risk: expected at most three decimals, was 0.0105",
    },
  ])("says $problem", ({ settings, problem }) => {
    expect(read(settings).problems).toEqual([problem]);
  });

  test("tells that spot cannot be sold short", () => {
    const spot = { ...barInstrument, contract: "spot" as const };
    const problem = 'strategy.direction: expected "long", as ABC/USD is spot, was "both"';
    expect(read({}, spot).problems).toEqual([problem]);
    expect(read({ direction: "long" }, spot).problems).toEqual([]);
  });
});
