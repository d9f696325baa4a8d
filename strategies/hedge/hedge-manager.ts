// Keeps the two legs hedged (HedgeManager of the hedge manager flow). It follows exposure, not orders: whatever moved
// a position (a partial fill, a late fill, one that raced a cancel), what remains is worked off on the other leg at
// once, in whole lots, one order at a time: limit attempts, then market, then failure, which is told and never hidden.

import type { PerLeg } from "../../src/domain/common-units.ts";
import type { OrderFilled } from "../../src/domain/event.ts";
import type { HedgeWork, TriggerFill } from "./aggressive-limit.ts";
import { mayTryLimit, placeLimit, tacticOf, tendLimit } from "./aggressive-limit.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import { marketLimit } from "./hedge-pricer.ts";
import type { Leg } from "./hedge-target.ts";
import { coveringLots, MAKER, otherLeg, remainingLots, TAKER, tickRatio } from "./hedge-target.ts";
import { isUnresolved } from "./order-reconciler.ts";

/**
 * `carried`: what remains is less than the venue takes, and stays in the net exposure.
 * `unsent`: failed, and the last order never left: our own rules refused it.
 */
export type HedgeState = "hedged" | "carried" | "working" | "failed" | "unsent";

type ManagerSaved = Readonly<{
  work: HedgeWork | null;
  triggers: readonly (TriggerFill | null)[];
}>;

/** Steps of one decision: an order that is over is followed by at most the next one. */
const STEPS_MAX = 4;

export class HedgeManager {
  readonly #ratios: readonly [PerLeg, PerLeg];
  #work: HedgeWork | undefined;
  /** The last fill of each leg: what a hedge on the other one tries to break even with. */
  #triggers: [TriggerFill | undefined, TriggerFill | undefined] = [undefined, undefined];

  constructor(desk: HedgeDesk) {
    this.#ratios = [tickRatio(desk.legs, TAKER), tickRatio(desk.legs, MAKER)];
  }

  get isIdle(): boolean {
    return this.#work === undefined;
  }

  hear(event: OrderFilled, desk: HedgeDesk): void {
    const leg = desk.legOf(event.instrument);
    if (leg !== undefined) this.#triggers[leg] = { side: event.side, price: event.price };
  }

  /** Works off what remains on `leg`, the one that hedges. */
  step(leg: Leg, desk: HedgeDesk): HedgeState {
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const work = this.#work;
      if (work === undefined) {
        const state = this.#begin(leg, desk);
        if (state !== undefined) return state;
        continue;
      }
      const state = this.#advance(work, desk);
      if (state !== undefined) return state;
    }
    return "working";
  }

  /** Lets go of what is being worked; its order is whoever's took over. */
  drop(desk: HedgeDesk): void {
    this.#work = undefined;
    desk.done("hedge");
  }

  save(): ManagerSaved {
    return {
      work: this.#work === undefined ? null : { ...this.#work },
      triggers: this.#triggers.map((each) => each ?? null),
    };
  }

  restore(saved: ManagerSaved): void {
    this.#work = saved.work === null ? undefined : { ...saved.work };
    this.#triggers = [saved.triggers[0] ?? undefined, saved.triggers[1] ?? undefined];
  }

  #begin(leg: Leg, desk: HedgeDesk): HedgeState | undefined {
    const remaining = remainingLots(desk.positions(), desk.units, leg);
    if (remaining === 0) return "hedged";
    if (!desk.isTradable(leg, Math.abs(remaining))) return "carried";
    if (isUncertain(leg, desk) || desk.orders.anyOpen(leg)) return "working";
    this.#work = {
      leg,
      side: remaining > 0 ? "bid" : "ask",
      reduceOnly: isReducing(remaining, desk.position(leg)),
      startedAt: desk.now,
      stage: "ready",
      orderId: 0,
      placedAt: 0,
      attempts: 0,
      reprices: 0,
      pricedAt: 0,
      marketTries: 0,
      until: 0,
    };
    return undefined;
  }

  /** One step of a hedge; undefined when it changed so that the next step is due at once. */
  #advance(work: HedgeWork, desk: HedgeDesk): HedgeState | undefined {
    const remaining = remainingLots(desk.positions(), desk.units, work.leg);
    const record = desk.orders.find(work.orderId);
    if (record?.end === "open") {
      const trigger = this.#triggers[otherLeg(work.leg)];
      tendLimit(work, record, remaining, trigger, this.#ratios[work.leg], desk);
      return "working";
    }
    if (isUncertain(work.leg, desk)) return "working";
    const wanted = work.side === "bid" ? remaining : -remaining;
    const isOver = wanted <= 0 || !desk.isTradable(work.leg, wanted) || record?.end === "filled";
    if (isOver || this.#changedPurpose(work, remaining, desk)) {
      this.drop(desk);
      return undefined;
    }
    switch (work.stage) {
      case "ready":
        return this.#send(work, wanted, desk);
      case "limit":
        work.attempts += 1;
        return this.#backOff(work, tacticOf(work, desk).backoffUs, desk);
      case "market":
        work.marketTries += 1;
        if (work.marketTries >= desk.config.marketTriesMax) {
          const state = this.#fail(desk);
          return record?.end === "not-sent" ? "unsent" : state;
        }
        return this.#backOff(work, tacticOf(work, desk).backoffUs * (1 << work.marketTries), desk);
      case "backoff":
        if (desk.now < work.until) {
          desk.wait("hedge", work.until);
          return "working";
        }
        work.stage = "ready";
        return undefined;
    }
  }

  /** An order that only reduces cannot go past flat, and one that opens should not wait like one that reduces. */
  #changedPurpose(work: HedgeWork, remaining: number, desk: HedgeDesk): boolean {
    return work.reduceOnly && !isReducing(remaining, desk.position(work.leg));
  }

  #send(work: HedgeWork, wanted: number, desk: HedgeDesk): HedgeState | undefined {
    const { orderLots } = desk.config;
    const { leg } = work;
    const most = leg === MAKER ? orderLots : coveringLots(orderLots, desk.units, MAKER);
    const lots = Math.min(wanted, most);
    if (mayTryLimit(work, desk)) {
      const trigger = this.#triggers[otherLeg(leg)];
      if (placeLimit(work, lots, trigger, this.#ratios[leg], desk)) return "working";
    } else if (placeMarket(work, lots, desk)) {
      return "working";
    }
    const { timeoutUs, backoffUs } = tacticOf(work, desk);
    // No link, or no book to price on: as much time again as the limits have, then it has failed.
    if (desk.now >= work.startedAt + 2 * timeoutUs) return this.#fail(desk);
    return this.#backOff(work, backoffUs, desk);
  }

  #backOff(work: HedgeWork, backoffUs: number, desk: HedgeDesk): undefined {
    work.stage = "backoff";
    work.orderId = 0;
    work.until = desk.now + backoffUs;
    return undefined;
  }

  #fail(desk: HedgeDesk): HedgeState {
    this.drop(desk);
    return "failed";
  }
}

/** The simple market hedge: one IOC for what remains, further through the touch with every try. */
function placeMarket(work: HedgeWork, lots: number, desk: HedgeDesk): boolean {
  const { marketSlippageBps, marketSlippageStepBps } = desk.config;
  const touch = desk.touch(work.leg);
  if (touch === undefined) return false;
  const { side, leg, reduceOnly } = work;
  const slippage = marketSlippageBps + work.marketTries * marketSlippageStepBps;
  const price =
    marketSlippageBps === 0
      ? undefined
      : marketLimit(side, side === "bid" ? touch.ask : touch.bid, slippage);
  work.stage = "market";
  work.placedAt = desk.now;
  work.orderId = desk.place({ leg, side, lots, price, timeInForce: "IOC", reduceOnly });
  desk.wait("hedge", desk.now + desk.config.answerUs);
  return true;
}

/** Is it open what the leg has done, or whether the other one holds what is to be hedged on it? */
function isUncertain(leg: Leg, desk: HedgeDesk): boolean {
  return isUnresolved(leg, desk) || desk.mayCountTwice(otherLeg(leg));
}

function isReducing(remaining: number, position: number): boolean {
  return remaining > 0 ? position <= -remaining : position >= -remaining;
}
