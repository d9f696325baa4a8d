// One attempt after another to hedge by limit orders (AggressiveLimitHedgeStrategy of the hedge manager flow): priced
// afresh, given its share of the time, moved while the market walks away from it, cancelled, and counted only once its
// end is known. Sizes are what remains at that moment, so partial and late fills are never hedged twice.

import type { PerLeg } from "../../src/domain/common-units.ts";
import type { Side } from "../../src/domain/units.ts";
import type { HedgeTactic } from "./hedge-config.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import { breakEvenPrice, hedgePrice } from "./hedge-pricer.ts";
import type { Leg } from "./hedge-target.ts";
import type { OrderRecord } from "./own-orders.ts";

/** A hedge that is being worked; JSON-safe, part of what is saved. */
export type HedgeWork = {
  readonly leg: Leg;
  readonly side: Side;
  readonly reduceOnly: boolean;
  readonly startedAt: number;
  stage: "ready" | "limit" | "market" | "backoff";
  /** The order of the stage; 0: none. */
  orderId: number;
  placedAt: number;
  /** Limit orders so far. */
  attempts: number;
  /** Moves of the present order, and when it was last priced. */
  reprices: number;
  pricedAt: number;
  marketTries: number;
  /** The end of a backoff. */
  until: number;
};

export function tacticOf(work: HedgeWork, desk: HedgeDesk): HedgeTactic {
  return work.reduceOnly ? desk.config.reduces : desk.config.opens;
}

/** Is there time and a try left for a limit order? */
export function mayTryLimit(work: HedgeWork, desk: HedgeDesk): boolean {
  const { retriesMax, timeoutUs } = tacticOf(work, desk);
  if (desk.config.hedgeMode === "market" || work.attempts >= retriesMax) return false;
  return desk.now < work.startedAt + timeoutUs;
}

/** The fill that is hedged, on the other leg: the price to break even with. */
export type TriggerFill = Readonly<{ side: Side; price: number }>;

/** Places the next attempt; false when there is no book to price it on. */
export function placeLimit(
  work: HedgeWork,
  lots: number,
  trigger: TriggerFill | undefined,
  ratio: PerLeg,
  desk: HedgeDesk,
): boolean {
  const price = limitPrice(work, trigger, ratio, desk);
  if (price === undefined) return false;
  work.stage = "limit";
  work.placedAt = desk.now;
  work.pricedAt = desk.now;
  work.reprices = 0;
  work.orderId = desk.place({
    leg: work.leg,
    side: work.side,
    lots,
    price,
    timeInForce: "GTC",
    reduceOnly: work.reduceOnly,
  });
  desk.wait("hedge", attemptEnd(work, desk));
  return true;
}

/** Looks after an attempt that is still open: cancels what is over time or too much, moves what was left behind. */
export function tendLimit(
  work: HedgeWork,
  record: OrderRecord,
  remaining: number,
  trigger: TriggerFill | undefined,
  ratio: PerLeg,
  desk: HedgeDesk,
): void {
  const order = desk.order(record);
  if (order?.state !== "live") return;
  const leaves = order.size - order.filled;
  const wanted = work.side === "bid" ? remaining : -remaining;
  if (leaves > wanted || desk.now >= attemptEnd(work, desk)) {
    desk.cancel(record);
    return;
  }
  if (!mayReprice(work, record, desk) || order.price === undefined) return;
  const price = limitPrice(work, trigger, ratio, desk);
  if (price === undefined) return;
  const behind = work.side === "bid" ? price - order.price : order.price - price;
  if (behind < desk.config.repriceTicks) return;
  work.reprices += 1;
  work.pricedAt = desk.now;
  desk.amend(record, price);
}

/** An attempt may stand for its share of the whole time, and not past its end. */
function attemptEnd(work: HedgeWork, desk: HedgeDesk): number {
  const { retriesMax, timeoutUs } = tacticOf(work, desk);
  const share = Math.floor(timeoutUs / retriesMax);
  return Math.min(work.placedAt + share, work.startedAt + timeoutUs);
}

function mayReprice(work: HedgeWork, record: OrderRecord, desk: HedgeDesk): boolean {
  const { repriceUs, repriceCountMax } = desk.config;
  if (record.amendRefused || work.reprices >= repriceCountMax) return false;
  let waitUs = repriceUs;
  for (let n = 0; n < work.reprices; n += 1) waitUs *= 2;
  return desk.now >= work.pricedAt + waitUs;
}

function limitPrice(
  work: HedgeWork,
  trigger: TriggerFill | undefined,
  ratio: PerLeg,
  desk: HedgeDesk,
): number | undefined {
  const touch = desk.touch(work.leg);
  if (touch === undefined) return undefined;
  // A fill on our own side is not what this hedges: it corrects too much of the last one.
  const breakEven =
    trigger === undefined || trigger.side === work.side
      ? undefined
      : breakEvenPrice(work.side, trigger.price, ratio);
  const { insideRetries } = tacticOf(work, desk);
  const { bid, ask } = touch;
  const { side, attempts: attempt } = work;
  return hedgePrice({ side, bid, ask, attempt, insideRetries, breakEven }).price;
}
