// Which prices and sizes a grid wants to stand at. Integers only; built in place, so that a rebuild allocates nothing.
// The two sides are one computation: a side's prices are mirrored by its sign, so that "better" is always "greater".

import { assert } from "../../src/domain/assert.ts";
import type { GridConfig } from "./grid-config.ts";

/** The wanted rungs of one side, best first; `count` of each column are valid. */
export type WantedSide = Readonly<{ prices: Float64Array; lots: Float64Array }> & {
  count: number;
  /** A rung was moved or left out because it would have crossed the touch. */
  clamped: boolean;
};

/** Where the ladder stands: the centre in half ticks, the touch, and the lots each side may still take on. */
export type LadderInput = Readonly<{
  centreHalfTicks: number;
  bestBid: number;
  bestAsk: number;
  roomBid: number;
  roomAsk: number;
}>;

/** The rungs of both sides, kept between builds. */
export class GridLadder {
  readonly bid: WantedSide;
  readonly ask: WantedSide;
  readonly #offsets: Float64Array;
  readonly #lots: Float64Array;

  constructor(config: GridConfig) {
    assert(config.levels >= 1, `a grid has at least one level, was ${config.levels}`);
    assert(config.halfSpreadTicks >= 1, `half-spread ≥ 1 tick, was ${config.halfSpreadTicks}`);
    assert(config.spacingTicks >= 1, `spacing ≥ 1 tick, was ${config.spacingTicks}`);
    assert(config.levelLots >= 1, `level size ≥ 1 lot, was ${config.levelLots}`);
    this.bid = wantedSide(config.levels);
    this.ask = wantedSide(config.levels);
    this.#offsets = new Float64Array(config.levels);
    this.#lots = new Float64Array(config.levels);
    let offset = config.halfSpreadTicks;
    let gap = config.spacingTicks;
    let lots = config.levelLots;
    for (let level = 0; level < config.levels; level += 1) {
      this.#offsets[level] = offset;
      this.#lots[level] = lots;
      offset += gap;
      gap = grown(gap, config.spacingGrowthPermille);
      lots = grown(lots, config.sizeGrowthPermille);
    }
  }

  /**
   * Brings `bid` and `ask` up to date. Prices of a side are strictly worsening; a bid is below the best ask and an
   * ask above the best bid; the lots of a side sum to at most its room, nearest rungs first, a rung whole or not at all.
   */
  build(input: LadderInput): void {
    this.#side(this.bid, 1, input.centreHalfTicks, input.bestAsk, input.roomBid);
    this.#side(this.ask, -1, input.centreHalfTicks, input.bestBid, input.roomAsk);
  }

  #side(side: WantedSide, sign: 1 | -1, centre: number, oppositeTouch: number, room: number): void {
    const base = Math.ceil((sign * centre) / 2);
    const best = sign * oppositeTouch - 1;
    let left = room;
    let count = 0;
    let previous = Number.MAX_SAFE_INTEGER;
    side.clamped = false;
    for (let level = 0; level < this.#offsets.length; level += 1) {
      const lots = this.#lots[level] as number;
      if (lots > left) break;
      let mirrored = base - (this.#offsets[level] as number);
      if (mirrored > best) {
        mirrored = best;
        side.clamped = true;
      }
      if (mirrored >= previous) continue;
      const price = sign * mirrored;
      if (price < 1) break;
      side.prices[count] = price;
      side.lots[count] = lots;
      count += 1;
      left -= lots;
      previous = mirrored;
    }
    side.count = count;
  }
}

function wantedSide(levels: number): WantedSide {
  return {
    prices: new Float64Array(levels),
    lots: new Float64Array(levels),
    count: 0,
    clamped: false,
  };
}

/** One growth step, rounded down, never below 1. */
function grown(value: number, permille: number): number {
  return Math.max(1, Math.floor((value * permille) / 1000));
}
