// What the witness beside a strategy sees of a life that begins: another mind, a timer that never comes, a fill that
// counts and is not heard; and what a lost process may rightly have lost.

import { expect, test } from "vitest";
import { MemoryWitness, witnessOf } from "../../../../sim/scenario/memory-witness.ts";
import type { Command } from "../../../../src/domain/command.ts";
import type { Event } from "../../../../src/domain/event.ts";
import type { Strategy } from "../../../../src/ports/strategy.ts";
import type { View } from "../../../../src/ports/view.ts";

/** A mind that is a number, and what it asks for next. */
class Mind implements Strategy {
  readonly name = "mind";
  readonly wants = [];
  thought = 0;
  /** What it comes to think when it is asked next. */
  next: number | undefined;
  commands: readonly Command[] = [];
  revision: number | undefined;
  /** By how much its revision rises with a decision. */
  rise = 0;
  decide(): readonly Command[] {
    if (this.revision !== undefined) this.revision += this.rise;
    const { commands } = this;
    this.thought = this.next ?? this.thought;
    this.next = undefined;
    this.commands = [];
    return commands;
  }
  save(): number {
    return this.thought;
  }
  restore(): void {
    // A test sets the thought itself.
  }
}

class Lives {
  readonly found: string[] = [];
  lots = 0;
  isSafe = true;
  mind = new Mind();
  readonly #witness = new MemoryWitness((what) => this.found.push(what), {
    actsToFault: () => 0,
    isSafe: () => this.isSafe,
  });
  #strategy = this.#witness.beside(this.mind);

  /** An event of ours at a second: it is asked, comes to think `thought`, and that goes on record. */
  second(at: number, thought: number, event: Partial<Event> = { kind: "AccountReported" }): this {
    this.mind.next = thought;
    return this.ask(at, event).save();
  }

  ask(at: number, event: Partial<Event>): this {
    const view = { now: at * 1_000_000, position: () => ({ lots: this.lots }) };
    this.#strategy.decide({ ...event, at: view.now } as Event, view as unknown as View);
    return this;
  }

  begin(thought: number): this {
    this.mind = new Mind();
    this.#strategy = this.#witness.beside(this.mind);
    this.mind.thought = thought;
    return this;
  }

  save(): this {
    this.#strategy.save();
    return this;
  }
}

const setTimer = { kind: "SetTimer", timer: 3, at: 20_000_000 } as unknown as Command;

test("sees a mind that is older than what was durable", () => {
  const lives = new Lives().second(1, 1).second(2, 2).second(3, 3).second(4, 4);
  expect(lives.begin(1).save().found).toEqual([
    "the strategy begins with a mind that was not on record",
  ]);
});

test("lets it be of either of the last two moments", () => {
  for (const thought of [2, 3, 4]) {
    const lives = new Lives().second(1, 1).second(2, 2).second(3, 3).second(4, 4);
    expect(lives.begin(thought).save().found).toEqual([]);
  }
});

test("lets it be what it was before a disk took nothing, timers and all", () => {
  const lives = new Lives().second(1, 1).second(2, 2).second(3, 3);
  lives.isSafe = false;
  lives.second(4, 4).mind.commands = [setTimer];
  lives.second(5, 5).mind.commands = [];
  lives.second(6, 6).second(7, 7).second(8, 8);
  lives.isSafe = true;
  lives.begin(2).save();
  for (let at = 30; at < 200; at += 10) lives.second(at, at);
  expect(lives.found).toEqual([]);
});

test("sees another mind asked the same again", () => {
  const fill = { kind: "OrderFilled", orderId: 7, tradeId: 8 } as unknown as Partial<Event>;
  const lives = new Lives().second(1, 1).second(2, 2);
  lives.mind.thought = 5;
  lives.save().second(3, 6, fill).begin(2).ask(3, fill);
  expect(lives.found).toEqual([
    "asked of OrderFilled 7 of trade 8 at 3000000 again, it has another mind",
  ]);
  const same = new Lives().second(1, 1).second(2, 2);
  same.mind.thought = 5;
  same.save().second(3, 6, fill).begin(5).ask(3, fill);
  expect(same.found).toEqual([]);
});

test("sees a fill that counts and that nobody tells the strategy of", () => {
  const fill = { kind: "OrderFilled", orderId: 7, tradeId: 8 } as unknown as Partial<Event>;
  const lives = new Lives().second(1, 1).second(2, 2);
  lives.lots = 10;
  lives.second(3, 3, fill).begin(2).save().ask(4, { kind: "AccountReported" });
  expect(lives.found).toEqual([
    "OrderFilled 7 of trade 8 at 3000000 counts, and the strategy never hears of it",
  ]);
  const lost = new Lives().second(1, 1).second(2, 2);
  lost.lots = 10;
  lost.second(3, 3, fill).begin(2).save().lots = 0;
  expect(lost.ask(4, { kind: "AccountReported" }).found).toEqual([]);
});

test("sees a mind that changes while its revision stands", () => {
  const lives = (rise: number): Lives => {
    const made = new Lives();
    Object.assign(made.mind, { revision: 1, rise });
    return made.second(1, 1).second(2, 1).second(3, 2).ask(4, { kind: "AccountReported" });
  };
  expect(lives(1).found).toEqual([]);
  expect(lives(0).found).toContain("the strategy's mind changed, and its revision did not rise");
});

test("knows a mind that was on record long before it was lost, and not saved since", () => {
  const lives = new Lives().second(1, 1);
  for (let at = 2; at <= 9; at += 1) lives.ask(at, { kind: "AccountReported" });
  expect(lives.second(10, 2).begin(1).save().found).toEqual([]);
});

test("takes a mind that the market changed later, and lost, for no mind from before the fill", () => {
  const fill = { kind: "OrderFilled", orderId: 7, tradeId: 8 } as unknown as Partial<Event>;
  const lives = new Lives().second(1, 1).second(2, 2);
  lives.lots = 10;
  lives.second(3, 2, fill).second(4, 3, { kind: "BookChanged" }).begin(2).save();
  expect(lives.ask(5, { kind: "AccountReported" }).found).toEqual([]);
});

test("lets a fill that was told again, and counted before, be lost with its moment", () => {
  const fill = { kind: "OrderFilled", orderId: 7, tradeId: 8 } as unknown as Partial<Event>;
  const lives = new Lives().second(1, 1);
  lives.lots = 10;
  lives.second(2, 2, fill).second(3, 3, fill).begin(2).save();
  expect(lives.ask(4, { kind: "AccountReported" }).found).toEqual([]);
});

test("lets either of two copies of an answer, heard at one moment, be asked again", () => {
  const refusal = { kind: "OrderRefused", orderId: 7 } as unknown as Partial<Event>;
  for (const mind of [1, 2]) {
    const lives = new Lives().second(1, 1).second(3, 2, refusal).second(3, 3, refusal);
    expect(lives.begin(mind).ask(3, refusal).found).toEqual([]);
  }
});

test("tells reports apart that are heard at one moment, of which the last was not decided on", () => {
  const report = (venueAt: number) =>
    ({ kind: "AccountReported", venue: 0, venueAt }) as unknown as Partial<Event>;
  const burst = () => new Lives().second(1, 1).second(3, 2, report(1)).second(3, 3, report(2));
  expect(burst().begin(3).ask(3, report(0)).found).toEqual([]);
  expect(burst().begin(4).ask(3, report(2)).found).toEqual([
    "asked of AccountReported of venue 0 as of 2 at 3000000 again, it has another mind",
  ]);
});

test("sees a timer that never fires", () => {
  const lives = new Lives();
  lives.mind.commands = [setTimer];
  lives.second(1, 1).second(2, 2).second(3, 3).begin(3);
  for (let at = 21; at < 81; at += 10) lives.second(at, 4);
  expect(lives.found).toEqual([]);
  expect(lives.second(81, 5).found).toEqual(["timer 3 was due 61000000 µs ago"]);
});

test("lets a timer wait as long as its process stands still", () => {
  const lives = new Lives();
  lives.mind.commands = [setTimer];
  lives.second(1, 1).second(2, 2).second(3, 3).begin(3).second(100, 4).second(200, 4);
  lives.second(200, 4, { kind: "TimerFired", timer: 3 as never }).second(300, 5);
  expect(lives.found).toEqual([]);
});

test("lets a timer fire late, be cleared, or be lost with the moment that set it", () => {
  const fires = new Lives();
  fires.mind.commands = [setTimer];
  fires.second(1, 1).second(2, 2).second(3, 3).begin(3).second(21, 4);
  fires
    .second(70, 4, { kind: "TimerFired", timer: 3 as never })
    .second(200, 5)
    .second(300, 5);
  const cleared = new Lives();
  cleared.mind.commands = [setTimer];
  cleared.second(1, 1).mind.commands = [{ kind: "ClearTimer", timer: 3 as never }];
  cleared.second(2, 2).second(100, 3).second(200, 3);
  const lost = new Lives();
  lost.second(1, 1).second(2, 2).mind.commands = [setTimer];
  lost.second(3, 3).begin(2).second(100, 4).second(200, 4);
  expect([...fires.found, ...cleared.found, ...lost.found]).toEqual([]);
});

test("stands only where a process may die", () => {
  const crash = {
    site: "process",
    entity: 0,
    ordinal: 1,
    kind: "crash-after",
    parameter: 1,
  } as const;
  const none = () => undefined;
  const process = { actsToFault: () => 0, isSafe: () => true };
  expect(witnessOf([], none, process)).toBeUndefined();
  expect(witnessOf([crash], none, process)).toBeInstanceOf(MemoryWitness);
});

test("a mind is not written down while no fault of the process is near", () => {
  const mind = new Mind();
  let saves = 0;
  mind.save = () => {
    saves += 1;
    return mind.thought;
  };
  const witness = new MemoryWitness(() => undefined, {
    actsToFault: () => 1_000,
    isSafe: () => true,
  });
  const strategy = witness.beside(mind);
  const atFirst = saves;
  for (let at = 1; at < 10; at += 1) {
    const view = { now: at } as unknown as View;
    strategy.decide({ kind: "AccountReported", at } as unknown as Event, view);
  }
  expect(saves).toBe(atFirst);
});
