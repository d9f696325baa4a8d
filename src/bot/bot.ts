// The pump: one event in, commands out. Journal before apply, apply before decide, review before submit.
// Simulated or live, a bot is fed through `handle` alone, one event at a time, each run to completion.

import { assert, unreachable } from "../domain/assert.ts";
import type { Command, Halt, VenueCommand } from "../domain/command.ts";
import type { AccountReported, Event } from "../domain/event.ts";
import type { VenueId } from "../domain/units.ts";
import type { ExecutionGateway } from "../execution/execution-gateway.ts";
import type { FillProcessor } from "../execution/fill-processor.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { Scheduler } from "../ports/clock.ts";
import type { Journal, JournalSeq } from "../ports/journal.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { View } from "../ports/view.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import { driftOf } from "../state/reconciliation.ts";
import type { ShadowLedger } from "../state/shadow-ledger.ts";
import type { StateStore } from "../state/state-store.ts";
import type { BotView } from "./bot-view.ts";

export type BotParts = Readonly<{
  strategy: Strategy;
  state: StateStore;
  shadow: ShadowLedger;
  tracker: OrderTracker;
  fills: FillProcessor;
  risk: RiskEngine;
  gateway: ExecutionGateway;
  journal: Journal;
  scheduler: Scheduler;
  view: BotView;
  venues: readonly VenueId[];
}>;

export class Bot {
  readonly #strategy: Strategy;
  readonly #state: StateStore;
  readonly #shadow: ShadowLedger;
  readonly #tracker: OrderTracker;
  readonly #fills: FillProcessor;
  readonly #risk: RiskEngine;
  readonly #gateway: ExecutionGateway;
  readonly #journal: Journal;
  readonly #scheduler: Scheduler;
  readonly #view: BotView;
  readonly #venues: readonly VenueId[];
  #handling = false;

  constructor(parts: BotParts) {
    this.#strategy = parts.strategy;
    this.#state = parts.state;
    this.#shadow = parts.shadow;
    this.#tracker = parts.tracker;
    this.#fills = parts.fills;
    this.#risk = parts.risk;
    this.#gateway = parts.gateway;
    this.#journal = parts.journal;
    this.#scheduler = parts.scheduler;
    this.#view = parts.view;
    this.#venues = parts.venues;
  }

  /** What the bot believes, as of the last event. */
  get view(): View {
    return this.#view;
  }

  /** Takes one event to its end: what follows from it has been sent, or refused, when this returns. */
  handle(event: Event): void {
    if (this.#handling) assert(false, "an event is handled to its end before the next one");
    this.#handling = true;
    const cause = this.#journal.event(event);
    this.#tick(event);
    this.#apply(event, cause);
    const alarm = this.#risk.observe(event, this.#view);
    if (alarm !== undefined) this.#halt({ kind: "Halt", reason: alarm }, cause);
    const commands = this.#strategy.decide(event, this.#view);
    for (let index = 0; index < commands.length; index += 1) {
      this.#execute(commands[index] as Command, cause);
    }
    this.#handling = false;
  }

  /** Time only moves forward: an event from before the last one is handled at the time of the last one. */
  #tick(event: Event): void {
    const view = this.#view;
    if (event.at >= view.now) {
      view.now = event.at;
      return;
    }
    this.#journal.note(
      `${event.kind} is ${view.now - event.at} µs before the last event`,
      view.now,
    );
  }

  #apply(event: Event, cause: JournalSeq): void {
    switch (event.kind) {
      case "BookChanged":
      case "TradePrinted":
      case "BarClosed":
      case "TimerFired":
        break;
      case "AccountReported":
        this.#reconcile(event);
        break;
      case "OrderAccepted":
        this.#tracker.accepted(event);
        if (this.#risk.haltReason !== undefined) this.#cancelAccepted(event, cause);
        break;
      case "OrderRefused":
        this.#tracker.refused(event);
        break;
      case "OrderFilled":
        this.#fills.filled(event);
        break;
      case "OrderClosed":
        this.#fills.closed(event);
        break;
      case "OrderUnknown":
        this.#tracker.unknown(event);
        break;
      case "FundingPaid":
        if (!this.#state.funded(event)) {
          this.#journal.note(`funding of ${event.instrument} was booked before`, event.at);
        }
        break;
      case "LinkChanged":
        this.#state.linkChanged(event);
        break;
      default:
        unreachable(event);
    }
  }

  /** Drift is written down; what to do about it is the strategy's, who is shown the report next. */
  #reconcile(event: AccountReported): void {
    for (const { instrument, belief, truth } of driftOf(event, this.#state, this.#shadow)) {
      const text = `drift of instrument ${instrument}: we believe ${belief} lots, it is ${truth}`;
      this.#journal.note(text, event.at);
    }
  }

  #execute(command: Command, cause: JournalSeq): void {
    switch (command.kind) {
      case "SetTimer":
        this.#journal.command(command, this.#view.now, cause);
        this.#scheduler.set(command.timer, command.at);
        break;
      case "ClearTimer":
        this.#journal.command(command, this.#view.now, cause);
        this.#scheduler.clear(command.timer);
        break;
      case "Halt":
        this.#halt(command, cause);
        break;
      default:
        this.#send(command, cause);
    }
  }

  #send(command: VenueCommand, cause: JournalSeq): void {
    const view = this.#view;
    const verdict = this.#risk.review(command, view);
    if (verdict.kind === "Refused") {
      this.#journal.refusal(command, view.now, cause, verdict.rule, verdict.reason);
    } else {
      this.#gateway.submit(verdict, view.now, cause);
    }
  }

  /** Nothing new from here on; everything open is cancelled. A second halt changes nothing and is on record. */
  #halt(command: Halt, cause: JournalSeq): void {
    this.#journal.command(command, this.#view.now, cause);
    if (this.#risk.haltReason !== undefined) return;
    this.#risk.halt(command.reason);
    for (const venue of this.#venues) {
      this.#send({ kind: "CancelAll", venue, instrument: undefined }, cause);
    }
  }

  /** An order that was on its way while the bot halted is cancelled as soon as the venue knows it. */
  #cancelAccepted(event: Extract<Event, { kind: "OrderAccepted" }>, cause: JournalSeq): void {
    if (this.#tracker.find(event.orderId)?.state !== "live") return;
    const { instrument, orderId } = event;
    this.#send({ kind: "CancelOrder", instrument, orderId }, cause);
  }
}
