// Watches the net exposure: within tolerance, over it for too long (a breach), or past the critical size.
// Tolerance is a share of max(order size, current cycle quantity), and no less than what whole lots leave over.
// Source: hardening plan, "Dynamic Exposure Guard", and the ruling that settles 0.15, 0.2 and 5 % as 5 % in bps.

import type { HedgeDesk } from "./hedge-desk.ts";
import { MAKER } from "./hedge-target.ts";

export type Imbalance = "within" | "over" | "breach" | "critical";

export class ImbalanceGuard {
  #overSince: number | null = null;

  /** `cycleLots`: what the present cycle is for, lots of the maker's leg. */
  judge(cycleLots: number, desk: HedgeDesk): Imbalance {
    const { orderLots, criticalFactor, imbalanceGraceUs } = desk.config;
    const net = Math.abs(desk.net());
    if (net > criticalFactor * orderLots * desk.units[MAKER]) return "critical";
    if (net <= toleranceUnits(cycleLots, desk)) {
      if (this.#overSince !== null) this.reset(desk);
      return "within";
    }
    if (this.#overSince === null) {
      this.#overSince = desk.now;
      desk.wait("imbalance", desk.now + imbalanceGraceUs);
    }
    return desk.now >= this.#overSince + imbalanceGraceUs ? "breach" : "over";
  }

  /** Counts from now on: something has been done about it. */
  reset(desk: HedgeDesk): void {
    this.#overSince = null;
    desk.done("imbalance");
  }

  save(): number | null {
    return this.#overSince;
  }

  restore(saved: number | null): void {
    this.#overSince = saved;
  }
}

/** Common units that may be out of balance. */
export function toleranceUnits(cycleLots: number, desk: HedgeDesk): number {
  const { orderLots, imbalanceBps } = desk.config;
  const lots = Math.max(orderLots, cycleLots);
  const share = Math.floor((lots * desk.units[MAKER] * imbalanceBps) / 10_000);
  return Math.max(share, Math.max(desk.units[0], desk.units[1]) - 1);
}
