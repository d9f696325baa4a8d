// What became of one order in its queue: totals of everything, and the moments worth telling, at most so many.

import type { PriceTicks, TimeUs } from "../domain/units.ts";
import type { MarketNearer, OrderRested, PrintReached, QueueMoved } from "../ports/truth.ts";

/** Moments told of one stay in a queue; more would be read by nobody, and totals count them all. */
const MOMENTS_MAX = 24;

/** Prints kept of one stay, so that a fill can name the one that made it. */
const PRINTS_MAX = 256;

/** The place in the queue between two moments that are told. Lots; `ahead` may be an estimate. */
export type QueueMoment = Readonly<{
  at: TimeUs;
  aheadBefore: number;
  ahead: number;
  /** As last displayed at the price; undefined: the feed has not spoken of it. */
  displayed: number | undefined;
  /** Since the moment told before: lots printed at the price or through it, and what else left ahead. */
  printed: number;
  cancelled: number;
}>;

export type PrintMet = Readonly<{ at: TimeUs; price: PriceTicks; lots: number; ahead: number }>;

/** One stay in a queue: from coming to rest, or from an amend that lost the place. */
export class QueueStory {
  readonly rested: OrderRested;
  readonly moments: QueueMoment[] = [];
  /** The other side's least distance, ticks, and when that was. */
  nearest: number | undefined;
  nearestAt: TimeUs | undefined;
  ahead: number;
  displayed: number | undefined;
  prints = 0;
  printedLots = 0;
  throughLots = 0;
  /** Lots that left ahead of it and were not printed. */
  cancelledAhead = 0;
  /** Moments that were not told. */
  untold = 0;
  /** The first prints that reached it, and always the last. */
  readonly printsMet: PrintMet[] = [];
  #toldAhead: number;
  #printed = 0;
  #cancelled = 0;

  constructor(rested: OrderRested) {
    this.rested = rested;
    this.ahead = rested.ahead;
    this.#toldAhead = rested.ahead;
  }

  print({ at, price, lots, through, ahead }: PrintReached): void {
    this.prints += 1;
    if (through) this.throughLots += lots;
    else this.printedLots += lots;
    this.#printed += lots;
    if (this.printsMet.length === PRINTS_MAX) this.printsMet.pop();
    this.printsMet.push({ at, price, lots, ahead });
  }

  moved({ at, aheadBefore, ahead, displayed, printed }: QueueMoved): void {
    const eaten = Math.max(0, aheadBefore - ahead);
    const left = Math.max(0, eaten - printed);
    this.cancelledAhead += left;
    this.#cancelled += left;
    this.ahead = ahead;
    if (displayed !== undefined) this.displayed = displayed;
    // Each halving is told, and each print that ate of the queue: a hundred joins behind us are not.
    const isNews = printed > 0 || ahead <= this.#toldAhead / 2;
    if (isNews && ahead !== this.#toldAhead) this.tell(at);
  }

  nearer({ at, ticks }: MarketNearer): void {
    this.nearest = ticks;
    this.nearestAt = at;
  }

  /** Tells where it stands now, if anything changed since it was last told. */
  tell(at: TimeUs): void {
    if (this.ahead === this.#toldAhead && this.#printed === 0) return;
    const aheadBefore = this.#toldAhead;
    const { ahead, displayed } = this;
    if (this.moments.length < MOMENTS_MAX) {
      const [printed, cancelled] = [this.#printed, this.#cancelled];
      this.moments.push({ at, aheadBefore, ahead, displayed, printed, cancelled });
    } else this.untold += 1;
    this.#toldAhead = ahead;
    this.#printed = 0;
    this.#cancelled = 0;
  }
}
