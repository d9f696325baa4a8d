// The exchange's view: its book, our resting orders, and when they fill (NoPartialFill).
// Rows come in exchange time, requests at their arrival; each answer leaves with its own time.
// Taking never removes liquidity from the replayed book, and every own order at a price may take a
// whole print: faults of the published semantics that this mode keeps on purpose (see engine.ts).
// Source: hftbacktest order fill documentation; 1.4 and 1.5.

import { assert } from "../../../src/domain/assert.ts";
import { ROW_DEPTH } from "../../../src/domain/tape.ts";
import { CompatAccount, type CompatMoney } from "./account.ts";
import { DepthBook, NO_ASK, NO_BID } from "./depth-book.ts";
import { type MarketRows, ROW_SIDE_BID } from "./market-rows.ts";
import { type CompatOrder, copyOf, type RestingOrder } from "./order.ts";
import { type QueueModel, takeExecutable } from "./queue-models.ts";

/** Takes an answer at the exchange time it is given. */
export type Respond = (order: CompatOrder, exchNs: number) => void;

export class ExchangeSide {
  readonly book = new DepthBook();
  readonly account: CompatAccount;
  readonly #rows: MarketRows;
  readonly #queueModel: QueueModel;
  readonly #respond: Respond;
  #next = 0;
  /** Our resting orders, each side in the order of acceptance: the order in which one row fills. */
  readonly #buys: RestingOrder[] = [];
  readonly #sells: RestingOrder[] = [];

  constructor(rows: MarketRows, queueModel: QueueModel, money: CompatMoney, respond: Respond) {
    this.account = new CompatAccount(money);
    this.#rows = rows;
    this.#queueModel = queueModel;
    this.#respond = respond;
  }

  /** Exchange time of the next row; Infinity after the last. */
  nextNs(): number {
    return this.#next < this.#rows.rows
      ? (this.#rows.exchNs[this.#next] as number)
      : Number.POSITIVE_INFINITY;
  }

  /** Processes every row up to and including `limitNs`. */
  runRows(limitNs: number): void {
    const { rows, kind, side, tick, lots, exchNs } = this.#rows;
    let row = this.#next;
    for (; row < rows && (exchNs[row] as number) <= limitNs; row++) {
      const bid = side[row] === ROW_SIDE_BID;
      const price = tick[row] as number;
      const size = lots[row] as number;
      if (kind[row] !== ROW_DEPTH) {
        if (bid) this.#onBuyTrade(price, size, exchNs[row] as number);
        else this.#onSellTrade(price, size, exchNs[row] as number);
      } else if (bid) {
        this.#onBidDepth(price, size, exchNs[row] as number);
      } else {
        this.#onAskDepth(price, size, exchNs[row] as number);
      }
    }
    this.#next = row;
  }

  #onBidDepth(tick: number, lots: number, atNs: number): void {
    const bestBefore = this.book.bestBid;
    const previous = this.book.setBid(tick, lots);
    // 1.5 rule 1: the queue moves first.
    for (const resting of this.#buys) {
      if (resting.order.tick === tick) this.#queueModel.depth(resting, previous, lots);
    }
    // 1.5 rule 2, mirrored: a new, higher best bid fills every own sell it reaches.
    if (this.#sells.length > 0 && this.book.bestBid > bestBefore) {
      const best = this.book.bestBid;
      this.#fillWhere(this.#sells, ({ order }) => order.tick <= best, atNs);
    }
  }

  #onAskDepth(tick: number, lots: number, atNs: number): void {
    const bestBefore = this.book.bestAsk;
    const previous = this.book.setAsk(tick, lots);
    // 1.5 rule 1.
    for (const resting of this.#sells) {
      if (resting.order.tick === tick) this.#queueModel.depth(resting, previous, lots);
    }
    // 1.5 rule 2: a new, lower best ask fills every own buy it reaches, whatever size came.
    if (this.#buys.length > 0 && this.book.bestAsk < bestBefore) {
      const best = this.book.bestAsk;
      this.#fillWhere(this.#buys, ({ order }) => order.tick >= best, atNs);
    }
  }

  /** 1.5 rule 3: better than the print fills at its own price; at the print, the queue decides. */
  #onSellTrade(tick: number, lots: number, atNs: number): void {
    if (this.#buys.length === 0) return;
    const reached = (resting: RestingOrder) =>
      resting.order.tick > tick || (resting.order.tick === tick && this.#printed(resting, lots));
    this.#fillWhere(this.#buys, reached, atNs);
  }

  /** 1.5 rule 3, mirrored. */
  #onBuyTrade(tick: number, lots: number, atNs: number): void {
    if (this.#sells.length === 0) return;
    const reached = (resting: RestingOrder) =>
      resting.order.tick < tick || (resting.order.tick === tick && this.#printed(resting, lots));
    this.#fillWhere(this.#sells, reached, atNs);
  }

  /** A print at the order's price: true when it reaches past the queue. */
  #printed(resting: RestingOrder, lots: number): boolean {
    this.#queueModel.trade(resting, lots);
    return takeExecutable(resting) > 0;
  }

  /** Fills, completely and as maker at their own price, the orders that `reached` picks. */
  #fillWhere(side: RestingOrder[], reached: (resting: RestingOrder) => boolean, atNs: number) {
    let index = 0;
    while (index < side.length) {
      const resting = side[index] as RestingOrder;
      if (reached(resting)) {
        side.splice(index, 1);
        this.#fill(resting.order, resting.order.tick, true, atNs);
      } else {
        index += 1;
      }
    }
  }

  #fill(order: CompatOrder, tick: number, maker: boolean, atNs: number): void {
    order.executedTick = tick;
    order.executedLots = order.leaves;
    order.leaves = 0;
    order.maker = maker;
    order.status = "filled";
    this.account.apply(order);
    this.#respond(copyOf(order, "none"), atNs);
  }

  /** A request arrives. */
  receive(request: CompatOrder, atNs: number): void {
    if (request.request === "new") this.#onNew(request, atNs);
    else if (request.request === "cancel") this.#onCancel(request, atNs);
    else if (request.request === "modify") this.#onModify(request, atNs);
    else assert(false, `a request asks for something, was ${request.request}`);
  }

  #onNew(request: CompatOrder, atNs: number): void {
    assert(this.#find(request) === undefined, `order ${request.id} is new to the exchange`);
    const order = copyOf(request, "none");
    const buys = order.side === "bid";
    const opposite = buys ? this.book.bestAsk : this.book.bestBid;
    const empty = opposite === NO_ASK || opposite === NO_BID;
    const market = order.kind === "market";
    // Equality crosses. Source: 1.5.
    const crosses = !empty && (market || (buys ? order.tick >= opposite : order.tick <= opposite));
    if (crosses && (market || order.timeInForce !== "GTX")) {
      // The whole order at the best opposite price, any size: GTC, IOC, FOK and market alike.
      this.#fill(order, opposite, false, atNs);
      return;
    }
    const immediate = order.timeInForce === "IOC" || order.timeInForce === "FOK";
    if (crosses || market || immediate) {
      order.status = "expired";
    } else {
      order.status = "new";
      // Everything the level shows at acceptance stands ahead. Source: 1.4.
      const front = buys ? this.book.bidLots(order.tick) : this.book.askLots(order.tick);
      (buys ? this.#buys : this.#sells).push({ order, front, traded: 0 });
    }
    this.#respond(copyOf(order, "none"), atNs);
  }

  #onCancel(request: CompatOrder, atNs: number): void {
    const order = this.#find(request)?.order;
    if (order === undefined) {
      this.#respond(copyOf(request, "rejected"), atNs);
      return;
    }
    this.#remove(order);
    order.status = "canceled";
    order.requestedNs = request.requestedNs;
    this.#respond(copyOf(order, "none"), atNs);
  }

  /** In place when the price stays and the size does not grow, else cancelled and new; 1.5. */
  #onModify(request: CompatOrder, atNs: number): void {
    const order = this.#find(request)?.order;
    if (order === undefined) {
      this.#respond(copyOf(request, "rejected"), atNs);
      return;
    }
    if (request.tick !== order.tick || request.lots > order.leaves) {
      this.#remove(order);
      // The leaves that travelled are our copy's before the change: a fault, kept (engine.ts).
      this.#onNew(request, atNs);
      return;
    }
    order.lots = request.lots;
    order.leaves = request.lots;
    order.status = "new";
    order.requestedNs = request.requestedNs;
    this.#respond(copyOf(order, "none"), atNs);
  }

  #find(request: CompatOrder): RestingOrder | undefined {
    const side = request.side === "bid" ? this.#buys : this.#sells;
    return side.find((resting) => resting.order.id === request.id);
  }

  #remove(order: CompatOrder): void {
    const side = order.side === "bid" ? this.#buys : this.#sells;
    side.splice(
      side.findIndex((resting) => resting.order === order),
      1,
    );
  }
}
