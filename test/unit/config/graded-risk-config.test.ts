import { describe, expect, test } from "vitest";
import { riskConfigOf, riskSchema } from "../../../src/config/risk-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";

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
const instruments = [
  { name: "btc", spec },
  { name: "mbtc", spec: { ...spec, symbol: "MBTC", lotSize: "0.01", contractSize: "0.001" } },
];

function riskOf(told: unknown) {
  const units = new UnitReader();
  const config = riskConfigOf(riskSchema.parse(told), instruments, units);
  return { config, problems: units.problems.map(({ path, message }) => `${path}: ${message}`) };
}

const pair = { left: "btc", right: "mbtc", orderSize: "0.05" };

describe("legs that hedge each other", () => {
  test("are made comparable in one unit, an order among them", () => {
    const { config, problems } = riskOf({
      pairs: [pair],
      imbalance: { warnBps: 300 },
      criticalSize: {},
    });
    // 0.001 BTC and 0.01 contracts of 0.001 BTC: 100 units of 0.00001 BTC, and one.
    const pairs = [
      { left: 0, right: 1, leftUnitsPerLot: 100, rightUnitsPerLot: 1, orderUnits: 5000 },
    ];
    expect(config.imbalance).toEqual({ pairs, toleranceBps: 500, warnBps: 300 });
    expect(config.criticalSize).toEqual({ pairs, multiple: 10 });
    expect(problems).toEqual([]);
  });

  test("count tokens, not units, where a leg's unit is a thousand of them", () => {
    const { config } = riskOf({ pairs: [{ ...pair, rightMultiplier: 1000 }], imbalance: {} });
    expect(config.imbalance?.pairs[0]).toMatchObject({
      leftUnitsPerLot: 1,
      rightUnitsPerLot: 10,
      orderUnits: 50,
    });
  });

  test("are needed by the rules that judge them, and are two", () => {
    expect(riskOf({ imbalance: {} }).problems).toEqual([
      'risk.imbalance: expected "pairs" beside it: which legs hedge each other',
    ]);
    expect(riskOf({ pairs: [pair] }).problems).toEqual([
      'risk.pairs: expected "imbalance" or "criticalSize" beside it',
    ]);
    expect(riskOf({ pairs: [{ ...pair, right: "btc" }], imbalance: {} }).problems).toEqual([
      'risk.pairs.0: expected two legs, was "btc" twice',
    ]);
  });
});

describe("groups of instruments", () => {
  test("are all of them where none is named", () => {
    const { config } = riskOf({
      exposureSkew: { netOfGrossBpsMax: 3000, grossMin: "100" },
      fundingBleed: { instruments: ["mbtc"], paidMax: "2.5", warnBps: 5000 },
    });
    expect(config.exposureSkew).toEqual({
      instruments: [0, 1],
      netOfGrossBpsMax: 3000,
      grossMinE8: 10_000_000_000n,
    });
    expect(config.fundingBleed).toEqual({
      instruments: [1],
      paidMaxE8: 250_000_000n,
      warnBps: 5000,
    });
  });

  test("name instruments that are there", () => {
    const told = { instruments: ["mbtcc"], paidMax: "1" };
    expect(riskOf({ fundingBleed: told }).problems).toEqual([
      'risk.fundingBleed.instruments.0: there is no instrument "mbtcc", did you mean "mbtc"?',
    ]);
  });
});
