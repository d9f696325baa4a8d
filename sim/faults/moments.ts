// When the faults that are counted struck. One that is left out of a plan moves the counts of all after it, and they would
// meet other messages and acts; told when each struck before, a run strikes at the same moments, whatever it counts by
// then. That is how a failing case is cut down (src/campaign/held-case.ts).

import type { Fault } from "./fault.ts";

/** A message or an act that may be struck: its kind, when it comes, µs, and its place in the counts of its run. */
export type Occasion = Readonly<{ sort: string; at: number; ordinal: number }>;

/** An occasion that was struck: the `nth` of its sort in that very µs, from 0. */
export type Moment = Occasion & Readonly<{ nth: number }>;

export type Moments = ReadonlyMap<Fault, Moment>;

export type MomentLog = Readonly<{
  /**
   * A counted fault strikes the first occasion of the same sort at its moment or after, and not by its ordinal; one without
   * a moment strikes nothing. By their ordinals when absent.
   */
  held?: Moments | undefined;
  /** Told of each counted fault as it strikes. */
  met: (fault: Fault, moment: Moment) => void;
}>;

/** Does the fault strike the nth of something, and not at a second? */
export function isCounted({ site }: Fault): boolean {
  return site === "request" || site === "answer" || site === "process" || site === "disk";
}

/** The faults of one way of counting, and their moments. */
export class MomentWatch {
  readonly #log: MomentLog;
  /** Held, and yet to strike, in the order of their moments. */
  readonly #left: Fault[] | undefined;
  readonly #places = new Map<string, number>();
  #moment: Moment = { sort: "", at: Number.NaN, ordinal: -1, nth: 0 };

  constructor(log: MomentLog, faults: readonly Fault[]) {
    this.#log = log;
    const { held } = log;
    if (held === undefined) return;
    const at = (fault: Fault): number => held.get(fault)?.at ?? Number.POSITIVE_INFINITY;
    this.#left = faults.filter((each) => held.has(each)).sort((a, b) => at(a) - at(b));
  }

  /** The next occasion comes. */
  begins(occasion: Occasion): void {
    if (occasion.at !== this.#moment.at) this.#places.clear();
    const nth = this.#places.get(occasion.sort) ?? 0;
    this.#places.set(occasion.sort, nth + 1);
    this.#moment = { ...occasion, nth };
  }

  /** A fault that strikes at it, of those that fit; by the counts where nothing is held. */
  take(
    byCount: () => Fault | undefined,
    fits: (fault: Fault) => boolean = () => true,
  ): Fault | undefined {
    const fault = this.#left === undefined ? byCount() : this.#takeHeld(this.#left, fits);
    if (fault !== undefined) this.#log.met(fault, this.#moment);
    return fault;
  }

  #takeHeld(left: Fault[], fits: (fault: Fault) => boolean): Fault | undefined {
    const { sort, at, nth } = this.#moment;
    for (let index = 0; index < left.length; index += 1) {
      const fault = left[index] as Fault;
      const due = this.#log.held?.get(fault) as Moment;
      if (due.at > at) return undefined;
      const isDue = due.sort === sort && (due.at < at || due.nth <= nth);
      if (isDue && fits(fault)) return left.splice(index, 1)[0];
    }
    return undefined;
  }
}
