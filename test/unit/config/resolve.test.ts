import { describe, expect, test } from "vitest";
import { latencySchema, linkLatencyOf } from "../../../src/config/latency-config.ts";
import { riskConfigOf, riskSchema } from "../../../src/config/risk-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";
import { kit as grid } from "../../../strategies/grid/kit.ts";
import { kit as marketMaker } from "../../../strategies/market-maker/kit.ts";

const spec = {
  venueName: "alpha",
  symbol: "BTC",
  contract: "linear",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
} as const;
const coarse = { ...spec, symbol: "ETH", tickSize: "0.5", lotSize: "0.01" };
const instruments = [
  { name: "btc", spec },
  { name: "eth", spec: coarse },
];

const texts = (units: UnitReader) =>
  units.problems.map(({ path, message }) => `${path}: ${message}`);

describe("the grid's config", () => {
  const told = {
    halfSpread: "2.5",
    spacing: "1",
    levelSize: "0.02",
    positionMax: "0.1",
  };

  test("brings prices, sizes and times to the integers of the instrument it names", () => {
    const units = new UnitReader();
    const config = grid.schema.parse({
      ...told,
      instrument: "eth",
      spacingGrowth: "1.25",
      wake: "2s",
    });
    expect(grid.toConfig(config, instruments, units)).toEqual({
      instrument: 1,
      levels: 5,
      centre: "mid",
      halfSpreadTicks: 5,
      spacingTicks: 2,
      spacingGrowthPermille: 1_250,
      levelLots: 2,
      sizeGrowthPermille: 1_000,
      positionMaxLots: 10,
      skewTicks: 0,
      driftTicks: 0,
      wakeUs: 2_000_000,
      requoteUs: 0,
      refusalCountMax: 5,
      backoffUs: 5_000_000,
      backoffMaxUs: 60_000_000,
      placesPerSecond: 200,
      positionDriftPermille: 100,
      repriceTicks: 0,
      minNotionalE8: 0,
      barUs: 2_000_000,
    });
    expect(units.problems).toEqual([]);
  });

  test("gathers everything that does not fit", () => {
    const units = new UnitReader();
    const change = { halfSpread: "0.25", levelSize: "0.0005", positionMax: "0.001", wake: "0s" };
    grid.toConfig(grid.schema.parse({ ...told, ...change }), instruments, units.under("strategy"));
    expect(texts(units)).toEqual([
      'strategy.wake: expected more than 0, was "0s"',
      "strategy.levelSize: expected a multiple of the lot 0.001 of BTC, was 0.0005",
      "strategy.halfSpread: expected a multiple of the tick 0.1 of BTC, was 0.25",
    ]);
  });

  test("refuses a position that one order would exceed, and an instrument that is not there", () => {
    const units = new UnitReader();
    grid.toConfig(
      grid.schema.parse({ ...told, positionMax: "0.01" }),
      instruments,
      units.under("strategy"),
    );
    grid.toConfig(
      grid.schema.parse({ ...told, instrument: "btcc" }),
      instruments,
      units.under("strategy"),
    );
    expect(texts(units)).toEqual([
      "strategy.positionMax: expected at least the level size 0.02, was 0.01",
      'strategy.instrument: there is no instrument "btcc", did you mean "btc"?',
    ]);
  });
});

test("the market maker's config is read the same way", () => {
  const units = new UnitReader();
  const told = { orderSize: "0.01", positionLimit: "1", interval: "10ms" };
  expect(marketMaker.toConfig(marketMaker.schema.parse(told), instruments, units)).toEqual({
    instrument: 0,
    orderLots: 10,
    positionLimitLots: 1_000,
    intervalUs: 10_000,
  });
});

describe("latencies", () => {
  test("are constants, spreads or quantiles, and default to the placement's", () => {
    const units = new UnitReader();
    const told = {
      place: { min: "1ms", max: "3ms" },
      response: {
        quantiles: [
          [0, "1ms"],
          [0.5, "2ms"],
          [1, "50ms"],
        ],
      },
    };
    const uniform = { kind: "uniform", minUs: 1_000, maxUs: 3_000 };
    expect(linkLatencyOf(latencySchema.parse(told), "venues.0.latency", units)).toEqual({
      place: uniform,
      cancel: uniform,
      amend: uniform,
      response: {
        kind: "quantiles",
        points: [
          [0, 1_000],
          [0.5, 2_000],
          [1, 50_000],
        ],
      },
    });
    expect(units.problems).toEqual([]);
  });

  test.each([
    [{ place: { min: "3ms", max: "1ms" } }, "x.place: expected min ≤ max, was 3ms > 1ms"],
    [
      {
        response: {
          quantiles: [
            [0, "1ms"],
            [0.9, "2ms"],
          ],
        },
      },
      "x.response.quantiles: expected quantiles from 0 to 1",
    ],
    [
      {
        response: {
          quantiles: [
            [0, "2ms"],
            [1, "1ms"],
          ],
        },
      },
      "x.response.quantiles.1: expected quantiles and latencies in ascending order",
    ],
    [
      { response: "0.0001ms" },
      'x.response: expected a whole number of microseconds, was "0.0001ms"',
    ],
  ])("refuses %j", (told, problem) => {
    const units = new UnitReader();
    linkLatencyOf(latencySchema.parse(told), "x", units);
    expect(texts(units)).toContain(problem);
  });
});

describe("risk limits", () => {
  test("that are absent stay absent: they are not checked", () => {
    expect(riskConfigOf(riskSchema.parse({}), instruments, new UnitReader())).toEqual({});
  });

  test("come in lots, µs and 1e-8 of money", () => {
    const units = new UnitReader();
    const told = {
      instruments: [
        { positionMax: "0.5", openOrdersMax: 20 },
        { instrument: "eth", orderSizeMax: "1.5", notionalMax: "10000.5" },
      ],
      orderVelocity: { ordersMax: 100, window: "1s" },
      staleAfter: "5s",
      drawdownMax: "250",
      dailyLossMax: "100",
      dailyProfitMax: "1000",
    };
    expect(riskConfigOf(riskSchema.parse(told), instruments, units)).toEqual({
      instruments: [
        { instrument: 0, positionLotsMax: 500, openOrdersMax: 20 },
        { instrument: 1, orderLotsMax: 150, notionalMaxE8: 1_000_050_000_000n },
      ],
      orderVelocity: { ordersMax: 100, windowUs: 1_000_000 },
      staleData: { ttlUs: 5_000_000 },
      drawdown: { limitE8: 25_000_000_000n },
      dailyPnl: { lossMaxE8: 10_000_000_000n, profitMaxE8: 100_000_000_000n },
    });
    expect(units.problems).toEqual([]);
  });
});
