// MM-1(T): the market maker the parity figures were made with. Every T it cancels what is not at
// the touch and keeps one post-only order of 10 lots at each best, within 1,000 lots of inventory.
// Deliberately simple: its point is that its counts are known, not that it earns.
// Source: MM-1, the strategy; 2.2.

import { NO_ASK, NO_BID } from "./depth-book.ts";
import type { CompatEngine } from "./engine.ts";
import { isCancellable } from "./order.ts";

/** Lots of each order, and the inventory at which one side stops quoting. */
const ORDER_LOTS = 10;
const INVENTORY_LOTS_MAX = 1_000;
const ASSET = 0;

/** What the strategy sent. Fills, position and money are read off the engine's local account. */
export type Mm1Counts = Readonly<{ orders: number; cancels: number }>;

/** Runs MM-1 on asset 0 to the end of data. */
export function runMm1(engine: CompatEngine, intervalNs: number): Mm1Counts {
  const { book, account, orders } = engine.local(ASSET);
  let sent = 0;
  let cancels = 0;
  const quote = (side: "bid" | "ask", tick: number) => {
    sent += 1;
    const lots = ORDER_LOTS;
    engine.submit(ASSET, { id: sent, side, kind: "limit", timeInForce: "GTX", tick, lots });
  };
  while (engine.elapse(intervalNs) === 0) {
    engine.local(ASSET).clearInactive();
    const { bestBid, bestAsk } = book;
    if (bestBid === NO_BID || bestAsk === NO_ASK) continue;
    const position = account.positionLots;
    let haveBid = false;
    let haveAsk = false;
    const stale: number[] = [];
    for (const order of orders.values()) {
      // Whatever its state, also with a request in flight.
      if (order.side === "bid" && order.tick === bestBid) haveBid = true;
      else if (order.side === "ask" && order.tick === bestAsk) haveAsk = true;
      else if (isCancellable(order)) stale.push(order.id);
    }
    stale.sort((a, b) => a - b);
    for (const id of stale) engine.cancel(ASSET, id);
    cancels += stale.length;
    if (!haveBid && position < INVENTORY_LOTS_MAX) quote("bid", bestBid);
    if (!haveAsk && position > -INVENTORY_LOTS_MAX) quote("ask", bestAsk);
  }
  return { orders: sent, cancels };
}
