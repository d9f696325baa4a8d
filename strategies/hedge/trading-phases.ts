// BUILDING, HOLDING and WINDING_DOWN: what the maker orders are to do in each, and when each is over. Both legs are
// checked tradable at rounded size before the first of them is sent. Hedging is the hedge manager's, all the while.

import type { Side } from "../../src/domain/units.ts";
import { opposite } from "../../src/domain/units.ts";
import type { Cycle } from "./cycle.ts";
import type { HedgeState } from "./hedge-manager.ts";
import type { HedgeParts, Step } from "./hedge-parts.ts";
import {
  AGAIN,
  areBothFlat,
  failed,
  isFlat,
  largerLeg,
  mayQuote,
  mayStand,
  REST,
} from "./hedge-parts.ts";
import type { Leg } from "./hedge-target.ts";
import { coveredLots, MAKER, TAKER } from "./hedge-target.ts";
import type { MakerWant } from "./maker-quoter.ts";

export class TradingPhases {
  readonly #parts: HedgeParts;
  readonly #cycle: Cycle;

  constructor(parts: HedgeParts, cycle: Cycle) {
    this.#parts = parts;
    this.#cycle = cycle;
  }

  /** The leg that hedges: the taker's; when both open by limits, whichever is behind. */
  hedgeLeg(): Leg {
    const { desk, machine } = this.#parts;
    if (desk.config.opening === "maker-taker" || machine.phase !== "BUILDING") return TAKER;
    const maker = Math.abs(desk.position(MAKER)) * desk.units[MAKER];
    return maker < Math.abs(desk.position(TAKER)) * desk.units[TAKER] ? MAKER : TAKER;
  }

  /** Is the manager to hedge? Not while both legs are being closed at market. */
  get hedges(): boolean {
    return !this.#parts.rollback.isActive;
  }

  build(hedge: HedgeState): Step {
    const { desk, machine, maker, sibling, sizing } = this.#parts;
    const target = this.#cycle.targetLots;
    const side: Side = target > 0 ? "bid" : "ask";
    const left = Math.abs(target) - Math.abs(desk.position(MAKER));
    const lots = desk.due("build") ? 0 : this.#tradableLots(left);
    const isShort = sizing.isCut && !desk.due("build") && areBothFlat(desk);
    if (lots === 0 && isShort && !desk.orders.anyOpen()) {
      return failed("the balance does not suffice for the least order", MAKER);
    }
    const want = lots === 0 ? undefined : this.#want(side, lots, hedge, false);
    if (desk.config.opening === "both-limits") this.#buildBoth(want, hedge);
    else maker.step(want, desk);
    const isOpen = maker.isOpen(desk) || sibling.isOpen(desk);
    if (lots > 0 || isOpen || !this.#isHedged(hedge)) return REST;
    desk.done("build");
    desk.done("maker");
    machine.take("built", desk.now);
    const holdUs = areBothFlat(desk) ? 0 : this.#cycle.holdUs();
    desk.wait("hold", desk.now + holdUs);
    desk.wait("monitor", desk.now + desk.config.monitorUs);
    return AGAIN;
  }

  hold(): Step {
    const { desk, machine, reports } = this.#parts;
    if (desk.due("hold") || areBothFlat(desk)) {
      desk.done("hold");
      desk.done("monitor");
      machine.take("hold-over", desk.now);
      desk.wait("wind-down", desk.now + desk.config.windDownUs);
      return AGAIN;
    }
    if (desk.due("monitor")) {
      reports.wantAll();
      desk.wait("monitor", desk.now + desk.config.monitorUs);
      return AGAIN;
    }
    return REST;
  }

  windDown(hedge: HedgeState): Step {
    const { desk, machine, maker, rollback } = this.#parts;
    if (rollback.isActive) return this.#closeAtMarket();
    const held = desk.position(MAKER);
    const isLate = desk.due("wind-down");
    const lots = isFlat(MAKER, desk) ? 0 : Math.min(desk.config.orderLots, Math.abs(held));
    const want =
      lots === 0 || isLate ? undefined : this.#want(held > 0 ? "ask" : "bid", lots, hedge, true);
    maker.step(want, desk);
    if (desk.orders.anyOpen() || !this.#isHedged(hedge)) return REST;
    if (areBothFlat(desk)) {
      desk.done("wind-down");
      desk.done("maker");
      this.#cycle.over();
      machine.take("flat", desk.now);
      return AGAIN;
    }
    if (!isLate && lots > 0) return REST;
    rollback.begin("flat", MAKER);
    return AGAIN;
  }

  #closeAtMarket(): Step {
    const { desk, rollback } = this.#parts;
    const state = rollback.step(desk);
    if (state === "working") return REST;
    if (state === "failed") return failed("a leg could not be closed", largerLeg(desk));
    return AGAIN;
  }

  /** Limits on both legs until one fills: then both are withdrawn, and what the other lacks is hedged. */
  #buildBoth(want: MakerWant | undefined, hedge: HedgeState): void {
    const { desk, maker, sibling } = this.#parts;
    if (want === undefined || !this.#isHedged(hedge)) {
      maker.step(undefined, desk);
      sibling.step(undefined, desk);
      return;
    }
    // Neither is placed anew while the other still stands: the pair goes together.
    const isWhole = !maker.isOpen(desk) && !sibling.isOpen(desk);
    const mayPlace = want.mayPlace && isWhole;
    maker.step({ ...want, mayPlace }, desk);
    const lots = coveredLots(want.lots, desk.units, MAKER);
    sibling.step({ side: opposite(want.side), lots, reduceOnly: false, mayPlace }, desk);
  }

  #want(side: Side, lots: number, hedge: HedgeState, reduceOnly: boolean): MakerWant | undefined {
    const { desk } = this.#parts;
    if (!mayStand(desk, reduceOnly)) return undefined;
    const mayPlace =
      this.#isHedged(hedge) && mayQuote(desk, reduceOnly) && !desk.orders.anyOpen(MAKER);
    return { side, lots, reduceOnly, mayPlace };
  }

  /** The next maker order of `left` lots: within the order size, and what either venue takes; 0: none. */
  #tradableLots(left: number): number {
    const { desk } = this.#parts;
    const lots = Math.min(this.#parts.sizing.lots, left);
    if (lots <= 0 || !desk.isTradable(MAKER, lots)) return 0;
    return desk.isTradable(TAKER, coveredLots(lots, desk.units, MAKER)) ? lots : 0;
  }

  #isHedged(hedge: HedgeState): boolean {
    return this.#parts.hedger.isIdle && (hedge === "hedged" || hedge === "carried");
  }
}
