// Why an order did not fill: one of a closed list, with the numbers that show it. The most direct cause comes first:
// an order that was refused was not "never touched", and one that queued was not "too early cancelled" a minute on.

import type { CloseReason, OrderClosed, OrderRefused, RefusalReason } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";
import type { OrderStory } from "./order-story.ts";

/** A cancel this long before the fill it gave away is why there was none; longer, the market had just not come. */
const EARLY_MAX_US = 1_000_000;

/** The other side came no nearer than this; undefined where there was none to come. */
type Distance = Readonly<{ ticks: number | undefined; at: TimeUs | undefined }>;

/** What stood before it and what traded there while it stood. `lots` may be estimates. */
type Queued = Readonly<{
  aheadAtRest: number;
  aheadAtEnd: number;
  printedLots: number;
  throughLots: number;
  prints: number;
  cancelledAhead: number;
}>;

export type Reason =
  | Readonly<{ kind: "filled"; lots: number }>
  | Readonly<{ kind: "filled-in-part"; lots: number; size: number; rest: Reason }>
  | Readonly<{ kind: "never-touched"; closest: Distance }>
  | (Readonly<{ kind: "touched-behind-queue" }> & Queued)
  | Readonly<{
      kind: "traded-through-in-flight";
      when: "before-it-arrived" | "after-it-was-cancelled";
      byUs: number;
      priceTicks: number;
      lots: number;
    }>
  | Readonly<{ kind: "cancelled-early"; byUs: number; lots: number; at: TimeUs }>
  | Readonly<{ kind: "refused-by-rule"; rule: string; reason: string }>
  | Readonly<{ kind: "refused-by-venue"; reason: RefusalReason; text: string }>
  | Readonly<{ kind: "post-only-would-cross"; price: number; other: number | undefined }>
  | Readonly<{ kind: "found-nothing"; reason: string; other: number | undefined }>
  | Readonly<{ kind: "never-arrived"; arrivesAt: TimeUs | undefined; endedAt: TimeUs }>
  | Readonly<{ kind: "closed-by-venue"; reason: CloseReason }>
  | Readonly<{ kind: "open-at-end"; so: Reason }>
  | Readonly<{ kind: "not-told"; why: string }>;

/** A print strictly through the order's price while something about it was on a wire. */
export type PrintInFlight = Readonly<{ at: number; priceTicks: number; lots: number }>;

/** What the recording and a second run say besides the story. */
export type Evidence = Readonly<{
  endedAt: TimeUs;
  /** The last print through its price between its sending and its arrival. */
  throughBefore?: PrintInFlight | undefined;
  /** The next fill had it been left standing, in the same queue. */
  leftStanding?: Readonly<{ at: TimeUs; price: number; lots: number }> | undefined;
}>;

export function reasonOf(story: OrderStory, evidence: Evidence): Reason {
  const { place } = story;
  const filled = filledLots(story);
  if (filled === 0) return whyNot(story, evidence);
  if (filled >= sizeOf(story)) return { kind: "filled", lots: filled };
  const rest = whyNot(story, evidence);
  return { kind: "filled-in-part", lots: filled, size: place.size, rest };
}

/** Lots we learned of as filled. */
export function filledLots({ answers }: OrderStory): number {
  let lots = 0;
  for (const event of answers) if (event.kind === "OrderFilled") lots += event.size;
  return lots;
}

/** The order's size as it stood last. */
export function sizeOf({ place, answers }: OrderStory): number {
  const accepted = answers.findLast((event) => event.kind === "OrderAccepted");
  return accepted?.kind === "OrderAccepted" ? accepted.size : place.size;
}

/** The answer that ended it. */
export function endOf({ answers }: OrderStory): OrderClosed | OrderRefused | undefined {
  for (const event of answers) {
    if (event.kind === "OrderClosed") return event;
    if (event.kind === "OrderRefused" && event.request === "place") return event;
  }
  return undefined;
}

/** When it first stood in the book or was turned away, by the venue; undefined: it never got there. */
export function arrivedAt({ met, answers }: OrderStory): TimeUs | undefined {
  return met[0]?.at ?? answers[0]?.venueAt;
}

function whyNot(story: OrderStory, evidence: Evidence): Reason {
  const [refusal] = story.refusals.filter(({ kind }) => kind === "PlaceOrder");
  if (refusal !== undefined && story.requests.length === 0) {
    return { kind: "refused-by-rule", rule: refusal.rule, reason: refusal.reason };
  }
  const end = endOf(story);
  if (end === undefined) return whyOpen(story, evidence);
  if (end.kind === "OrderRefused") return refused(story, end.reason, end.text);
  switch (end.reason) {
    case "cancelled":
    case "scheduled-cancel":
      return whyCancelled(story, evidence, end);
    case "post-only-would-cross":
    case "ioc-remainder":
    case "market-remainder":
      return refused(
        story,
        end.reason === "post-only-would-cross" ? end.reason : "ioc-no-liquidity",
      );
    default:
      return { kind: "closed-by-venue", reason: end.reason };
  }
}

function refused(story: OrderStory, reason: RefusalReason, text = ""): Reason {
  const met = story.met[0];
  const other = story.place.side === "bid" ? met?.ask : met?.bid;
  switch (reason) {
    case "post-only-would-cross":
      return { kind: reason, price: story.place.price as number, other };
    case "ioc-no-liquidity":
    case "fok-not-fillable":
    case "no-liquidity":
      return { kind: "found-nothing", reason, other };
    default:
      return { kind: "refused-by-venue", reason, text };
  }
}

function whyOpen(story: OrderStory, evidence: Evidence): Reason {
  if (story.answers.length === 0 && story.met.length === 0) {
    const [first] = story.requests;
    return { kind: "never-arrived", arrivesAt: first?.arrivesAt, endedAt: evidence.endedAt };
  }
  return { kind: "open-at-end", so: whileItStood(story, evidence) };
}

function whyCancelled(story: OrderStory, evidence: Evidence, end: OrderClosed): Reason {
  const missed = evidence.leftStanding;
  if (missed !== undefined) {
    const byUs = missed.at - end.venueAt;
    const { lots, at, price } = missed;
    if (at <= end.at) {
      const when = "after-it-was-cancelled";
      return { kind: "traded-through-in-flight", when, byUs, priceTicks: price, lots };
    }
    if (byUs <= EARLY_MAX_US) return { kind: "cancelled-early", byUs, lots, at };
  }
  return whileItStood(story, evidence);
}

/** What its queue, or the market's distance, kept from it. */
function whileItStood(story: OrderStory, { throughBefore }: Evidence): Reason {
  const { queues } = story;
  const queue = queues.findLast(({ prints, nearest }) => prints > 0 || (nearest ?? 1) <= 0);
  if (queue !== undefined) {
    const { rested, ahead, printedLots, throughLots, prints, cancelledAhead } = queue;
    const aheads = { aheadAtRest: rested.ahead, aheadAtEnd: ahead };
    const traded = { printedLots, throughLots, prints };
    return { kind: "touched-behind-queue", ...aheads, ...traded, cancelledAhead };
  }
  if (throughBefore !== undefined) {
    const { at, priceTicks, lots } = throughBefore;
    const byUs = (arrivedAt(story) ?? at) - at;
    const when = "before-it-arrived";
    return { kind: "traded-through-in-flight", when, byUs, priceTicks, lots };
  }
  if (queues.length === 0) {
    return { kind: "not-told", why: "a recording of candles knows no queue and no touch" };
  }
  let closest: Distance = { ticks: undefined, at: undefined };
  for (const { nearest, nearestAt } of queues) {
    if (nearest !== undefined && nearest < (closest.ticks ?? Number.POSITIVE_INFINITY)) {
      closest = { ticks: nearest, at: nearestAt };
    }
  }
  return { kind: "never-touched", closest };
}
