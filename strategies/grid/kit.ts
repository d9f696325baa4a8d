// What the house is told of the grid: its settings with their defaults, prices and sizes as the venue writes them,
// brought to ticks and lots here.

import { z } from "zod";
import {
  count,
  duration,
  name,
  positiveDecimal,
  unsignedDecimal,
} from "../../src/config/fields.ts";
import type { NamedInstrument } from "../../src/config/strategy-instrument.ts";
import { instrumentOfName } from "../../src/config/strategy-instrument.ts";
import { strategyKit } from "../../src/config/strategy-kit.ts";
import type { UnitReader } from "../../src/config/unit-reader.ts";
import { createGrid } from "./grid.ts";
import type { GridConfig } from "./grid-config.ts";

const schema = z.strictObject({
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
function toConfig(
  config: z.output<typeof schema>,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): GridConfig | undefined {
  const target = instrumentOfName(config.instrument, instruments, units);
  if (target === undefined) return undefined;
  const ticks = (key: "halfSpread" | "spacing" | "skew" | "drift"): number =>
    units.ticks(`${key}`, config[key], target.spec);
  const lots = (key: "levelSize" | "positionMax"): number =>
    units.lots(`${key}`, config[key], target.spec);
  const growth = (key: "spacingGrowth" | "sizeGrowth"): number =>
    units.permille(`${key}`, config[key]);
  const wakeUs = units.durationUs("wake", config.wake);
  if (wakeUs === 0) units.problem("wake", `expected more than 0, was "${config.wake}"`);
  const levelLots = lots("levelSize");
  const positionMaxLots = lots("positionMax");
  if (positionMaxLots < levelLots) {
    const text = `expected at least the level size ${config.levelSize}`;
    units.problem("positionMax", `${text}, was ${config.positionMax}`);
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
    requoteUs: units.durationUs("requote", config.requote),
    refusalCountMax: config.refusalsBeforePause,
    backoffUs: units.durationUs("pause", config.pause),
  };
}

export const kit = strategyKit({
  name: "grid",
  summary: "a ladder of limit orders on both sides of the price",
  schema,
  toConfig,
  create: createGrid,
  sample: {
    instruments: [{ name: "rhs", dataset: "sample-alpha" }],
    settings: {
      centre: "microprice",
      halfSpread: "5",
      spacing: "5",
      spacingGrowth: "1.2",
      levelSize: "0.01",
      positionMax: "0.1",
      skew: "5",
      drift: "20",
      requote: "500ms",
    },
  },
});
