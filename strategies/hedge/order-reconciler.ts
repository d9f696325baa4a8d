// Orders whose outcome is not known: cancelled once, looked for in the venue's reports, and never sent again under
// another id before that has an answer. Absent from two reports that are late enough, an order is written off; what it
// did is then in the reported position. Source: venues, "Unknown outcome of a send": one lookup proves nothing.

import type { AccountReported } from "../../src/domain/event.ts";
import type { AccountReports } from "./account-reports.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import type { Leg } from "./hedge-target.ts";
import type { OrderRecord } from "./own-orders.ts";

/** Reports in a row that must not list an order. */
const MISSES_MAX = 2;

/** Is it open question what became of anything on this leg? */
export function isUnresolved(leg: Leg, desk: HedgeDesk): boolean {
  if (desk.isDoubted(leg)) return true;
  for (const record of desk.orders.all) {
    if (record.leg === leg && isStuck(record, desk)) return true;
  }
  return false;
}

/** Follows up what is unresolved. False when something has been so for too long. */
export function stepReconciler(desk: HedgeDesk, reports: AccountReports): boolean {
  const { answerUs, resolveUs } = desk.config;
  let nextAt = Number.POSITIVE_INFINITY;
  let inTime = true;
  for (const record of desk.orders.all) {
    if (isMissingFills(record) && desk.now >= record.requestAt + answerUs) reports.want(record.leg);
    if (record.end !== "open" && !isMissingFills(record)) continue;
    // Whoever wants it cancelled looks again then, on a book that does not move too.
    if (record.cancelFrom > desk.now) nextAt = Math.min(nextAt, record.cancelFrom);
    if (isStuck(record, desk)) {
      if (record.stuckSince < 0) record.stuckSince = desk.now;
      reports.want(record.leg);
      if (desk.now >= record.stuckSince + resolveUs) inTime = false;
      nextAt = Math.min(nextAt, record.stuckSince + resolveUs);
      cancelOnce(record, desk);
      continue;
    }
    const isWaiting = isInFlight(record, desk);
    // To ask once more answers nothing: what was in question before the request is so until its answer.
    if (!isWaiting) record.stuckSince = -1;
    if (isMissingFills(record) || isWaiting) {
      const at = record.requestAt + answerUs;
      if (at > desk.now) nextAt = Math.min(nextAt, at);
    }
  }
  for (const leg of [0, 1] as const) if (desk.isDoubted(leg)) reports.want(leg);
  if (nextAt === Number.POSITIVE_INFINITY) desk.done("answer");
  else if (desk.now < nextAt) desk.wait("answer", nextAt);
  return inTime;
}

/**
 * Ends a decision: what it has sent is waited for as well. No other event may come, on a book that does not move.
 */
export function awaitAnswers(desk: HedgeDesk): void {
  if (!desk.hasAsked) return;
  const at = desk.now + desk.config.answerUs;
  const deadline = desk.deadline("answer");
  if (deadline !== undefined && deadline > desk.now && deadline <= at) return;
  for (const { end, requestAt } of desk.orders.all) {
    if (end !== "open" || requestAt !== desk.now) continue;
    desk.wait("answer", at);
    return;
  }
}

/** Holds a report against the orders that are unresolved. */
export function hearReport(event: AccountReported, desk: HedgeDesk): void {
  for (const record of desk.orders.all) {
    if (record.end !== "open" || desk.venueOf(record.leg) !== event.venue) continue;
    if (!isStuck(record, desk)) continue;
    const listed = event.openOrders.some((each) => each.orderId === record.orderId);
    if (listed) {
      record.misses = 0;
      desk.cancel(record);
    } else if (event.venueAt >= record.requestAt + desk.config.settleUs) {
      record.misses += 1;
      if (record.misses < MISSES_MAX) continue;
      record.end = "written-off";
      // Gone unfilled, or filled and gone: only a position that is confirmed tells.
      desk.doubt(record.leg);
    }
  }
}

function isStuck(record: OrderRecord, desk: HedgeDesk): boolean {
  if (record.end !== "open") return false;
  const order = desk.order(record);
  if (order === undefined) return false;
  if (order.state === "unknown") return true;
  return isInFlight(record, desk) && desk.now >= record.requestAt + desk.config.answerUs;
}

function isInFlight(record: OrderRecord, desk: HedgeDesk): boolean {
  const state = desk.order(record)?.state;
  // An order of this very decision is not in the view yet, and as much in flight.
  if (state === undefined) return record.end === "open";
  return state === "sent" || state === "cancelling" || state === "amending";
}

/** Its end counted fills that we have not seen. */
function isMissingFills(record: OrderRecord): boolean {
  return record.end !== "open" && record.told > record.seen;
}

function cancelOnce(record: OrderRecord, desk: HedgeDesk): void {
  if (record.cancelTried || desk.order(record)?.state !== "unknown") return;
  if (!desk.linkUp(record.leg)) return;
  record.cancelTried = desk.cancel(record);
}
