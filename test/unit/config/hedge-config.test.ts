// What a hedge is told, in a user's words, brought to lots and µs; the defaults are the design documents'.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { UnitReader } from "../../../src/config/unit-reader.ts";
import type { InstrumentSpec } from "../../../src/domain/instrument.ts";
import { kit } from "../../../strategies/hedge/kit.ts";

const spec: InstrumentSpec = {
  venueName: "x",
  symbol: "SOL-PERP",
  contract: "linear",
  base: "SOL",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "0.01",
  contractSize: "1",
};
const named = [
  { name: "a", spec },
  { name: "b", spec: { ...spec, lotSize: "0.1" } },
];
const least = {
  maker: { instrument: "a" },
  taker: { instrument: "b" },
  orderSize: "1.5",
  positionMax: "6",
};

function read(changed: object) {
  const units = new UnitReader();
  const config = kit.toConfig(
    kit.schema.parse({ ...least, ...changed }),
    named,
    units.under("strategy"),
  );
  return { config, problems: units.problems.map(({ path, message }) => `${path}: ${message}`) };
}

test("the defaults are those of the design documents", () => {
  const { config, problems } = read({});
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    orderLots: 150,
    cycleLots: 150,
    positionMaxLots: 600,
    cycles: 1,
    // Hedge manager flow, 4.1.3.1: 8 / 6 s / 75 ms to open, 5 / 3 s / 50 ms to reduce.
    opens: { retriesMax: 8, timeoutUs: 6_000_000, backoffUs: 75_000, insideRetries: 3 },
    reduces: { retriesMax: 5, timeoutUs: 3_000_000, backoffUs: 50_000, insideRetries: 2 },
    // Ruling 3: 5 %. Hedge Bot V2: 10 × size is critical, 180 s are held.
    imbalanceBps: 500,
    criticalFactor: 10,
    holdMinUs: 180_000_000,
    holdMaxUs: 180_000_000,
    delayMinUs: 0,
    delayMaxUs: 0,
  });
});

test("sizes, least values and durations are brought to lots, tick-lots and µs", () => {
  const { config } = read({
    maker: { instrument: "a", sizeMin: "0.05", notionalMin: "10" },
    delay: "15s",
    delayMax: "60s",
  });
  expect(config?.maker).toEqual({
    instrument: 0,
    baseMultiplier: 1,
    lotsMin: 5,
    notionalMinTickLots: 100_000,
  });
  expect([config?.delayMinUs, config?.delayMaxUs]).toEqual([15_000_000, 60_000_000]);
});

test.each([
  [{ taker: { instrument: "c" } }, 'strategy.taker: there is no instrument "c"'],
  [{ taker: { instrument: "a" } }, "strategy.taker.instrument: expected another one"],
  [{ cycleSize: "7" }, "strategy.positionMax: expected at least what a cycle builds, 7"],
  [{ positionMax: "1" }, "strategy.positionMax: expected at least"],
  [{ orderSize: "1.505" }, "strategy.orderSize: expected a multiple of the lot 0.01"],
  [{ hold: "90s", holdMax: "30s" }, "strategy.holdMax: expected at least 90s"],
  [{ delay: "60s", delayMax: "15s" }, "strategy.delayMax: expected at least 60s"],
  [{ wake: "0s" }, "strategy.wake: expected more than 0"],
])("a contradiction is told where it stands: %o (H32)", (changed, problem) => {
  expect(read(changed).problems.join("\n")).toContain(problem);
});

test("the example is a hedge of the two sample recordings", () => {
  const text = readFileSync(
    new URL("../../../examples/hedge-sample.json", import.meta.url),
    "utf8",
  );
  const example = JSON.parse(text) as {
    strategy: Record<string, unknown>;
    instruments: { dataset: string }[];
  };
  const { name, ...settings } = example.strategy;
  expect(name).toBe(kit.name);
  expect(kit.schema.safeParse(settings).success).toBe(true);
  expect(example.instruments.map((each) => each.dataset)).toEqual(["sample-alpha", "sample-beta"]);
});
