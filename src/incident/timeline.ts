// One neutral account of what happened, whatever bot wrote it down: what was asked, what the venue said, what the bot
// believed. Decimals are the texts of the log; they meet ticks and lots only when a scenario is replayed.

import { z } from "zod";

/**
 * What a line told.
 * - intended: the bot says it is about to place; placed: the order left
 * - status: the venue's word on an order; `size` is its size, `filled` what is filled of it in all
 * - fill: the venue's word on one fill; booked: the bot's word that it has counted one
 * - cancel-asked, replacing: the bot cancels an order, or places another in its stead
 * - position: what the venue holds; belief: what the bot thinks it holds
 * - refused, timed-out: an order the venue did not take, or nothing was heard of in time
 * - assumed-filled: the bot takes an order for filled without a fill
 * - decreasing: a cumulative filled size went down, from `size` to `filled`
 * - alert, phase: anything else a person was told; where in its round the bot was
 */
const WHATS = [
  "intended",
  "placed",
  "status",
  "fill",
  "booked",
  "cancel-asked",
  "replacing",
  "position",
  "belief",
  "refused",
  "timed-out",
  "assumed-filled",
  "decreasing",
  "alert",
  "phase",
] as const;

/** A decimal as text; Python's exponents too, as far as any price or size goes. */
export const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;

const decimal = z.string().max(64).regex(DECIMAL);
const short = z.string().max(400);

/** A line's content, before it has its time and place. */
export const toldSchema = z.strictObject({
  what: z.enum(WHATS),
  /** Where: a venue, or a venue and a coin, in lower case. */
  leg: short.optional(),
  order: short.optional(),
  trade: short.optional(),
  side: z.enum(["buy", "sell"]).optional(),
  /** OPEN, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED; other words stand as they were. */
  status: short.optional(),
  size: decimal.optional(),
  filled: decimal.optional(),
  price: decimal.optional(),
  /** Signed: long above zero. */
  position: decimal.optional(),
  text: short.optional(),
});

export type Told = Readonly<z.infer<typeof toldSchema>>;

export const eventSchema = toldSchema.extend({
  /** µs since the epoch, UTC. */
  at: z.number().int(),
  /** file:line */
  source: short,
});

export type TimelineEvent = Readonly<z.infer<typeof eventSchema>>;

/** Something that must not happen, and where it first did. */
export const brokenSchema = z.strictObject({
  /** The checker that asks the same of a simulated bot (docs/CHECKERS.md). */
  id: short,
  name: short,
  at: z.number(),
  source: short,
  leg: short.optional(),
  text: z.string().max(600),
});

export type Broken = Readonly<z.infer<typeof brokenSchema>>;

/** What `rehearse incident import` writes. */
export const incidentSchema = z.strictObject({
  version: z.literal(1),
  format: short,
  /** How local times were read. */
  zone: short,
  files: z.array(z.strictObject({ name: short, sha256: short, lines: z.number() })),
  /** The largest order of the log, which outlives whatever is cut away. */
  orderSize: decimal.optional(),
  events: z.array(eventSchema).readonly(),
});

export type Incident = Readonly<z.infer<typeof incidentSchema>>;

/** "Extended" → "extended": one name a venue, however a line spells it. */
export function legOf(name: string): string {
  return name.trim().toLowerCase();
}

/** "CANCELLED" → "CANCELED", "NEW" → "OPEN": one word a state. */
export function statusOf(word: string): string {
  const upper = word.trim().toUpperCase();
  if (upper === "CANCELLED") return "CANCELED";
  return upper === "NEW" || upper === "RESTING" ? "OPEN" : upper;
}

/** buy, bid, long, b; sell, ask, short, a; undefined for anything else. */
export function sideOf(word: string): "buy" | "sell" | undefined {
  const lower = word.trim().toLowerCase();
  if (["buy", "bid", "long", "b"].includes(lower)) return "buy";
  return ["sell", "ask", "short", "a", "s"].includes(lower) ? "sell" : undefined;
}
