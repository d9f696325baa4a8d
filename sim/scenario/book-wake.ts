// When a bot is woken about a book: the rule its strategy chose, kept for one instrument.

import type { BookChanged } from "../../src/domain/event.ts";
import type { InstrumentId, PriceTicks, TimeUs } from "../../src/domain/units.ts";
import type { Want } from "../../src/ports/strategy.ts";

export class BookWake {
  readonly #instrument: InstrumentId;
  readonly #on: "every-message" | "touch" | "interval" | undefined;
  readonly #intervalUs: number;
  readonly #trades: boolean;
  #lastAt = Number.NEGATIVE_INFINITY;
  #bid: PriceTicks | undefined;
  #ask: PriceTicks | undefined;

  constructor(instrument: InstrumentId, want: Want | undefined) {
    this.#instrument = instrument;
    this.#on = want?.book?.on;
    this.#intervalUs = want?.book?.on === "interval" ? want.book.everyUs : 0;
    this.#trades = want?.trades === true;
  }

  /** Does the bot want neither the book nor prints? */
  get wantsNothing(): boolean {
    return this.#on === undefined && !this.#trades;
  }

  get wantsPrints(): boolean {
    return this.#trades;
  }

  /** The next moment to look, when the next row is received at `rowAt`. */
  next(rowAt: number): number {
    if (this.#on !== "interval" || this.#trades) return rowAt;
    return Math.max(rowAt, this.#lastAt + this.#intervalUs);
  }

  /** What to tell of a book that stands so at `at`, undefined when nothing is due. */
  tell(
    at: TimeUs,
    bid: PriceTicks | undefined,
    ask: PriceTicks | undefined,
  ): BookChanged | undefined {
    if (this.#on === undefined) return undefined;
    if (this.#on === "interval" && at < this.#lastAt + this.#intervalUs) return undefined;
    if (this.#on === "touch" && bid === this.#bid && ask === this.#ask) return undefined;
    this.#bid = bid;
    this.#ask = ask;
    this.#lastAt = at;
    return { kind: "BookChanged", at, venueAt: at, instrument: this.#instrument, bid, ask };
  }

  /** A run begins at `at`: the first look is due at once. */
  beginAt(at: TimeUs): void {
    this.#lastAt = at - this.#intervalUs;
  }
}
