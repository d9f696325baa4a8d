// The grid bot's part of a config: prices and sizes as the venue writes them, brought to ticks and lots here.

import { z } from "zod";
import type { GridConfig } from "../../strategies/grid/grid-config.ts";
import { count, duration, name, positiveDecimal, unsignedDecimal } from "./fields.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import { instrumentOfName } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

export const gridSchema = z.strictObject({
  name: z.literal("grid"),
  instrument: name().describe("which instrument to quote; the first when absent").optional(),
  levels: count(1, 200).describe("orders on each side").default(5),
  centre: z
    .enum(["mid", "microprice"])
    .describe(
      "what the ladder is centred on: the middle of the touch, or the touch weighted by size",
    )
    .default("mid"),
  halfSpread: positiveDecimal().describe("price distance of the first order from the centre"),
  spacing: positiveDecimal().describe("price distance between the first and the second order"),
  spacingGrowth: positiveDecimal()
    .describe("each further distance is this many times the one before; at most three decimals")
    .default("1"),
  levelSize: positiveDecimal().describe("size of the first order, in the instrument's own units"),
  sizeGrowth: positiveDecimal()
    .describe("each further order is this many times the size of the one before")
    .default("1"),
  positionMax: positiveDecimal().describe("largest position, all open orders of a side counted"),
  skew: unsignedDecimal()
    .describe("how far the centre moves against a full position, as a price distance")
    .default("0"),
  drift: unsignedDecimal()
    .describe("the ladder is rebuilt when the centre has moved by more than this price distance")
    .default("0"),
  wake: duration().describe("how often at most the book is looked at").default("100ms"),
  requote: duration().describe("least time between two rounds of orders").default("0s"),
  refusalsBeforePause: count(1).describe("refusals in a row that make the grid pause").default(5),
  pause: duration().describe("how long it pauses then").default("5s"),
});

/** The strategy's own config; undefined when its instrument is not there. Problems go to `units`. */
export function gridConfigOf(
  config: z.output<typeof gridSchema>,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): GridConfig | undefined {
  const target = instrumentOfName(config.instrument, instruments, units);
  if (target === undefined) return undefined;
  const ticks = (key: "halfSpread" | "spacing" | "skew" | "drift"): number =>
    units.ticks(`strategy.${key}`, config[key], target.spec);
  const lots = (key: "levelSize" | "positionMax"): number =>
    units.lots(`strategy.${key}`, config[key], target.spec);
  const growth = (key: "spacingGrowth" | "sizeGrowth"): number =>
    units.permille(`strategy.${key}`, config[key]);
  const wakeUs = units.durationUs("strategy.wake", config.wake);
  if (wakeUs === 0) units.problem("strategy.wake", `expected more than 0, was "${config.wake}"`);
  const levelLots = lots("levelSize");
  const positionMaxLots = lots("positionMax");
  if (positionMaxLots < levelLots) {
    const text = `expected at least the level size ${config.levelSize}`;
    units.problem("strategy.positionMax", `${text}, was ${config.positionMax}`);
  }
  return {
    instrument: target.index,
    levels: config.levels,
    centre: config.centre,
    halfSpreadTicks: ticks("halfSpread"),
    spacingTicks: ticks("spacing"),
    spacingGrowthPermille: growth("spacingGrowth"),
    levelLots,
    sizeGrowthPermille: growth("sizeGrowth"),
    positionMaxLots,
    skewTicks: ticks("skew"),
    driftTicks: ticks("drift"),
    wakeUs,
    requoteUs: units.durationUs("strategy.requote", config.requote),
    refusalCountMax: config.refusalsBeforePause,
    backoffUs: units.durationUs("strategy.pause", config.pause),
  };
}
