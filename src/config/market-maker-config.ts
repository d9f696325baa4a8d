// The smallest market maker's part of a config: one order at each best price, looked at again at an interval.

import { z } from "zod";
import type { MarketMakerConfig } from "../../strategies/market-maker/market-maker.ts";
import { duration, name, positiveDecimal } from "./fields.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import { instrumentOfName } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

export const marketMakerSchema = z.strictObject({
  name: z.literal("market-maker"),
  instrument: name().describe("which instrument to quote; the first when absent").optional(),
  orderSize: positiveDecimal().describe("size of each order, in the instrument's own units"),
  positionLimit: positiveDecimal().describe("no further order that way at this position"),
  interval: duration().describe("how often the book is looked at").default("100ms"),
});

/** The strategy's own config; undefined when its instrument is not there. Problems go to `units`. */
export function marketMakerConfigOf(
  config: z.output<typeof marketMakerSchema>,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): MarketMakerConfig | undefined {
  const target = instrumentOfName(config.instrument, instruments, units);
  if (target === undefined) return undefined;
  const intervalUs = units.durationUs("strategy.interval", config.interval);
  if (intervalUs === 0) {
    units.problem("strategy.interval", `expected more than 0, was "${config.interval}"`);
  }
  return {
    instrument: target.index,
    orderLots: units.lots("strategy.orderSize", config.orderSize, target.spec),
    positionLimitLots: units.lots("strategy.positionLimit", config.positionLimit, target.spec),
    intervalUs,
  };
}
