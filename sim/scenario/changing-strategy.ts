// A strategy that gives way to another at a moment: the same one with other settings, or quite another. What the first
// remembered goes to the second where it can be read by it; else the second begins anew, its orders numbered on from the
// first's, whose timers are cleared: nothing it never asked for comes to it but what its orders' ends say.

import type { Command } from "../../src/domain/command.ts";
import type { HedgedPair } from "../../src/domain/common-units.ts";
import type { Event } from "../../src/domain/event.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { TimerId } from "../../src/domain/units.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";

/** What became of what the first strategy remembered. */
export type MemoryFate =
  | Readonly<{ kind: "restored" }>
  | Readonly<{ kind: "begins anew"; why: string }>;

export class ChangingStrategy implements Strategy {
  readonly name: string;
  readonly wants: Strategy["wants"];
  readonly hedgedPair?: HedgedPair;
  readonly #timers = new Set<TimerId>();
  readonly #last: Command[] = [];
  #inner: Strategy;
  #nextOrderId = 1;
  /** Rises above every revision of the strategy before, and with each decision of one that has none. */
  #revisionFloor = 0;

  constructor(inner: Strategy) {
    this.name = inner.name;
    this.wants = inner.wants;
    if (inner.hedgedPair !== undefined) this.hedgedPair = inner.hedgedPair;
    this.#inner = inner;
  }

  /** From the next event on another decides; `make` makes it, its orders counted from `ids`. */
  change(make: (ids: OrderIds) => Strategy): MemoryFate {
    this.#revisionFloor = this.revision + 1;
    const saved = this.#inner.save();
    const next = make(new OrderIds(this.#nextOrderId));
    const why =
      next.name === this.name ? whyUnread(next, saved) : `${next.name} is another strategy`;
    if (why === undefined) {
      this.#inner = next;
      return { kind: "restored" };
    }
    // What was read half is not used.
    this.#inner = make(new OrderIds(this.#nextOrderId));
    for (const timer of this.#timers) this.#last.push({ kind: "ClearTimer", timer });
    this.#timers.clear();
    return { kind: "begins anew", why };
  }

  get revision(): number {
    return this.#revisionFloor + (this.#inner.revision ?? 0);
  }

  decide(event: Event, view: View): readonly Command[] {
    if (this.#inner.revision === undefined) this.#revisionFloor += 1;
    if (event.kind === "TimerFired") this.#timers.delete(event.timer);
    const commands = this.#inner.decide(event, view);
    for (const command of commands) this.#note(command);
    return this.#last.length === 0 ? commands : [...this.#last.splice(0), ...commands];
  }

  save(): JsonValue {
    return this.#inner.save();
  }

  restore(saved: JsonValue): void {
    this.#inner.restore(saved);
  }

  takeNotes(): readonly string[] | undefined {
    return this.#inner.takeNotes?.();
  }

  #note(command: Command): void {
    if (command.kind === "SetTimer") this.#timers.add(command.timer);
    else if (command.kind === "ClearTimer") this.#timers.delete(command.timer);
    else if (command.kind === "PlaceOrder") {
      this.#nextOrderId = Math.max(this.#nextOrderId, command.orderId + 1);
    }
  }
}

/** Why a strategy cannot take over what another of its name saved; undefined where it has. */
function whyUnread(strategy: Strategy, saved: JsonValue): string | undefined {
  try {
    strategy.restore(saved);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
