// Between one market and the account: turns what the market reports into answers to us, and keeps the books.
// It knows orders from arrival to end; it decides nothing about prices.

import type {
  CloseReason,
  OrderEvent,
  RefusalReason,
  RequestKind,
} from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type {
  MoneyUnits,
  OrderId,
  PositionLots,
  PriceTicks,
  RateE8,
  SizeLots,
  TimeUs,
  TradeId,
} from "../../src/domain/units.ts";
import type { ExchangeAccount, Holding } from "./exchange-account.ts";
import type { Market, MarketSink, VenueOrder } from "./market.ts";
import type { OrderRules } from "./order-rules.ts";
import type { Outbox } from "./outbox.ts";
import type { VenueProfile } from "./profile.ts";

/** Our id for the venue's own orders in our name: a liquidation. No bot's counter ever gives it. */
const LIQUIDATION_ORDER_ID = 0 as OrderId;

type Parts = Readonly<{
  rules: OrderRules;
  instrument: Instrument;
  holding: Holding;
  account: ExchangeAccount;
  profile: VenueProfile;
  outbox: Outbox;
  nextTradeId: () => TradeId;
}>;

export class InstrumentDesk implements MarketSink {
  readonly instrument: Instrument;
  readonly holding: Holding;
  readonly rules: OrderRules;
  /** Orders resting or being matched now. */
  openOrders = 0;
  /** Reduce-only orders among them. */
  openReduceOnly = 0;
  /** The position changed since the venue last looked. */
  positionChanged = false;
  readonly #parts: Parts;
  #market: Market | undefined;

  constructor(parts: Parts) {
    this.instrument = parts.instrument;
    this.holding = parts.holding;
    this.rules = parts.rules;
    this.#parts = parts;
  }

  /** The market is made with this desk as its sink, so it comes second. */
  attach(market: Market): void {
    this.#market = market;
  }

  get market(): Market {
    if (this.#market === undefined) throw new Error("expected a market at this desk, was none");
    return this.#market;
  }

  accepted(order: VenueOrder, request: "place" | "amend", at: TimeUs): void {
    const { price, size, orderId } = order;
    if (request === "place") this.#open(order);
    const standing = (price ?? 0) as PriceTicks;
    this.#send({
      kind: "OrderAccepted",
      at: this.#parts.outbox.arrival(at),
      venueAt: at,
      instrument: this.instrument.id,
      orderId,
      request,
      price: standing,
      size,
    });
  }

  refused(order: VenueOrder, request: "place" | "amend", reason: RefusalReason, at: TimeUs): void {
    const instead = request === "place" ? this.#closedInstead(reason) : undefined;
    if (instead === undefined) {
      this.refuse(order.orderId, request, reason, at);
      return;
    }
    this.accepted(order, "place", at);
    this.closed(order, instead, at);
  }

  /** Any refusal of any request, in the venue's words, with the touch as it stands. */
  refuse(orderId: OrderId, request: RequestKind, reason: RefusalReason, at: TimeUs): void {
    const touch = { bid: this.market.bestBid(), ask: this.market.bestAsk() };
    this.#send({
      kind: "OrderRefused",
      at: this.#parts.outbox.arrival(at),
      venueAt: at,
      instrument: this.instrument.id,
      orderId,
      request,
      reason,
      text: this.rules.words(reason, touch),
    });
  }

  /** Some venues accept what others refuse, only to close it at once. */
  #closedInstead(reason: RefusalReason): CloseReason | undefined {
    const { postOnlyCrossing, iocUnmatched } = this.#parts.profile;
    if (reason === "post-only-would-cross" && postOnlyCrossing === "close") return reason;
    if (reason === "ioc-no-liquidity" && iocUnmatched === "close") return "ioc-remainder";
    return undefined;
  }

  filled(
    order: VenueOrder,
    price: PriceTicks,
    lots: SizeLots,
    liquidity: "maker" | "taker",
    at: TimeUs,
  ): void {
    const { account, profile } = this.#parts;
    let rate: number = liquidity === "maker" ? profile.fees.maker : profile.fees.taker;
    if (order.orderId === LIQUIDATION_ORDER_ID) rate += profile.liquidationFee;
    this.#bookFill(order, price, lots, rate as RateE8, account);
    this.#answerFill(order, price, lots, liquidity, at);
  }

  closed(order: VenueOrder, reason: CloseReason, at: TimeUs): void {
    this.#leave(order);
    const told = reason === "filled" || this.#parts.profile.closedRowTellsFilled;
    this.#send({
      kind: "OrderClosed",
      at: this.#parts.outbox.arrival(at),
      venueAt: at,
      instrument: this.instrument.id,
      orderId: order.orderId,
      reason,
      filled: told ? order.filled : (0 as SizeLots),
    });
  }

  cancelAll(reason: CloseReason, at: TimeUs): void {
    for (const order of this.market.orders()) this.market.cancel(order.orderId, reason, at);
  }

  /** Closes the whole position at market, in our name. */
  liquidate(at: TimeUs): void {
    const lots = this.holding.lots;
    if (lots === 0) return;
    this.market.place(
      {
        orderId: LIQUIDATION_ORDER_ID,
        side: lots > 0 ? "ask" : "bid",
        price: undefined,
        size: Math.abs(lots) as SizeLots,
        filled: 0 as SizeLots,
        timeInForce: "IOC",
        reduceOnly: true,
      },
      at,
    );
    this.positionChanged = false;
  }

  fillable(order: Pick<VenueOrder, "side">): number {
    const lots = this.holding.lots;
    return Math.max(0, order.side === "bid" ? -lots : lots);
  }

  funding(rateE8: number, mark: PriceTicks, at: TimeUs): void {
    const lots = this.holding.lots;
    if (lots === 0) return;
    const amount = this.#parts.account.funding(this.holding, rateE8, mark) as MoneyUnits;
    this.#parts.outbox.deliver({
      kind: "FundingPaid",
      at: this.#parts.outbox.arrival(at),
      venueAt: at,
      instrument: this.instrument.id,
      rate: rateE8 as RateE8,
      mark,
      lots: lots as PositionLots,
      amount,
    });
  }

  #lastFee = 0 as MoneyUnits;

  #bookFill(
    order: VenueOrder,
    price: number,
    lots: number,
    rate: RateE8,
    account: ExchangeAccount,
  ): void {
    if (order.side === "bid") this.holding.openBids -= lots;
    else this.holding.openAsks -= lots;
    this.#lastFee = account.fill(this.holding, order.side, price, lots, rate) as MoneyUnits;
    this.holding.mark = price;
    this.positionChanged = true;
  }

  #answerFill(
    order: VenueOrder,
    price: PriceTicks,
    size: SizeLots,
    liquidity: "maker" | "taker",
    at: TimeUs,
  ): void {
    this.#send({
      kind: "OrderFilled",
      at: this.#parts.outbox.arrival(at),
      venueAt: at,
      instrument: this.instrument.id,
      orderId: order.orderId,
      tradeId: this.#parts.nextTradeId(),
      side: order.side,
      price,
      size,
      cumulative: order.filled,
      liquidity,
      fee: this.#lastFee,
    });
  }

  #open(order: VenueOrder): void {
    this.openOrders += 1;
    if (order.reduceOnly) this.openReduceOnly += 1;
    const leaves = order.size - order.filled;
    if (order.side === "bid") this.holding.openBids += leaves;
    else this.holding.openAsks += leaves;
  }

  #leave(order: VenueOrder): void {
    this.openOrders -= 1;
    if (order.reduceOnly) this.openReduceOnly -= 1;
    const leaves = order.size - order.filled;
    if (order.side === "bid") this.holding.openBids -= leaves;
    else this.holding.openAsks -= leaves;
  }

  /** The order's size was amended from `before` lots: what margin must cover follows. */
  resized(order: VenueOrder, before: number): void {
    if (order.side === "bid") this.holding.openBids += order.size - before;
    else this.holding.openAsks += order.size - before;
  }

  #send(event: OrderEvent): void {
    this.#parts.outbox.deliver(event);
  }
}
