// A strategy that halts when it is told to: how a trial stops the bot it rehearses, as an operator would.
// What the strategy within says to people is passed on, and which legs it holds against each other.

import type { Command } from "../../src/domain/command.ts";
import type { HedgedPair } from "../../src/domain/common-units.ts";
import type { Event } from "../../src/domain/event.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";

const HALT: readonly Command[] = [{ kind: "Halt", reason: "stopped by its operator" }];

export class StoppableStrategy implements Strategy {
  readonly name: string;
  readonly wants: Strategy["wants"];
  readonly hedgedPair?: HedgedPair;
  readonly #inner: Strategy;
  readonly #stop: Readonly<{ isAsked: boolean }>;
  #halted = false;

  constructor(inner: Strategy, stop: Readonly<{ isAsked: boolean }>) {
    this.name = inner.name;
    this.wants = inner.wants;
    if (inner.hedgedPair !== undefined) this.hedgedPair = inner.hedgedPair;
    this.#inner = inner;
    this.#stop = stop;
  }

  get revision(): number | undefined {
    return this.#inner.revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    const commands = this.#inner.decide(event, view);
    if (!this.#stop.isAsked || this.#halted) return commands;
    this.#halted = true;
    return HALT;
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
}
