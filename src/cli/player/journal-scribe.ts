// Puts on film what a bot puts on record: what it hears, what its own rules refuse and with what numbers, its notes and
// alerts, and that it halts. What leaves for a venue is told by the wires.

import type { Command } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { TimeUs } from "../../domain/units.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { FilmRecorder } from "../../report/player/film-recorder.ts";
import {
  DECIDED,
  RISK_WORD,
  SNAPSHOT_WORD,
  STRATEGY_BEFORE_WORD,
  STRATEGY_CHANGE_WORD,
} from "../../state/recovery.ts";

const ALERT_WORD = "alert: ";
/** What a bot remembers for its recovery is nothing to read. */
const MEMORY = [SNAPSHOT_WORD, RISK_WORD, STRATEGY_CHANGE_WORD, STRATEGY_BEFORE_WORD, DECIDED];
const LONG_NOTE = 400;

/** `now` is the world's clock: a bot's own may be wrong. */
export class JournalScribe implements JournalObserver {
  readonly #film: FilmRecorder;
  readonly #now: () => number;
  readonly #hears: (event: Event) => void;

  /** `hears` is told of each event before the bot handles it. */
  constructor(film: FilmRecorder, now: () => number, hears: (event: Event) => void) {
    this.#film = film;
    this.#now = now;
    this.#hears = hears;
  }

  event(event: Event): void {
    this.#hears(event);
  }

  command(command: Command): void {
    if (command.kind === "Halt") this.#film.happened(this.#now(), "halt", command.reason);
  }

  refusal(command: Command, _at: TimeUs, rule: string, reason: string): void {
    const instrument = "instrument" in command ? command.instrument : undefined;
    const order = "orderId" in command ? ` of order ${command.orderId}` : "";
    const text = `${rule} refuses ${command.kind}${order}: ${reason}`;
    this.#film.happened(this.#now(), "rule", text, "bot", instrument);
  }

  note(text: string): void {
    if (MEMORY.some((word) => text.startsWith(word))) return;
    const isAlert = text.startsWith(ALERT_WORD);
    const told = isAlert ? text.slice(ALERT_WORD.length) : text;
    const short = told.length > LONG_NOTE ? `${told.slice(0, LONG_NOTE)}…` : told;
    this.#film.happened(this.#now(), isAlert ? "alert" : "note", short);
  }
}
