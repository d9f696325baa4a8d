// What a Hyperliquid websocket says, as far as a tape needs it, and how two recorders frame it:
// `<received ns> <message>` a line, and the public archive's {"time": <ISO, ns>, "raw": <message>}.
// Source: Hyperliquid docs, websocket subscriptions and historical data (reference venues.md §1.7, §8.2).

import { z } from "zod";
import { textBetween } from "../fields/decimal-text.ts";
import { scanTimeUs } from "../fields/time-text.ts";

const level = z.object({ px: z.string(), sz: z.string() });
const book = z.object({
  coin: z.string(),
  time: z.number().int(),
  /** Bids, then asks, best first; never more than 20 of each. */
  levels: z.tuple([z.array(level), z.array(level)]),
});
const trade = z.object({
  coin: z.string(),
  /** The aggressor: B bought, A sold. */
  side: z.enum(["A", "B"]),
  px: z.string(),
  sz: z.string(),
  time: z.number().int(),
  tid: z.number(),
});
/** Best bid and ask alone, told at every change of them; null on an empty side. */
const best = z.object({
  coin: z.string(),
  time: z.number().int(),
  bbo: z.tuple([level.nullable(), level.nullable()]),
});
/** What was subscribed to, as the venue confirms it; other fields follow by type. */
const subscription = z.object({ type: z.string() });

const message = z.union([
  z.object({ channel: z.literal("l2Book"), data: book }),
  z.object({ channel: z.literal("trades"), data: z.array(trade) }),
  z.object({ channel: z.literal("bbo"), data: best }),
  z.object({ channel: z.literal("subscriptionResponse"), data: z.object({ subscription }) }),
  /** Candles, pongs, user data: not for a tape. */
  z
    .object({ channel: z.string() })
    .transform(({ channel }) => ({ channel: "other" as const, name: channel })),
]);
const archived = z.object({ time: z.string(), raw: z.unknown() });

export type HyperliquidBook = z.output<typeof book>;
export type HyperliquidBest = z.output<typeof best>;
export type HyperliquidTrade = z.output<typeof trade>;
export type HyperliquidSubscription = z.output<typeof subscription>;
export type HyperliquidMessage = z.output<typeof message>;
export type HyperliquidLine = Readonly<{ receivedAt: number; message: HyperliquidMessage }>;

const BRACE = 0x7b;
const SPACE = 0x20;
/** Channels this importer reads; a message on one of them must have its shape. */
const READ = new Set(["l2Book", "trades"]);

/**
 * Reads a line in either framing.
 * @throws {SyntaxError | z.ZodError | RangeError} when it is neither; the importer says where.
 */
export function hyperliquidLine(bytes: Uint8Array, from: number, to: number): HyperliquidLine {
  if (bytes[from] === BRACE) {
    const { time, raw } = archived.parse(JSON.parse(textBetween(bytes, from, to)));
    return { receivedAt: isoTimeUs(time), message: parse(raw) };
  }
  const space = bytes.indexOf(SPACE, from);
  const receivedAt = space < 0 || space >= to ? Number.NaN : scanTimeUs(bytes, from, space, "ns");
  if (Number.isNaN(receivedAt)) {
    throw new RangeError("the line begins with neither a time in ns nor a brace");
  }
  return { receivedAt, message: parse(JSON.parse(textBetween(bytes, space + 1, to))) };
}

function parse(raw: unknown): HyperliquidMessage {
  const parsed = message.parse(raw);
  // The union's last branch takes any channel: a book or trades of another shape must not slip into it.
  if (parsed.channel === "other" && READ.has(parsed.name)) {
    throw new RangeError(`a ${parsed.name} message of another shape`);
  }
  return parsed;
}

/** "2025-03-11T09:00:03.296545473", UTC without a zone, in µs. */
function isoTimeUs(text: string): number {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/.exec(text);
  const seconds = found?.[1] === undefined ? Number.NaN : Date.parse(`${found[1]}Z`);
  if (Number.isNaN(seconds)) throw new RangeError(`the time ${text} is not ISO 8601 in UTC`);
  return seconds * 1_000 + Number((found?.[2] ?? "").padEnd(6, "0").slice(0, 6));
}
