// One order of the tracker as a row of JSON and back, for snapshots: a bot remembers a thousand orders that are over, and
// the names of their fields would be most of its snapshot. Absent numbers are null, as JSON has no infinities.

import type { PlaceOrder, TimeInForce } from "../domain/command.ts";
import type { InstrumentId, OrderId, Side, SizeLots, TimeUs, TradeId } from "../domain/units.ts";
import type { OrderState } from "../ports/view.ts";
import { TrackedOrder } from "./tracked-order.ts";

/** What was asked for, when; what became of it, when; the trades it remembers. */
export type SavedOrder = readonly [
  instrument: InstrumentId,
  orderId: OrderId,
  side: Side,
  price: number | null,
  size: SizeLots,
  timeInForce: TimeInForce,
  reduceOnly: boolean,
  sentAt: number,
  state: OrderState,
  filled: number,
  askedSize: number,
  closedFilled: number,
  toldFilled: number,
  requestedAt: number,
  heardAt: number | null,
  trades: readonly number[],
  isMissing: boolean,
  isDenied: boolean,
  isFound: boolean,
];

export type SavedTracker = Readonly<{
  spentUpTo: OrderId;
  open: readonly SavedOrder[];
  recent: readonly SavedOrder[];
}>;

export function saveOrder(order: TrackedOrder): SavedOrder {
  return [
    order.instrument,
    order.orderId,
    order.side,
    order.price ?? null,
    order.size,
    order.timeInForce,
    order.reduceOnly,
    order.sentAt,
    order.state,
    order.filled,
    order.askedSize,
    order.closedFilled,
    order.toldFilled,
    order.requestedAt,
    Number.isFinite(order.heardAt) ? order.heardAt : null,
    order.trades(),
    order.isMissing,
    order.isDenied,
    order.isFound,
  ];
}

/** The order that was saved, with nothing reserved for it yet. */
export function restoreOrder(saved: SavedOrder): TrackedOrder {
  const [instrument, orderId, side, priceTicks, size, timeInForce, reduceOnly, sentAt, ...told] =
    saved;
  const [state, filled, askedSize, closedFilled, toldFilled, ...known] = told;
  const [requestedAt, heardAt, trades, isMissing, isDenied, isFound] = known;
  const price = (priceTicks ?? undefined) as PlaceOrder["price"];
  const order = new TrackedOrder(
    { kind: "PlaceOrder", instrument, orderId, side, price, size, timeInForce, reduceOnly },
    sentAt as TimeUs,
  );
  order.state = state;
  order.filled = filled as SizeLots;
  order.askedSize = askedSize as SizeLots;
  order.closedFilled = closedFilled;
  order.toldFilled = toldFilled;
  order.requestedAt = requestedAt as TimeUs;
  order.heardAt = (heardAt ?? Number.NEGATIVE_INFINITY) as TimeUs;
  order.isMissing = isMissing;
  order.isDenied = isDenied;
  order.isFound = isFound;
  for (const trade of trades) order.claimTrade(trade as TradeId);
  return order;
}
