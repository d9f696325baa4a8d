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
  /** When the book last looked at had been updated. */
  #toldOf = Number.NEGATIVE_INFINITY;
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

  /**
   * The next moment to look. `rowAt` is when the next row is received; the book was last updated at `updatedAt` and is
   * known up to `reached`: what a reader between two looks has brought in is told of when its own turn comes.
   */
  next(rowAt: number, updatedAt: number, reached: number): number {
    if (this.#on === undefined) return this.#trades ? rowAt : Number.POSITIVE_INFINITY;
    const bookAt = updatedAt === this.#toldOf ? rowAt : reached;
    const at = this.#on === "interval" ? Math.max(bookAt, this.#lastAt + this.#intervalUs) : bookAt;
    return this.#trades ? Math.min(at, rowAt) : at;
  }

  /** Is there anything to tell of a book updated at `updatedAt`, at `at`? */
  isDue(at: TimeUs, updatedAt: number): boolean {
    if (this.#on === undefined || updatedAt === this.#toldOf) return false;
    return this.#on !== "interval" || at >= this.#lastAt + this.#intervalUs;
  }

  /** What to tell of a book that is due and stands so; undefined when only its touch matters and that is as it was. */
  tell(
    at: TimeUs,
    updatedAt: number,
    bid: PriceTicks | undefined,
    ask: PriceTicks | undefined,
  ): BookChanged | undefined {
    this.#toldOf = updatedAt;
    if (this.#on === "touch" && bid === this.#bid && ask === this.#ask) return undefined;
    this.#bid = bid;
    this.#ask = ask;
    this.#lastAt = at;
    return { kind: "BookChanged", at, venueAt: at, instrument: this.#instrument, bid, ask };
  }

  /** A run begins at `at` with a book of `updatedAt`: the first look at what comes after is due at once. */
  beginAt(at: TimeUs, updatedAt: number): void {
    this.#lastAt = at - this.#intervalUs;
    this.#toldOf = updatedAt;
  }
}
