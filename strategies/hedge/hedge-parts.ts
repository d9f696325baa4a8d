// The parts of one hedge bot, and what its phases ask of them together.

import type { AccountReports } from "./account-reports.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import type { HedgeManager } from "./hedge-manager.ts";
import type { Leg } from "./hedge-target.ts";
import { LEGS } from "./hedge-target.ts";
import type { ImbalanceGuard } from "./imbalance-guard.ts";
import type { MakerQuoter } from "./maker-quoter.ts";
import { isUnresolved } from "./order-reconciler.ts";
import type { OrderSizing } from "./order-sizing.ts";
import type { Rollback } from "./rollback.ts";
import type { TradingStateMachine } from "./trading-state-machine.ts";

export type HedgeParts = Readonly<{
  desk: HedgeDesk;
  machine: TradingStateMachine;
  reports: AccountReports;
  hedger: HedgeManager;
  rollback: Rollback;
  guard: ImbalanceGuard;
  /** The post-only order of the maker's leg, and the one of the taker's when both open. */
  maker: MakerQuoter;
  sibling: MakerQuoter;
  sizing: OrderSizing;
}>;

/** What a step came to: nothing more now, another look is due at once, or something that cannot be put right. */
export type Step =
  | Readonly<{ kind: "rest" }>
  | Readonly<{ kind: "again" }>
  | Readonly<{ kind: "fail"; reason: string; preferred: Leg }>;

export const REST: Step = { kind: "rest" };
export const AGAIN: Step = { kind: "again" };

export function failed(reason: string, preferred: Leg): Step {
  return { kind: "fail", reason, preferred };
}

/** Nothing held on a leg but, at most, less than its venue takes. */
export function isFlat(leg: Leg, desk: HedgeDesk): boolean {
  const lots = Math.abs(desk.position(leg));
  return lots === 0 || !desk.isTradable(leg, lots);
}

/** Both legs flat; or the maker's holds less than its venue takes, and the taker's hedges just that. */
export function areBothFlat(desk: HedgeDesk): boolean {
  if (!isFlat(0, desk)) return false;
  if (isFlat(1, desk)) return true;
  return desk.position(0) !== 0 && Math.abs(desk.net()) < Math.max(desk.units[0], desk.units[1]);
}

export function isAnyUnresolved(desk: HedgeDesk): boolean {
  return isUnresolved(0, desk) || isUnresolved(1, desk);
}

/**
 * May a maker order stand? Only while what it fills could be hedged; one that opens needs a hedge that opens, which our
 * own machinery cuts or refuses while it is degraded.
 */
export function mayStand(desk: HedgeDesk, reduceOnly: boolean): boolean {
  if (!reduceOnly && desk.view.health.degradation !== "normal") return false;
  for (const leg of LEGS) {
    if (desk.touch(leg) === undefined || isUnresolved(leg, desk)) return false;
    if (desk.view.health.staleness(desk.instruments[leg].id) > desk.config.staleUs) return false;
  }
  return true;
}

/** May a new maker order be sent? Also the spreads must be worth crossing, should the hedge have to. */
export function mayQuote(desk: HedgeDesk, reduceOnly: boolean): boolean {
  if (!mayStand(desk, reduceOnly)) return false;
  for (const leg of LEGS) {
    const touch = desk.touch(leg);
    if (touch === undefined) return false;
    if ((touch.ask - touch.bid) * 10_000 > touch.bid * desk.config.spreadMaxBps) return false;
  }
  return true;
}

/** Cancels every order that can be cancelled; true when none is left open. */
export function clearOrders(desk: HedgeDesk): boolean {
  for (const record of desk.orders.all) {
    if (record.end === "open" && desk.order(record)?.state === "live") desk.cancel(record);
  }
  return !desk.orders.anyOpen();
}

/** The leg that holds more, in common units. */
export function largerLeg(desk: HedgeDesk): Leg {
  const maker = Math.abs(desk.position(0)) * desk.units[0];
  return maker >= Math.abs(desk.position(1)) * desk.units[1] ? 0 : 1;
}
