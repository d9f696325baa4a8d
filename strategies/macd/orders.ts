// The orders a trade is made of. Whatever closes is reduce-only, whatever enters is not; prices stand on the touch as it
// is believed to be.

import type { CancelOrder, PlaceOrder } from "../../src/domain/command.ts";
import type { InstrumentId, OrderId, Side } from "../../src/domain/units.ts";
import { priceTicks, sizeLots } from "../../src/domain/units.ts";
import type { BookView } from "../../src/ports/view.ts";
import type { OrderConfig } from "./macd-config.ts";
import type { Direction } from "./signal.ts";

export type OrderRequest = Readonly<{
  instrument: InstrumentId;
  orderId: OrderId;
  /** Which way it moves the position. */
  direction: Direction;
  lots: number;
  book: BookView;
}>;

/** Opens a position; undefined when the book shows no price to stand on. */
export function entryOrder(request: OrderRequest, config: OrderConfig): PlaceOrder | undefined {
  const order = { reduceOnly: false, request };
  if (config.entry === "market") return marketOrder(order);
  if (config.entry === "ioc") return beyondTouch(order, config.slippagePermille);
  const { book, direction } = request;
  const own = direction > 0 ? book.bestBid() : book.bestAsk();
  if (own === undefined) return undefined;
  const price = own - direction * config.offsetTicks;
  return price < 1 ? undefined : orderOf(order, "POST_ONLY", price);
}

/** Closes lots of a position; undefined when the book shows no price to stand on. */
export function exitOrder(request: OrderRequest, config: OrderConfig): PlaceOrder | undefined {
  const order = { reduceOnly: true, request };
  if (config.exit === "market") return marketOrder(order);
  return beyondTouch(order, config.slippagePermille);
}

export function cancelOrder(instrument: InstrumentId, orderId: OrderId): CancelOrder {
  return { kind: "CancelOrder", instrument, orderId };
}

type Ask = Readonly<{ request: OrderRequest; reduceOnly: boolean }>;

function marketOrder(ask: Ask): PlaceOrder {
  return orderOf(ask, "IOC", undefined);
}

/** A limit far enough beyond the other side's best price to take what is there, and no further. */
function beyondTouch(ask: Ask, slippagePermille: number): PlaceOrder | undefined {
  const { book, direction } = ask.request;
  const other = direction > 0 ? book.bestAsk() : book.bestBid();
  if (other === undefined) return undefined;
  const slippage = Math.floor((other * slippagePermille) / 1000);
  const price = Math.max(1, other + direction * slippage);
  return orderOf(ask, "IOC", price);
}

function orderOf(
  { request, reduceOnly }: Ask,
  timeInForce: PlaceOrder["timeInForce"],
  price: number | undefined,
): PlaceOrder {
  const side: Side = request.direction > 0 ? "bid" : "ask";
  return {
    kind: "PlaceOrder",
    instrument: request.instrument,
    orderId: request.orderId,
    side,
    price: price === undefined ? undefined : priceTicks(price),
    size: sizeLots(request.lots),
    timeInForce,
    reduceOnly,
  };
}
