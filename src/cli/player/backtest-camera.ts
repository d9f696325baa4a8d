// Films a backtest: hears what the bot puts on record, sees it decide, and is told what its venues say and know. Belief is
// read when the next event comes: by then all that the last one led to is done.

import type { Command, VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { OrderId, TimeUs, VenueId } from "../../domain/units.ts";
import type { TruthFact, TruthObserver } from "../../ports/truth.ts";
import type { View } from "../../ports/view.ts";
import type { FilmRecorder, FilmWindow } from "../../report/player/film-recorder.ts";
import { believedStanding, ladderOf } from "./film-looks.ts";
import { JournalScribe } from "./journal-scribe.ts";
import { VenueAccount } from "./venue-account.ts";

export class BacktestCamera implements TruthObserver {
  readonly observer: JournalScribe;
  readonly #film: FilmRecorder;
  readonly #window: FilmWindow;
  readonly #instruments: readonly Instrument[];
  readonly #account: VenueAccount;
  /** Requests on their way: they arrive before anything that is said of them. */
  #onWire: (readonly [at: number, command: VenueCommand])[] = [];
  #view: View | undefined;
  #now = 0;

  constructor(film: FilmRecorder, instruments: readonly Instrument[], window: FilmWindow) {
    this.#film = film;
    this.#window = window;
    this.#instruments = instruments;
    this.#account = new VenueAccount(instruments.length);
    this.observer = new JournalScribe(
      film,
      () => this.#now,
      (event) => this.#hears(event),
    );
  }

  /** The strategy has seen an event, and nothing of what it decided is done yet. */
  readonly decided = (_event: Event, view: View, _commands: readonly Command[]): void => {
    this.#view = view;
    if (this.#now < this.#window.from || this.#now > this.#window.until) return;
    for (const { id } of this.#instruments)
      this.#film.book(this.#now, id, ...ladderOf(view.book(id)));
  };

  watches(_orderId: OrderId, at: TimeUs): boolean {
    return at <= this.#window.until;
  }

  said(venue: VenueId, event: Event): void {
    const { venueAt } = event;
    this.#arrive(venueAt);
    this.#film.said(venueAt, venue, event);
    const instrument = this.#account.said(event);
    if (instrument === undefined) return;
    this.#film.stands(venueAt, "true", instrument, this.#account.standing(instrument));
  }

  learn(fact: TruthFact): void {
    switch (fact.kind) {
      case "RequestSent": {
        const { at, arrivesAt, command } = fact;
        this.#account.sent(command);
        this.#film.sent(at, this.#venueOf(command), command);
        this.#onWire.push([arrivesAt, command]);
        return;
      }
      case "OrderRested":
      case "QueueMoved":
        this.#queue(fact.at, fact.orderId, fact.ahead);
        return;
      case "RequestMet":
      case "PrintReached":
      case "MarketNearer":
        return;
      default:
        fact satisfies never;
    }
  }

  /** The run has ended at `at`. */
  ends(at: number): void {
    this.#believed();
    this.#arrive(at);
  }

  #arrive(until: number): void {
    if (this.#onWire.length === 0) return;
    for (const [at, command] of this.#onWire) if (at <= until) this.#film.got(at, command);
    this.#onWire = this.#onWire.filter(([at]) => at > until);
  }

  #hears(event: Event): void {
    this.#believed();
    this.#arrive(event.at);
    this.#now = event.at;
    this.#film.heard(event.at, event);
  }

  #believed(): void {
    const view = this.#view;
    if (view === undefined) return;
    for (const { id } of this.#instruments) {
      this.#film.stands(this.#now, "believed", id, believedStanding(view, id));
    }
  }

  #queue(at: number, orderId: number, ahead: number): void {
    const moved = this.#account.moved(orderId, ahead);
    if (moved === undefined) return;
    const { instrument, before } = moved;
    const text =
      before === undefined
        ? `#${orderId} rests behind ${ahead} lots`
        : `#${orderId}, ${before} to ${ahead} lots ahead`;
    this.#film.happened(at, "queue", text, "venue says", instrument);
    this.#film.stands(at, "true", instrument, this.#account.standing(instrument));
  }

  #venueOf(command: VenueCommand): number {
    if ("venue" in command) return command.venue;
    return this.#instruments[command.instrument]?.venue ?? 0;
  }
}
