// A film in the browser: columns unpacked once, and what happened at any step, looked up.

import type { PackedFilm } from "../player-data.ts";
import { FilmInstrument, ints } from "./film-instrument.ts";

/** A message as the page tells it. */
export type Message = Readonly<{
  kind: string;
  toBot: boolean;
  venue: number;
  sentAt: number;
  gotAt: number | undefined;
  instrument: FilmInstrument | undefined;
  order: number | undefined;
  side: number | undefined;
  price: number | undefined;
  size: number | undefined;
  filled: number | undefined;
  text: string;
  isCopy: boolean;
  faults: string;
}>;

type Columns<T> = { readonly [K in keyof T]: Float64Array };

function columnsOf<T extends object>(packed: T): Columns<T> {
  const entries = Object.entries(packed).map(([name, column]) => [name, ints(column)]);
  return Object.fromEntries(entries) as Columns<T>;
}

export class FilmReader {
  readonly told: PackedFilm;
  readonly instruments: readonly FilmInstrument[];
  readonly at: Float64Array;
  /** By message: the step at which it was sent, and the one at which it arrived; −1 outside the film. */
  readonly sentStep: Int32Array;
  readonly gotStep: Int32Array;
  readonly #steps: Columns<PackedFilm["steps"]>;
  readonly #messages: Columns<PackedFilm["messages"]>;

  constructor(told: PackedFilm) {
    this.told = told;
    this.instruments = told.instruments.map((each) => new FilmInstrument(each, told));
    this.#steps = columnsOf(told.steps);
    this.#messages = columnsOf(told.messages);
    this.at = this.#steps.at;
    const count = this.#messages.kind.length;
    this.sentStep = new Int32Array(count).fill(-1);
    this.gotStep = new Int32Array(count).fill(-1);
    for (let step = 0; step < this.at.length; step += 1) {
      const message = this.messageAt(step);
      if (message === undefined) continue;
      const actor = this.actor(step);
      const ends = actor === "bot sends" || actor === "venue says" ? this.sentStep : this.gotStep;
      ends[message] = step;
    }
  }

  get length(): number {
    return this.at.length;
  }

  actor(step: number): string {
    return this.told.actors[this.#steps.who[step] as number] ?? "";
  }

  kind(step: number): string {
    return this.told.kinds[this.#steps.kind[step] as number] ?? "";
  }

  text(step: number): string {
    return this.told.texts[this.#steps.text[step] as number] ?? "";
  }

  instrument(step: number): FilmInstrument | undefined {
    return this.instruments[this.#steps.instrument[step] as number];
  }

  messageAt(step: number): number | undefined {
    const message = this.#steps.message[step];
    return Number.isNaN(message) ? undefined : message;
  }

  /** Did a fault touch the message of this step? Asked of every step: nothing is made for it. */
  isTouched(step: number): boolean {
    return this.#word(this.#messages.faults, step) !== "";
  }

  /** The words of the message of this step. */
  messageWords(step: number): string {
    return this.#word(this.#messages.text, step);
  }

  #word(column: Float64Array, step: number): string {
    const message = this.#steps.message[step] as number;
    if (Number.isNaN(message)) return "";
    return this.told.texts[column[message] as number] ?? "";
  }

  /** Messages that have left and are yet to arrive. */
  onWire(step: number): number[] {
    const now = this.at[step] as number;
    const found: number[] = [];
    for (let index = 0; index < this.sentStep.length; index += 1) {
      const sent = this.sentStep[index] as number;
      if (sent > step || (sent < 0 && (this.#messages.sentAt[index] as number) >= now)) continue;
      const gotAt = this.#messages.gotAt[index] as number;
      const got = this.gotStep[index] as number;
      // NaN, of what never arrives, is not after now.
      if (gotAt > now || (gotAt === now && got > step)) found.push(index);
    }
    return found;
  }

  message(index: number): Message {
    const columns = this.#messages;
    const of = (column: Float64Array): number | undefined => {
      const value = column[index];
      return Number.isNaN(value) ? undefined : value;
    };
    return {
      kind: this.told.kinds[of(columns.kind) ?? 0] ?? "",
      toBot: of(columns.toBot) === 1,
      venue: of(columns.venue) ?? 0,
      sentAt: of(columns.sentAt) ?? 0,
      gotAt: of(columns.gotAt),
      instrument: this.instruments[of(columns.instrument) ?? -1],
      order: of(columns.order),
      side: of(columns.side),
      price: of(columns.price),
      size: of(columns.size),
      filled: of(columns.filled),
      text: this.told.texts[of(columns.text) ?? -1] ?? "",
      isCopy: of(columns.copy) === 1,
      faults: this.told.texts[of(columns.faults) ?? -1] ?? "",
    };
  }
}
