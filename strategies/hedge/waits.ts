// Every wait of the bot, by name: a deadline, and a timer that wakes it then. Whoever waits asks whether it is due, so
// that a lost timer costs nothing but time; after a restart the timers that are waited for are set again.

import type { Command } from "../../src/domain/command.ts";
import { timerId, timeUs } from "../../src/domain/units.ts";

/** All there are; a wait's timer id is its place in this list. */
const WAITS = [
  "delay",
  "build",
  "hold",
  "wind-down",
  "maker",
  "sibling",
  "hedge",
  "close-maker",
  "close-taker",
  "answer",
  "report-maker",
  "report-taker",
  "monitor",
  "imbalance",
] as const;
export type Wait = (typeof WAITS)[number];

const NOTHING: readonly Command[] = [];

export class Waits {
  readonly #deadlines: (number | undefined)[] = WAITS.map(() => undefined);

  /** Waits until `at`, in µs; a wait that is set is moved. Returns what is to be sent. */
  set(name: Wait, at: number): readonly Command[] {
    const timer = WAITS.indexOf(name);
    if (this.#deadlines[timer] === at) return NOTHING;
    this.#deadlines[timer] = at;
    return [{ kind: "SetTimer", timer: timerId(timer), at: timeUs(at) }];
  }

  /** Ends a wait; a timer that is yet to fire is cleared. */
  end(name: Wait, now: number): readonly Command[] {
    const timer = WAITS.indexOf(name);
    const at = this.#deadlines[timer];
    if (at === undefined) return NOTHING;
    this.#deadlines[timer] = undefined;
    return at > now ? [{ kind: "ClearTimer", timer: timerId(timer) }] : NOTHING;
  }

  deadline(name: Wait): number | undefined {
    return this.#deadlines[WAITS.indexOf(name)];
  }

  /** Sets every timer again that is waited for. */
  rearm(): readonly Command[] {
    return this.#deadlines.flatMap((at, timer): readonly Command[] =>
      at === undefined ? [] : [{ kind: "SetTimer", timer: timerId(timer), at: timeUs(at) }],
    );
  }

  save(): readonly (number | null)[] {
    return this.#deadlines.map((at) => at ?? null);
  }

  restore(saved: readonly (number | null)[]): void {
    WAITS.forEach((_, timer) => {
      this.#deadlines[timer] = saved[timer] ?? undefined;
    });
  }
}
