// Which bar comes next, of each period. A bar told twice, told again with other prices, or after a later one, is old:
// indicators cannot unlearn, and what was decided on it stands. A bar that never came leaves a hole, and a hole is known.

import type { BarClosed } from "../../src/domain/event.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";

type Last = Readonly<{ at: number; afterHole: boolean }>;

export class BarSequence {
  readonly #last = new Map<number, Last>();

  /** Takes a bar as it is told, and says where it stands. */
  take(bar: BarClosed): "next" | "after-hole" | "old" {
    const last = this.#last.get(bar.periodUs);
    if (last !== undefined && bar.venueAt <= last.at) return "old";
    const afterHole = last !== undefined && bar.venueAt - last.at > bar.periodUs;
    this.#last.set(bar.periodUs, { at: bar.venueAt, afterHole });
    return afterHole ? "after-hole" : "next";
  }

  /** Was a bar missing before the last one of this period? */
  isAfterHole(periodUs: number): boolean {
    return this.#last.get(periodUs)?.afterHole === true;
  }

  save(): JsonValue {
    return [...this.#last].map(([periodUs, { at, afterHole }]) => [periodUs, at, afterHole]);
  }

  restore(saved: JsonValue): void {
    this.#last.clear();
    for (const [periodUs, at, afterHole] of saved as readonly [number, number, boolean][]) {
      this.#last.set(periodUs, { at, afterHole });
    }
  }
}
