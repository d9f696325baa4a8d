// A strategy that does what a test tells it: commands at given times, commands in answer to events.

import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimerId, TimeUs } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";

export type Script = Readonly<{
  wants?: readonly Want[];
  /** Commands sent at a time, by timer. */
  at?: readonly (readonly [atUs: number, commands: readonly Command[]])[];
  /** Commands in answer to an event. */
  on?: (event: Event, view: View) => readonly Command[];
}>;

export class ScriptedStrategy implements Strategy {
  readonly name = "scripted";
  readonly wants: readonly Want[];
  /** Every event heard, in order. */
  readonly heard: Event[] = [];
  readonly #script: Script;
  #started = false;

  constructor(script: Script) {
    this.wants = script.wants ?? [];
    this.#script = script;
  }

  decide(event: Event, view: View): readonly Command[] {
    this.heard.push(event);
    const answers = this.#script.on?.(event, view) ?? [];
    if (event.kind === "TimerFired") {
      return [...(this.#script.at?.[event.timer]?.[1] ?? []), ...answers];
    }
    if (this.#started) return answers;
    this.#started = true;
    const timers = (this.#script.at ?? []).map(
      ([at], timer): Command => ({ kind: "SetTimer", timer: timer as TimerId, at: at as TimeUs }),
    );
    return [...timers, ...answers];
  }

  save(): JsonValue {
    return null;
  }

  restore(): void {
    this.#started = true;
  }
}
