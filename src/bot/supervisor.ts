// Several bots side by side, a coin each, failing alone: a broken promise in one halts that one, cancels its orders,
// and leaves the others running. Events are handed to a bot by its name; a bot that failed is asked nothing more, and
// an order of its that turns out to be live is cancelled past it.

import { assert } from "../domain/assert.ts";
import type { Event } from "../domain/event.ts";
import type { InstrumentId, VenueId } from "../domain/units.ts";
import type { Venue } from "../ports/venue.ts";
import type { Bot } from "./bot.ts";

/** A bot and the way to its venues, which must reach its own orders alone. */
export type SupervisedBot = Readonly<{
  name: string;
  bot: Bot;
  venues: readonly Readonly<{ id: VenueId; venue: Venue }>[];
  /** The venue of each of the bot's instruments, by instrument id. */
  venueOf: (instrument: InstrumentId) => VenueId;
}>;

type Seat = { readonly supervised: SupervisedBot; failure: string | undefined };

export class Supervisor {
  readonly #seats = new Map<string, Seat>();
  readonly #failed: (name: string, failure: string) => void;

  /** `failed` is told of each bot that fails, once. */
  constructor(
    bots: readonly SupervisedBot[],
    failed: (name: string, failure: string) => void = () => undefined,
  ) {
    for (const supervised of bots) {
      const { name } = supervised;
      assert(!this.#seats.has(name), `a name is of one bot, ${name} was of two`);
      this.#seats.set(name, { supervised, failure: undefined });
    }
    this.#failed = failed;
  }

  /** Why a bot failed; undefined while it runs. */
  failureOf(name: string): string | undefined {
    return this.#seat(name).failure;
  }

  /** Bots that have not failed, in the order they were given. */
  get running(): readonly string[] {
    return [...this.#seats].flatMap(([name, seat]) => (seat.failure === undefined ? [name] : []));
  }

  /** Hands an event to one bot. Whatever happens in it, this returns. */
  handle(name: string, event: Event): void {
    const seat = this.#seat(name);
    if (seat.failure !== undefined) {
      cancelLate(seat.supervised, event);
      return;
    }
    try {
      seat.supervised.bot.handle(event);
    } catch (error) {
      this.#fail(name, seat, error instanceof Error ? error.message : String(error));
    }
  }

  #fail(name: string, seat: Seat, failure: string): void {
    seat.failure = failure;
    const { bot, venues } = seat.supervised;
    bot.abandon(failure);
    // Past the bot, whose own cancel may have broken too; a second cancel of what is gone changes nothing.
    for (const { id, venue } of venues) {
      venue.send({ kind: "CancelAll", venue: id, instrument: undefined });
    }
    this.#failed(name, failure);
  }

  #seat(name: string): Seat {
    const seat = this.#seats.get(name);
    if (seat === undefined) assert(false, `bot ${name} is supervised`);
    return seat;
  }
}

/** An order that was on its way while its bot failed is cancelled as soon as the venue knows it. */
function cancelLate(supervised: SupervisedBot, event: Event): void {
  if (event.kind !== "OrderAccepted") return;
  const { instrument, orderId } = event;
  const id = supervised.venueOf(instrument);
  const venue = supervised.venues.find((each) => each.id === id)?.venue;
  venue?.send({ kind: "CancelOrder", instrument, orderId });
}
