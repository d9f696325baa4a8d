// What a Lighter websocket says, as far as a tape needs it, and how a recorder frames it: {ts, msg} objects, one a line
// or in one JSON array; `ts` the receive time in seconds, `msg` the message as text or as an object.
// Source: venues.md §3.5; the recorded session of 2025-12.

import { z } from "zod";

const level = z.object({ price: z.string(), size: z.string() });
const book = z.object({
  asks: z.array(level),
  bids: z.array(level),
  /** Counts the messages of this stream; contiguous on one server. */
  offset: z.number().int(),
  /** Of the whole venue, so not contiguous; newer servers also tell where a change begins. */
  nonce: z.number().int().optional(),
  begin_nonce: z.number().int().optional(),
});
const trade = z.object({
  trade_id: z.number().int(),
  price: z.string(),
  size: z.string(),
  /** True: the resting order was an ask, so the buyer initiated. */
  is_maker_ask: z.boolean(),
  /** Milliseconds. */
  timestamp: z.number().int(),
});
const trades = z.array(trade).nullish();

const message = z.discriminatedUnion("type", [
  z.object({
    type: z.enum(["subscribed/order_book", "update/order_book"]),
    channel: z.string(),
    order_book: book,
    /** Milliseconds. */
    timestamp: z.number().int(),
  }),
  z.object({
    type: z.enum(["subscribed/trade", "update/trade"]),
    channel: z.string(),
    trades,
    liquidation_trades: trades,
  }),
  z.object({
    type: z.enum(["subscribed/market_stats", "update/market_stats"]),
    channel: z.string(),
    market_stats: z.object({ mark_price: z.string() }),
  }),
]);
/** Anything else: connected, ping, account channels. */
const named = z.object({ type: z.string() });
const framed = z.object({ ts: z.number().positive(), msg: z.unknown() });

export type LighterBook = z.output<typeof book>;
export type LighterTrade = z.output<typeof trade>;
export type LighterMessage = z.output<typeof message>;
export type LighterEntry = Readonly<{ receivedAt: number; message: LighterMessage | undefined }>;

const READ = new Set(message.options.flatMap((option) => option.shape.type.options as string[]));
const US_PER_S = 1_000_000;

/**
 * Reads one {ts, msg}; a message of no use to a tape is undefined.
 * @throws {SyntaxError | z.ZodError} when it is not one; the importer says where.
 */
export function lighterEntry(value: unknown): LighterEntry {
  const { ts, msg } = framed.parse(value);
  const raw: unknown = typeof msg === "string" ? JSON.parse(msg) : msg;
  const receivedAt = Math.round(ts * US_PER_S);
  const { type } = named.parse(raw);
  return { receivedAt, message: READ.has(type) ? message.parse(raw) : undefined };
}
