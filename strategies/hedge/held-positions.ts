// What both legs hold, as best known: belief, and what the venues' reports have twice said that belief does not hold.
// A fill may tell later what a report has told already: by its time it is part of the report, or it is open which of the
// two is so, until the next report decides.

import { assert } from "../../src/domain/assert.ts";
import type { PerLeg } from "../../src/domain/common-units.ts";
import type { Leg } from "./hedge-target.ts";

export type HeldSaved = Readonly<{
  belief: readonly [number, number] | null;
  adopted: readonly [number, number];
  doubted: readonly [boolean, boolean];
  twice: readonly [boolean, boolean];
  confirmedAt: readonly [number, number];
}>;

export class HeldPositions {
  #belief: [number, number] | undefined;
  #adopted: [number, number] = [0, 0];
  #doubted: [boolean, boolean] = [false, false];
  /** Belief and what was adopted may hold the same lots. */
  #twice: [boolean, boolean] = [false, false];
  /** `venueAt` of the last report that agreed with us, or was adopted; −1: none yet. */
  #confirmedAt: [number, number] = [-1, -1];

  /** Takes belief as it is now; the signed lots by which it moved. */
  follow(belief: PerLeg): PerLeg {
    const before = this.#belief ?? belief;
    this.#belief = [belief[0], belief[1]];
    return [belief[0] - before[0], belief[1] - before[1]];
  }

  /** A fill that nobody waited for has moved belief; a report may have made us adopt it before. */
  stray(leg: Leg, booked: number, venueAt: number): void {
    if (this.#adopted[leg] === 0) return;
    this.#doubted[leg] = true;
    if (venueAt <= this.#confirmedAt[leg]) this.#adopted[leg] -= booked;
    else this.#twice[leg] = true;
  }

  /** Belief and what reports have added to it, without fills that are still on their way. */
  lots(leg: Leg): number {
    assert(this.#belief !== undefined, "a decision has begun");
    return this.#belief[leg] + this.#adopted[leg];
  }

  /** From now on the leg holds `truth` lots, whatever belief says. */
  adopt(leg: Leg, truth: number): void {
    this.#adopted[leg] += truth - this.lots(leg);
  }

  /** A report of that time agrees with us. */
  confirm(leg: Leg, venueAt: number): void {
    this.#doubted[leg] = false;
    this.#twice[leg] = false;
    this.#confirmedAt[leg] = venueAt;
  }

  doubt(leg: Leg): void {
    this.#doubted[leg] = true;
  }

  isDoubted(leg: Leg): boolean {
    return this.#doubted[leg];
  }

  /** Is it open whether lots of the leg are counted twice? */
  mayCountTwice(leg: Leg): boolean {
    return this.#twice[leg];
  }

  save(): HeldSaved {
    return {
      belief: this.#belief === undefined ? null : [...this.#belief],
      adopted: [...this.#adopted],
      doubted: [...this.#doubted],
      twice: [...this.#twice],
      confirmedAt: [...this.#confirmedAt],
    };
  }

  restore(saved: HeldSaved): void {
    this.#belief = saved.belief === null ? undefined : [...saved.belief];
    this.#adopted = [...saved.adopted];
    this.#doubted = [...saved.doubted];
    this.#twice = [...saved.twice];
    this.#confirmedAt = [...saved.confirmedAt];
  }
}
