// What befalls an account past our wires: orders that go, strangers that trade, a venue that takes. Each stroke says
// whether it changed anything; who is told of it is its caller's business.

import type { CloseReason } from "../../src/domain/event.ts";
import type { OrderId, PriceTicks, Side, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { InstrumentDesk } from "../exchange/instrument-desk.ts";
import type { VenueOrder } from "../exchange/market.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import type { Fault } from "./fault.ts";

/** Ids of orders that are not this bot's: beyond any a bot counts to, and within 31 bits. */
const STRANGER_ID_FIRST = 0x6000_0000;

const NO_FEE = 0 as Parameters<MockExchange["account"]["fill"]>[4];
const THOUSAND = 1000;
const WHOLE_BPS = 10_000n;

/** What a fault does to an account, and whether the venue tells of it. */
export type AccountStroke = Readonly<{
  isTold: boolean;
  /** True when it changed something. */
  act: (exchange: MockExchange, at: TimeUs) => boolean;
}>;

/** The stroke of a fault; undefined where it is none. `strangers` counts the orders of others, this fault's first too. */
export function accountStroke(fault: Fault, strangers: number): AccountStroke | undefined {
  const { kind, parameter } = fault;
  switch (kind) {
    case "order-vanishes":
      return { isTold: false, act: (exchange, at) => removeOrder(exchange, parameter, at) };
    case "orders-cancelled":
      return { isTold: true, act: (exchange, at) => removeOrders(exchange, "cancelled", at) };
    case "stranger-order": {
      const id = STRANGER_ID_FIRST + strangers;
      return { isTold: true, act: (exchange, at) => strangerOrder(exchange, id, parameter, at) };
    }
    case "second-instance": {
      const id = STRANGER_ID_FIRST + strangers;
      return { isTold: true, act: (exchange, at) => secondInstance(exchange, id, parameter, at) };
    }
    case "stranger-trade": {
      const side = parameter % 2 === 1 ? "bid" : "ask";
      return { isTold: false, act: (exchange) => strangerTrade(exchange, side, parameter) };
    }
    case "position-reduced":
      return { isTold: false, act: (exchange) => takePositions(exchange, parameter) };
    case "funding-settles":
    case "funding-told-twice":
      return { isTold: true, act: (exchange, at) => settleFunding(exchange, parameter, at) };
    case "cash-withdrawn":
      return { isTold: false, act: ({ account }) => withdraw(account, parameter) };
    default:
      return undefined;
  }
}

/** Funding settles everywhere; odd rates are negative. */
function settleFunding(exchange: MockExchange, parameter: number, at: TimeUs): boolean {
  const rate = parameter % 2 === 1 ? -parameter : parameter;
  let settled = false;
  for (const { instrument, holding } of exchange.desks) {
    if (holding.lots === 0) continue;
    exchange.settleFunding(instrument.id, rate, at);
    settled = true;
  }
  return settled;
}

function withdraw(account: MockExchange["account"], bps: number): boolean {
  account.transfer((-account.cash * BigInt(bps)) / WHOLE_BPS);
  return true;
}

/** One resting order goes, counted round from the oldest. */
function removeOrder(exchange: MockExchange, which: number, at: TimeUs): boolean {
  const resting = exchange.desks.flatMap((desk) =>
    desk.market.orders().map(({ orderId }) => ({ desk, orderId })),
  );
  if (resting.length === 0) return false;
  const found = resting[(which - 1) % resting.length];
  return found?.desk.market.cancel(found.orderId, "cancelled", at) ?? false;
}

/** Every resting order goes. */
export function removeOrders(exchange: MockExchange, reason: CloseReason, at: TimeUs): boolean {
  const had = exchange.desks.some((desk) => desk.openOrders > 0);
  for (const desk of exchange.desks) desk.cancelAll(reason, at);
  return had;
}

/** An order nobody here sent rests a twentieth below the touch. */
function strangerOrder(exchange: MockExchange, id: number, lots: number, at: TimeUs): boolean {
  const desk = exchange.desks[0];
  const bid = desk?.market.bestBid();
  if (desk === undefined || bid === undefined) return false;
  const order: VenueOrder = {
    orderId: id as OrderId,
    side: "bid",
    price: Math.max(1, bid - Math.ceil(bid / 20)) as PriceTicks,
    size: lots as SizeLots,
    filled: 0 as SizeLots,
    timeInForce: "GTC",
    reduceOnly: false,
  };
  desk.market.place(order, at);
  return true;
}

/** The same bot once more: beside each order of ours, the oldest first, one like it, its ids counted from `id`. */
function secondInstance(exchange: MockExchange, id: number, most: number, at: TimeUs): boolean {
  let placed = 0;
  for (const { market } of exchange.desks) {
    const own = market.orders().filter(({ orderId }) => orderId < STRANGER_ID_FIRST);
    for (const order of own.slice(0, most - placed)) {
      const like = { ...order, orderId: (id + placed) as OrderId, filled: 0 as SizeLots };
      market.place(like, at);
      placed += 1;
    }
  }
  return placed > 0;
}

/** Somebody trades at the mark in our account. */
function strangerTrade(exchange: MockExchange, side: Side, lots: number): boolean {
  const desk = exchange.desks[0];
  const mark = desk?.market.mark();
  if (desk === undefined || mark === undefined) return false;
  exchange.account.fill(desk.holding, side, mark, lots, NO_FEE);
  return true;
}

/** A share of each position is taken away at the mark, at least a lot of it. */
function takePositions(exchange: MockExchange, perMille: number): boolean {
  let took = false;
  for (const { holding, market } of exchange.desks) {
    const mark = market.mark();
    if (holding.lots === 0 || mark === undefined) continue;
    const lots = Math.max(1, Math.floor((Math.abs(holding.lots) * perMille) / THOUSAND));
    exchange.account.fill(holding, holding.lots > 0 ? "ask" : "bid", mark, lots, NO_FEE);
    took = true;
  }
  return took;
}

/** A resting order is filled by so much of what is left of it, just now. */
export function fillResting(
  desk: InstrumentDesk,
  orderId: OrderId,
  perMille: number,
  at: TimeUs,
): boolean {
  const { market } = desk;
  const order = market.orders().find((each) => each.orderId === orderId);
  if (order?.price === undefined) return false;
  const leaves = order.size - order.filled;
  const asked = Math.max(1, Math.floor((leaves * perMille) / THOUSAND));
  const lots = order.reduceOnly ? Math.min(asked, desk.fillable(order)) : asked;
  if (lots <= 0) return false;
  order.filled = (order.filled + lots) as SizeLots;
  desk.filled(order, order.price, lots as SizeLots, "maker", at);
  if (order.filled === order.size) market.cancel(orderId, "filled", at);
  return true;
}
