// One strategy over several coins: what they share stands once, and each coin says what it has of its own. Any strategy
// that trades one `instrument` can be run so; one with coins of its own (the MACD bot) has its own word for it.

import { z } from "zod";
import { name } from "./fields.ts";
import { suggestion } from "./nearest-name.ts";
import type { NamedInstrument } from "./strategy-instrument.ts";
import type { UnitReader } from "./unit-reader.ts";

type Settings = Readonly<Record<string, unknown>>;

/** One coin's settings whole, as if it were alone in the file, and which of them are its own. */
export type CoinSettings = Readonly<{ coin: string; settings: Settings; own: Settings }>;

/** The setting `coins`, for a strategy that can be run on several; nothing for another. */
export function coinsField(schema: z.ZodObject): Readonly<Record<string, z.ZodType>> {
  const { instrument, ...shared } = schema.shape as Readonly<Record<string, z.ZodType>>;
  if (instrument === undefined || "coins" in shared) return {};
  const own = Object.entries(shared).map(([key, field]) => [key, withoutDefault(field).optional()]);
  const coins = z
    .record(name(), z.strictObject(Object.fromEntries(own)))
    .describe(
      "several instruments instead of one, each with what it has of its own; a group of settings is replaced as a whole",
    )
    .meta({ examples: [{ btc: {}, eth: {} }] })
    .optional();
  return { coins };
}

/** A default would stand for a coin's own word, and hide what all of them share. */
function withoutDefault(field: z.ZodType): z.ZodType {
  const { type, innerType } = field.def as unknown as { type: string; innerType?: z.ZodType };
  const wrapped = type === "default" || type === "prefault" || type === "optional";
  return wrapped && innerType !== undefined ? withoutDefault(innerType) : field;
}

/** Each coin of `settings` in the order of the file; undefined when there are none. Problems go to `units`. */
export function coinsOf(
  settings: Settings,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): readonly CoinSettings[] | undefined {
  const { coins, instrument, ...shared } = settings;
  // A strategy's own list of coins is its own affair.
  if (typeof coins !== "object" || coins === null || Array.isArray(coins)) return undefined;
  const told = Object.entries(coins as Readonly<Record<string, Settings>>);
  if (instrument !== undefined) units.problem("instrument", 'expected this or "coins", was both');
  if (told.length === 0) units.problem("coins", "expected a coin at least, was none");
  const names = instruments.map((each) => each.name);
  return told.map(([coin, own]) => {
    if (!names.includes(coin)) {
      units.problem(`coins.${coin}`, `there is no instrument "${coin}"${suggestion(coin, names)}`);
    }
    return { coin, own, settings: { ...shared, ...own, instrument: coin } };
  });
}
