// The worst falls from a peak: where each began, how deep it went, when it was made good. Streaming: the open one and the
// ten deepest are kept. The peak before the first value is the start.

export type Drawdown = Readonly<{
  /** When the peak was last seen, when it was deepest, and when the peak was passed again; undefined: not yet. */
  peakAt: number;
  deepestAt: number;
  recoveredAt: number | undefined;
  /** Above 0, in the unit of the values. */
  depth: number;
}>;

const KEPT_MAX = 10;

export class Drawdowns {
  readonly #worst: Drawdown[] = [];
  #peak: number;
  #peakAt: number;
  #depth = 0;
  #deepestAt = 0;

  constructor(start: number, startedAt: number) {
    this.#peak = start;
    this.#peakAt = startedAt;
  }

  /** How far below its peak the last value lies, 0 or above. */
  add(at: number, value: number): number {
    if (value >= this.#peak) {
      this.#end(at);
      this.#peak = value;
      this.#peakAt = at;
      return 0;
    }
    const below = this.#peak - value;
    if (below > this.#depth) {
      this.#depth = below;
      this.#deepestAt = at;
    }
    return below;
  }

  /** The deepest first; one that is still open has no recovery. */
  worst(): readonly Drawdown[] {
    const all = [...this.#worst];
    if (this.#depth > 0) all.push(this.#episode(undefined));
    return all.sort((left, right) => right.depth - left.depth).slice(0, KEPT_MAX);
  }

  #end(at: number): void {
    if (this.#depth === 0) return;
    this.#worst.push(this.#episode(at));
    this.#worst.sort((left, right) => right.depth - left.depth);
    if (this.#worst.length > KEPT_MAX) this.#worst.pop();
    this.#depth = 0;
  }

  #episode(recoveredAt: number | undefined): Drawdown {
    return {
      peakAt: this.#peakAt,
      deepestAt: this.#deepestAt,
      recoveredAt,
      depth: this.#depth,
    };
  }
}
