// Between cycles: both accounts are read, what is found open is adopted or swept flat, a delay is drawn, and a cycle
// begins once both venues can be traded on. Nothing is opened on a position that no report has confirmed.
// Source: hardening plan, "Reconcile Positions on Startup", "Pre-Loop Exposure Sweep", "Limit Random Delays".

import type { AccountReported } from "../../src/domain/event.ts";
import type { Cycle } from "./cycle.ts";
import type { HedgeParts, Step } from "./hedge-parts.ts";
import {
  AGAIN,
  areBothFlat,
  failed,
  isAnyUnresolved,
  largerLeg,
  mayQuote,
  REST,
} from "./hedge-parts.ts";
import { coveredLots, MAKER, TAKER } from "./hedge-target.ts";
import { toleranceUnits } from "./imbalance-guard.ts";

const IDLE_STEPS = ["start", "reconcile", "sweep", "delay", "ready", "finished"] as const;
export type IdleStep = (typeof IDLE_STEPS)[number];

type IdleSaved = Readonly<{ step: IdleStep; sweeps: number; startup: boolean }>;

/** Sweeps before one cycle: more means that something else trades these accounts. */
const SWEEPS_MAX = 3;

export class IdlePhase {
  readonly #parts: HedgeParts;
  readonly #cycle: Cycle;
  #step: IdleStep = "start";
  #sweeps = 0;
  /** True until the first cycle of this bot has begun. */
  #startup = true;

  constructor(parts: HedgeParts, cycle: Cycle) {
    this.#parts = parts;
    this.#cycle = cycle;
  }

  get step(): IdleStep {
    return this.#step;
  }

  /** A cycle is over: everything is read again before the next. */
  enter(): void {
    this.#sweeps = 0;
    this.#reconcile();
  }

  /** Orders of ours that a report lists and that we do not know of are cancelled, whatever made them. */
  hear(event: AccountReported): void {
    const { desk } = this.#parts;
    const orphans = event.openOrders.some((each) => {
      const leg = desk.legOf(each.instrument);
      return leg !== undefined && desk.orders.find(each.orderId) === undefined;
    });
    if (!orphans) return;
    desk.cancelVenue(event.venue);
    for (const leg of [MAKER, TAKER]) {
      if (desk.venueOf(leg) === event.venue) this.#parts.reports.want(leg);
    }
  }

  advance(): Step {
    const { desk, reports } = this.#parts;
    switch (this.#step) {
      case "start":
        if (!desk.linkUp(MAKER) || !desk.linkUp(TAKER)) return REST;
        this.#reconcile();
        return AGAIN;
      case "reconcile":
        return reports.settled && !isAnyUnresolved(desk) ? this.#reconciled() : REST;
      case "sweep":
        return this.#sweep();
      case "delay":
        if (!areBothFlat(desk)) return this.#unexpected();
        if (!desk.due("delay")) return REST;
        desk.done("delay");
        this.#step = "ready";
        return AGAIN;
      case "ready":
        return this.#ready();
      case "finished":
        return areBothFlat(desk) ? REST : this.#unexpected();
    }
  }

  save(): IdleSaved {
    return { step: this.#step, sweeps: this.#sweeps, startup: this.#startup };
  }

  restore(saved: IdleSaved): void {
    this.#step = saved.step;
    this.#sweeps = saved.sweeps;
    this.#startup = saved.startup;
  }

  #reconcile(): void {
    this.#step = "reconcile";
    this.#parts.reports.wantAll();
  }

  #reconciled(): Step {
    const { desk, rollback } = this.#parts;
    if (areBothFlat(desk)) return this.#flat();
    if (this.#startup && this.#isAdoptable()) {
      this.#cycle.adopt(desk.position(MAKER));
      return this.#begin();
    }
    if (this.#sweeps >= SWEEPS_MAX) return failed("positions do not stay flat", largerLeg(desk));
    this.#sweeps += 1;
    this.#step = "sweep";
    rollback.begin("flat", MAKER);
    return AGAIN;
  }

  #flat(): Step {
    const { desk } = this.#parts;
    if (this.#cycle.areAllOver) {
      this.#step = "finished";
      return REST;
    }
    const delayUs = this.#cycle.delayUs();
    this.#step = delayUs > 0 ? "delay" : "ready";
    if (delayUs > 0) desk.wait("delay", desk.now + delayUs);
    return AGAIN;
  }

  #isAdoptable(): boolean {
    const { desk } = this.#parts;
    if (desk.config.startup !== "adopt" || this.#cycle.areAllOver) return false;
    const tolerance = toleranceUnits(Math.abs(desk.position(MAKER)), desk);
    return Math.abs(desk.net()) <= tolerance && desk.position(MAKER) !== 0;
  }

  #sweep(): Step {
    const { desk, rollback } = this.#parts;
    const state = rollback.step(desk);
    if (state === "working") return REST;
    if (state === "failed") return failed("positions could not be flattened", largerLeg(desk));
    this.#reconcile();
    return AGAIN;
  }

  #ready(): Step {
    const { desk } = this.#parts;
    if (!areBothFlat(desk)) return this.#unexpected();
    if (!mayQuote(desk, false)) return REST;
    const { orderLots } = desk.config;
    const taken = coveredLots(orderLots, desk.units, MAKER);
    if (!desk.isTradable(MAKER, orderLots) || !desk.isTradable(TAKER, taken)) {
      return failed(`an order of ${orderLots} lots is less than a venue takes`, MAKER);
    }
    this.#cycle.begin();
    return this.#begin();
  }

  #begin(): Step {
    const { desk, machine, sizing } = this.#parts;
    this.#startup = false;
    sizing.reset();
    this.#sweeps = 0;
    machine.take("begin", desk.now);
    desk.wait("build", desk.now + desk.config.buildUs);
    return AGAIN;
  }

  /** Something moved a position while nothing of ours was open. */
  #unexpected(): Step {
    this.#parts.desk.done("delay");
    this.#reconcile();
    return AGAIN;
  }
}
