// The equity of a run and nothing else: what the other ends of a fill band are drawn with.

import type { Event } from "../../domain/event.ts";
import { signOf } from "../../domain/units.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import { EquityTrack } from "../equity-track.ts";
import { MoneyScale } from "../money-scale.ts";
import type { SummaryContext } from "../summary-collector.ts";
import type { CurvePoints } from "./curve.ts";
import { Curve } from "./curve.ts";

export class EquityCurve implements JournalObserver {
  readonly #track: EquityTrack;
  readonly #curve = new Curve();
  readonly #unit: number;
  readonly #cash: number;
  readonly #hasBook: Uint8Array;

  constructor({ instruments, startingCash }: SummaryContext) {
    const scale = new MoneyScale(instruments);
    this.#track = new EquityTrack(instruments, scale);
    this.#unit = Number(scale.unitsOf("1"));
    this.#cash = cashOf(startingCash, scale);
    this.#hasBook = new Uint8Array(instruments.length);
  }

  event(event: Event): void {
    const track = this.#track;
    switch (event.kind) {
      case "BookChanged":
        if (event.bid === undefined || event.ask === undefined) return;
        this.#hasBook[event.instrument] = 1;
        track.mark(event.instrument, event.bid + event.ask);
        break;
      case "BarClosed":
        if (this.#hasBook[event.instrument] === 1) return;
        track.mark(event.instrument, 2 * event.close);
        break;
      case "OrderFilled":
        track.fill(event.instrument, signOf(event.side), event.price, event.size, event.fee);
        break;
      case "FundingPaid":
        track.settle(event.instrument, event.amount);
        break;
      default:
        break;
    }
    this.#curve.add(event.at, this.#cash + track.running / this.#unit);
  }

  command(): void {
    // An order changes no value.
  }

  refusal(): void {
    // Nor does one that was never sent.
  }

  points(endedAt: number): CurvePoints {
    this.#curve.add(endedAt, this.#cash + this.#track.running / this.#unit);
    return this.#curve.points();
  }
}

/** Cash of all venues, in the currency. */
export function cashOf(startingCash: readonly string[], scale: MoneyScale): number {
  const unit = Number(scale.unitsOf("1"));
  return startingCash.reduce((sum, cash) => sum + Number(scale.unitsOf(cash)) / unit, 0);
}
