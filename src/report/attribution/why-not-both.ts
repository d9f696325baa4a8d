// Two runs sent the same order, and one of them traded what the other did not: because of the time things took, of the
// queue, of the venue's rules, or because a bot decided otherwise, each told by where the other order was at that moment.

import type { ToldFill, ToldOrder } from "./told-run.ts";

/** Two requests sent within this are one decision: longer than a way there and back, shorter than a second thought. */
const SAME_MOMENT_US = 250_000;

/** Refusals that come of arriving at another moment. */
const TIMELY: ReadonlySet<string> = new Set([
  "post-only-would-cross",
  "ioc-no-liquidity",
  "fok-not-fillable",
  "no-liquidity",
]);

/** Why `other` has no part in a fill that its twin `order` had. */
export function whyNotBoth(
  order: ToldOrder,
  other: ToldOrder,
  { venueAt }: ToldFill,
): "latency" | "queue" | "parameters" | "decision" {
  const sentTogether = Math.abs(order.sentAt - other.sentAt) <= SAME_MOMENT_US;
  if (other.refusal !== undefined) {
    if (!TIMELY.has(other.refusal.reason)) return "parameters";
    return sentTogether ? "latency" : "decision";
  }
  if (other.acceptedAt === undefined || venueAt < other.acceptedAt) {
    return sentTogether ? "latency" : "decision";
  }
  if (other.closedAt === undefined || venueAt <= other.closedAt) return "queue";
  // The other was over by then: by its own cancel, on its way while this one's was, or by another decision.
  const [ours, theirs] = [order.cancelSentAt, other.cancelSentAt];
  if (theirs === undefined) return "queue";
  const cancelledTogether = ours !== undefined && Math.abs(ours - theirs) <= SAME_MOMENT_US;
  return cancelledTogether ? "latency" : "decision";
}
