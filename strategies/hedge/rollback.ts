// Closes what is held, by market orders that only reduce (RollbackManager of the hedge manager flow): both legs to
// flat, or the net exposure alone. It acts on positions as they are, never on what some operation had meant to do:
// rolling back a close would open again. No order exceeds the order size; a leg that will not close is given up.

import type { HedgeDesk } from "./hedge-desk.ts";
import { marketLimit } from "./hedge-pricer.ts";
import type { Leg } from "./hedge-target.ts";
import { coveringLots, LEGS, MAKER, otherLeg } from "./hedge-target.ts";
import { isUnresolved } from "./order-reconciler.ts";
import type { Wait } from "./waits.ts";

/** "flat": both legs. "neutral": as much of one leg as the other does not hedge. */
export type RollbackGoal = "flat" | "neutral";
export type RollbackState = "working" | "done" | "failed";

type Slot = { orderId: number; tries: number; until: number; gaveUp: boolean };

type RollbackSaved = Readonly<{
  goal: RollbackGoal | null;
  preferred: Leg;
  slots: readonly [Slot, Slot];
}>;

export class Rollback {
  #goal: RollbackGoal | undefined;
  #preferred: Leg = MAKER;
  #slots: [Slot, Slot] = [emptySlot(), emptySlot()];

  get isActive(): boolean {
    return this.#goal !== undefined;
  }

  /** Begins; `preferred` is the leg a "neutral" closes if it can, else the other one. */
  begin(goal: RollbackGoal, preferred: Leg): void {
    this.#goal = goal;
    this.#preferred = preferred;
    this.#slots = [emptySlot(), emptySlot()];
  }

  /** "done" also when what is left is less than the venue takes. Ends itself when done or failed. */
  step(desk: HedgeDesk): RollbackState {
    if (this.#goal === undefined) return "done";
    let working = false;
    let wanting = false;
    for (const leg of LEGS) {
      const lots = this.#wanted(leg, desk);
      const slot = this.#slots[leg];
      if (desk.orders.find(slot.orderId)?.end === "open" || isUnresolved(leg, desk)) {
        working = true;
        continue;
      }
      this.#settle(slot, desk);
      if (lots === 0) continue;
      wanting = true;
      if (slot.gaveUp) continue;
      working = true;
      this.#close(leg, slot, lots, desk);
    }
    if (working) return "working";
    this.stop(desk);
    return wanting ? "failed" : "done";
  }

  stop(desk: HedgeDesk): void {
    this.#goal = undefined;
    desk.done("close-maker");
    desk.done("close-taker");
  }

  save(): RollbackSaved {
    return {
      goal: this.#goal ?? null,
      preferred: this.#preferred,
      slots: [{ ...this.#slots[0] }, { ...this.#slots[1] }],
    };
  }

  restore(saved: RollbackSaved): void {
    this.#goal = saved.goal ?? undefined;
    this.#preferred = saved.preferred;
    this.#slots = [{ ...saved.slots[0] }, { ...saved.slots[1] }];
  }

  /** Signed lots to trade on a leg now, towards flat; 0 when they are less than its venue takes. */
  #wanted(leg: Leg, desk: HedgeDesk): number {
    const held = desk.position(leg);
    const lots = this.#goal === "flat" ? 0 - held : this.#neutralLots(leg, held, desk);
    return desk.isTradable(leg, Math.abs(lots)) ? lots : 0;
  }

  #neutralLots(leg: Leg, held: number, desk: HedgeDesk): number {
    const first = this.#slots[this.#preferred];
    const canFirst = !first.gaveUp && neutralising(this.#preferred, desk) !== 0;
    const chosen = canFirst ? this.#preferred : otherLeg(this.#preferred);
    if (leg !== chosen) return 0;
    return held === 0 ? 0 : neutralising(leg, desk);
  }

  /** What an order that is over came to: anything filled is progress, nothing filled is a try. */
  #settle(slot: Slot, desk: HedgeDesk): void {
    if (slot.orderId === 0) return;
    const record = desk.orders.find(slot.orderId);
    slot.orderId = 0;
    if (record !== undefined && Math.max(record.seen, record.told) > 0) {
      slot.tries = 0;
      return;
    }
    slot.tries += 1;
    const { backoffUs } = desk.config.reduces;
    slot.until = desk.now + backoffUs * (1 << Math.min(slot.tries, 10));
    if (slot.tries >= desk.config.marketTriesMax) slot.gaveUp = true;
  }

  #close(leg: Leg, slot: Slot, lots: number, desk: HedgeDesk): void {
    const wait: Wait = leg === MAKER ? "close-maker" : "close-taker";
    if (desk.now < slot.until) {
      desk.wait(wait, slot.until);
      return;
    }
    const touch = desk.touch(leg);
    if (touch === undefined) {
      this.#wait(slot, wait, desk);
      return;
    }
    const { marketSlippageBps, marketSlippageStepBps, orderLots } = desk.config;
    const side = lots > 0 ? "bid" : "ask";
    const slippage = marketSlippageBps + slot.tries * marketSlippageStepBps;
    const most = leg === MAKER ? orderLots : coveringLots(orderLots, desk.units, MAKER);
    slot.orderId = desk.place({
      leg,
      side,
      lots: Math.min(Math.abs(lots), most),
      price:
        marketSlippageBps === 0
          ? undefined
          : marketLimit(side, side === "bid" ? touch.ask : touch.bid, slippage),
      timeInForce: "IOC",
      reduceOnly: true,
    });
  }

  /** No link, or no book: each look that finds none is a try. */
  #wait(slot: Slot, wait: Wait, desk: HedgeDesk): void {
    slot.tries += 1;
    if (slot.tries >= desk.config.marketTriesMax) slot.gaveUp = true;
    slot.until = desk.now + desk.config.reduces.timeoutUs;
    desk.wait(wait, slot.until);
  }
}

/** Signed lots of a leg that bring the net exposure nearest to 0 without passing flat; 0 when it cannot help. */
function neutralising(leg: Leg, desk: HedgeDesk): number {
  const held = desk.position(leg);
  const net = desk.net();
  if (held === 0 || net === 0 || held > 0 !== net > 0) return 0;
  const whole = Math.floor(Math.abs(net) / desk.units[leg]);
  const lots = Math.min(whole, Math.abs(held));
  return held > 0 ? 0 - lots : lots;
}

function emptySlot(): Slot {
  return { orderId: 0, tries: 0, until: 0, gaveUp: false };
}
