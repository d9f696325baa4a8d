// The graded rules of a config: what warns first, stops next and halts last. Legs that hedge each other, a group that
// leans too far, and funding that costs too much. Sizes and names of a user, brought to lots, units and money.

import { Decimal } from "decimal.js";
import { z } from "zod";
import type { LegPair, RiskConfig } from "../risk/risk-config.ts";
import { count, name, positiveDecimal, unsignedDecimal } from "./fields.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import { instrumentOfName } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

const warnField = () => count(1, 10_000).describe("warns from here on, in basis points").optional();

const pairSchema = z.strictObject({
  left: name().describe("one leg, an instrument of this config"),
  right: name().describe("the leg that hedges it"),
  orderSize: positiveDecimal().describe("the most in one order, in the left leg's units"),
  leftMultiplier: count(1)
    .describe("tokens in one unit of the left leg: 1000 for kTOSHI where the other trades TOSHI")
    .default(1),
  rightMultiplier: count(1).describe("the same of the right leg").default(1),
});

export const gradedRiskFields = {
  pairs: z
    .array(pairSchema)
    .min(1)
    .describe("legs that hedge each other, for `imbalance` and `criticalSize`")
    .optional(),
  imbalance: z
    .strictObject({
      toleranceBps: count(1, 10_000)
        .describe("of max(one order, the cycle so far): past it nothing may widen the difference")
        .default(500),
      warnBps: warnField(),
    })
    .describe("how far the legs of each pair may differ")
    .optional(),
  criticalSize: z
    .strictObject({
      multiple: count(1).describe("halts once legs differ by more than so many orders").default(10),
    })
    .describe("the emergency stop of each pair")
    .optional(),
  exposureSkew: z
    .strictObject({
      instruments: z.array(name()).min(1).describe("of the group; all when absent").optional(),
      netOfGrossBpsMax: count(1, 10_000).describe("net exposure as a share of gross exposure"),
      grossMin: unsignedDecimal()
        .describe("below this gross exposure, in the quote currency, a share says nothing")
        .default("0"),
    })
    .describe("past this share nothing may lean the group further")
    .optional(),
  fundingBleed: z
    .strictObject({
      instruments: z.array(name()).min(1).describe("watched ones; all when absent").optional(),
      paidMax: positiveDecimal().describe(
        "funding paid less received since the UTC day began, in the quote currency",
      ),
      warnBps: warnField(),
    })
    .describe("past this cost of a day no new risk where it was watched")
    .optional(),
};

const gradedSchema = z.strictObject(gradedRiskFields);
type GradedFile = z.output<typeof gradedSchema>;
type Graded = Pick<RiskConfig, "imbalance" | "criticalSize" | "exposureSkew" | "fundingBleed">;

/** The graded rules of a config's `risk`. Problems go to `units`. */
export function gradedRiskOf(
  config: GradedFile,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): Graded {
  const { imbalance, criticalSize, exposureSkew, fundingBleed } = config;
  const pairs = (config.pairs ?? []).flatMap((pair, index) =>
    pairOf(pair, instruments, units, `risk.pairs.${index}`),
  );
  for (const key of ["imbalance", "criticalSize"] as const) {
    if (config[key] === undefined || config.pairs !== undefined) continue;
    units.problem(`risk.${key}`, 'expected "pairs" beside it: which legs hedge each other');
  }
  if (config.pairs !== undefined && imbalance === undefined && criticalSize === undefined) {
    units.problem("risk.pairs", 'expected "imbalance" or "criticalSize" beside it');
  }
  const group = (key: "exposureSkew" | "fundingBleed", names: readonly string[] | undefined) =>
    groupOf(names, instruments, units, `risk.${key}.instruments`);
  return {
    ...(imbalance === undefined ? {} : { imbalance: { pairs, ...imbalance } }),
    ...(criticalSize === undefined ? {} : { criticalSize: { pairs, ...criticalSize } }),
    ...(exposureSkew === undefined
      ? {}
      : {
          exposureSkew: {
            instruments: group("exposureSkew", exposureSkew.instruments),
            netOfGrossBpsMax: exposureSkew.netOfGrossBpsMax,
            grossMinE8: units.moneyE8("risk.exposureSkew.grossMin", exposureSkew.grossMin),
          },
        }),
    ...(fundingBleed === undefined
      ? {}
      : {
          fundingBleed: {
            instruments: group("fundingBleed", fundingBleed.instruments),
            paidMaxE8: units.moneyE8("risk.fundingBleed.paidMax", fundingBleed.paidMax),
            warnBps: fundingBleed.warnBps,
          },
        }),
  };
}

function groupOf(
  names: readonly string[] | undefined,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
  path: string,
): readonly number[] {
  if (names === undefined) return instruments.map((_, index) => index);
  return names.flatMap((each, index) => {
    const found = instrumentOfName(each, instruments, units, `${path}.${index}`);
    return found === undefined ? [] : [found.index];
  });
}

/** A pair with its lots made comparable: both in a unit that goes into each a whole number of times. */
function pairOf(
  config: NonNullable<GradedFile["pairs"]>[number],
  instruments: readonly NamedInstrument[],
  units: UnitReader,
  path: string,
): LegPair[] {
  const left = instrumentOfName(config.left, instruments, units, `${path}.left`);
  const right = instrumentOfName(config.right, instruments, units, `${path}.right`);
  if (left === undefined || right === undefined) return [];
  if (left.index === right.index) {
    units.problem(path, `expected two legs, was "${config.left}" twice`);
    return [];
  }
  const lotOf = (leg: typeof left, multiplier: number): Decimal =>
    new Decimal(leg.spec.lotSize).times(leg.spec.contractSize).times(multiplier);
  const leftLot = lotOf(left, config.leftMultiplier);
  const rightLot = lotOf(right, config.rightMultiplier);
  const scale = new Decimal(10).toPower(
    Math.max(leftLot.decimalPlaces(), rightLot.decimalPlaces()),
  );
  const leftUnitsPerLot = leftLot.times(scale).toNumber();
  const rightUnitsPerLot = rightLot.times(scale).toNumber();
  const orderUnits = units.lots(`${path}.orderSize`, config.orderSize, left.spec) * leftUnitsPerLot;
  return [{ left: left.index, right: right.index, leftUnitsPerLot, rightUnitsPerLot, orderUnits }];
}
