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
import type { GridConfig, GridInventory, GridTrend, GridVolatility } from "./grid-config.ts";
import { gridFacts, gridKnobs } from "./kit-facts.ts";

/** Defaults are those of the bot that "Grid Trading Bot Architecture" describes, under the names it gives them. */
const volatilitySchema = z.strictObject({
  atrLength: count(1, 1_000).describe("bars the true range is averaged over").default(14),
  ewmaAlpha: positiveDecimal().describe("weight of the newest bar in the variance").default("0.12"),
  initVolMultiplier: positiveDecimal()
    .describe("both measures begin at this many times 0.1 % of the price")
    .default("1"),
  atrWeight: unsignedDecimal().describe("true ranges added to the spacing").default("0.5"),
  volWeight: unsignedDecimal().describe("standard deviations added to it").default("2.5"),
  gridSpacingPct: unsignedDecimal()
    .describe("spacing in a market that stands still, as a share of the price")
    .default("0.0006"),
  gridSpacingMinPct: unsignedDecimal()
    .describe("least spacing, as a share of the price; never below `spacing`")
    .default("0.0005"),
  gridSpacingMaxPct: positiveDecimal()
    .describe("largest spacing, as a share of the price")
    .default("0.005"),
  volCircuitSigma: unsignedDecimal()
    .describe("a bar that moves by more standard deviations takes the grid off; 0: never")
    .default("4"),
});

const trendSchema = z.strictObject({
  trendFastEma: count(1, 10_000).describe("bars of the fast average").default(12),
  trendSlowEma: count(2, 10_000).describe("bars of the slow average").default(48),
  trendMaxPct: unsignedDecimal()
    .describe("the centre leans with the trend by at most this share of the price")
    .default("0.004"),
});

const inventorySchema = z.strictObject({
  skewSoft: unsignedDecimal()
    .describe("above this part of positionMax the growing side shrinks, the other one grows")
    .default("0.2"),
  skewHard: unsignedDecimal()
    .describe("above this part of positionMax the growing side is not quoted")
    .default("0.5"),
});

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
  // Settings that came later have their defaults below: a default here would change the digest of every older config.
  pauseMax: duration()
    .describe("it pauses twice as long each further time, up to this, until something works; 60s")
    .optional(),
  ordersPerSecond: count(1, 100_000)
    .describe("orders placed a second at most, whatever happens; 200")
    .optional(),
  positionDrift: unsignedDecimal()
    .describe("rebuilt when others moved the position by more than this part of it; 0.1")
    .optional(),
  repriceTickThreshold: count(0, 1_000)
    .describe("an open order at most so many ticks from a wanted one stays; 0")
    .optional(),
  orderTtl: duration().describe("an order is replaced when it is this old; never").optional(),
  minNotional: unsignedDecimal()
    .describe("no order of less value, in the quote currency; 0")
    .optional(),
  loopInterval: duration()
    .describe("period of the bars that volatility and trend are measured over; 2s")
    .optional(),
  volatility: volatilitySchema
    .describe("spreads the rungs with the market's volatility; off when absent")
    .optional(),
  trend: trendSchema.describe("leans the centre with the trend; off when absent").optional(),
  inventory: inventorySchema
    .describe("sizes the rungs by what is held; off when absent")
    .optional(),
});

type Settings = z.output<typeof schema>;

/** The defaults of the settings that came later. */
const LATER = {
  pauseMax: "60s",
  ordersPerSecond: 200,
  positionDrift: "0.1",
  repriceTickThreshold: 0,
  minNotional: "0",
  loopInterval: "2s",
} as const;

/** The strategy's own config; undefined when its instrument is not there. Problems go to `units`. */
function toConfig(
  config: Settings,
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
    backoffMaxUs: units.durationUs("pauseMax", config.pauseMax ?? LATER.pauseMax),
    placesPerSecond: config.ordersPerSecond ?? LATER.ordersPerSecond,
    positionDriftPermille: units.permille(
      "positionDrift",
      config.positionDrift ?? LATER.positionDrift,
    ),
    repriceTicks: config.repriceTickThreshold ?? LATER.repriceTickThreshold,
    minNotionalE8: shareE8(units, "minNotional", config.minNotional ?? LATER.minNotional),
    ...measuresOf(config, units),
  };
}

/** What is off unless it is asked for. */
function measuresOf(config: Settings, units: UnitReader): Pick<GridConfig, Measures> {
  const barUs = units.durationUs("loopInterval", config.loopInterval ?? LATER.loopInterval);
  if (barUs === 0) units.problem("loopInterval", 'expected more than 0, was "0s"');
  const { orderTtl = "0s", volatility, trend, inventory } = config;
  const orderTtlUs = units.durationUs("orderTtl", orderTtl);
  return {
    barUs,
    ...(orderTtlUs === 0 ? {} : { orderTtlUs }),
    ...(volatility === undefined ? {} : { volatility: volatilityOf(volatility, units) }),
    ...(trend === undefined ? {} : { trend: trendOf(trend, units) }),
    ...(inventory === undefined ? {} : { inventory: inventoryOf(inventory, units) }),
  };
}

type Measures = "barUs" | "orderTtlUs" | "volatility" | "trend" | "inventory";

function trendOf(trend: z.output<typeof trendSchema>, units: UnitReader): GridTrend {
  if (trend.trendSlowEma <= trend.trendFastEma) {
    const text = `expected more bars than the fast average's ${trend.trendFastEma}`;
    units.problem("trend.trendSlowEma", `${text}, was ${trend.trendSlowEma}`);
  }
  return {
    fastEma: trend.trendFastEma,
    slowEma: trend.trendSlowEma,
    maxE8: shareE8(units, "trend.trendMaxPct", trend.trendMaxPct),
  };
}

function inventoryOf(config: z.output<typeof inventorySchema>, units: UnitReader): GridInventory {
  const skewSoftPermille = units.permille("inventory.skewSoft", config.skewSoft);
  const skewHardPermille = units.permille("inventory.skewHard", config.skewHard);
  if (skewHardPermille < skewSoftPermille) {
    const text = `expected at least the soft limit ${config.skewSoft}`;
    units.problem("inventory.skewHard", `${text}, was ${config.skewHard}`);
  }
  return { skewSoftPermille, skewHardPermille };
}

function volatilityOf(
  config: z.output<typeof volatilitySchema>,
  units: UnitReader,
): GridVolatility {
  const permille = (key: "ewmaAlpha" | "initVolMultiplier" | "atrWeight" | "volWeight"): number =>
    units.permille(`volatility.${key}`, config[key]);
  const share = (key: "gridSpacingPct" | "gridSpacingMinPct" | "gridSpacingMaxPct"): number =>
    shareE8(units, `volatility.${key}`, config[key]);
  const ewmaAlphaPermille = permille("ewmaAlpha");
  if (ewmaAlphaPermille > 1000) {
    units.problem("volatility.ewmaAlpha", `expected at most 1, was ${config.ewmaAlpha}`);
  }
  const spacingMinE8 = share("gridSpacingMinPct");
  const spacingMaxE8 = share("gridSpacingMaxPct");
  if (spacingMaxE8 < spacingMinE8) {
    const text = `expected at least the least spacing ${config.gridSpacingMinPct}`;
    units.problem("volatility.gridSpacingMaxPct", `${text}, was ${config.gridSpacingMaxPct}`);
  }
  return {
    atrLength: config.atrLength,
    ewmaAlphaPermille,
    initVolPermille: permille("initVolMultiplier"),
    atrWeightPermille: permille("atrWeight"),
    volWeightPermille: permille("volWeight"),
    spacingE8: share("gridSpacingPct"),
    spacingMinE8,
    spacingMaxE8,
    circuitSigmaPermille: units.permille("volatility.volCircuitSigma", config.volCircuitSigma),
  };
}

/** A share of a price, or money, in units of 1e-8. */
function shareE8(units: UnitReader, path: string, value: string): number {
  return Number(units.moneyE8(path, value));
}

export const kit = strategyKit({
  name: "grid",
  summary: "a ladder of limit orders on both sides of the price",
  schema,
  toConfig,
  create: createGrid,
  facts: gridFacts,
  knobs: gridKnobs,
  sample: {
    instruments: [{ name: "rhs", venue: "alpha", dataset: "sample-alpha" }],
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
