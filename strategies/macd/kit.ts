// What the house is told of the MACD bot: its settings, brought from factors, prices and durations to the whole numbers
// it decides in. The settings themselves stand in kit-schema.ts.

import type { NamedInstrument } from "../../src/config/strategy-instrument.ts";
import { instrumentOfName } from "../../src/config/strategy-instrument.ts";
import { strategyKit } from "../../src/config/strategy-kit.ts";
import { UnitReader } from "../../src/config/unit-reader.ts";
import { macdFacts, macdKnobs } from "./kit-facts.ts";
import { overlaid } from "./kit-overrides.ts";
import type { MacdCoinFile, MacdFile } from "./kit-schema.ts";
import { macdSchema, trailingSchema } from "./kit-schema.ts";
import { createMacd, createMacdCoins } from "./macd.ts";
import type { MacdBotConfig, MacdCoinConfig } from "./macd-config.ts";

/** The strategy's own config; undefined when an instrument is not there. Problems go to `units`. */
function toConfig(
  config: MacdFile,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): MacdBotConfig | undefined {
  // Told once, whoever uses them.
  settingsOf(config, units);
  const coins: MacdCoinConfig[] = [];
  config.coins.forEach((coin, index) => {
    const path = `coins.${index}`;
    const target = instrumentOfName(coin.instrument, instruments, units, `${path}.instrument`);
    if (target === undefined) return;
    if (coins.some((each) => each.instrument === target.index)) {
      units.problem(`${path}.instrument`, "this instrument is traded by an earlier entry already");
    }
    const own = ownSettings(config, coin, units.under(path));
    const direction = own.direction;
    if (target.spec.contract === "spot" && direction !== "long") {
      const text = `expected "long", as ${target.spec.symbol} is spot, was "${direction}"`;
      units.problem(coin.direction === undefined ? "direction" : `${path}.direction`, text);
    }
    const ticks = (key: "stopMin" | "postOnlyOffset"): number =>
      coin[key] === undefined ? 0 : units.ticks(`${path}.${key}`, coin[key], target.spec);
    const { positionMax } = coin;
    const lotsMax =
      positionMax === undefined
        ? undefined
        : units.lots(`${path}.positionMax`, positionMax, target.spec);
    coins.push({
      ...own,
      instrument: target.index,
      exits: { ...own.exits, stopTicksMin: ticks("stopMin") },
      sizing: { ...own.sizing, lotsMax },
      orders: { ...own.orders, offsetTicks: ticks("postOnlyOffset") },
    });
  });
  if (coins.length < config.coins.length) return undefined;
  const { dailyLoss, dailyProfit } = config.session;
  const daily = {
    lossMaxPermille: units.permille("session.dailyLoss", dailyLoss),
    profitMaxPermille:
      dailyProfit === undefined ? undefined : units.permille("session.dailyProfit", dailyProfit),
  };
  return { coins, daily };
}

/** The shared settings with what an instrument says otherwise; only problems the shared ones have not are told. */
function ownSettings(config: MacdFile, coin: MacdCoinFile, units: UnitReader): MacdCoinConfig {
  const shared = new UnitReader();
  settingsOf(config, shared);
  const known = new Set(shared.problems.map(({ path, message }) => `${path}: ${message}`));
  const reader = new UnitReader();
  const settings = settingsOf(fileOf(config, coin), reader);
  for (const { path, message } of reader.problems) {
    if (!known.has(`${path}: ${message}`)) units.problem(path, message);
  }
  return settings;
}

/** What a file would say if it were about this instrument alone. */
function fileOf(config: MacdFile, coin: MacdCoinFile): MacdFile {
  const { indicators, filters, regime, sizing, exits, orders, session } = config;
  const { direction, period, check, higher, signalBars, late } = coin;
  const bars = { direction, period, check, higher, signalBars, late };
  const said = Object.entries(bars).filter(([, value]) => value !== undefined);
  return {
    ...overlaid(config, Object.fromEntries(said)),
    indicators: overlaid(indicators, coin.indicators),
    filters: overlaid(filters, coin.filters),
    regime: overlaid(regime, coin.regime),
    sizing: overlaid(sizing, coin.sizing),
    exits: { ...overlaid(exits, coin.exits), trailing: trailingOf(exits, coin) },
    orders: overlaid(orders, coin.orders),
    session: overlaid(session, coin.session),
  };
}

/** Laid over the shared one where there is one, over the defaults where that is "never". */
function trailingOf({ trailing }: MacdFile["exits"], coin: MacdCoinFile): typeof trailing {
  const own = coin.exits?.trailing;
  if (own === undefined || own === "never") return own ?? trailing;
  return overlaid(trailing === "never" ? trailingSchema.parse({}) : trailing, own);
}

/** Everything that is not in an instrument's own units. */
function settingsOf(config: MacdFile, units: UnitReader): MacdCoinConfig {
  const us = (path: string, value: string): number => units.durationUs(`${path}`, value);
  const { session, indicators, orders } = config;
  const { bollingerDeviations, ...periods } = indicators;
  const deviationsPath = "indicators.bollingerDeviations";
  const bollingerDeviationsPermille = units.permille(deviationsPath, bollingerDeviations);
  judgeTimes(config, units);
  return {
    instrument: 0,
    direction: config.direction,
    periodUs: us("period", config.period),
    checkUs: us("check", config.check),
    higherMultiples: config.higher,
    signalBars: config.signalBars,
    lateUs: us("late", config.late),
    periods: { ...periods, bollingerDeviationsPermille },
    filters: filtersOf(config.filters, units),
    regime: regimeOf(config.regime, units),
    sizing: sizingOf(config.sizing, units),
    exits: exitsOf(config.exits, units),
    orders: {
      entry: orders.entry,
      exit: orders.exit,
      slippagePermille: units.permille("orders.slippage", orders.slippage),
      offsetTicks: 0,
      entryTimeoutUs: us("orders.entryTimeout", orders.entryTimeout),
      exitRetry: {
        waitUs: us("orders.exitRetry", orders.exitRetry),
        waitMaxUs: us("orders.exitRetryMax", orders.exitRetryMax),
      },
    },
    session: {
      tradesMax: session.tradesMax,
      lossesMax: session.lossesMax,
      coolDownUs: us("session.coolDown", session.coolDown),
    },
  };
}

function filtersOf(filters: MacdFile["filters"], units: UnitReader): MacdCoinConfig["filters"] {
  const permille = (key: "percentBMax" | "bandWidthMin" | "atrMax" | "volumeMin" | "volumeMax") =>
    units.permille(`filters.${key}`, filters[key]);
  return {
    rsiLongMaxMilli: filters.rsiLongMax * 1000,
    rsiShortMinMilli: filters.rsiShortMin * 1000,
    percentBMaxPermille: permille("percentBMax"),
    bandWidthMinPermille: permille("bandWidthMin"),
    atrRatioMaxPermille: permille("atrMax"),
    volumeMinPermille: permille("volumeMin"),
    volumeMaxPermille: permille("volumeMax"),
    directional: filters.directional,
  };
}

function regimeOf(regime: MacdFile["regime"], units: UnitReader): MacdCoinConfig["regime"] {
  if (regime.rangingAdx > regime.trendingAdx) {
    const text = `expected at most trendingAdx ${regime.trendingAdx}, was ${regime.rangingAdx}`;
    units.problem("regime.rangingAdx", text);
  }
  const permille = (
    key: "transitionSize" | "transitionTarget" | "volatileAtr" | "volatileStop",
  ): number => units.permille(`regime.${key}`, regime[key]);
  return {
    trendingAdxMilli: regime.trendingAdx * 1000,
    rangingAdxMilli: regime.rangingAdx * 1000,
    transitionSizePermille: permille("transitionSize"),
    transitionTargetPermille: permille("transitionTarget"),
    volatileAtrRatioPermille: permille("volatileAtr"),
    volatileStopPermille: permille("volatileStop"),
  };
}

function sizingOf(sizing: MacdFile["sizing"], units: UnitReader): MacdCoinConfig["sizing"] {
  const permille = (key: "risk" | "base" | "max" | "degraded"): number =>
    units.permille(`sizing.${key}`, sizing[key]);
  return {
    riskPermille: permille("risk"),
    basePermille: permille("base"),
    maxPermille: permille("max"),
    leverage: sizing.leverage,
    lotsMax: undefined,
    degradedPermille: permille("degraded"),
  };
}

function exitsOf(exits: MacdFile["exits"], units: UnitReader): MacdCoinConfig["exits"] {
  const permille = (path: string, value: string): number => units.permille(`exits.${path}`, value);
  const { trailing, breakEven } = exits;
  const takeProfits = exits.takeProfits.map((level, index) => ({
    atRPermille: permille(`takeProfits.${index}.at`, level.at),
    sharePermille: permille(`takeProfits.${index}.share`, level.share),
  }));
  takeProfits.forEach((level, index) => {
    const before = takeProfits[index - 1];
    if (before === undefined || before.atRPermille < level.atRPermille) return;
    units.problem(`exits.takeProfits.${index}.at`, "expected more than the level before");
  });
  const share = takeProfits.reduce((sum, level) => sum + level.sharePermille, 0);
  if (share > 1000) {
    units.problem("exits.takeProfits", `expected shares of at most 1, was ${share / 1000}`);
  }
  return {
    stopAtrPermille: permille("stopAtr", exits.stopAtr),
    stopTicksMin: 0,
    takeProfits,
    targetRPermille: permille("target", exits.target),
    breakEvenRPermille: breakEven === "never" ? undefined : permille("breakEven", breakEven),
    trailing:
      trailing === "never"
        ? undefined
        : {
            activationPermille: permille("trailing.activation", trailing.activation),
            distancePermille: permille("trailing.distance", trailing.distance),
            stepPermille: permille("trailing.step", trailing.step),
          },
    holdingMaxUs: units.durationUs("exits.holdingMax", exits.holdingMax),
    onOppositeCross: exits.onOppositeCross,
    watch: exits.watch,
  };
}

function judgeTimes(config: MacdFile, units: UnitReader): void {
  // What is wrong with a duration itself has been told where it is read.
  const quiet = new UnitReader();
  const checkUs = quiet.durationUs("check", config.check);
  const periodUs = quiet.durationUs("period", config.period);
  const retryUs = quiet.durationUs("orders.exitRetry", config.orders.exitRetry);
  if (checkUs < 1) units.problem("check", `expected more than 0, was "${config.check}"`);
  if (periodUs < 1 || periodUs % Math.max(1, checkUs) !== 0) {
    const text = `expected a multiple of the check ${config.check}, was "${config.period}"`;
    units.problem("period", text);
  }
  if (retryUs < 1) {
    units.problem("orders.exitRetry", `expected more than 0, was "${config.orders.exitRetry}"`);
  }
  const { fast, slow } = config.indicators;
  if (fast >= slow) {
    units.problem("indicators.fast", `expected less than slow ${slow}, was ${fast}`);
  }
}

export const kit = strategyKit({
  name: "macd",
  summary: "crossings of the MACD on closed bars, filtered, sized by risk, with stops",
  schema: macdSchema,
  toConfig,
  create: createMacd,
  coins: createMacdCoins,
  facts: macdFacts,
  knobs: macdKnobs,
  sample: {
    instruments: [{ name: "rhs", venue: "alpha", dataset: "sample-alpha" }],
    // Far shorter than a trader's: the sample is 25 minutes long.
    settings: {
      coins: [{ instrument: "rhs" }],
      period: "30s",
      check: "10s",
      higher: [2],
      indicators: { fast: 3, slow: 6, signal: 3, adx: 5, rsi: 7, atr: 5, atrAverage: 6 },
      filters: { volumeMin: "0" },
    },
  },
});
