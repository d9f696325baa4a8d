// Closes what is held, by market orders (RollbackManager of the hedge manager flow): both legs to flat, or the net
// exposure alone. It acts on positions as they are, never on what some operation had meant to do: rolling back a close
// would open again. No order exceeds the order size. Legs that hedge each other are closed in step, one order on each:
// whatever becomes of a venue meanwhile, closing never exposes more than that.

import type { HedgeDesk } from "./hedge-desk.ts";
import { marketLimit } from "./hedge-pricer.ts";
import type { Leg } from "./hedge-target.ts";
import { coveredLots, coveringLots, LEGS, MAKER, otherLeg } from "./hedge-target.ts";
import { isUnresolved } from "./order-reconciler.ts";
import type { OrderRecord } from "./own-orders.ts";
import type { Wait } from "./waits.ts";

/**
 * "flat": both legs. "neutral": as much of one leg as the other does not hedge, by orders that only reduce.
 * "rescue": the same, with patience: a leg that will not close is tried again later, and where neither can
 * be reduced the exposure is hedged by opening on the one that still trades.
 */
export type RollbackGoal = "flat" | "neutral" | "rescue";
export type RollbackState = "working" | "done" | "failed";

type Slot = { orderId: number; tries: number; until: number; gaveUp: boolean };

/** Signed lots to trade on a leg now. */
type Move = Readonly<{ lots: number; reduceOnly: boolean }>;

type RollbackSaved = Readonly<{
  goal: RollbackGoal | null;
  preferred: Leg;
  slots: readonly [Slot, Slot];
}>;

const NO_MOVE: Move = { lots: 0, reduceOnly: true };

/** Doublings of the pause after a try that came to nothing. */
const DOUBLINGS_MAX = 10;

export class Rollback {
  #goal: RollbackGoal | undefined;
  #preferred: Leg = MAKER;
  #slots: [Slot, Slot] = [emptySlot(), emptySlot()];

  get isActive(): boolean {
    return this.#goal !== undefined;
  }

  /** Begins; `preferred` is the leg that brings back to neutral if it can, else the other one. */
  begin(goal: RollbackGoal, preferred: Leg): void {
    this.#goal = goal;
    this.#preferred = preferred;
    this.#slots = [emptySlot(), emptySlot()];
  }

  /** "done" also when what is left is less than the venue takes. Ends itself when done or failed. */
  step(desk: HedgeDesk): RollbackState {
    if (this.#goal === undefined) return "done";
    const busy = LEGS.filter((leg) => this.#isBusy(leg, desk));
    // What one leg does depends on what the other has done; to the rescue, on what is certain of one that is silent.
    const isHeld = busy.some((leg) => this.#goal !== "rescue" || !isUnresolved(leg, desk));
    if (isHeld || busy.length > 1) return "working";
    const moves = [this.#move(MAKER, desk), this.#move(otherLeg(MAKER), desk)] as const;
    if (moves.every(({ lots }) => lots === 0)) {
      return busy.length > 0 ? "working" : this.#end("done", desk);
    }
    if (this.#isStuck(moves, desk)) {
      return this.#goal === "rescue" ? this.#tryAgainLater(desk) : this.#end("failed", desk);
    }
    this.#trade(moves, desk);
    return "working";
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

  #end(state: RollbackState, desk: HedgeDesk): RollbackState {
    this.stop(desk);
    return state;
  }

  /** Is an order of the leg on its way, or its outcome an open question? */
  #isBusy(leg: Leg, desk: HedgeDesk): boolean {
    const slot = this.#slots[leg];
    const record = desk.orders.find(slot.orderId);
    if (record?.end === "open") {
      this.#tend(leg, record, desk);
      return true;
    }
    if (isUnresolved(leg, desk)) return true;
    this.#settle(slot, desk);
    return false;
  }

  /** An order that does not rest, and whose end nobody tells, is cancelled: the answer, or its lack, is news. */
  #tend(leg: Leg, record: OrderRecord, desk: HedgeDesk): void {
    const until = record.requestAt + desk.config.answerUs;
    if (desk.now < until) desk.wait(waitOf(leg), until);
    else desk.cancel(record);
  }

  /** What a leg is to trade next, within the order size; none when it is less than its venue takes. */
  #move(leg: Leg, desk: HedgeDesk): Move {
    if (isUnresolved(leg, desk)) return NO_MOVE;
    const move = this.#goal === "flat" ? flattening(leg, desk) : this.#neutralMove(leg, desk);
    return desk.isTradable(leg, Math.abs(move.lots)) ? move : NO_MOVE;
  }

  /** The first of: the preferred leg reduces, the other one reduces, one of them opens. */
  #neutralMove(leg: Leg, desk: HedgeDesk): Move {
    const net = certainNet(desk);
    const both = [this.#preferred, otherLeg(this.#preferred)];
    const isWorthwhile = (each: Leg) =>
      desk.isTradable(each, Math.abs(neutralising(each, net, desk)));
    const reducing = both.filter(isWorthwhile);
    const isAble = (each: Leg) => !this.#slots[each].gaveUp && !isUnresolved(each, desk);
    const able = reducing.find(isAble);
    if (able === undefined && this.#goal === "rescue") {
      const opening = both.find((each) => isAble(each) && canTrade(each, desk));
      if (opening !== undefined) {
        return leg === opening ? { lots: opposing(leg, net, desk), reduceOnly: false } : NO_MOVE;
      }
    }
    if (leg !== (able ?? reducing[0])) return NO_MOVE;
    return { lots: neutralising(leg, net, desk), reduceOnly: true };
  }

  /** Both orders of a pair that goes in step, or the one that is due; neither before both could be sent. */
  #trade(moves: readonly [Move, Move], desk: HedgeDesk): void {
    const legs = LEGS.filter((leg) => moves[leg].lots !== 0);
    const ready = legs.filter((leg) => !this.#slots[leg].gaveUp && this.#isReady(leg, desk));
    if (this.#goInStep(moves, desk) && ready.length < 2) return;
    for (const leg of ready) this.#place(leg, moves[leg], desk);
  }

  #goInStep(moves: readonly [Move, Move], desk: HedgeDesk): boolean {
    return this.#goal === "flat" && LEGS.every((leg) => moves[leg].lots !== 0) && areOpposed(desk);
  }

  /** Is there nothing left that would still be tried? Of a pair in step, one is enough. */
  #isStuck(moves: readonly [Move, Move], desk: HedgeDesk): boolean {
    if (this.#goInStep(moves, desk)) return LEGS.some((leg) => this.#slots[leg].gaveUp);
    return LEGS.every((leg) => moves[leg].lots === 0 || this.#slots[leg].gaveUp);
  }

  /** Is the leg's pause over, and is there a book to price on? Each look that finds none is a try. */
  #isReady(leg: Leg, desk: HedgeDesk): boolean {
    const slot = this.#slots[leg];
    const wait = waitOf(leg);
    if (desk.now < slot.until) {
      desk.wait(wait, slot.until);
      return false;
    }
    if (canTrade(leg, desk)) return true;
    this.#tried(slot, desk.config.reduces.timeoutUs, desk);
    desk.wait(wait, slot.until);
    return false;
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
    const doubled = 1 << Math.min(slot.tries + 1, DOUBLINGS_MAX);
    this.#tried(slot, desk.config.reduces.backoffUs * doubled, desk);
  }

  #tried(slot: Slot, pauseUs: number, desk: HedgeDesk): void {
    slot.tries += 1;
    slot.until = desk.now + pauseUs;
    if (slot.tries >= desk.config.marketTriesMax) slot.gaveUp = true;
  }

  /** Neither leg would: both are tried once more after a while. Who asked for a rescue knows when to end it. */
  #tryAgainLater(desk: HedgeDesk): RollbackState {
    for (const leg of LEGS) {
      const slot = this.#slots[leg];
      slot.gaveUp = false;
      slot.tries = desk.config.marketTriesMax - 1;
      slot.until = desk.now + desk.config.reduces.timeoutUs;
      desk.wait(waitOf(leg), slot.until);
    }
    return "working";
  }

  #place(leg: Leg, { lots, reduceOnly }: Move, desk: HedgeDesk): void {
    const touch = desk.touch(leg);
    if (touch === undefined) return;
    const { marketSlippageBps, marketSlippageStepBps } = desk.config;
    const slot = this.#slots[leg];
    const side = lots > 0 ? "bid" : "ask";
    const slippage = marketSlippageBps + slot.tries * marketSlippageStepBps;
    slot.orderId = desk.place({
      leg,
      side,
      lots: Math.min(Math.abs(lots), mostLots(leg, desk)),
      price:
        marketSlippageBps === 0
          ? undefined
          : marketLimit(side, side === "bid" ? touch.ask : touch.bid, slippage),
      timeInForce: "IOC",
      reduceOnly,
    });
  }
}

/** Towards flat: of legs that hedge each other first what one holds more, then the same on both. */
function flattening(leg: Leg, desk: HedgeDesk): Move {
  const held = desk.position(leg);
  const all = { lots: 0 - held, reduceOnly: true };
  if (!areOpposed(desk)) return all;
  const excess = neutralising(leg, desk.net(), desk);
  if (desk.isTradable(leg, Math.abs(excess))) return { lots: excess, reduceOnly: true };
  const other = otherLeg(leg);
  const ofOther = neutralising(other, desk.net(), desk);
  if (desk.isTradable(other, Math.abs(ofOther))) return NO_MOVE;
  return all;
}

/** Do both legs hold something a venue takes, and against each other? */
function areOpposed(desk: HedgeDesk): boolean {
  const [maker, taker] = desk.positions();
  if (maker === 0 || taker === 0 || maker > 0 === taker > 0) return false;
  return LEGS.every((leg) => desk.isTradable(leg, Math.abs(desk.position(leg))));
}

/** The most lots in one order of a leg. */
function mostLots(leg: Leg, desk: HedgeDesk): number {
  const { orderLots } = desk.config;
  return leg === MAKER ? orderLots : coveringLots(orderLots, desk.units, MAKER);
}

function canTrade(leg: Leg, desk: HedgeDesk): boolean {
  return desk.touch(leg) !== undefined;
}

/** The net exposure there is whatever becomes of the orders that are open: common units, 0 when it may be none. */
function certainNet(desk: HedgeDesk): number {
  let least = desk.net();
  let most = least;
  if (LEGS.some((leg) => desk.isDoubted(leg))) return 0;
  for (const { leg, side, size, seen, end } of desk.orders.all) {
    if (end !== "open") continue;
    const units = (size - seen) * desk.units[leg];
    if (side === "bid") most += units;
    else least -= units;
  }
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

/** Signed lots of a leg that bring the net exposure nearest to 0 without passing flat; 0 when it cannot help. */
function neutralising(leg: Leg, net: number, desk: HedgeDesk): number {
  const held = desk.position(leg);
  if (held === 0 || net === 0 || held > 0 !== net > 0) return 0;
  const whole = Math.floor(Math.abs(net) / desk.units[leg]);
  const lots = Math.min(whole, Math.abs(held));
  return held > 0 ? 0 - lots : lots;
}

/** Signed lots of a leg that bring the net exposure to 0 by holding more, within the largest position. */
function opposing(leg: Leg, net: number, desk: HedgeDesk): number {
  const { positionMaxLots } = desk.config;
  const most = leg === MAKER ? positionMaxLots : coveredLots(positionMaxLots, desk.units, MAKER);
  const room = Math.max(0, most - Math.abs(desk.position(leg)));
  const lots = Math.min(Math.floor(Math.abs(net) / desk.units[leg]), room);
  return net > 0 ? 0 - lots : lots;
}

function waitOf(leg: Leg): Wait {
  return leg === MAKER ? "close-maker" : "close-taker";
}

function emptySlot(): Slot {
  return { orderId: 0, tries: 0, until: 0, gaveUp: false };
}
