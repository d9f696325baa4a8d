// Where the profit came from. Each fill earns the distance to the mid at that moment (the spread captured); then the mid
// moves: what it does in the first ten seconds is the price of having been filled (adverse selection), the rest belongs to
// holding (inventory). The three are the whole gain by price; fees and funding come on top. In whole units: the parts sum
// to the ledger's last unit. What a fill's ten seconds reach beyond the end of a run counts until the end.

import type { EquityTrack } from "../equity-track.ts";
import { ExactSum } from "../exact-sum.ts";
import type { MoneyScale } from "../money-scale.ts";

/** How long a move of the mid still counts as the fill's own doing. */
export const ADVERSE_SECONDS = 10;
const ADVERSE_US = ADVERSE_SECONDS * 1_000_000;
/** Settled fills are thrown away this many at a time. */
const SETTLED_MAX = 1_024;

/** Decimal strings of the currency; the five sum to `net` exactly. */
export type SplitProfit = Readonly<{
  spread: string;
  adverse: string;
  inventory: string;
  /** Below zero when we paid. */
  fees: string;
  funding: string;
  net: string;
}>;

/** A fill whose ten seconds are not over: its signed lots, and bid + ask when it came. */
type Waiting = Readonly<{ dueAt: number; lots: number; mid2: number }>;

/** One instrument's fills, in halves of a tick × lot. */
class Line {
  readonly spread = new ExactSum();
  readonly adverse = new ExactSum();
  waiting: Waiting[] = [];
  settled = 0;
}

export class ProfitSplit {
  readonly #scale: MoneyScale;
  readonly #lines: readonly Line[];
  /** When the first waiting fill of each instrument is due. */
  readonly #due: Float64Array;

  constructor(scale: MoneyScale) {
    this.#scale = scale;
    this.#lines = scale.perTickLot.map(() => new Line());
    this.#due = new Float64Array(this.#lines.length).fill(Number.POSITIVE_INFINITY);
  }

  /** A fill while bid + ask was `mid2`; 0: no book yet, and the fill's price stands for the mid. */
  fill(
    fill: Readonly<{ instrument: number; at: number; price: number; signedLots: number }>,
    mid2: number,
  ): void {
    const { instrument, at, price, signedLots } = fill;
    const line = this.#lines[instrument] as Line;
    const mid = mid2 === 0 ? 2 * price : mid2;
    line.spread.addProduct(mid - 2 * price, signedLots);
    const dueAt = at + ADVERSE_US;
    line.waiting.push({ dueAt, lots: signedLots, mid2: mid });
    if (dueAt < (this.#due[instrument] as number)) this.#due[instrument] = dueAt;
  }

  /** Time has come to `at` with `mid2` still the last touch: settles what was due before. */
  passed(instrument: number, at: number, mid2: number): void {
    if ((this.#due[instrument] as number) < at) this.#settle(instrument, at, mid2);
  }

  /** The split of what `track` holds; `mid2` of it is where every fill still waiting is settled. */
  result(track: EquityTrack): SplitProfit {
    const scale = this.#scale;
    this.#lines.forEach((_, index) => {
      this.#settle(index, Number.POSITIVE_INFINITY, track.mid2[index] as number);
    });
    const spread = this.#units((line) => line.spread);
    const adverse = this.#units((line) => line.adverse);
    return {
      spread: scale.text(spread),
      adverse: scale.text(adverse),
      inventory: scale.text(track.trading - spread - adverse),
      fees: scale.text(track.fees),
      funding: scale.text(track.funding),
      net: scale.text(track.net),
    };
  }

  #settle(instrument: number, at: number, mid2: number): void {
    const line = this.#lines[instrument] as Line;
    let next = line.waiting[line.settled];
    for (; next !== undefined && next.dueAt < at; next = line.waiting[line.settled]) {
      if (mid2 !== 0) line.adverse.addProduct(mid2 - next.mid2, next.lots);
      line.settled += 1;
    }
    this.#due[instrument] = next?.dueAt ?? Number.POSITIVE_INFINITY;
    if (line.settled < SETTLED_MAX) return;
    line.waiting = line.waiting.slice(line.settled);
    line.settled = 0;
  }

  #units(part: (line: Line) => ExactSum): bigint {
    return this.#lines.reduce(
      (sum, line, index) =>
        sum + (part(line).value * (this.#scale.perTickLot[index] as bigint)) / 2n,
      0n,
    );
  }
}
