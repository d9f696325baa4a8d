// The seat of a backtest: one bot, one journal, one life.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import type { Event } from "../../src/domain/event.ts";
import type { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { openJournal } from "./journal-of-run.ts";
import type { RunParts, Scenario } from "./scenario.ts";
import type { BotRoom, Listener } from "./staging.ts";

export class PlainSeat implements Listener {
  readonly #bot: Bot;
  readonly #journal: JournalWriter;

  constructor(scenario: Scenario, strategy: Strategy, room: BotRoom, parts: RunParts) {
    const { instruments, venues, books, venue, scheduler, rng } = room;
    this.#journal = openJournal(scenario, instruments, strategy, parts);
    this.#bot = createBot({
      strategy,
      instruments,
      venues,
      books,
      venue,
      scheduler,
      journal: this.#journal,
      risk: scenario.risk,
      durability: scenario.durability,
      machinery: scenario.machinery,
      rng,
    });
  }

  hear(event: Event): void {
    this.#bot.handle(event);
  }

  finish(): string {
    this.#journal.flush();
    return this.#journal.digest();
  }
}
