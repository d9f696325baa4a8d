// The pump: one event in, commands out. Journal before apply, apply before decide, review before submit.
// Simulated or live, a bot is fed through `handle` alone, one event at a time, each run to completion.

import { assert } from "../domain/assert.ts";
import type {
  AmendOrder,
  Command,
  Halt,
  PlaceOrder,
  SetTimer,
  VenueCommand,
} from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";
import type { ExecutionGateway } from "../execution/execution-gateway.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { Scheduler } from "../ports/clock.ts";
import type { Journal, JournalSeq } from "../ports/journal.ts";
import type { JsonValue, Strategy } from "../ports/strategy.ts";
import type { View } from "../ports/view.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import type { Recovery } from "../state/recovery.ts";
import { SNAPSHOT_WORD } from "../state/recovery.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Belief } from "./belief.ts";
import type { BotMemory } from "./bot-memory.ts";
import type { BotChange, BotParts } from "./bot-parts.ts";
import type { BotView } from "./bot-view.ts";
import type { Caretaker, EventOrigin } from "./caretaker.ts";
import type { Hands } from "./hands.ts";
import type { Notes } from "./notes.ts";
import { ownRefusal } from "./own-refusal.ts";
import { isOwnTimer } from "./own-timers.ts";

/** Own events that wait for the present one to be handled; each comes from an order or an instrument of ours. */
const OWN_EVENTS_MAX = 65_536;

export class Bot {
  readonly #strategy: Strategy;
  readonly #belief: Belief;
  readonly #tracker: OrderTracker;
  readonly #risk: RiskEngine;
  readonly #gateway: ExecutionGateway;
  readonly #journal: Journal;
  readonly #notes: Notes;
  readonly #state: StateStore;
  readonly #scheduler: Scheduler;
  readonly #view: BotView;
  readonly #venues: readonly VenueId[];
  readonly #changed: BotParts["changed"];
  #caretaker: Caretaker | undefined;
  readonly #memory: BotMemory | undefined;
  readonly #own: Event[] = [];
  /** The rule that refused last, and why. */
  #refusedWith = "";
  #handling = false;

  constructor(parts: BotParts) {
    this.#strategy = parts.strategy;
    this.#belief = parts.belief;
    this.#tracker = parts.tracker;
    this.#risk = parts.risk;
    this.#gateway = parts.gateway;
    this.#journal = parts.journal;
    this.#notes = parts.notes;
    this.#state = parts.state;
    this.#scheduler = parts.scheduler;
    this.#view = parts.view;
    this.#venues = parts.venues;
    this.#memory = parts.memory;
    this.#changed = parts.changed;
    this.#caretaker = parts.caretaker?.(this.#hands());
    this.#view.kept = this.#caretaker?.degradation;
  }

  /** What the bot believes, as of the last event. */
  get view(): View {
    return this.#view;
  }

  /** Why it trades no more; undefined while it may. */
  get haltReason(): string | undefined {
    return this.#risk.haltReason;
  }

  /** Takes one event to its end: what follows from it has been sent, or refused, when this returns. */
  handle(event: Event): void {
    if (this.#handling) assert(false, "an event is handled to its end before the next one");
    this.#handling = true;
    this.#take(event, "outside");
    if (this.#own.length > 0) this.#takeOwn();
    this.#handling = false;
  }

  /** Everything the bot believes and remembers. */
  save(): JsonValue {
    return this.#remembering().save();
  }

  /** Makes this bot, which has handled nothing yet, what a journal says it was. */
  recover(recovery: Recovery): void {
    this.#remembering().recover(recovery);
  }

  /**
   * Begins a session at `at`, after `recover` or fresh: a snapshot opens the journal, timers run again, requests that
   * were never answered are unknown, and every venue is asked for its account before anything new is opened.
   */
  start(at: TimeUs): void {
    const memory = this.#remembering();
    const caretaker = this.#caretaker;
    if (caretaker === undefined) assert(false, "a bot that starts keeps house");
    if (at > this.#view.now) this.#view.now = at;
    const { now } = this.#view;
    this.#handling = true;
    // The journal's header before all else: what is damaged behind a header that was safe, was safe itself.
    this.#gateway.commit();
    this.#state.beginSession();
    const cause = this.#journal.note("session begins", now);
    for (const [timer, due] of memory.timers) this.#scheduler.set(timer, due);
    caretaker.beginRecovery(cause);
    if (memory.undecided !== undefined) this.#decide(memory.undecided, cause);
    memory.undecided = undefined;
    this.#journal.note(SNAPSHOT_WORD + memory.saveText(), now);
    this.#gateway.commit();
    this.#gateway.release();
    this.#takeOwn();
    this.#handling = false;
  }

  /** Keeps other limits from the event at `at` on, and house in another way: then all is asked, as by `start`. */
  change(to: BotChange, at: TimeUs): void {
    const house = this.#changed(to);
    if (house === "kept") return;
    this.#caretaker = house?.(this.#hands());
    this.#view.kept = this.#caretaker?.degradation;
    if (this.#caretaker === undefined || this.#journal.length === 0) return;
    if (at > this.#view.now) this.#view.now = at;
    this.#handling = true;
    this.#caretaker.beginRecovery(this.#journal.note("house is kept anew", this.#view.now));
    this.#gateway.release();
    this.#takeOwn();
    this.#handling = false;
  }

  /** A promise was broken: halts, cancels what it can, and says so. Never throws; nothing is handled after it. */
  abandon(reason: string): void {
    this.#handling = true;
    this.#risk.halt(reason);
    try {
      const text = `abandoned: ${reason}`;
      const cause = this.#notes.alert("emergency", "abandoned", text, this.#view.now);
      for (const venue of this.#venues) {
        this.#send({ kind: "CancelAll", venue, instrument: undefined }, cause);
      }
      this.#gateway.release();
    } catch {
      // What is broken may break again: the supervisor cancels past us.
    }
  }

  #take(event: Event, origin: EventOrigin): void {
    const memory = this.#memory;
    const cause = this.#journal.event(event);
    memory?.heard(event);
    this.#tick(event);
    this.#belief.apply(event);
    if (event.kind === "OrderAccepted" && this.#risk.haltReason !== undefined) {
      this.#cancelAccepted(event, cause);
    }
    const alarm = this.#risk.observe(event, this.#view);
    if (alarm !== undefined) this.#halt({ kind: "Halt", reason: alarm }, cause);
    this.#caretaker?.heard(event, cause, origin);
    if (event.kind !== "TimerFired" || !isOwnTimer(event.timer)) this.#decide(event, cause);
    memory?.checkpoint(event, this.#view.now);
    this.#gateway.release();
  }

  #decide(heard: Event, cause: JournalSeq): void {
    const event = this.#belief.retold(heard);
    const commands = event === undefined ? [] : this.#strategy.decide(event, this.#view);
    for (let index = 0; index < commands.length; index += 1) {
      this.#execute(commands[index] as Command, cause);
    }
    const notes = this.#strategy.takeNotes?.();
    if (notes !== undefined) this.#notes.retell(notes, this.#strategy.name, this.#view.now);
  }

  #takeOwn(): void {
    const own = this.#own;
    for (let next = 0; next < own.length; next += 1) {
      assert(next < OWN_EVENTS_MAX, `at most ${OWN_EVENTS_MAX} own events follow from one`);
      this.#take(own[next] as Event, "own");
    }
    own.length = 0;
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

  #execute(command: Command, cause: JournalSeq): void {
    switch (command.kind) {
      case "SetTimer":
        if (isOwnTimer(command.timer)) assert(false, `timer ${command.timer} is the bot's own`);
        this.#setTimer(command, cause);
        break;
      case "ClearTimer":
        this.#memory?.timers.delete(command.timer);
        this.#journal.command(command, this.#view.now, cause);
        this.#scheduler.clear(command.timer);
        break;
      case "Halt":
        this.#halt(command, cause);
        break;
      case "PlaceOrder":
      case "AmendOrder":
        // A strategy hears of an order that our own rules stop like of one a venue refuses: nobody waits for it.
        if (this.#send(command, cause)) break;
        this.#own.push(ownRefusal(command, "risk", this.#refusedWith, this.#view.now));
        break;
      default:
        this.#send(command, cause);
    }
  }

  #setTimer(command: SetTimer, cause: JournalSeq): void {
    this.#journal.command(command, this.#view.now, cause);
    if (!isOwnTimer(command.timer)) this.#memory?.timers.set(command.timer, command.at);
    this.#scheduler.set(command.timer, command.at);
  }

  /** Reviews a command and hands it to the gateway; false when our own rules refuse it. */
  #send(command: VenueCommand, cause: JournalSeq): boolean {
    const view = this.#view;
    const verdict = this.#risk.review(command, view);
    if (verdict.kind === "Refused") {
      const { rule, reason } = verdict;
      this.#journal.refusal(command, view.now, cause, rule, reason);
      this.#refusedWith = `${rule}: ${reason}`;
      return false;
    }
    if (this.#gateway.submit(verdict, view.now, cause)) {
      this.#caretaker?.requests?.requested(command, cause);
    }
    return true;
  }

  #remembering(): BotMemory {
    const memory = this.#memory;
    if (memory === undefined) assert(false, "a bot that remembers has a write-ahead journal");
    return memory;
  }

  #hands(): Hands {
    return {
      tell: (event) => this.#own.push(event),
      send: (command, cause) => {
        this.#send(command, cause);
      },
      setTimer: (timer, at, cause) => this.#setTimer({ kind: "SetTimer", timer, at }, cause),
      halt: (reason, cause) => this.#halt({ kind: "Halt", reason }, cause),
      note: (text) => this.#journal.note(text, this.#view.now),
      alert: (severity, rule, text) => this.#notes.alert(severity, rule, text, this.#view.now),
    };
  }

  /** An order that was tracked and did not leave is refused by ourselves: the strategy hears of it like of any other. */
  notSent(command: PlaceOrder | AmendOrder): void {
    const text = "not sent: the disk does not take the journal";
    this.#own.push(ownRefusal(command, "halted", text, this.#view.now));
  }

  /** Nothing new from here on; everything open is cancelled. A second halt changes nothing and is on record. */
  #halt(command: Halt, cause: JournalSeq): void {
    this.#journal.command(command, this.#view.now, cause);
    if (this.#risk.haltReason !== undefined) return;
    this.#risk.halt(command.reason);
    this.#notes.tell("emergency", "halt", command.reason, this.#view.now);
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
