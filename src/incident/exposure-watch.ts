// Two legs that hedge each other: how long, and by how much, they did not. The bound is 5 % of the largest order seen, as
// the hardening plan has it, and the time is what a hedge of these bots waits for its fill.

import { Decimal } from "decimal.js";
import type { LegState } from "./leg-state.ts";
import { signedText } from "./leg-state.ts";
import type { Broken, TimelineEvent } from "./timeline.ts";

const TOLERANCE = new Decimal("0.05");
export const EXPOSED_US_MAX = 30_000_000;

export class ExposureWatch {
  readonly #tolerance: Decimal;
  /** The first two legs that trade; a timeline of one or three hedges nothing we know of. */
  readonly #isPair: boolean;
  /** The leg whose orders answer to the other's. */
  readonly #hedge: string | undefined;
  readonly #late: Broken[] = [];
  #net = new Decimal(0);
  #since: TimelineEvent | undefined;
  #last: TimelineEvent | undefined;
  #worst = new Decimal(0);
  #unitSeconds = new Decimal(0);

  constructor(events: readonly TimelineEvent[]) {
    const legs = new Set<string>();
    let largest = new Decimal(0);
    for (const { what, leg, size } of events) {
      if (leg === undefined || what === "alert" || what === "phase") continue;
      legs.add(leg);
      if (size !== undefined && what !== "decreasing") largest = Decimal.max(largest, size);
    }
    this.#isPair = legs.size === 2;
    this.#hedge = [...legs][1];
    this.#tolerance = largest.times(TOLERANCE);
  }

  /** What to say when a hedge went past what it was to hedge. */
  take(event: TimelineEvent, legs: readonly LegState[]): string | undefined {
    if (!this.#isPair) return undefined;
    this.#passUntil(event);
    const before = this.#net;
    this.#net = legs.reduce((sum, { truth }) => sum.plus(truth), new Decimal(0));
    if (this.#net.abs().greaterThan(this.#tolerance)) {
      this.#since ??= event;
      this.#worst = Decimal.max(this.#worst, this.#net.abs());
    } else this.#end(event);
    const isFlip = before.times(this.#net).isNegative() && this.#since !== undefined;
    if (!isFlip || event.leg !== this.#hedge || event.what === "position") return undefined;
    if (before.abs().lessThanOrEqualTo(this.#tolerance)) return undefined;
    return `the hedge took the two legs from ${signedText(before)} to ${signedText(this.#net)}`;
  }

  finish(): readonly Broken[] {
    if (this.#last !== undefined) this.#end(this.#last);
    return this.#late;
  }

  #passUntil(event: TimelineEvent): void {
    const before = this.#last;
    this.#last = event;
    if (before === undefined || this.#since === undefined) return;
    const seconds = new Decimal(Math.max(0, event.at - before.at)).dividedBy(1_000_000);
    this.#unitSeconds = this.#unitSeconds.plus(this.#net.abs().times(seconds));
  }

  #end(event: TimelineEvent): void {
    const since = this.#since;
    if (since !== undefined && event.at - since.at > EXPOSED_US_MAX) {
      const seconds = ((event.at - since.at) / 1_000_000).toFixed(1);
      const text =
        `the two legs differed by more than ${this.#tolerance.toFixed()} for ${seconds} s, by ` +
        `${this.#worst.toFixed()} at most: ${this.#unitSeconds.toDecimalPlaces(1).toFixed()} unit-seconds`;
      const { source } = since;
      this.#late.push({ id: "B6", name: "one-leg-stood-alone", at: since.at, source, text });
    }
    this.#since = undefined;
    this.#worst = new Decimal(0);
    this.#unitSeconds = new Decimal(0);
  }
}
