// EMERGENCY and rebalancing. Both cancel everything, know that it is cancelled, then close the net exposure at market.
// Rebalancing goes on when two confirmed positions say it worked; an emergency stops the bot and tells why.
// Source: hardening plan, "Harden Hedge Failure Handling", "Dynamic Exposure Guard"; DESIGN, rulings 3 and 7.

import type { HedgeParts, Step } from "./hedge-parts.ts";
import { AGAIN, clearOrders, failed, largerLeg, REST } from "./hedge-parts.ts";
import type { Leg } from "./hedge-target.ts";
import { MAKER } from "./hedge-target.ts";
import { toleranceUnits } from "./imbalance-guard.ts";

export type EmergencyStage = "none" | "cancel" | "flatten" | "halted";
export type RebalanceStage = "none" | "cancel" | "flatten" | "confirm";

type EmergencySaved = Readonly<{
  stage: EmergencyStage;
  reason: string;
  preferred: Leg;
  deadline: number;
}>;

export class Emergency {
  readonly #parts: HedgeParts;
  #stage: EmergencyStage = "none";
  #reason = "";
  #preferred: Leg = MAKER;
  #deadline = 0;

  constructor(parts: HedgeParts) {
    this.#parts = parts;
  }

  get isHalted(): boolean {
    return this.#stage === "halted";
  }

  get reason(): string {
    return this.#reason;
  }

  begin(reason: string, preferred: Leg): void {
    const { desk, hedger, rollback, guard } = this.#parts;
    hedger.drop(desk);
    rollback.stop(desk);
    guard.reset(desk);
    this.#stage = "cancel";
    this.#reason = reason;
    this.#preferred = preferred;
    this.#deadline = desk.now + 2 * desk.config.resolveUs;
    desk.cancelAll();
  }

  advance(): Step {
    const { desk, rollback } = this.#parts;
    const isLate = desk.now >= this.#deadline;
    switch (this.#stage) {
      case "none":
      case "halted":
        return REST;
      case "cancel":
        if (!clearOrders(desk) && !isLate) return this.#wait();
        this.#stage = "flatten";
        rollback.begin("neutral", this.#preferred);
        return AGAIN;
      case "flatten":
        if (!isLate && rollback.step(desk) === "working") return this.#wait();
        this.#halt();
        return REST;
    }
  }

  save(): EmergencySaved {
    return {
      stage: this.#stage,
      reason: this.#reason,
      preferred: this.#preferred,
      deadline: this.#deadline,
    };
  }

  restore(saved: EmergencySaved): void {
    this.#stage = saved.stage;
    this.#reason = saved.reason;
    this.#preferred = saved.preferred;
    this.#deadline = saved.deadline;
  }

  #wait(): Step {
    this.#parts.desk.wait("imbalance", this.#deadline);
    return REST;
  }

  #halt(): void {
    const { desk, rollback } = this.#parts;
    rollback.stop(desk);
    desk.done("imbalance");
    this.#stage = "halted";
    const [maker, taker] = desk.positions();
    desk.halt(
      `${this.#reason}; left: maker ${maker} lots, taker ${taker}, net ${desk.net()} units`,
    );
  }
}

export class Rebalance {
  readonly #parts: HedgeParts;
  #stage: RebalanceStage = "none";

  constructor(parts: HedgeParts) {
    this.#parts = parts;
  }

  get isActive(): boolean {
    return this.#stage !== "none";
  }

  begin(): void {
    const { desk, hedger, rollback } = this.#parts;
    hedger.drop(desk);
    rollback.stop(desk);
    desk.cancelAll();
    this.#stage = "cancel";
  }

  stop(): void {
    this.#stage = "none";
  }

  advance(cycleLots: number): Step {
    const { desk, rollback, reports, guard } = this.#parts;
    switch (this.#stage) {
      case "none":
        return REST;
      case "cancel":
        if (!clearOrders(desk)) return REST;
        this.#stage = "flatten";
        rollback.begin("neutral", largerLeg(desk));
        return AGAIN;
      case "flatten": {
        const state = rollback.step(desk);
        if (state === "working") return REST;
        if (state === "failed") return failed("imbalance could not be flattened", largerLeg(desk));
        this.#stage = "confirm";
        reports.wantAll();
        return AGAIN;
      }
      case "confirm": {
        if (!reports.settled) return REST;
        this.#stage = "none";
        guard.reset(desk);
        if (Math.abs(desk.net()) <= toleranceUnits(cycleLots, desk)) return AGAIN;
        return failed("imbalance remains after flattening", largerLeg(desk));
      }
    }
  }

  save(): RebalanceStage {
    return this.#stage;
  }

  restore(saved: RebalanceStage): void {
    this.#stage = saved;
  }
}
