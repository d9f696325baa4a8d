// Where the orders we believe in meet those a venue's report shows. Only where the report can know: an order that we
// asked for, or heard of, after the report was made (or so shortly before it that it may still be on its way) proves
// nothing by its absence. It finds and decides nothing. Sources: fault catalogue F2, F16, F17, F18.

import type { AccountReported } from "../domain/event.ts";
import type { OrderId, SizeLots, TimeUs } from "../domain/units.ts";
import type { OrderState, OrderView } from "../ports/view.ts";

/** An order as the report shows it. */
export type ReportedOrder = AccountReported["openOrders"][number];

/** One of our orders, with when we last asked for something of it and last heard of it. */
export type OrderFact = OrderView &
  Readonly<{
    requestedAt: TimeUs;
    heardAt: TimeUs;
    isDenied: boolean;
    isMissing: boolean;
    /** What an amend in flight asks for; `size` when there is none. */
    askedSize: SizeLots;
    /** When its venue ended it, by the venue's clock; and the lots its end counted that no fill told of. */
    closedAt: TimeUs;
    reserved: number;
  }>;

export type OrderFindings = Readonly<{
  /** Open at the venue, and not among our open orders. */
  orphans: readonly ReportedOrder[];
  /** Of unknown outcome, and the venue shows it open. */
  found: readonly Readonly<{ order: OrderFact; reported: ReportedOrder }>[];
  /** Open, with fewer lots left than we believe: fills that nobody told us of. */
  short: readonly Readonly<{ order: OrderFact; missing: number }>[];
  /** Among our open orders, and not at the venue. */
  vanished: readonly OrderFact[];
}>;

export type OrderBooks = Readonly<{
  /** Our open orders on the reporting venue. */
  open: readonly OrderFact[];
  /** An order that is open or remembered. */
  find: (id: OrderId) => OrderFact | undefined;
  isOver: (state: OrderState) => boolean;
  graceUs: number;
}>;

export function orderFindings(report: AccountReported, books: OrderBooks): OrderFindings {
  const orphans: ReportedOrder[] = [];
  const found: { order: OrderFact; reported: ReportedOrder }[] = [];
  const short: { order: OrderFact; missing: number }[] = [];
  const shown = new Set<OrderId>();
  for (const reported of report.openOrders) {
    shown.add(reported.orderId);
    const order = books.find(reported.orderId);
    // The end, or a fill, that we heard of may have come after the report was made, in the same moment too.
    if (order !== undefined && order.heardAt >= report.venueAt) continue;
    if (order === undefined || books.isOver(order.state)) orphans.push(reported);
    else if (order.state === "unknown") found.push({ order, reported });
    else if (order.state === "live") {
      const missing = order.size - order.filled - reported.leaves;
      if (missing > 0) short.push({ order, missing });
    }
  }
  const vanished = books.open.filter((order) => {
    if (shown.has(order.orderId)) return false;
    const newest = Math.max(order.requestedAt + books.graceUs, order.heardAt);
    return newest < report.venueAt;
  });
  return { orphans, found, short, vanished };
}
