// What a backtest is told: venues, recordings, one strategy, how fills are judged, and the limits of risk.
// The schema is the documentation: every default and every meaning is here, and the JSON Schema is made from it. Those of
// the strategies are in their own folders; the schema of a run is made from the kits that were found.

import { z } from "zod";
import { profileNames } from "../../sim/exchange/profiles/profiles.ts";
import { count, decimal, duration, name, positiveDecimal, time } from "./fields.ts";
import { fillModelField } from "./fill-model-config.ts";
import { latencySchema } from "./latency-config.ts";
import { machinerySchema } from "./machinery-config.ts";
import { riskSchema } from "./risk-config.ts";
import type { StrategyKit } from "./strategy-kit.ts";
import type { StrategyKits, StrategySettings } from "./strategy-settings.ts";
import { anyStrategySchema, strategySchemaOf } from "./strategy-settings.ts";

const venueSchema = z.strictObject({
  name: name().describe("your name for it; instruments refer to it"),
  profile: z.enum(profileNames).describe("whose rules it has"),
  startingCash: positiveDecimal().describe("in the quote currency").default("10000"),
  latency: latencySchema.describe("how long messages take").prefault({}),
  fees: z
    .strictObject({
      makerBps: decimal().describe("basis points of the traded value; below zero is a rebate"),
      takerBps: decimal().describe("basis points of the traded value"),
    })
    .describe("your own tier; the profile's base tier when absent")
    .optional(),
});

const instrumentSchema = z.strictObject({
  name: name().describe("your name for it; the data set's or the file's when absent").optional(),
  venue: name().describe("the venue it trades on; the only one when absent").optional(),
  dataset: name().describe("a recording of the manifest, see `rehearse data list`").optional(),
  tape: z
    .string()
    .min(1)
    .describe("instead of a data set: a tape file, relative to this config")
    .optional(),
  minSize: positiveDecimal()
    .describe("least size of an order there; one lot when absent")
    .optional(),
  funding: z
    .string()
    .min(1)
    .describe("funding rates of `rehearse import funding`, relative to this config")
    .optional(),
  candles: z
    .strictObject({
      spread: positiveDecimal().describe("the spread a market order pays half of, as a price"),
      volumeSharePercent: count(1, 100)
        .describe("share of a bar's volume our orders may have")
        .default(10),
      arrivalGrace: duration()
        .describe("an order this soon after a bar's opening still counts as there at its open")
        .default("0s"),
    })
    .describe("needed for a recording of bars, and only then")
    .optional(),
});

const runSchema = z.strictObject({
  $schema: z.string().describe("for editors; not read").optional(),
  version: z.literal(1).describe("of this format"),
  seed: z.string().min(1).describe("of every drawn number").default("1"),
  from: time().describe("begin here; at the recording's start when absent").optional(),
  until: time().describe("end here; at the recording's end when absent").optional(),
  venues: z.array(venueSchema).min(1).describe("the exchanges of the run"),
  instruments: z.array(instrumentSchema).min(1).describe("what is replayed and traded"),
  // In its place among the keys; what it may hold depends on the kits there are.
  strategy: z.custom<StrategySettings>(),
  fillModel: fillModelField().describe("how a queue is believed to move").default("power-3:3"),
  risk: riskSchema.describe("what is refused before it is sent").prefault({}),
  machinery: machinerySchema
    .describe('housekeeping of the bot; "standard" when absent, "off" over candles alone')
    .optional(),
});

/** A config with every default filled in. */
export type BacktestConfig = z.output<typeof runSchema>;
export type VenueConfig = BacktestConfig["venues"][number];
export type InstrumentConfig = BacktestConfig["instruments"][number];

/** What a file may say when these strategies can be had. */
export function backtestSchemaOf(kits: StrategyKits): z.ZodType<BacktestConfig> {
  return z.strictObject({ ...runSchema.shape, strategy: strategySchemaOf(kits) });
}

/** What a file may say at all, for editors: any strategy of the house, and any of the user's own. */
export function editorSchemaOf(house: readonly StrategyKit[]): z.ZodType {
  return z.strictObject({ ...runSchema.shape, strategy: anyStrategySchema(house) });
}
