// What the house is told of the smallest market maker: one order at each best price, looked at again at an interval.

import { z } from "zod";
import { duration, name, positiveDecimal } from "../../src/config/fields.ts";
import type { NamedInstrument } from "../../src/config/strategy-instrument.ts";
import { instrumentOfName } from "../../src/config/strategy-instrument.ts";
import { strategyKit } from "../../src/config/strategy-kit.ts";
import { turnedSetting } from "../../src/config/turned-setting.ts";
import type { UnitReader } from "../../src/config/unit-reader.ts";
import type { MarketMakerConfig } from "./market-maker.ts";
import { createMarketMaker } from "./market-maker.ts";

const schema = z.strictObject({
  instrument: name().describe("which instrument to quote; the first when absent").optional(),
  orderSize: positiveDecimal().describe("size of each order, in the instrument's own units"),
  positionLimit: positiveDecimal().describe("no further order that way at this position"),
  interval: duration().describe("how often the book is looked at").default("100ms"),
});

/** The strategy's own config; undefined when its instrument is not there. Problems go to `units`. */
function toConfig(
  config: z.output<typeof schema>,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): MarketMakerConfig | undefined {
  const target = instrumentOfName(config.instrument, instruments, units);
  if (target === undefined) return undefined;
  const intervalUs = units.durationUs("interval", config.interval);
  if (intervalUs === 0) {
    units.problem("interval", `expected more than 0, was "${config.interval}"`);
  }
  return {
    instrument: target.index,
    orderLots: units.lots("orderSize", config.orderSize, target.spec),
    positionLimitLots: units.lots("positionLimit", config.positionLimit, target.spec),
    intervalUs,
  };
}

export const kit = strategyKit({
  name: "market-maker",
  summary: "one order at each best price, the smallest market maker there is",
  schema,
  toConfig,
  create: createMarketMaker,
  facts: ({ instrument, intervalUs }) => ({
    quotes: [{ instrument, onePerPrice: true, quotesWithinUs: intervalUs + 120_000_000 }],
  }),
  knobs: (config) => [turnedSetting(config, "intervalUs")],
  sample: {
    instruments: [{ name: "rhs", venue: "alpha", dataset: "sample-alpha" }],
    settings: { orderSize: "0.01", positionLimit: "0.1", interval: "500ms" },
  },
});
