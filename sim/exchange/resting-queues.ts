// Where our resting orders stand while the feed speaks: decreases, restatements, and levels that leave the display.
// The book is the feed's; this only moves the estimates of our own orders. Rules F11 to F20 of docs/FILLS.md.

import type { LevelBook, SideCode } from "./level-book.ts";
import type { VenueOrder } from "./market.ts";
import type { OwnLevel, OwnOrders } from "./own-orders.ts";
import { RestingOrder } from "./own-orders.ts";
import type { BehindProbability } from "./queue-model.ts";
import { levelChanged, levelRestated } from "./queue-model.ts";

export class RestingQueues {
  readonly #book: LevelBook;
  readonly #own: readonly [OwnOrders, OwnOrders];
  readonly #behind: BehindProbability | undefined;

  constructor(
    book: LevelBook,
    own: readonly [OwnOrders, OwnOrders],
    behind: BehindProbability | undefined,
  ) {
    this.#book = book;
    this.#own = own;
    this.#behind = behind;
  }

  /** The feed is about to set a level we rest at from `before` to `after` lots. */
  changes(level: OwnLevel, before: number, after: number, restated: boolean): void {
    for (const resting of level.orders) this.#moveInQueue(resting, before, after, restated);
  }

  /** An order comes to rest behind `ahead` lots of its level, and behind ours there; the level it is in then. */
  joins(order: VenueOrder, tick: number, side: SideCode, ahead: number): OwnLevel {
    const own = this.#own[side];
    const worst = this.#book.worst(side);
    const unseen = worst !== undefined && own.better(worst, tick);
    const level = own.add(new RestingOrder(order, tick, ahead, unseen));
    if (unseen) return level;
    // What it finds inside the display is all that earlier ones have ahead, which came while nothing was shown there.
    for (const resting of level.orders) {
      if (!resting.unseen) continue;
      resting.unseen = false;
      resting.ahead = ahead;
    }
    return level;
  }

  #moveInQueue(resting: RestingOrder, before: number, after: number, restated: boolean): void {
    if (resting.unseen) {
      if (after === 0) return;
      resting.unseen = false;
      resting.ahead = after;
    } else if (restated) {
      if (after > 0) levelRestated(resting, after);
    } else if (after > 0 || before > 0) {
      resting.gone = after === 0 ? resting.ahead : undefined;
      levelChanged(resting, before, after, this.#behind);
    }
  }

  /** A level that left beyond the far edge of the display may still exist: its queue stays as it was. */
  leftDisplay(tick: number, side: SideCode): void {
    const worst = this.#book.worst(side);
    const inside = worst !== undefined && this.#own[side].better(tick, worst);
    for (const resting of this.#own[side].at(tick)?.orders ?? []) {
      if (!inside && resting.gone !== undefined) resting.ahead = resting.gone;
      resting.gone = undefined;
    }
  }

  /** After a restated book: where a level inside the display is not shown, nobody is ahead any more. */
  forgetHidden(): void {
    for (const side of [0, 1] as const) {
      const worst = this.#book.worst(side);
      for (const level of this.#own[side].levels) {
        if (worst === undefined || !this.#own[side].better(level.tick, worst)) continue;
        const size = this.#book.size(level.tick, side);
        for (const resting of level.orders) if (!resting.unseen) levelRestated(resting, size);
      }
    }
  }
}
