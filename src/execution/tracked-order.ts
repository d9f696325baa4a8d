// One of our orders, as the tracker keeps it: what the view shows, and what it takes to account for its last lot.

import type { PlaceOrder, TimeInForce } from "../domain/command.ts";
import type { AccountReported, OrderClosed, OrderFilled } from "../domain/event.ts";
import type {
  InstrumentId,
  OrderId,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
  TradeId,
} from "../domain/units.ts";
import type { OrderState, OrderView } from "../ports/view.ts";
import { isTerminal } from "./order-transitions.ts";

/** What stands for the lots of an order's last row before there is one, or once they are given up. */
export const NOT_CLOSED = -1;

const NEVER = Number.NEGATIVE_INFINITY as TimeUs;

/** Up to this many trades a list is searched faster than a set. */
const TRADES_LISTED_MAX = 16;

/** An order as the venue's account of us shows it. */
export type FoundOrder = AccountReported["openOrders"][number];

/** When a report that shows it was heard, and was made by the venue's clock. */
export type Seen = Readonly<{ at: TimeUs; venueAt: TimeUs }>;

/** Changed by the OrderTracker and the FillProcessor alone. */
export class TrackedOrder implements OrderView {
  readonly orderId: OrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  readonly sentAt: TimeUs;
  price: PriceTicks | undefined;
  size: SizeLots;
  filled = 0 as SizeLots;
  state: OrderState = "sent";
  /** Total lots an amend in flight asks for; `size` when there is none. */
  askedSize: SizeLots;
  /** Lots the venue said were filled in all when it ended the order; NOT_CLOSED until then. */
  closedFilled = NOT_CLOSED;
  /** When that was, by the venue's clock. */
  closedAt = Number.NEGATIVE_INFINITY as TimeUs;
  /** The most lots the venue said were filled so far. */
  toldFilled = 0;
  /** Lots of it that are reserved in the shadow ledger. */
  reserved = 0;
  /** When its last request left. */
  requestedAt: TimeUs;
  /** When the venue last said something of it, by our clock; −Infinity before it did. */
  heardAt = Number.NEGATIVE_INFINITY as TimeUs;
  /** It was found at the venue, not asked for by this bot as far as it knows: its id says nothing of ours. */
  isFound = false;
  /** A report that could know it left it out; and the venue, asked for it by its id, did not know it. */
  isMissing = false;
  isDenied = false;
  /** The venue has said at what price and size it stands. */
  isBooked = false;
  /** By the venue's clock: its fills up to then are counted, whether they were told or taken over. */
  countedUpTo = Number.NEGATIVE_INFINITY as TimeUs;
  /**
   * When it was first seen, by the venue's clock, of an order of which nobody can tell what filled before: its first
   * fill after that says it, or its end. −Infinity of an order known from its beginning.
   */
  beganUnseenAt = NEVER;
  /** Most orders fill at once: a second trade makes the list. */
  #firstTrade: TradeId | undefined = undefined;
  #trades: TradeId[] | undefined = undefined;
  #tradeSet: Set<TradeId> | undefined = undefined;

  constructor(command: PlaceOrder, at: TimeUs) {
    this.orderId = command.orderId;
    this.instrument = command.instrument;
    this.side = command.side;
    this.timeInForce = command.timeInForce;
    this.reduceOnly = command.reduceOnly;
    this.sentAt = at;
    this.requestedAt = at;
    this.price = command.price;
    this.size = command.size;
    this.askedSize = command.size;
  }

  /** The venue has shown it, or said of it what it says of a live order: what was missed or denied before is past. */
  isShown(): void {
    this.isMissing = false;
    this.isDenied = false;
  }

  /** A fill of an order that began unseen: what had filled in all before it is no fill that we miss. */
  learnsFromFill({ cumulative, size, venueAt }: OrderFilled): void {
    if (this.beganUnseenAt === NEVER) return;
    this.#filledBefore(cumulative - size);
    if (venueAt > this.beganUnseenAt) this.beganUnseenAt = NEVER;
  }

  /**
   * Its end: when it is filled, all that was left when it was first seen has filled since; else only a report of the
   * account can tell what has.
   */
  learnsFromEnd({ reason, filled }: OrderClosed): void {
    if (this.beganUnseenAt === NEVER) return;
    this.#filledBefore(reason === "filled" ? filled - (this.size - this.filled) : filled);
    this.beganUnseenAt = NEVER;
  }

  #filledBefore(lots: number): void {
    const more = Math.max(0, lots - this.filled);
    this.filled = (this.filled + more) as SizeLots;
    this.size = (this.size + more) as SizeLots;
    this.askedSize = (this.askedSize + more) as SizeLots;
    this.toldFilled = Math.max(this.toldFilled, this.filled);
  }

  get hasTrades(): boolean {
    return this.#firstTrade !== undefined;
  }

  /** The trades it remembers, in the order they came. */
  trades(): readonly TradeId[] {
    if (this.#tradeSet !== undefined) return [...this.#tradeSet];
    return this.#trades?.slice() ?? (this.#firstTrade === undefined ? [] : [this.#firstTrade]);
  }

  /** Remembers a trade; false when it was known. */
  claimTrade(id: TradeId): boolean {
    if (this.#tradeSet !== undefined) {
      if (this.#tradeSet.has(id)) return false;
      this.#tradeSet.add(id);
      return true;
    }
    if (this.#firstTrade === undefined) {
      this.#firstTrade = id;
      return true;
    }
    if (this.#firstTrade === id) return false;
    if (this.#trades === undefined) {
      this.#trades = [this.#firstTrade, id];
      return true;
    }
    if (this.#trades.includes(id)) return false;
    this.#trades.push(id);
    if (this.#trades.length > TRADES_LISTED_MAX) this.#tradeSet = new Set(this.#trades);
    return true;
  }
}

/** An order found open that was not known to be: live, with the fills of the one it was before, if it was. */
export function adoptedOrder(
  { instrument, orderId, side, price, leaves }: FoundOrder,
  known: TrackedOrder | undefined,
  { at, venueAt }: Seen,
): TrackedOrder {
  const size = (leaves + (known?.filled ?? 0)) as SizeLots;
  const timeInForce = known?.timeInForce ?? "GTC";
  const reduceOnly = known?.reduceOnly ?? false;
  const body = { instrument, orderId, side, price, size, timeInForce, reduceOnly };
  const order = new TrackedOrder({ kind: "PlaceOrder", ...body }, at);
  order.heardAt = at;
  order.state = "live";
  order.isBooked = true;
  order.isFound = known === undefined || known.isFound;
  if (known === undefined) {
    order.beganUnseenAt = venueAt;
    return order;
  }
  for (const trade of known.trades()) order.claimTrade(trade);
  order.filled = known.filled;
  order.toldFilled = known.toldFilled;
  order.countedUpTo = known.countedUpTo;
  // What filled while it was taken for gone is in the position of the report that shows it.
  const wasUnseen = known.size - known.filled > leaves;
  order.beganUnseenAt = wasUnseen ? venueAt : known.beganUnseenAt;
  return order;
}

/** Lots of an order whose fills may still come: all that is left of it, or what its end counted and we did not see. */
export function mayStillFill(order: TrackedOrder): number {
  const { filled, state, closedFilled } = order;
  if (closedFilled >= 0) return Math.max(0, closedFilled - filled);
  if (isTerminal(state)) return 0;
  return Math.max(0, Math.max(order.size, order.askedSize) - filled);
}

/** Adds an order to a list ascending by id. */
export function insertAscending(orders: TrackedOrder[], order: TrackedOrder): void {
  let index = orders.length;
  while (index > 0 && (orders[index - 1] as TrackedOrder).orderId > order.orderId) index -= 1;
  if (index === orders.length) orders.push(order);
  else orders.splice(index, 0, order);
}
