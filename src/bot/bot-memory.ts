// What survives a crash: the whole bot as one snapshot, and between snapshots what strategy and rules remember, put on
// record whenever something follows from it: with what an event of ours brought about, and after the market's events
// only once a command leaves or the next event of ours comes. A recovered bot equals the one that wrote the journal, up
// to its last durable entry.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimerId, TimeUs } from "../domain/units.ts";
import type { ExecutionGateway } from "../execution/execution-gateway.ts";
import type { FillProcessor } from "../execution/fill-processor.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { Journal, JournalEntry } from "../ports/journal.ts";
import type { JsonValue, Strategy } from "../ports/strategy.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import { JsonRecord } from "../state/json-change.ts";
import type { Recovery } from "../state/recovery.ts";
import {
  changesBelief,
  DECIDED,
  RISK_WORD,
  STRATEGY_BEFORE_WORD,
  STRATEGY_CHANGE_WORD,
} from "../state/recovery.ts";
import { openSealedText, sealedText, sealSnapshot } from "../state/snapshot.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Belief } from "./belief.ts";
import type { BotView } from "./bot-view.ts";
import type { Notes } from "./notes.ts";
import { isOwnTimer } from "./own-timers.ts";

/** Raised whenever a saved bot of the old shape would be misread. */
const SNAPSHOT_VERSION = 3;

export type BotMemoryParts = Readonly<{
  strategy: Strategy;
  state: StateStore;
  tracker: OrderTracker;
  fills: FillProcessor;
  risk: RiskEngine;
  gateway: ExecutionGateway;
  belief: Belief;
  view: BotView;
  journal: Journal;
  notes: Notes;
}>;

type SavedBot = Readonly<{
  now: number | null;
  state: JsonValue;
  tracker: JsonValue;
  fills: JsonValue;
  risk: JsonValue;
  strategy: JsonValue;
  timers: readonly (readonly [TimerId, TimeUs])[];
}>;

export class BotMemory {
  readonly #parts: BotMemoryParts;
  /** The strategy's timers that are set. */
  readonly timers = new Map<TimerId, TimeUs>();
  /** What the strategy has to be asked again after a crash. */
  undecided: Event | undefined;
  /** What strategy and rules are on record with. */
  readonly #strategyOnRecord = new JsonRecord();
  readonly #riskOnRecord = new JsonRecord();
  /** The strategy's revision as it is on record, and the rules' state as they last gave it. */
  #revisionOnRecord: number | undefined;
  #riskGiven: JsonValue | undefined;
  /** The strategy has decided since it went on record; a mind changes at no other time. */
  #hasDecided = true;
  /** The market spoke since: what they remember may have changed. */
  #stale = false;

  constructor(parts: BotMemoryParts) {
    this.#parts = parts;
  }

  /** Everything the bot believes and remembers; links are left out, they are down after a restart. */
  save(): JsonValue {
    return sealSnapshot(SNAPSHOT_VERSION, this.#saved());
  }

  /** The same as the text it is put on record with. */
  saveText(): string {
    return sealedText(SNAPSHOT_VERSION, this.#saved());
  }

  #saved(): SavedBot {
    const { strategy, state, tracker, fills, risk, view } = this.#parts;
    return {
      now: Number.isFinite(view.now) ? view.now : null,
      state: state.snapshot(),
      tracker: tracker.save(),
      fills: fills.save(),
      risk: risk.save(),
      strategy: strategy.save(),
      timers: [...this.timers],
    };
  }

  /** The last thing of handling an event: what it brought about is on record before anything leaves. */
  checkpoint(event: Event, at: TimeUs): void {
    if (event.kind !== "TimerFired" || !isOwnTimer(event.timer)) this.#hasDecided = true;
    if (changesBelief(event)) {
      if (!this.#record(STRATEGY_CHANGE_WORD, at)) this.#parts.journal.note(DECIDED, at);
    } else if (this.#parts.gateway.holds || event.kind === "BarClosed") {
      // Bars are few, and what is made of them is made over hours.
      this.#record(STRATEGY_CHANGE_WORD, at);
    } else this.#stale = true;
  }

  /** An event is on record: what it changes is durable before it does, and what went before it too. */
  heard(event: Event): void {
    if (!changesBelief(event)) return;
    if (this.#stale) this.#record(STRATEGY_BEFORE_WORD, event.at);
    this.#parts.gateway.commit();
    if (event.kind === "TimerFired") this.timers.delete(event.timer);
  }

  /** Puts on record what changed in rules and strategy; true when the strategy did. */
  #record(word: typeof STRATEGY_CHANGE_WORD | typeof STRATEGY_BEFORE_WORD, at: TimeUs): boolean {
    this.#stale = false;
    const { strategy, risk, journal } = this.#parts;
    const riskNow = risk.save();
    if (riskNow !== this.#riskGiven) {
      this.#riskGiven = riskNow;
      if (this.#riskOnRecord.update(riskNow) !== undefined) {
        journal.note(RISK_WORD + JSON.stringify(riskNow), at);
      }
    }
    const { revision } = strategy;
    if (revision === undefined ? !this.#hasDecided : revision === this.#revisionOnRecord) {
      return false;
    }
    this.#hasDecided = false;
    this.#revisionOnRecord = revision;
    const change = this.#strategyOnRecord.update(strategy.save());
    if (change === undefined) return false;
    journal.note(word + JSON.stringify(change), at);
    return true;
  }

  /**
   * Makes a bot that knows nothing what the journal says it was.
   * @throws {BrokenSnapshot} when the snapshot is damaged or of another version.
   */
  recover(recovery: Recovery): void {
    const { strategy, state, tracker, fills, risk, view } = this.#parts;
    if (recovery.snapshot !== undefined) {
      const saved = openSealedText(recovery.snapshot, SNAPSHOT_VERSION) as unknown as SavedBot;
      if (saved.now !== null) view.now = saved.now as TimeUs;
      state.restore(saved.state);
      tracker.restore(saved.tracker);
      fills.restore(saved.fills);
      risk.restore(saved.risk);
      strategy.restore(saved.strategy);
      for (const [timer, at] of saved.timers) this.timers.set(timer, at);
    }
    this.#parts.notes.isSilent = true;
    for (const entry of recovery.suffix) this.#retell(entry);
    this.#parts.notes.isSilent = false;
    this.undecided = recovery.undecided;
    if (recovery.risk !== undefined) risk.restore(recovery.risk);
    if (recovery.strategy !== undefined) strategy.restore(recovery.strategy);
  }

  #retell(entry: JournalEntry): void {
    const { belief, view } = this.#parts;
    if (entry.kind === "command") this.#retellCommand(entry.command, entry.at);
    if (entry.kind !== "event") return;
    const { event } = entry;
    if (event.at > view.now) view.now = event.at;
    if (event.kind === "TimerFired") this.timers.delete(event.timer);
    belief.apply(event);
  }

  #retellCommand(command: Command, at: TimeUs): void {
    switch (command.kind) {
      case "SetTimer":
        if (!isOwnTimer(command.timer)) this.timers.set(command.timer, command.at);
        break;
      case "ClearTimer":
        this.timers.delete(command.timer);
        break;
      case "Halt":
        this.#parts.risk.halt(command.reason);
        break;
      default:
        this.#parts.gateway.track(command, at);
    }
  }
}
