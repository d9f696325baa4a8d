// What exits are judged on where they are judged on the touch: the price at which the position could be closed now. A closed
// bar inside which touches were heard has been judged touch by touch, in their order, and the stop may have moved among them:
// then the bar counts as where the touch is.

import type { BarClosed } from "../../src/domain/event.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { BookView } from "../../src/ports/view.ts";
import type { BarRange } from "./exits.ts";
import type { Trade } from "./trade.ts";

export class TouchWatch {
  #heardAt = Number.NEGATIVE_INFINITY;

  heard(at: number): void {
    this.#heardAt = at;
  }

  /** What a check at this bar judges. */
  rangeOf(bar: BarClosed, trade: Readonly<Trade> | undefined, book: BookView): BarRange {
    const isJudged = this.#heardAt > bar.venueAt - bar.periodUs && this.#heardAt < bar.venueAt;
    return isJudged ? (closingPrice(trade, book) ?? bar) : bar;
  }

  save(): JsonValue {
    return Number.isFinite(this.#heardAt) ? this.#heardAt : null;
  }

  restore(saved: JsonValue): void {
    this.#heardAt = (saved as number | null) ?? Number.NEGATIVE_INFINITY;
  }
}

/** The price a trade could be closed at now; undefined when there is none, or nobody knows. */
export function closingPrice(
  trade: Readonly<Trade> | undefined,
  book: BookView,
): BarRange | undefined {
  if (trade === undefined) return undefined;
  const price = trade.direction > 0 ? book.bestBid() : book.bestAsk();
  return price === undefined || !book.fresh ? undefined : { high: price, low: price };
}
