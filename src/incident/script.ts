// A scenario cut from an incident: for each leg, what the venue made of the bot's first order there, of its second, and so
// on. Played against another bot it asks the same question again: sizes are decimals, and "the rest" stays the rest.

import { z } from "zod";
import { DECIMAL } from "./timeline.ts";

const decimal = z.string().max(32).regex(DECIMAL);
const short = z.string().max(400);

/**
 * What the venue does with an order, `after` µs from what it did before (from the order's arrival at first).
 * - accept, refuse: its answer; fill: `size` of it, or all that is left; cancel: it is over, asked for or not
 */
const actSchema = z.strictObject({
  after: z.number().int().min(0).max(3_600_000_000),
  do: z.enum(["accept", "fill", "cancel", "refuse"]),
  size: decimal.optional(),
});

const legSchema = z.strictObject({
  leg: short,
  tickSize: decimal,
  lotSize: decimal,
  /** The touch, which stands still. */
  bid: decimal,
  ask: decimal,
  /** Held at the beginning, signed. */
  position: decimal.optional(),
  orders: z.array(z.array(actSchema)).max(200),
});

export const scriptSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  /** What happened, in a sentence. */
  story: z.string().max(600),
  /** The logs it was cut from. */
  from: z.strictObject({ format: short, sha256: z.array(short) }),
  /** What the logged bot broke. */
  breaks: z.strictObject({ id: short, name: short }),
  /** Size of the largest order the logged bot placed: another bot may be told to place as much. */
  orderSize: decimal,
  /** The leg that is worked first, then the one that hedges it. */
  legs: z.array(legSchema).min(1).max(2),
});

export type Act = Readonly<z.infer<typeof actSchema>>;
export type ScriptLeg = Readonly<z.infer<typeof legSchema>>;
export type Script = Readonly<z.infer<typeof scriptSchema>>;

/** Small enough to be read by a person and kept with the tests. */
export const SCRIPT_BYTES_MAX = 4_096;

/** A script as its file has it: an act a line at most. */
export function scriptText(script: Script): string {
  const { legs, ...head } = script;
  const lines = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`);
  const legTexts = legs.map(({ orders, ...leg }) => {
    const bare = JSON.stringify(leg).slice(0, -1);
    const each = orders.map((acts) => `      ${JSON.stringify(acts)}`);
    return `    ${bare},"orders":[\n${each.join(",\n")}\n    ]}`;
  });
  return `{\n${lines.join("\n")}\n  "legs": [\n${legTexts.join(",\n")}\n  ]\n}\n`;
}
