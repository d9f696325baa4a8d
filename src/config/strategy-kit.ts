// What a strategy's folder tells the house: its name, its settings, and how it is made of them. strategies/<name>/kit.ts
// exports one as `kit`; so does a module outside that a config names. The house finds kits, it lists none (ADR 0015).

import type { z } from "zod";
import type { BotFacts as CheckedFacts } from "../../sim/checkers/bot-facts.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderIds } from "../domain/order-ids.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

/** What a bot can be held to; every fact is optional. */
export type BotFacts = CheckedFacts;

/** A setting a campaign may turn: a whole number, log-uniform between the two; equal numbers are never turned. */
export type StrategyKnob<Config = unknown> = Readonly<{
  name: string;
  least: number;
  most: number;
  turned(config: Config, value: number): Config;
}>;

/** What there is to know of the markets before a run: the instruments, and where their prices begin, ticks. */
export type KnownMarkets = Readonly<{
  instruments: readonly Instrument[];
  startPrices: readonly number[];
}>;

export type StrategyKit<Schema extends z.ZodObject = z.ZodObject, Config = unknown> = Readonly<{
  /** As a config says it, and the folder's name. */
  name: string;
  /** One line for a person choosing. */
  summary: string;
  /** The settings, each with its meaning and, where there is one, its default. What spans several is judged by `toConfig`. */
  schema: Schema;
  /** What a file says, brought to the strategy's own integers. Problems go to `units`; undefined only with one. */
  toConfig(
    settings: z.output<Schema>,
    instruments: readonly NamedInstrument[],
    units: UnitReader,
  ): Config | undefined;
  /** Makes the strategy anew for each run. `ids` numbers its orders; others it runs beside draw from it too. */
  create(config: Config, instruments: readonly Instrument[], ids: OrderIds): Strategy;
  /** The same in parts, one a coin, where a strategy has coins of its own: each part then fails alone. */
  coins?(config: Config, instruments: readonly Instrument[], ids: OrderIds): readonly Strategy[];
  /** What checkers can hold a bot of this config to, beyond what its orders show. Nothing, where it is absent. */
  facts?(config: Config, markets: KnownMarkets): BotFacts;
  /** The settings a campaign may turn, around where this config has them. None, where it is absent. */
  knobs?(config: Config): readonly StrategyKnob<Config>[];
  /** What `rehearse init` writes, to run at once on the embedded sample. */
  sample: Readonly<{
    instruments: readonly Readonly<{ name: string; venue: string; dataset: string }>[];
    settings: z.input<Schema>;
  }>;
}>;

/** The kit itself; the settings' type flows from the schema into `toConfig`, the config's into `create`. */
export function strategyKit<Schema extends z.ZodObject, Config>(
  kit: StrategyKit<Schema, Config>,
): StrategyKit<Schema, Config> {
  return kit;
}
