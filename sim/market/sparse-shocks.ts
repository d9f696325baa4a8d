// What a plan does to a sparse market, spread over its seconds: how far prices are pushed, which side is pulled, and
// where marks stand still. Without a shock no array is touched.

import { assert } from "../../src/domain/assert.ts";

/** A fault of the site "market", as far as the tape makes it; `entity` an instrument, `ordinal` a second. */
export type MarketShock = Readonly<{
  kind: string;
  entity: number;
  ordinal: number;
  parameter: number;
}>;

const SECOND_US = 1_000_000;
const PULL_BIDS = 1;
const PULL_ASKS = 2;
const FREEZE_MARK = 4;

/** The kinds a tape carries out; others of the site are the exchange's. */
export const TAPE_SHOCKS: readonly string[] = [
  "price-jumps",
  "market-whips",
  "book-empties",
  "mark-frozen",
];

/** The shocks of one instrument over the seconds of its world. */
export class SparseShocks {
  readonly #pushes: Float64Array;
  readonly #states: Uint8Array;
  readonly #any: boolean;

  constructor(shocks: readonly MarketShock[], instrument: number, seconds: number) {
    const own = shocks.filter((each) => each.entity === instrument || each.kind === "price-jumps");
    this.#any = own.length > 0;
    this.#pushes = new Float64Array(this.#any ? seconds : 0);
    this.#states = new Uint8Array(this.#any ? seconds : 0);
    for (const { kind, ordinal, parameter } of own) {
      const untilSecond = ordinal + Math.max(1, Math.ceil(parameter / SECOND_US));
      const signed = parameter % 2 === 1 ? parameter : -parameter;
      if (kind === "price-jumps") this.#push(ordinal, signed);
      else if (kind === "market-whips") this.#whip(ordinal, signed);
      else if (kind === "mark-frozen") this.#mark(ordinal, untilSecond, FREEZE_MARK);
      else {
        assert(kind === "book-empties", `a tape knows the shock ${kind}`);
        this.#mark(ordinal, untilSecond, parameter % 2 === 1 ? PULL_BIDS : PULL_ASKS);
      }
    }
  }

  /** Ticks the price is pushed by as this second begins. */
  push(second: number): number {
    return this.#any ? (this.#pushes[second] as number) : 0;
  }

  bidsPulled(second: number): boolean {
    return this.#any && ((this.#states[second] as number) & PULL_BIDS) !== 0;
  }

  asksPulled(second: number): boolean {
    return this.#any && ((this.#states[second] as number) & PULL_ASKS) !== 0;
  }

  markFrozen(second: number): boolean {
    return this.#any && ((this.#states[second] as number) & FREEZE_MARK) !== 0;
  }

  #whip(second: number, signed: number): void {
    this.#push(second, signed);
    this.#push(second + 1, -signed);
  }

  #push(second: number, ticks: number): void {
    if (second < this.#pushes.length) this.#pushes[second] = this.push(second) + ticks;
  }

  #mark(from: number, until: number, bit: number): void {
    const states = this.#states;
    const end = Math.min(until, states.length);
    for (let second = from; second < end; second += 1) {
      states[second] = (states[second] as number) | bit;
    }
  }
}
