// Which order ids a venue has seen, in bounded memory: everything below a mark, and the few above it.

import type { OrderId } from "../../src/domain/units.ts";

/** Ids kept above the mark; ids ascend as they are sent, so one this far behind cannot still be on its way. */
const RECENT_MAX = 65_536;

export class UsedOrderIds {
  /** Every id below counts as used. */
  #mark = 1;
  readonly #recent = new Set<number>();

  /** True the first time an id is claimed. */
  claim(id: OrderId): boolean {
    if (id < this.#mark || this.#recent.has(id)) return false;
    if (id === this.#mark) {
      this.#mark += 1;
      while (this.#recent.delete(this.#mark)) this.#mark += 1;
      return true;
    }
    this.#recent.add(id);
    if (this.#recent.size > RECENT_MAX) this.#raise();
    return true;
  }

  #raise(): void {
    const ascending = [...this.#recent].sort((a, b) => a - b);
    for (const id of ascending.slice(0, RECENT_MAX / 2)) {
      this.#recent.delete(id);
      this.#mark = id + 1;
    }
  }
}
