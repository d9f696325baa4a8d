// What our taking orders removed from a replayed book: gone until the feed next speaks of that level.

import type { LevelBook, SideCode } from "./level-book.ts";

/** Bit of a slot's mark: something was taken here. The bits above are OwnOrders'. */
export const MARK_TAKEN = 1;

export class TakenLiquidity {
  readonly #book: LevelBook;
  readonly #taken: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];

  constructor(book: LevelBook) {
    this.#book = book;
  }

  /** Displayed lots of a level that are still there to take. */
  available(tick: number, side: SideCode): number {
    const size = this.#book.size(tick, side);
    if (this.#taken[side].size === 0) return size;
    const taken = this.#taken[side].get(tick);
    return taken === undefined ? size : Math.max(0, size - taken);
  }

  take(tick: number, side: SideCode, lots: number): void {
    this.#taken[side].set(tick, (this.#taken[side].get(tick) ?? 0) + lots);
    this.#mark(tick, side);
  }

  /** The feed spoke of the level: what it shows is there again. */
  restored(tick: number, side: SideCode): void {
    if (this.#taken[side].size === 0 || !this.#taken[side].delete(tick)) return;
    if (!this.#book.inWindow(tick)) return;
    const slot = this.#book.slotOf(tick, side);
    this.#book.marks[slot] = (this.#book.marks[slot] as number) & ~MARK_TAKEN;
  }

  /** The whole book was restated. */
  restoredAll(): void {
    for (const side of [0, 1] as const) {
      for (const tick of [...this.#taken[side].keys()]) this.restored(tick, side);
    }
  }

  /** Sets the marks again after the window moved. */
  markAll(): void {
    for (const side of [0, 1] as const) {
      for (const tick of this.#taken[side].keys()) this.#mark(tick, side);
    }
  }

  /** The best tick of a side with anything left, at or after `from` when that is given. */
  best(side: SideCode): number | undefined {
    let tick = this.#book.best(side);
    if (this.#taken[side].size === 0) return tick;
    while (tick !== undefined && this.available(tick, side) === 0) {
      tick = this.#book.nextWorse(tick, side);
    }
    return tick;
  }

  #mark(tick: number, side: SideCode): void {
    if (!this.#book.inWindow(tick)) return;
    const slot = this.#book.slotOf(tick, side);
    this.#book.marks[slot] = (this.#book.marks[slot] as number) | MARK_TAKEN;
  }
}
