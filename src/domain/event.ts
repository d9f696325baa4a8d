// What a bot is told. Each event carries `at`, when we learned it, and `venueAt`, when it happened there.
// The union is closed: a switch over `kind` ends in `unreachable`.

import type {
  DurationUs,
  InstrumentId,
  MoneyUnits,
  OrderId,
  PositionLots,
  PriceTicks,
  RateE8,
  Side,
  SizeLots,
  TimerId,
  TimeUs,
  TradeId,
  VenueId,
} from "./units.ts";

/**
 * Why the venue said no; `text` beside it is the venue's own wording. "risk" is no venue's: our own rules refused an
 * order or an amend, which never left. Source: DESIGN §7, venues.md tables.
 */
export type RefusalReason =
  | "off-tick"
  | "off-lot"
  | "min-size"
  | "min-notional"
  | "significant-figures"
  | "price-band"
  | "post-only-would-cross"
  | "ioc-no-liquidity"
  | "fok-not-fillable"
  | "no-liquidity"
  | "reduce-only"
  | "insufficient-margin"
  | "self-trade"
  | "max-open-orders"
  | "unsupported"
  | "unknown-order"
  | "duplicate-order-id"
  | "halted"
  | "rate-limited"
  | "insufficient-balance"
  | "risk";

/** Why an order that had been accepted is over. */
export type CloseReason =
  | "filled"
  | "cancelled"
  | "ioc-remainder"
  | "market-remainder"
  | "self-trade"
  | "reduce-only"
  | "liquidated"
  | "insufficient-margin"
  | "halted"
  | "post-only-would-cross"
  | "scheduled-cancel";

/** Which of our requests an answer is about. */
export type RequestKind = "place" | "cancel" | "amend";

type Told<Kind extends string, Body> = Readonly<{ kind: Kind; at: TimeUs; venueAt: TimeUs } & Body>;

/** The book of an instrument we want changed; read it through the view. Touch as of `at`; undefined on an empty side. */
export type BookChanged = Told<
  "BookChanged",
  { instrument: InstrumentId; bid: PriceTicks | undefined; ask: PriceTicks | undefined }
>;
/** A print. `aggressor` is the side that took ("bid" = the buyer), undefined when the feed does not say. */
export type TradePrinted = Told<
  "TradePrinted",
  {
    instrument: InstrumentId;
    price: PriceTicks;
    size: SizeLots;
    aggressor: Side | undefined;
  }
>;
/** A bar is complete; `venueAt` is its closing time. Never told before that time. */
export type BarClosed = Told<
  "BarClosed",
  {
    instrument: InstrumentId;
    periodUs: DurationUs;
    open: PriceTicks;
    high: PriceTicks;
    low: PriceTicks;
    close: PriceTicks;
    volume: SizeLots;
  }
>;
/** A place or amend was taken into the book, or matched; price and size as they now stand at the venue. */
export type OrderAccepted = Told<
  "OrderAccepted",
  {
    instrument: InstrumentId;
    orderId: OrderId;
    request: "place" | "amend";
    price: PriceTicks;
    size: SizeLots;
  }
>;
/** A request was refused; the order is as it was before (a refused place never existed). */
export type OrderRefused = Told<
  "OrderRefused",
  {
    instrument: InstrumentId;
    orderId: OrderId;
    request: RequestKind;
    reason: RefusalReason;
    text: string;
  }
>;
/** One fill. `cumulative` counts all lots of the order filled so far, this one included. `fee` > 0 is paid by us. */
export type OrderFilled = Told<
  "OrderFilled",
  {
    instrument: InstrumentId;
    orderId: OrderId;
    tradeId: TradeId;
    side: Side;
    price: PriceTicks;
    size: SizeLots;
    cumulative: SizeLots;
    liquidity: "maker" | "taker";
    fee: MoneyUnits;
  }
>;
/**
 * The order is over. `filled` is what the venue's last row counts as filled in all, whatever fills are still on their
 * way; 0 where such rows do not tell (ADR 0013), so lots are booked from OrderFilled alone.
 */
export type OrderClosed = Told<
  "OrderClosed",
  { instrument: InstrumentId; orderId: OrderId; reason: CloseReason; filled: SizeLots }
>;
/** The outcome of a request is not known: no answer in time, or the venue does not know the order. */
export type OrderUnknown = Told<
  "OrderUnknown",
  {
    instrument: InstrumentId;
    orderId: OrderId;
    request: RequestKind;
    cause: "timed-out" | "not-found";
  }
>;
/** The venue's account of us, as of `venueAt`. */
export type AccountReported = Told<
  "AccountReported",
  {
    venue: VenueId;
    /** Free and locked collateral together, ledger units. */
    balance: MoneyUnits;
    positions: readonly Readonly<{ instrument: InstrumentId; lots: PositionLots }>[];
    openOrders: readonly Readonly<{
      instrument: InstrumentId;
      orderId: OrderId;
      side: Side;
      price: PriceTicks;
      leaves: SizeLots;
    }>[];
  }
>;
/** Funding was settled; `amount` > 0 was received by us, < 0 paid. */
export type FundingPaid = Told<
  "FundingPaid",
  {
    instrument: InstrumentId;
    rate: RateE8;
    mark: PriceTicks;
    lots: PositionLots;
    amount: MoneyUnits;
  }
>;
/** A venue's link came up or went down, or its feed broke off and came back. The first event of a run is "up". */
export type LinkChanged = Told<
  "LinkChanged",
  { venue: VenueId; link: "up" | "down"; cause: string }
>;
/**
 * How the venue's own dead man's switch stands: it cancels everything of ours at `cancelAt`, undefined: not at all.
 * `refusal` is why it did not take what was asked, in its words; what stood before then still stands.
 */
export type CancelScheduled = Told<
  "CancelScheduled",
  { venue: VenueId; cancelAt: TimeUs | undefined; refusal: string | undefined }
>;
/** A timer we set has fired. */
export type TimerFired = Told<"TimerFired", { timer: TimerId }>;

export type Event =
  | BookChanged
  | TradePrinted
  | BarClosed
  | OrderAccepted
  | OrderRefused
  | OrderFilled
  | OrderClosed
  | OrderUnknown
  | AccountReported
  | FundingPaid
  | LinkChanged
  | TimerFired
  | CancelScheduled;

/** What a venue answers about our orders and account, as opposed to the market. */
export type OrderEvent = OrderAccepted | OrderRefused | OrderFilled | OrderClosed | OrderUnknown;
