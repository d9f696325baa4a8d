// SYNTH-1(n): a synthetic level-two stream with published checksums, the same on every machine.
// A xorshift32 generator moves a touch, prints trades at it and changes levels behind it: 50 levels
// a side, times in whole nanoseconds from the first row. Sides are drawn at random, the worst case
// for branch prediction, and the book is never locked or crossed.
// Source: SYNTH-1, the stream; the checksums are pinned in test/golden/synth-1.test.ts.

import { assert } from "../../src/domain/assert.ts";
import { ROW_DEPTH, ROW_TRADE } from "../../src/domain/tape.ts";

/** Side column: the bid of a level, the buyer as a trade's initiator. */
export const SYNTH1_BID = 0;
/** Side column: the ask of a level, the seller as a trade's initiator. */
export const SYNTH1_ASK = 1;
/** Rows of the opening book, all at time 0. */
export const SYNTH1_OPENING_ROWS = 100;

const LEVELS_PER_SIDE = 50;
const FIRST_TOUCH_BID = 300_000;
const SEED = 0x9e37_79b9;
/** Feed latency of the opening, and the least latency of any later step. */
const LATENCY_NS_MIN = 1_000_000;

/** The stream as columns of equal length. Times are ns since the first row's exchange time. */
export type Synth1Columns = Readonly<{
  rows: number;
  /** ROW_DEPTH (lots is the level's new absolute size) or ROW_TRADE (lots is the traded size). */
  kind: Uint8Array;
  side: Uint8Array;
  tick: Int32Array;
  lots: Int32Array;
  exchNs: Float64Array;
  localNs: Float64Array;
}>;

/** The first `rows` rows of the stream; a step of two rows may be cut at the end. */
export function synth1(rows: number): Synth1Columns {
  assert(Number.isSafeInteger(rows) && rows >= 0, `rows is a count, was ${rows}`);
  const generator = new Synth1Generator(rows);
  generator.open();
  while (!generator.full) generator.step();
  return generator.columns;
}

class Synth1Generator {
  readonly columns: Synth1Columns;
  #count = 0;
  #state = SEED | 0;
  /** Tick of the touch bid; the touch ask is one above. */
  #touch = FIRST_TOUCH_BID;
  #exchNs = 0;
  #latencyNs = LATENCY_NS_MIN;
  #localNs = 0;

  constructor(rows: number) {
    this.columns = {
      rows,
      kind: new Uint8Array(rows),
      side: new Uint8Array(rows),
      tick: new Int32Array(rows),
      lots: new Int32Array(rows),
      exchNs: new Float64Array(rows),
      localNs: new Float64Array(rows),
    };
  }

  get full(): boolean {
    return this.#count >= this.columns.rows;
  }

  /** The opening book: 50 levels a side, bid before ask. */
  open(): void {
    for (let level = 0; level < LEVELS_PER_SIDE; level++) {
      const bidLots = this.#size();
      const askLots = this.#size();
      this.#row(ROW_DEPTH, SYNTH1_BID, this.#touch - level, bidLots);
      this.#row(ROW_DEPTH, SYNTH1_ASK, this.#touch + 1 + level, askLots);
    }
  }

  /** One further step: the touch moves (w = 0), a trade (1…12), or a level changes (13…63). */
  step(): void {
    this.#exchNs += 1 + this.#draw(2_000_000);
    this.#latencyNs = LATENCY_NS_MIN + this.#draw(1_000_000);
    const what = this.#draw(64);
    const side = this.#draw(2);
    if (what === 0) this.#moveTouch(side);
    else if (what <= 12) this.#trade(side);
    else this.#changeLevel(side);
  }

  #moveTouch(side: number): void {
    const lots = this.#size();
    if (side === SYNTH1_BID) {
      this.#row(ROW_DEPTH, SYNTH1_ASK, this.#touch + 1, 0);
      this.#touch += 1;
      this.#row(ROW_DEPTH, SYNTH1_BID, this.#touch, lots);
    } else {
      this.#row(ROW_DEPTH, SYNTH1_BID, this.#touch, 0);
      this.#row(ROW_DEPTH, SYNTH1_ASK, this.#touch, lots);
      this.#touch -= 1;
    }
  }

  #trade(side: number): void {
    const traded = 1 + this.#draw(50);
    const lots = this.#size();
    // A buyer takes from the ask, so s = 0 is (trade, buy) followed by the ask's new size.
    if (side === SYNTH1_BID) {
      this.#row(ROW_TRADE, SYNTH1_BID, this.#touch + 1, traded);
      this.#row(ROW_DEPTH, SYNTH1_ASK, this.#touch + 1, lots);
    } else {
      this.#row(ROW_TRADE, SYNTH1_ASK, this.#touch, traded);
      this.#row(ROW_DEPTH, SYNTH1_BID, this.#touch, lots);
    }
  }

  #changeLevel(side: number): void {
    const first = this.#draw(LEVELS_PER_SIDE);
    const second = this.#draw(LEVELS_PER_SIDE);
    const removal = this.#draw(10) === 0;
    const level = first < second ? first : second;
    const lots = removal && level > 0 ? 0 : this.#size();
    const tick = side === SYNTH1_BID ? this.#touch - level : this.#touch + 1 + level;
    this.#row(ROW_DEPTH, side, tick, lots);
  }

  #size(): number {
    return 1 + this.#draw(1000);
  }

  /** xorshift32, shifts 13, 17, 5; the new state is the output. */
  #draw(modulus: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) % modulus;
  }

  #row(kind: number, side: number, tick: number, lots: number): void {
    const columns = this.columns;
    const row = this.#count;
    if (row >= columns.rows) return;
    const local = this.#exchNs + this.#latencyNs;
    // A message never overtakes the one before it on its way to us.
    if (local > this.#localNs) this.#localNs = local;
    columns.kind[row] = kind;
    columns.side[row] = side;
    columns.tick[row] = tick;
    columns.lots[row] = lots;
    columns.exchNs[row] = this.#exchNs;
    columns.localNs[row] = this.#localNs;
    this.#count = row + 1;
  }
}
