// The seat of a backtest whose bot changes at a moment: one life, one journal, and from then on other settings. Up to that
// moment it is the run without the change, to the last byte; what rests at the venues then rests on, in its place in line.

import type { Bot } from "../../src/bot/bot.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { ChangingStrategy } from "./changing-strategy.ts";
import { plainBot } from "./plain-seat.ts";
import type { RunChange } from "./run-change.ts";
import type { RunParts, Scenario } from "./scenario.ts";
import type { BotRoom, Listener } from "./staging.ts";

export class ChangingSeat implements Listener {
  readonly #bot: Bot;
  readonly #journal: JournalWriter;
  readonly #strategy: ChangingStrategy;
  readonly #instruments: readonly Instrument[];
  #change: RunChange | undefined;

  constructor(
    scenario: Scenario,
    strategy: Strategy,
    room: BotRoom,
    parts: RunParts & Readonly<{ change: RunChange }>,
  ) {
    this.#strategy = new ChangingStrategy(strategy);
    this.#instruments = room.instruments;
    this.#change = parts.change;
    const { bot, journal } = plainBot(scenario, this.#strategy, room, parts);
    this.#bot = bot;
    this.#journal = journal;
  }

  hear(event: Event): void {
    const change = this.#change;
    if (change !== undefined && (event.at >= change.atUs || this.#journal.length >= change.seq)) {
      this.#become(change, event);
    }
    this.#bot.handle(event);
  }

  finish(): string {
    this.#journal.flush();
    return this.#journal.digest();
  }

  #become(change: RunChange, { at }: Event): void {
    this.#change = undefined;
    const seq = this.#journal.length;
    const { strategy: make } = change;
    const strategy =
      make === undefined ? undefined : this.#strategy.change((ids) => make(this.#instruments, ids));
    change.changed({ seq, at, view: this.#bot.view, strategy });
    if (change.bot !== undefined) this.#bot.change(change.bot, at);
  }
}
