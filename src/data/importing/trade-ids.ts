// The venue's trade ids seen lately: a reconnect replays trades, and a trade must stand once.

/** Ids remembered: a replay holds some dozens, and 65,536 trades are minutes of the busiest market recorded here. */
const IDS_KEPT = 65_536;

/** Remembers the last ids it was shown. */
export class TradeIds {
  readonly #seen = new Set<number>();

  /** True the first time an id is shown. */
  isNew(id: number): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    if (this.#seen.size > IDS_KEPT) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest as number);
    }
    return true;
  }
}
