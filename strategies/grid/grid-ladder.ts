// Which prices and sizes a grid wants to stand at. Integers only; built in place, so that a rebuild allocates nothing.
// `shape` says how far apart and how large the rungs are, `build` where they stand.
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
  /** Lots bought (above zero) or sold since the ladder was centred: so many rungs of that side are taken. */
  takenLots: number;
  bestBid: number;
  bestAsk: number;
  roomBid: number;
  roomAsk: number;
}>;

/** How far apart the rungs are, and how large, against the configured sizes. */
export type LadderShape = Readonly<{
  spacingTicks: number;
  bidSizePermille: number;
  askSizePermille: number;
}>;

/** The rungs of both sides, kept between builds. */
export class GridLadder {
  readonly bid: WantedSide;
  readonly ask: WantedSide;
  readonly #config: GridConfig;
  readonly #offsets: Float64Array;
  readonly #bidLots: Float64Array;
  readonly #askLots: Float64Array;

  constructor(config: GridConfig) {
    assert(config.levels >= 1, `a grid has at least one level, was ${config.levels}`);
    assert(config.halfSpreadTicks >= 1, `half-spread ≥ 1 tick, was ${config.halfSpreadTicks}`);
    assert(config.spacingTicks >= 1, `spacing ≥ 1 tick, was ${config.spacingTicks}`);
    assert(config.levelLots >= 1, `level size ≥ 1 lot, was ${config.levelLots}`);
    // A side has its own rungs and, at most, one less on the way out of the other side's.
    this.bid = wantedSide(2 * config.levels);
    this.ask = wantedSide(2 * config.levels);
    this.#config = config;
    this.#offsets = new Float64Array(config.levels);
    this.#bidLots = new Float64Array(config.levels);
    this.#askLots = new Float64Array(config.levels);
    const { spacingTicks } = config;
    this.shape({ spacingTicks, bidSizePermille: 1000, askSizePermille: 1000 });
  }

  /** Where each rung stands from the centre, where the touch lets it; the lots taken once it is: the lesser side's. */
  get rungs(): readonly Readonly<{ offsetTicks: number; takenLots: number }>[] {
    let takenLots = 0;
    return Array.from(this.#offsets, (offsetTicks, level) => {
      takenLots += Math.min(this.#bidLots[level] as number, this.#askLots[level] as number);
      return { offsetTicks, takenLots };
    });
  }

  /** Distances and sizes of the rungs from now on. The first rung's distance grows with the spacing, in proportion. */
  shape({ spacingTicks, bidSizePermille, askSizePermille }: LadderShape): void {
    const config = this.#config;
    assert(spacingTicks >= 1, `spacing ≥ 1 tick, was ${spacingTicks}`);
    let offset = Math.floor((config.halfSpreadTicks * spacingTicks) / config.spacingTicks);
    if (offset < 1) offset = 1;
    let gap = spacingTicks;
    let lots = config.levelLots;
    for (let level = 0; level < config.levels; level += 1) {
      this.#offsets[level] = offset;
      this.#bidLots[level] = grown(lots, bidSizePermille);
      this.#askLots[level] = grown(lots, askSizePermille);
      offset += gap;
      gap = grown(gap, config.spacingGrowthPermille);
      lots = grown(lots, config.sizeGrowthPermille);
    }
  }

  /**
   * Brings `bid` and `ask` up to date. Prices of a side are strictly worsening; a bid is below the best ask and an
   * ask above the best bid; the lots of a side sum to at most its room, nearest rungs first, a rung whole or not at all.
   *
   * A rung that was bought stays empty until it is sold again, one rung higher: the second of two bought rungs at the
   * price of the first, the first at the first ask. So a price that stands still at a rung trades it once, not for ever.
   */
  build(input: LadderInput): void {
    const { centreHalfTicks, takenLots } = input;
    const bought = rungsIn(takenLots, this.#bidLots);
    const sold = rungsIn(-takenLots, this.#askLots);
    const { bestBid, bestAsk, roomBid, roomAsk } = input;
    const bidLots = this.#bidLots;
    const askLots = this.#askLots;
    this.#side(this.bid, centreHalfTicks, {
      sign: 1,
      own: bought,
      other: sold,
      touch: bestAsk,
      room: roomBid,
      lots: bidLots,
      exitLots: askLots,
    });
    this.#side(this.ask, centreHalfTicks, {
      sign: -1,
      own: sold,
      other: bought,
      touch: bestBid,
      room: roomAsk,
      lots: askLots,
      exitLots: bidLots,
    });
  }

  #side(side: WantedSide, centre: number, input: SideInput): void {
    const { sign, own, other, room } = input;
    const levels = this.#offsets.length;
    const base = Math.ceil((sign * centre) / 2);
    const otherBase = Math.floor((sign * centre) / 2);
    const best = sign * input.touch - 1;
    let left = room;
    let count = 0;
    let previous = Number.MAX_SAFE_INTEGER;
    side.clamped = false;
    // First the way out of what the other side took, nearest first; then this side's own rungs that are not taken.
    const exits = Math.max(0, other - 1);
    for (let step = own - exits; step < levels; step += 1) {
      // Above 0: the way out of the other side's rung of this number, at the price of the rung before it.
      const exit = own - step;
      const lots = (exit > 0 ? input.exitLots[exit] : input.lots[step]) as number;
      if (lots > left) break;
      const offset = this.#offsets[exit > 0 ? exit - 1 : step] as number;
      let mirrored = exit > 0 ? otherBase + offset : base - offset;
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

/** One side's share of the input; `own` and `other` count the rungs taken here and on the other side: one is 0. */
type SideInput = Readonly<{
  sign: number;
  own: number;
  other: number;
  touch: number;
  room: number;
  /** Sizes of this side's rungs, and of the other side's, which are left by orders of this side. */
  lots: Float64Array;
  exitLots: Float64Array;
}>;

/** How many whole rungs, from the first, these lots make up. */
function rungsIn(lots: number, rungLots: Float64Array): number {
  let left = lots;
  let rungs = 0;
  while (rungs < rungLots.length && left >= (rungLots[rungs] as number)) {
    left -= rungLots[rungs] as number;
    rungs += 1;
  }
  return rungs;
}

function wantedSide(rungs: number): WantedSide {
  return {
    prices: new Float64Array(rungs),
    lots: new Float64Array(rungs),
    count: 0,
    clamped: false,
  };
}

/** One growth step, rounded down, never below 1. */
function grown(value: number, permille: number): number {
  return Math.max(1, Math.floor((value * permille) / 1000));
}
