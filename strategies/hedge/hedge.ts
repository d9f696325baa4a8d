// The hedge bot: maker orders on one venue, every fill of them hedged at once on the other, in cycles that end flat.
// It promises: never a second request on an order in flight, never a new order before the outcome of the last on that
// leg is known, no order past the order size, nothing new on positions no report has confirmed, and after a hedge that
// failed a neutral book and a stop. Design: "Hedge Bot V2 Architecture", "Hedge Manager Current Flow", hardening plan.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { HedgedPair } from "../../src/domain/common-units.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { durationUs } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { AccountReports } from "./account-reports.ts";
import { Cycle } from "./cycle.ts";
import { Emergency, Rebalance } from "./emergency.ts";
import type { HedgeConfig } from "./hedge-config.ts";
import { HedgeDesk } from "./hedge-desk.ts";
import { HedgeManager } from "./hedge-manager.ts";
import type { HedgeParts, Step } from "./hedge-parts.ts";
import { AGAIN, failed, isAnyUnresolved, largerLeg } from "./hedge-parts.ts";
import { MAKER, otherLeg, TAKER } from "./hedge-target.ts";
import { IdlePhase } from "./idle-phase.ts";
import { ImbalanceGuard } from "./imbalance-guard.ts";
import { MakerQuoter } from "./maker-quoter.ts";
import { awaitAnswers, hearReport, stepReconciler } from "./order-reconciler.ts";
import { OrderSizing } from "./order-sizing.ts";
import { Rollback } from "./rollback.ts";
import { TradingPhases } from "./trading-phases.ts";
import type { Phase } from "./trading-state-machine.ts";
import { TradingStateMachine } from "./trading-state-machine.ts";

const NOTHING: readonly Command[] = [];

/** Looks of one decision; each follows a change of phase or step, and no way through them is longer. */
const LOOKS_MAX = 12;

/** A hedge of two instruments. @throws {BrokenPromise} when the config contradicts itself. */
export function createHedge(config: HedgeConfig, instruments: readonly Instrument[]): HedgeBot {
  const maker = instruments[config.maker.instrument];
  const taker = instruments[config.taker.instrument];
  assert(maker !== undefined && taker !== undefined, "both legs of a hedge are in the run");
  assert(maker.id !== taker.id, "the legs of a hedge are two instruments");
  assert(config.orderLots >= 1 && config.cycleLots >= 1, "a cycle has at least one lot");
  assert(config.positionMaxLots >= config.orderLots, "one order is within the largest position");
  assert(
    config.holdMinUs <= config.holdMaxUs,
    "the shortest holding is not longer than the longest",
  );
  assert(
    config.delayMinUs <= config.delayMaxUs,
    "the shortest delay is not longer than the longest",
  );
  for (const { retriesMax } of [config.opens, config.reduces]) {
    assert(retriesMax >= 1, "a hedge is tried at least once");
  }
  return new HedgeBot(config, maker, taker);
}

type Saved = ReturnType<HedgeBot["save"]>;

export class HedgeBot implements Strategy {
  readonly name = "hedge";
  readonly wants: readonly Want[];
  readonly hedgedPair: HedgedPair;
  readonly #parts: HedgeParts;
  readonly #cycle: Cycle;
  readonly #idle: IdlePhase;
  readonly #trading: TradingPhases;
  readonly #emergency: Emergency;
  readonly #rebalance: Rebalance;
  #revision = 0;

  constructor(config: HedgeConfig, maker: Instrument, taker: Instrument) {
    const everyUs = durationUs(config.wakeUs);
    this.wants = [maker, taker].map(({ id }) => ({
      instrument: id,
      book: { on: "interval", everyUs },
    }));
    this.hedgedPair = {
      first: maker.id,
      second: taker.id,
      firstMultiplier: config.maker.baseMultiplier,
      secondMultiplier: config.taker.baseMultiplier,
    };
    const desk = new HedgeDesk(config, maker, taker);
    this.#parts = {
      desk,
      machine: new TradingStateMachine(),
      reports: new AccountReports(),
      hedger: new HedgeManager(desk),
      rollback: new Rollback(),
      guard: new ImbalanceGuard(),
      maker: new MakerQuoter(MAKER, "maker"),
      sibling: new MakerQuoter(TAKER, "sibling"),
      sizing: new OrderSizing(config),
    };
    this.#cycle = new Cycle(config);
    this.#idle = new IdlePhase(this.#parts, this.#cycle);
    this.#trading = new TradingPhases(this.#parts, this.#cycle);
    this.#emergency = new Emergency(this.#parts);
    this.#rebalance = new Rebalance(this.#parts);
  }

  /** Where the bot is in its cycle. */
  get phase(): Phase {
    return this.#parts.machine.phase;
  }

  /** Cycles that are over. */
  get cyclesOver(): number {
    return this.#cycle.ordinal;
  }

  get revision(): number {
    return this.#revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    if (this.#emergency.isHalted) return NOTHING;
    this.#revision += 1;
    const { desk, hedger, reports, maker, sibling, sizing } = this.#parts;
    desk.begin(event, view);
    if (
      event.kind === "OrderRefused" &&
      [maker, sibling].some((each) => each.owns(event.orderId))
    ) {
      sizing.hear(event, desk);
    }
    if (event.kind === "OrderFilled") hedger.hear(event, desk);
    if (event.kind === "AccountReported") {
      hearReport(event, desk);
      reports.hear(event, desk);
      if (this.phase === "IDLE") this.#idle.hear(event);
    }
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const step = this.#look();
      if (step.kind === "rest") break;
      if (step.kind === "fail") this.#fail(step.reason, step.preferred);
    }
    awaitAnswers(desk);
    return desk.end();
  }

  save() {
    const { desk, machine, reports, hedger, rollback, guard, maker, sibling, sizing } = this.#parts;
    return {
      desk: desk.save(),
      machine: machine.save(),
      reports: reports.save(),
      hedger: hedger.save(),
      rollback: rollback.save(),
      guard: guard.save(),
      maker: maker.save(),
      sibling: sibling.save(),
      sizing: sizing.save(),
      cycle: this.#cycle.save(),
      idle: this.#idle.save(),
      emergency: this.#emergency.save(),
      rebalance: this.#rebalance.save(),
    } satisfies JsonValue;
  }

  restore(saved: JsonValue): void {
    const state = saved as unknown as Saved;
    this.#revision += 1;
    const { desk, machine, reports, hedger, rollback, guard, maker, sibling, sizing } = this.#parts;
    desk.restore(state.desk);
    machine.restore(state.machine);
    reports.restore(state.reports);
    hedger.restore(state.hedger);
    rollback.restore(state.rollback);
    guard.restore(state.guard);
    maker.restore(state.maker);
    sibling.restore(state.sibling);
    sizing.restore(state.sizing);
    this.#cycle.restore(state.cycle);
    this.#idle.restore(state.idle);
    this.#emergency.restore(state.emergency);
    this.#rebalance.restore(state.rebalance);
  }

  /** One look at everything, most urgent first. */
  #look(): Step {
    const { desk, reports, guard, machine } = this.#parts;
    const isKnown = stepReconciler(desk, reports);
    const isAnswered = reports.step(desk);
    if (machine.phase === "EMERGENCY") return this.#emergency.advance();
    if (!isKnown) return failed("what became of an order is not known", MAKER);
    if (!isAnswered) return failed("a venue does not report its account", MAKER);
    if (machine.phase === "IDLE") return this.#idle.advance();
    const imbalance = guard.judge(this.#cycle.lots, desk);
    if (imbalance === "critical") return failed("exposure is critical", largerLeg(desk));
    if (this.#isPositionCritical()) return failed("a position is critical", MAKER);
    if (this.#rebalance.isActive) return this.#rebalance.advance(this.#cycle.lots);
    if (imbalance === "breach" && !isAnyUnresolved(desk)) {
      this.#rebalance.begin();
      return AGAIN;
    }
    return this.#trade();
  }

  #trade(): Step {
    const { desk, hedger, machine } = this.#parts;
    const leg = this.#trading.hedgeLeg();
    const hedge = this.#trading.hedges ? hedger.step(leg, desk) : "working";
    if (hedge === "unsent" && desk.view.health.degradation !== "normal") {
      // Our own machinery sends exits only for now: the exposure is closed by one, and that is no reason to stop.
      this.#rebalance.begin();
      return AGAIN;
    }
    // The venue that would not hedge is left alone: the exposure is closed where it came from.
    if (hedge === "failed" || hedge === "unsent") return failed("a hedge failed", otherLeg(leg));
    switch (machine.phase) {
      case "BUILDING":
        return this.#trading.build(hedge);
      case "HOLDING":
        return this.#trading.hold();
      case "WINDING_DOWN": {
        const step = this.#trading.windDown(hedge);
        if (this.phase === "IDLE") this.#idle.enter();
        return step;
      }
      default:
        assert(false, `a bot in ${machine.phase} does not trade`);
    }
  }

  /** Twice the largest position cannot come from our own orders. Source: Hedge Bot V2, critical position. */
  #isPositionCritical(): boolean {
    const { desk } = this.#parts;
    return Math.abs(desk.position(MAKER)) > 2 * desk.config.positionMaxLots;
  }

  #fail(reason: string, preferred: 0 | 1): void {
    const { desk, machine } = this.#parts;
    machine.take("fail", desk.now);
    this.#rebalance.stop();
    this.#emergency.begin(reason, preferred);
  }
}
