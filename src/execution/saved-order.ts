// One order of the tracker as a row of JSON and back, for snapshots: a bot remembers a thousand orders that are over, and
// the names of their fields would be most of its snapshot. Absent numbers are null, as JSON has no infinities.

import type { PlaceOrder, TimeInForce } from "../domain/command.ts";
import type { InstrumentId, OrderId, Side, SizeLots, TimeUs, TradeId } from "../domain/units.ts";
import type { OrderState } from "../ports/view.ts";
import { TrackedOrder } from "./tracked-order.ts";

/** What was asked for, when; what became of it, when; the trades it remembers. */
type UsualRow = readonly [
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
  countedUpTo: number | null,
  closedAt: number | null,
];

/**
 * The last two are there only where they are not what one would think: see wasBooked; an order is known from its
 * beginning.
 */
export type SavedOrder =
  | UsualRow
  | readonly [...UsualRow, isBooked: boolean]
  | readonly [...UsualRow, isBooked: boolean, beganUnseenAt: number];

export type SavedTracker = Readonly<{
  spentUpTo: OrderId;
  open: readonly SavedOrder[];
  recent: readonly SavedOrder[];
}>;

export function saveOrder(order: TrackedOrder): SavedOrder {
  const row = usualRow(order);
  const { isBooked, beganUnseenAt } = order;
  if (Number.isFinite(beganUnseenAt)) return [...row, isBooked, beganUnseenAt];
  return isBooked === wasBooked(order.state) ? row : [...row, isBooked];
}

/** Nearly always the venue has said where an order stands unless nothing was heard of it. */
function wasBooked(state: OrderState): boolean {
  return state !== "sent";
}

function usualRow(order: TrackedOrder): UsualRow {
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
    Number.isFinite(order.countedUpTo) ? order.countedUpTo : null,
    Number.isFinite(order.closedAt) ? order.closedAt : null,
  ];
}

/** The order that was saved, with nothing reserved for it yet. */
export function restoreOrder(saved: SavedOrder): TrackedOrder {
  // By place: taken apart by patterns, a thousand rows are slow.
  const order = new TrackedOrder(
    {
      kind: "PlaceOrder",
      instrument: saved[0],
      orderId: saved[1],
      side: saved[2],
      price: (saved[3] ?? undefined) as PlaceOrder["price"],
      size: saved[4],
      timeInForce: saved[5],
      reduceOnly: saved[6],
    },
    saved[7] as TimeUs,
  );
  order.state = saved[8];
  order.filled = saved[9] as SizeLots;
  order.askedSize = saved[10] as SizeLots;
  order.closedFilled = saved[11];
  order.toldFilled = saved[12];
  order.requestedAt = saved[13] as TimeUs;
  order.heardAt = (saved[14] ?? Number.NEGATIVE_INFINITY) as TimeUs;
  order.isMissing = saved[16];
  order.isDenied = saved[17];
  order.isFound = saved[18];
  order.countedUpTo = (saved[19] ?? Number.NEGATIVE_INFINITY) as TimeUs;
  order.closedAt = (saved[20] ?? Number.NEGATIVE_INFINITY) as TimeUs;
  order.isBooked = saved[21] ?? wasBooked(order.state);
  order.beganUnseenAt = (saved[22] ?? Number.NEGATIVE_INFINITY) as TimeUs;
  for (const trade of saved[15]) order.claimTrade(trade as TradeId);
  return order;
}
