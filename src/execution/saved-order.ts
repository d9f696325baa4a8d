// One order of the tracker as JSON and back, for snapshots. Absent numbers are null, as JSON has no infinities.

import type { PlaceOrder } from "../domain/command.ts";
import type { OrderId, SizeLots, TimeUs, TradeId } from "../domain/units.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { OrderState } from "../ports/view.ts";
import { TrackedOrder } from "./tracked-order.ts";

export type SavedOrder = Readonly<{
  command: Omit<PlaceOrder, "price"> & Readonly<{ price: number | null }>;
  sentAt: number;
  filled: number;
  state: OrderState;
  askedSize: number;
  closedFilled: number;
  toldFilled: number;
  requestedAt: number;
  heardAt: number | null;
  trades: readonly number[];
  isMissing?: boolean;
  isDenied?: boolean;
}>;

export type SavedTracker = Readonly<{
  spentUpTo: OrderId;
  open: readonly SavedOrder[];
  recent: readonly SavedOrder[];
}>;

export function saveOrder(order: TrackedOrder): JsonValue {
  const { instrument, orderId, side, price, size, timeInForce, reduceOnly } = order;
  const saved: SavedOrder = {
    command: {
      kind: "PlaceOrder",
      instrument,
      orderId,
      side,
      price: price ?? null,
      size,
      timeInForce,
      reduceOnly,
    },
    sentAt: order.sentAt,
    filled: order.filled,
    state: order.state,
    askedSize: order.askedSize,
    closedFilled: order.closedFilled,
    toldFilled: order.toldFilled,
    requestedAt: order.requestedAt,
    heardAt: Number.isFinite(order.heardAt) ? order.heardAt : null,
    trades: order.trades(),
    ...(order.isMissing ? { isMissing: true } : {}),
    ...(order.isDenied ? { isDenied: true } : {}),
  };
  return saved as unknown as JsonValue;
}

/** The order that was saved, with nothing reserved for it yet. */
export function restoreOrder(saved: SavedOrder): TrackedOrder {
  const price = (saved.command.price ?? undefined) as PlaceOrder["price"];
  const order = new TrackedOrder({ ...saved.command, price }, saved.sentAt as TimeUs);
  order.filled = saved.filled as SizeLots;
  order.state = saved.state;
  order.askedSize = saved.askedSize as SizeLots;
  order.closedFilled = saved.closedFilled;
  order.toldFilled = saved.toldFilled;
  order.requestedAt = saved.requestedAt as TimeUs;
  order.heardAt = (saved.heardAt ?? Number.NEGATIVE_INFINITY) as TimeUs;
  order.isMissing = saved.isMissing === true;
  order.isDenied = saved.isDenied === true;
  for (const trade of saved.trades) order.claimTrade(trade as TradeId);
  return order;
}
