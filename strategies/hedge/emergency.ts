// EMERGENCY and rebalancing. Both cancel everything, know that it is cancelled, close the net exposure at market, and ask
// the venues whether it worked. Rebalancing goes on when both positions are confirmed; an emergency begins again while
// something is left and there is time, then stops the bot and tells why, what is left, and what nobody could confirm.
// Source: hardening plan, "Harden Hedge Failure Handling", "Dynamic Exposure Guard"; DESIGN, rulings 3 and 7.

import type { HedgeParts, Step } from "./hedge-parts.ts";
import { AGAIN, clearOrders, failed, largerLeg, REST } from "./hedge-parts.ts";
import type { Leg } from "./hedge-target.ts";
import { LEGS, MAKER } from "./hedge-target.ts";
import { toleranceUnits } from "./imbalance-guard.ts";

export type EmergencyStage = "none" | "cancel" | "flatten" | "confirm" | "halted";
export type RebalanceStage = "none" | "cancel" | "flatten" | "confirm";

type EmergencySaved = Readonly<{
  stage: EmergencyStage;
  reason: string;
  preferred: Leg;
  deadline: number;
  stageUntil: number;
}>;

export class Emergency {
  readonly #parts: HedgeParts;
  #stage: EmergencyStage = "none";
  #reason = "";
  #preferred: Leg = MAKER;
  #deadline = 0;
  #stageUntil = 0;

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
    const { desk, hedger, rollback, guard, reports } = this.#parts;
    hedger.drop(desk);
    rollback.stop(desk);
    guard.reset(desk);
    this.#stage = "cancel";
    this.#reason = reason;
    this.#preferred = preferred;
    this.#deadline = desk.now + 2 * desk.config.resolveUs;
    this.#stageUntil = desk.now + desk.config.answerUs;
    desk.cancelAll();
    reports.wantAll();
  }

  advance(): Step {
    const { desk, rollback, reports } = this.#parts;
    const isLate = desk.now >= this.#deadline;
    switch (this.#stage) {
      case "none":
      case "halted":
        return REST;
      case "cancel":
        // An order that does not answer is not waited for: what it may have done is allowed for.
        if (!clearOrders(desk) && desk.now < this.#stageUntil) return this.#wait();
        this.#stage = "flatten";
        rollback.begin("rescue", this.#preferred);
        return AGAIN;
      case "flatten":
        if (!isLate && rollback.step(desk) === "working") return this.#wait();
        this.#stage = "confirm";
        this.#stageUntil = isLate ? desk.now : desk.now + desk.config.reportUs;
        if (!isLate) reports.wantAll();
        return AGAIN;
      case "confirm":
        if (!reports.settled && desk.now < this.#stageUntil) return this.#wait();
        if (isLate || !this.#isExposed()) {
          this.#halt();
          return REST;
        }
        this.#stage = "flatten";
        rollback.begin("rescue", this.#preferred);
        return AGAIN;
    }
  }

  save(): EmergencySaved {
    return {
      stage: this.#stage,
      reason: this.#reason,
      preferred: this.#preferred,
      deadline: this.#deadline,
      stageUntil: this.#stageUntil,
    };
  }

  restore(saved: EmergencySaved): void {
    this.#stage = saved.stage;
    this.#reason = saved.reason;
    this.#preferred = saved.preferred;
    this.#deadline = saved.deadline;
    this.#stageUntil = saved.stageUntil;
  }

  #wait(): Step {
    const { desk } = this.#parts;
    const until = this.#stage === "flatten" ? this.#deadline : this.#stageUntil;
    desk.wait("imbalance", Math.min(until, this.#deadline));
    return REST;
  }

  /** Is there a net exposure that an order could still bring nearer to nothing? */
  #isExposed(): boolean {
    const { desk } = this.#parts;
    const net = Math.abs(desk.net());
    return LEGS.some((leg) => desk.isTradable(leg, Math.floor(net / desk.units[leg])));
  }

  #halt(): void {
    const { desk, rollback, reports } = this.#parts;
    rollback.stop(desk);
    desk.done("imbalance");
    this.#stage = "halted";
    const [maker, taker] = desk.positions();
    const left = `maker ${maker} lots, taker ${taker}, net ${desk.net()} units`;
    const doubts = LEGS.flatMap((leg) => {
      const name = leg === MAKER ? "maker" : "taker";
      const orders = desk.orders.all
        .filter((each) => each.leg === leg && each.end === "open")
        .map(({ side, size, seen }) => `${side} of ${size - seen} lots on the ${name} may be open`);
      return reports.isWanted(leg) ? [`${name} not confirmed`, ...orders] : orders;
    });
    desk.halt([`${this.#reason}; left: ${left}`, ...doubts].join("; "));
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
