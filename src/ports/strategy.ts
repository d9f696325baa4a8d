// The seam of a bot's mind: an event in, commands out, nothing else.

import type { Command } from "../domain/command.ts";
import type { HedgedPair } from "../domain/common-units.ts";
import type { Event } from "../domain/event.ts";
import type { DurationUs, InstrumentId } from "../domain/units.ts";
import type { View } from "./view.ts";

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** When to wake a strategy about a book. "interval": at most once every `everyUs`, when the feed has spoken since. */
export type BookWake =
  | Readonly<{ on: "every-message" }>
  | Readonly<{ on: "touch" }>
  | Readonly<{ on: "interval"; everyUs: DurationUs }>;

/** What a strategy wants to hear of one instrument; what it does not want costs nothing. */
export type Want = Readonly<{
  instrument: InstrumentId;
  book?: BookWake;
  trades?: boolean;
  /** Bar periods, each a multiple of the tape's own period in candle mode. */
  bars?: readonly DurationUs[];
}>;

/** A pure decider: same events and same saved state, same commands. It reads no clock and draws no ambient randomness. */
export interface Strategy {
  readonly name: string;
  readonly wants: readonly Want[];
  /** Two instruments it holds against each other, for whoever measures what they leave exposed. */
  readonly hedgedPair?: HedgedPair;
  /** Called for what it `wants`, and for every event about its own orders, timers, links and account. */
  decide(event: Event, view: View): readonly Command[];
  save(): JsonValue;
  restore(saved: JsonValue): void;
  /**
   * Rises whenever `save` may return something else than before; while it stands, nobody asks. It spares the work of
   * saving after events that change nothing. A rise that is forgotten is a mind that is lost in a crash: in doubt it
   * rises, and without it a strategy is asked after every `decide`.
   */
  readonly revision?: number | undefined;
  /** What a person must know and no command says, asked for after each `decide`; undefined when there is nothing. */
  takeNotes?(): readonly string[] | undefined;
}
