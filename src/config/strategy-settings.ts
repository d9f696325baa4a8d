// The strategy's part of a config: which one, by its name among the kits of the house or as a module outside, and its own
// settings. The schema is made from the kits that were found, so that a new strategy is known without a list of them.

import { z } from "zod";
import { coinsField } from "./coins-config.ts";
import type { StrategyKit } from "./strategy-kit.ts";

/** A kit from a file outside the house. */
export type OutsideKit = Readonly<{
  kit: StrategyKit;
  /** Where it was found. */
  file: string;
  /** SHA-256 over the module and what it imports by a relative path. */
  sha256: string;
}>;

/** The strategies that can be had; `outside` is the one that the config names by its file. */
export type StrategyKits = Readonly<{
  house: readonly StrategyKit[];
  outside: OutsideKit | undefined;
}>;

/** Settings with every default filled in, and what says whose they are. */
export type StrategySettings = Readonly<Record<string, unknown>> &
  Readonly<{ name: string; module?: never } | { module: string; name?: never }>;

const MODULE = "a strategy of your own: its kit's file, relative to this config";

/** Of a config's `strategy`. */
export function strategySchemaOf(kits: StrategyKits): z.ZodType<StrategySettings> {
  const { house, outside } = kits;
  const schema =
    outside === undefined
      ? named(house)
      : z.strictObject({
          module: z.string().describe(MODULE),
          ...outside.kit.schema.shape,
          ...coinsField(outside.kit.schema),
        });
  return schema as unknown as z.ZodType<StrategySettings>;
}

/** For editors: the settings of every strategy of the house, and any of a module's. */
export function anyStrategySchema(house: readonly StrategyKit[]): z.ZodType<StrategySettings> {
  const outside = z.looseObject({ module: z.string().describe(MODULE) });
  const schema = z.union([...members(house), outside]);
  return schema as unknown as z.ZodType<StrategySettings>;
}

function named(house: readonly StrategyKit[]): z.ZodType {
  const [first, ...others] = members(house);
  if (first === undefined) throw new Error("expected a folder of strategies, found none");
  return z.discriminatedUnion("name", [first, ...others]);
}

function members(house: readonly StrategyKit[]): z.ZodObject<{ name: z.ZodLiteral<string> }>[] {
  return house.map(({ name, schema }) =>
    z.strictObject({
      name: z.literal(name).describe("which strategy"),
      ...schema.shape,
      ...coinsField(schema),
    }),
  );
}

/** The kit whose settings these are; the schema has passed them. */
export function kitOf(settings: StrategySettings, kits: StrategyKits): StrategyKit {
  const kit =
    settings.module === undefined
      ? kits.house.find(({ name }) => name === settings.name)
      : kits.outside?.kit;
  if (kit === undefined) throw new Error(`expected a strategy that is there, was ${settings.name}`);
  return kit;
}
