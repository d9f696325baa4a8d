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
    const { bot, journal } = plainBot(scenario, strategy, room, parts);
    this.#bot = bot;
    this.#journal = journal;
  }

  hear(event: Event): void {
    this.#bot.handle(event);
  }

  finish(): string {
    this.#journal.flush();
    return this.#journal.digest();
  }
}

/** The one bot of a backtest, and the journal of its one life. */
export function plainBot(
  scenario: Scenario,
  strategy: Strategy,
  room: BotRoom,
  parts: RunParts,
): Readonly<{ bot: Bot; journal: JournalWriter }> {
  const { instruments, venues, books, venue, scheduler, rng } = room;
  const journal = openJournal(scenario, instruments, strategy, parts);
  const bot = createBot({
    strategy,
    instruments,
    venues,
    books,
    venue,
    scheduler,
    journal,
    risk: scenario.risk,
    durability: scenario.durability,
    machinery: scenario.machinery,
    rng,
  });
  return { bot, journal };
}
