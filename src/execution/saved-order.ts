// The tracker's orders as rows of numbers and back, for snapshots: a bot remembers a thousand orders that are over, and
// they are nearly all of what it reads and writes when it begins again. So a time is told by how long it came after
// another, a choice by its place in a table, and what nearly every order has alike only where it differs. Absent numbers
// are null, as JSON has no infinities.

import type { PlaceOrder } from "../domain/command.ts";
import type { InstrumentId, OrderId, SizeLots, TimeUs, TradeId } from "../domain/units.ts";
import { TIMES_IN_FORCE } from "../journal/entry-codes.ts";
import type { OrderState } from "../ports/view.ts";
import { isTerminal } from "./order-transitions.ts";
import { NOT_CLOSED, TrackedOrder } from "./tracked-order.ts";

/** What was asked for, when, and what became of it, when. */
type UsualRow = readonly [
  instrument: InstrumentId,
  orderId: OrderId,
  price: number | null,
  size: SizeLots,
  filled: number,
  state: number,
  timeInForce: number,
  marks: number,
  /** µs after the order of the row before. */
  sentAt: number,
  /** µs after that; and each of the next two after the one before it that is there. */
  requestedAt: number,
  heardAt: number | null,
  closedAt: number | null,
];

/** What differs from what one would think, see isUsual; and the trades it remembers. */
type UnusualRow = readonly [
  ...UsualRow,
  askedSize: number,
  closedFilled: number,
  toldFilled: number,
  countedUpTo: number | null,
  beganUnseenAt: number | null,
  trades: readonly number[],
];

type SavedOrder = UsualRow | UnusualRow;

export type SavedTracker = Readonly<{
  spentUpTo: OrderId;
  open: readonly SavedOrder[];
  recent: readonly SavedOrder[];
}>;

/** States are saved as places in here: append, never reorder. */
const STATES: readonly OrderState[] = [
  "sent",
  "live",
  "cancelling",
  "amending",
  "unknown",
  "filled",
  "cancelled",
  "refused",
];

const NEVER = Number.NEGATIVE_INFINITY;

/** What is so of an order, a bit each. */
const ASK = 1;
const REDUCE_ONLY = 2;
const MISSING = 4;
const DENIED = 8;
const FOUND = 16;
const BOOKED = 32;

/** Orders in the order they are in. */
export function saveOrders(orders: readonly TrackedOrder[]): readonly SavedOrder[] {
  const rows: SavedOrder[] = [];
  let before = 0;
  for (let index = 0; index < orders.length; index += 1) {
    const order = orders[index] as TrackedOrder;
    const row = usualRow(order, before);
    rows.push(isUsual(order) ? row : unusualRow(order, row));
    before = order.sentAt;
  }
  return rows;
}

/** The orders that were saved, with nothing reserved for them yet. */
export function restoreOrders(rows: readonly SavedOrder[]): readonly TrackedOrder[] {
  const orders: TrackedOrder[] = [];
  let before = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const order = restored(rows[index] as SavedOrder, before);
    orders.push(order);
    before = order.sentAt;
  }
  return orders;
}

function usualRow(order: TrackedOrder, before: number): UsualRow {
  const { sentAt, requestedAt, heardAt, closedAt } = order;
  return [
    order.instrument,
    order.orderId,
    order.price ?? null,
    order.size,
    order.filled,
    STATES.indexOf(order.state),
    TIMES_IN_FORCE.indexOf(order.timeInForce),
    marksOf(order),
    sentAt - before,
    requestedAt - sentAt,
    heardAt === NEVER ? null : heardAt - requestedAt,
    closedAt === NEVER ? null : closedAt - (heardAt === NEVER ? requestedAt : heardAt),
  ];
}

function marksOf(order: TrackedOrder): number {
  let marks = order.side === "ask" ? ASK : 0;
  if (order.reduceOnly) marks |= REDUCE_ONLY;
  if (order.isMissing) marks |= MISSING;
  if (order.isDenied) marks |= DENIED;
  if (order.isFound) marks |= FOUND;
  if (order.isBooked) marks |= BOOKED;
  return marks;
}

/** Was it never amended nor taken over, and did no fill come, or go missing, that it must remember? */
function isUsual(order: TrackedOrder): boolean {
  return (
    order.filled === 0 &&
    order.toldFilled === 0 &&
    order.askedSize === order.size &&
    order.closedFilled === usualClosedFilled(order.state) &&
    order.countedUpTo === NEVER &&
    order.beganUnseenAt === NEVER &&
    !order.hasTrades
  );
}

/** Of an order without a fill: an order that a venue ended, it has said how much of it was filled. */
function usualClosedFilled(state: OrderState): number {
  return isTerminal(state) && state !== "refused" ? 0 : NOT_CLOSED;
}

function unusualRow(order: TrackedOrder, row: UsualRow): UnusualRow {
  const { countedUpTo, beganUnseenAt } = order;
  return [
    ...row,
    order.askedSize,
    order.closedFilled,
    order.toldFilled,
    countedUpTo === NEVER ? null : countedUpTo,
    beganUnseenAt === NEVER ? null : beganUnseenAt,
    order.trades(),
  ];
}

function restored(row: SavedOrder, before: number): TrackedOrder {
  // By place: taken apart by patterns, a thousand rows are slow.
  const marks = row[7];
  const sentAt = before + row[8];
  const order = new TrackedOrder(
    {
      kind: "PlaceOrder",
      instrument: row[0],
      orderId: row[1],
      side: (marks & ASK) === 0 ? "bid" : "ask",
      price: (row[2] ?? undefined) as PlaceOrder["price"],
      size: row[3],
      timeInForce: TIMES_IN_FORCE[row[6]] as PlaceOrder["timeInForce"],
      reduceOnly: (marks & REDUCE_ONLY) !== 0,
    },
    sentAt as TimeUs,
  );
  const state = STATES[row[5]] as OrderState;
  order.state = state;
  order.filled = row[4] as SizeLots;
  order.requestedAt = (sentAt + row[9]) as TimeUs;
  if (row[10] !== null) order.heardAt = (order.requestedAt + row[10]) as TimeUs;
  const since = row[10] === null ? order.requestedAt : order.heardAt;
  if (row[11] !== null) order.closedAt = (since + row[11]) as TimeUs;
  order.isMissing = (marks & MISSING) !== 0;
  order.isDenied = (marks & DENIED) !== 0;
  order.isFound = (marks & FOUND) !== 0;
  order.isBooked = (marks & BOOKED) !== 0;
  if (row.length === 12) order.closedFilled = usualClosedFilled(state);
  else restoreUnusual(order, row);
  return order;
}

function restoreUnusual(order: TrackedOrder, row: UnusualRow): void {
  order.askedSize = row[12] as SizeLots;
  order.closedFilled = row[13];
  order.toldFilled = row[14];
  order.countedUpTo = (row[15] ?? NEVER) as TimeUs;
  order.beganUnseenAt = (row[16] ?? NEVER) as TimeUs;
  for (const trade of row[17]) order.claimTrade(trade as TradeId);
}
