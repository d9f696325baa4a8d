// The faults of one site and entity, handed out as their occasions come. A fault that only strikes certain messages
// waits for the first of them at or after its ordinal.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { faultKind } from "./catalogue.ts";
import type { Fault, FaultPlan, FaultSite } from "./fault.ts";
import type { Occasion } from "./fault-kind.ts";
import type { MomentLog } from "./moments.ts";
import { MomentWatch } from "./moments.ts";

export class FaultCursor {
  readonly #faults: readonly Fault[];
  #next = 0;
  /** Due, and waiting for a message they strike; what each strikes stands beside it. */
  readonly #waiting: Fault[] = [];
  readonly #occasions: (Occasion | undefined)[] = [];
  readonly #watch: MomentWatch | undefined;

  constructor(plan: FaultPlan, site: FaultSite, entity: number, log?: MomentLog) {
    this.#faults = plan
      .filter((each) => each.site === site && each.entity === entity)
      .sort((a, b) => a.ordinal - b.ordinal);
    this.#watch = log === undefined ? undefined : new MomentWatch(log, this.#faults);
  }

  /** Ordinal of the next fault that is not due yet; Infinity without one. */
  get nextOrdinal(): number {
    return this.#faults[this.#next]?.ordinal ?? Number.POSITIVE_INFINITY;
  }

  /** The fault that strikes the message `ordinal`, which comes at `at`, if one does. */
  take(ordinal: number, message: VenueCommand | Event, at: number): Fault | undefined {
    if (this.#watch === undefined) return this.#byCount(ordinal, message);
    this.#watch.begins({ sort: message.kind, at, ordinal });
    return this.#watch.take(
      () => this.#byCount(ordinal, message),
      ({ kind }) => strikes(faultKind(kind)?.strikes, message),
    );
  }

  #byCount(ordinal: number, message: VenueCommand | Event): Fault | undefined {
    const waiting = this.#waiting;
    while (this.nextOrdinal <= ordinal) {
      const fault = this.#faults[this.#next] as Fault;
      waiting.push(fault);
      this.#occasions.push(faultKind(fault.kind)?.strikes);
      this.#next += 1;
    }
    for (let index = 0; index < waiting.length; index += 1) {
      if (!strikes(this.#occasions[index], message)) continue;
      this.#occasions.splice(index, 1);
      return waiting.splice(index, 1)[0];
    }
    return undefined;
  }

  /** Every fault due at `ordinal` or before that was not taken yet. */
  takeDue(ordinal: number): readonly Fault[] {
    const from = this.#next;
    while (this.nextOrdinal <= ordinal) this.#next += 1;
    return this.#faults.slice(from, this.#next);
  }
}

/** Can a fault of that occasion strike the message? */
function strikes(occasion: Occasion | undefined, message: VenueCommand | Event): boolean {
  switch (occasion) {
    case undefined:
      return true;
    case "post-only PlaceOrder":
      return message.kind === "PlaceOrder" && message.timeInForce === "POST_ONLY";
    case "taking PlaceOrder":
      return message.kind === "PlaceOrder" && message.timeInForce !== "POST_ONLY";
    case "reduce-only PlaceOrder":
      return message.kind === "PlaceOrder" && message.reduceOnly;
    case "CancelOrder or AmendOrder":
      return message.kind === "CancelOrder" || message.kind === "AmendOrder";
    default:
      return message.kind === occasion;
  }
}
