// Keeps the venues' own dead man's switches: each venue that has one is told, again and again, to cancel everything of
// ours a while from now. What protects us when we are gone is there before the first order, and is moved on only by a
// bot that trades and has heard that venue since it last moved it. Source: grid bot, "dead man's switch refreshed every
// cycle"; incidents G04, G34, G35.

import { assert } from "../domain/assert.ts";
import type { CancelScheduled } from "../domain/event.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { Hands } from "./hands.ts";

export type VenueSwitchConfig = Readonly<{
  venue: number;
  /** Everything there is cancelled this long after we were last heard of; the venue's own limits are kept. */
  timeoutUs: number;
  refreshEveryUs: number;
}>;

type Seat = {
  readonly config: VenueSwitchConfig;
  /** When the venue was last told, and the last it had said by then. */
  askedAt: number;
  heardWhenAsked: number;
  answered: boolean;
  /** Somebody was told that it does not protect us. */
  isAlarmed: boolean;
};

export class VenueSwitches {
  readonly #seats: readonly Seat[];
  readonly #hands: Hands;
  /** When each venue was last heard. */
  readonly #heardAt: Float64Array;

  constructor(configs: readonly VenueSwitchConfig[], venues: number, hands: Hands) {
    this.#hands = hands;
    this.#heardAt = new Float64Array(venues).fill(Number.NEGATIVE_INFINITY);
    this.#seats = configs.map((config) => {
      const { venue, timeoutUs, refreshEveryUs } = config;
      assert(venue < venues, `a switch is of a venue of the run, was ${venue}`);
      const isKept = refreshEveryUs > 0 && refreshEveryUs < timeoutUs;
      assert(isKept, `a switch is moved before it fires, was ${refreshEveryUs} of ${timeoutUs} µs`);
      return {
        config,
        askedAt: Number.NEGATIVE_INFINITY,
        heardWhenAsked: Number.NEGATIVE_INFINITY,
        answered: true,
        isAlarmed: false,
      };
    });
  }

  heard(venue: VenueId, at: TimeUs): void {
    this.#heardAt[venue] = at;
  }

  /** Before anything else is sent. */
  arm(now: TimeUs, cause: JournalSeq): void {
    for (const seat of this.#seats) this.#ask(seat, now, cause);
  }

  /** Moves on what is due, where the venue was heard since; elsewhere the time that stands is left to come. */
  refresh(now: TimeUs, cause: JournalSeq): void {
    for (const seat of this.#seats) {
      const { venue, refreshEveryUs } = seat.config;
      if (now - seat.askedAt < refreshEveryUs) continue;
      if ((this.#heardAt[venue] as number) <= seat.heardWhenAsked) continue;
      if (!seat.answered) this.#alarm(seat, "was not answered");
      this.#ask(seat, now, cause);
    }
  }

  /** A refusal is told once, until the venue takes a request again. */
  answered(event: CancelScheduled): void {
    const seat = this.#seats.find((each) => each.config.venue === event.venue);
    if (seat === undefined) return;
    seat.answered = true;
    if (event.refusal !== undefined) this.#alarm(seat, `was refused: ${event.refusal}`);
    else seat.isAlarmed = false;
  }

  #ask(seat: Seat, now: TimeUs, cause: JournalSeq): void {
    const venue = seat.config.venue as VenueId;
    seat.askedAt = now;
    seat.heardWhenAsked = this.#heardAt[venue] as number;
    seat.answered = false;
    const at = (now + seat.config.timeoutUs) as TimeUs;
    this.#hands.send({ kind: "ScheduleCancel", venue, at }, cause);
  }

  #alarm(seat: Seat, what: string): void {
    if (seat.isAlarmed) return;
    seat.isAlarmed = true;
    const { venue } = seat.config;
    const text = `the dead man's switch of venue ${venue} ${what}`;
    this.#hands.alert("error", "venue-switch", text);
  }
}
