// Books that arrive whole, again and again, brought to changes: what differs from the one before.
// A level that left the 20-level window is written as removed: it may still exist further out, and the recording cannot
// tell. Every level book here follows that convention; a fill beyond the window must not be believed in.

import { META_SNAPSHOT, ROW_CLEAR, ROW_DEPTH } from "../../domain/tape.ts";
import type { TapeWriter } from "../tapes/tape-writer.ts";

/** Prices and sizes of one side, ticks and lots. */
export type WindowSide = ReadonlyMap<number, number>;

/** Remembers the book before. */
export class SnapshotWindow {
  #sides: readonly [WindowSide, WindowSide] | undefined;

  /** The next book is written whole. */
  forget(): void {
    this.#sides = undefined;
  }

  /** Writes the rows of a book into the writer's open message; returns how many levels it changed. */
  write(writer: TapeWriter, sides: readonly [WindowSide, WindowSide]): number {
    const before = this.#sides;
    this.#sides = sides;
    if (before === undefined) {
      writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
      for (const ask of SIDES) {
        for (const [price, size] of sides[ask]) {
          writer.row(ROW_DEPTH, ask, price, size, META_SNAPSHOT);
        }
      }
      return sides[0].size + sides[1].size;
    }
    let changed = 0;
    for (const ask of SIDES) {
      const [old, now] = [before[ask], sides[ask]];
      for (const price of old.keys()) {
        if (now.has(price)) continue;
        writer.row(ROW_DEPTH, ask, price, 0);
        changed += 1;
      }
      for (const [price, size] of now) {
        if (old.get(price) === size) continue;
        writer.row(ROW_DEPTH, ask, price, size);
        changed += 1;
      }
    }
    return changed;
  }
}

const SIDES = [0, 1] as const;
