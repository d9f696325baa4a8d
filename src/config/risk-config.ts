// What the risk engine is told: limits in the venue's own units, brought to lots and ledger money.
// A limit that is absent is not checked; the assumptions above a result say which are in force.

import { z } from "zod";
import type { InstrumentLimits, RiskConfig } from "../risk/risk-config.ts";
import { count, duration, name, positiveDecimal } from "./fields.ts";
import { gradedRiskFields, gradedRiskOf } from "./graded-risk-config.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import { instrumentOfName } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

const limitsSchema = z.strictObject({
  instrument: name().describe("whose limits; the first instrument's when absent").optional(),
  positionMax: positiveDecimal()
    .describe("largest position, every order that may still fill counted")
    .optional(),
  orderSizeMax: positiveDecimal().describe("largest single order").optional(),
  openOrdersMax: count(1).describe("most orders not yet over").optional(),
  notionalMax: positiveDecimal()
    .describe("most money the worst-case position may be worth, in the quote currency")
    .optional(),
});

export const riskSchema = z.strictObject({
  instruments: z.array(limitsSchema).describe("limits of single instruments").optional(),
  orderVelocity: z
    .strictObject({ ordersMax: count(1), window: duration() })
    .describe("most new orders and amends in any window of this length, all instruments together")
    .optional(),
  staleAfter: duration()
    .describe("no new risk on a book that was last received longer ago than this")
    .optional(),
  drawdownMax: positiveDecimal()
    .describe("trading stops for good this far below the peak of equity, in the quote currency")
    .optional(),
  dailyLossMax: positiveDecimal()
    .describe("trading stops until the next UTC day at this loss, in the quote currency")
    .optional(),
  dailyProfitMax: positiveDecimal()
    .describe("trading stops until the next UTC day at this profit, in the quote currency")
    .optional(),
  ...gradedRiskFields,
});

type RiskFile = z.output<typeof riskSchema>;

/** The engine's own config. Problems go to `units`. */
export function riskConfigOf(
  config: RiskFile,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): RiskConfig {
  const { orderVelocity, staleAfter, drawdownMax, dailyLossMax, dailyProfitMax } = config;
  const money = (key: "drawdownMax" | "dailyLossMax" | "dailyProfitMax", value: string): bigint =>
    units.moneyE8(`risk.${key}`, value);
  const daily = {
    ...(dailyLossMax === undefined ? {} : { lossMaxE8: money("dailyLossMax", dailyLossMax) }),
    ...(dailyProfitMax === undefined
      ? {}
      : { profitMaxE8: money("dailyProfitMax", dailyProfitMax) }),
  };
  return {
    ...(config.instruments === undefined
      ? {}
      : { instruments: limitsOf(config.instruments, instruments, units) }),
    ...(orderVelocity === undefined
      ? {}
      : {
          orderVelocity: {
            ordersMax: orderVelocity.ordersMax,
            windowUs: units.durationUs("risk.orderVelocity.window", orderVelocity.window),
          },
        }),
    ...(staleAfter === undefined
      ? {}
      : { staleData: { ttlUs: units.durationUs("risk.staleAfter", staleAfter) } }),
    ...(drawdownMax === undefined
      ? {}
      : { drawdown: { limitE8: money("drawdownMax", drawdownMax) } }),
    ...(Object.keys(daily).length === 0 ? {} : { dailyPnl: daily }),
    ...gradedRiskOf(config, instruments, units),
  };
}

function limitsOf(
  configs: NonNullable<RiskFile["instruments"]>,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): InstrumentLimits[] {
  return configs.flatMap((config, index) => {
    const path = `risk.instruments.${index}`;
    const target = instrumentOfName(config.instrument, instruments, units, `${path}.instrument`);
    if (target === undefined) return [];
    const { positionMax, orderSizeMax, openOrdersMax, notionalMax } = config;
    const lots = (key: "positionMax" | "orderSizeMax", value: string): number =>
      units.lots(`${path}.${key}`, value, target.spec);
    return {
      instrument: target.index,
      ...(positionMax === undefined ? {} : { positionLotsMax: lots("positionMax", positionMax) }),
      ...(orderSizeMax === undefined ? {} : { orderLotsMax: lots("orderSizeMax", orderSizeMax) }),
      ...(openOrdersMax === undefined ? {} : { openOrdersMax }),
      ...(notionalMax === undefined
        ? {}
        : { notionalMaxE8: units.moneyE8(`${path}.notionalMax`, notionalMax) }),
    };
  });
}
