// The run's part of the conformance list in docs/FILLS.md: latency both ways, order of events, belief and truth.
// Times in µs. Entry and answer take what each test says; feeds are received at once unless it says otherwise.

import { describe, expect, test } from "vitest";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Event } from "../../src/domain/event.ts";
import type { DurationUs, InstrumentId, VenueId } from "../../src/domain/units.ts";
import type { View } from "../../src/ports/view.ts";
import {
  cancel,
  constantLatency,
  place,
  runRig,
  scenarioOf,
  story,
  testHasher,
} from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const NOTHING = 0 as InstrumentId;

const book = (feedLatencyUs = 0) =>
  new TapeBuilder(feedLatencyUs).snapshot(
    1000,
    ["bid", 100, 10],
    ["bid", 99, 20],
    ["ask", 101, 10],
    ["ask", 102, 20],
  );

/** Something far away at the end, so that the run lasts until `at`. */
const until = (tape: TapeBuilder, at: number) => tape.depth(at, ["ask", 900, 1]).build();

describe("latency", () => {
  test("R1 an order arrives when its latency says and meets the book of that moment", () => {
    const tape = until(book().depth(2050, ["ask", 101, 4]).depth(2200, ["ask", 101, 9]), 9000);
    const bot = new ScriptedStrategy({ at: [[2000, [place(1, "bid", 101, 30, "IOC")]]] });
    runRig([{ tape }], bot, { latency: constantLatency(100, 30) });
    expect(story(bot.heard)).toEqual([
      "accepted 1 at 2130 (2100)",
      "filled 1 4@101 at 2130 (2100)",
      "closed 1 ioc-remainder at 2130 (2100)",
    ]);
  });

  test("R2 a cancel arrives when its latency says, not with the next market event; a fill before that stands", () => {
    const tape = until(book().print(3050, "ask", 99, 4).print(3150, "ask", 99, 4), 9000);
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 10)]],
        [3000, [cancel(1)]],
      ],
    });
    runRig([{ tape }], bot, { latency: constantLatency(100, 0) });
    expect(story(bot.heard)).toEqual([
      "accepted 1 at 2100 (2100)",
      "filled 1 4@100 at 3050 (3050)",
      "closed 1 cancelled at 3100 (3100)",
    ]);
  });

  test("R3 post-only is judged against the book at arrival, not the one the bot saw", () => {
    const tape = until(book().depth(2050, ["bid", 100, 0], ["ask", 100, 5]), 9000);
    const bot = new ScriptedStrategy({
      at: [[2000, [place(1, "bid", 100, 5, "POST_ONLY")]]],
      wants: [{ instrument: NOTHING, book: { on: "touch" } }],
    });
    runRig([{ tape }], bot, { latency: constantLatency(100, 10) });
    expect(story(bot.heard)).toEqual(["refused 1 post-only-would-cross at 2110 (2100)"]);
  });

  test("R4 requests keep their order on a wire, whatever the latencies", () => {
    // Inserts take 10 ms and cancels 1 ms: the cancel sent with an insert arrives with it, not 9 ms before.
    const us = (value: number) => ({ kind: "constant" as const, us: value });
    const latency = { place: us(10_000), cancel: us(1000), amend: us(1000), response: us(0) };
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 99, 5)]],
        [20_000, [place(2, "bid", 98, 5), cancel(1)]],
      ],
    });
    runRig([{ tape: until(book(), 90_000) }], bot, { latency });
    expect(story(bot.heard)).toEqual([
      "accepted 1 at 12000 (12000)",
      "accepted 2 at 30000 (30000)",
      "closed 1 cancelled at 30000 (30000)",
    ]);
  });

  test("R5 a bot sees no row before it was received", () => {
    const seen: (readonly [number, number | undefined])[] = [];
    const tape = until(book(500).depth(2000, ["ask", 101, 0]), 9000);
    const look = (event: Event, view: View) => {
      if (event.kind === "TimerFired") seen.push([view.now, view.book(NOTHING).bestAsk()]);
      return [];
    };
    const bot = new ScriptedStrategy({
      on: look,
      at: [
        [1499, []],
        [1500, []],
        [2499, []],
        [2500, []],
      ],
    });
    runRig([{ tape }], bot);
    expect(seen).toEqual([
      [1499, undefined],
      [1500, 101],
      [2499, 101],
      [2500, 102],
    ]);
  });

  test("R6 a bot learns of a fill one answer later than it happened", () => {
    const tape = until(book().print(3000, "ask", 99, 50), 9000);
    const bot = new ScriptedStrategy({ at: [[2000, [place(1, "bid", 100, 5)]]] });
    runRig([{ tape }], bot, { latency: constantLatency(10, 700) });
    expect(story(bot.heard).slice(1)).toEqual([
      "filled 1 5@100 at 3700 (3000)",
      "closed 1 filled at 3700 (3000)",
    ]);
  });
});

describe("order of events", () => {
  test("R7 the order in which instruments are listed changes no fill", () => {
    const first = () => until(book().print(3000, "ask", 99, 7), 9000);
    const second = () => until(book().print(3000, "ask", 99, 8), 9000);
    const orders = (a: number, b: number) =>
      new ScriptedStrategy({
        at: [[2000, [place(1, "bid", 100, 9, "GTC", a), place(2, "bid", 100, 9, "GTC", b)]]],
      });
    const ab = orders(0, 1);
    const ba = orders(1, 0);
    runRig(
      [
        { tape: first(), symbol: "A" },
        { tape: second(), symbol: "B" },
      ],
      ab,
    );
    runRig(
      [
        { tape: second(), symbol: "B" },
        { tape: first(), symbol: "A" },
      ],
      ba,
    );
    expect([...story(ba.heard)].sort()).toEqual([...story(ab.heard)].sort());
    expect(story(ab.heard)).toContain("filled 1 7@100 at 3010 (3000)");
  });

  test("R8 a timer is not a market event: its order meets the book of its arrival", () => {
    const tape = until(book().depth(2005, ["ask", 101, 0]), 9000);
    const bot = new ScriptedStrategy({
      at: [[2000, [place(1, "bid", undefined, 3, "IOC")]]],
    });
    runRig([{ tape }], bot, { latency: constantLatency(5, 0) });
    expect(story(bot.heard)).toContain("filled 1 3@102 at 2005 (2005)");
  });

  test("R9 partial fills reach position and cash, and belief equals truth when the wires are quiet", () => {
    const tape = until(book().print(3000, "ask", 100, 13).print(4000, "ask", 99, 1), 9000);
    const beliefs: unknown[] = [];
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 9)]],
        [5000, [{ kind: "ReportAccount", venue: 0 as VenueId }]],
      ],
      on: (event, view) => {
        if (event.kind === "AccountReported") {
          beliefs.push([view.position(NOTHING).lots, event.positions[0]?.lots]);
          beliefs.push(view.openOrders(NOTHING).map((order) => [order.orderId, order.filled]));
          beliefs.push(event.openOrders.map((order) => [order.orderId, order.leaves]));
        }
        return [];
      },
    });
    runRig([{ tape }], bot);
    expect(beliefs).toEqual([[4, 4], [[1, 4]], [[1, 5]]]);
  });

  test("R10 a fill on one venue and the hedge it triggers on another happen in the order of their times", () => {
    const maker = until(book().print(3000, "ask", 99, 5), 9000);
    // The other venue's best bid leaves 5 µs before the hedge can arrive (3000 + 10 + 10 = 3020).
    const hedge = until(book().depth(3015, ["bid", 100, 0]).depth(3025, ["bid", 100, 50]), 9000);
    const bot = new ScriptedStrategy({
      at: [[2000, [place(1, "bid", 100, 5)]]],
      on: (event) =>
        event.kind === "OrderFilled" && event.orderId === 1
          ? [place(2, "ask", undefined, 5, "IOC", 1)]
          : [],
    });
    runRig(
      [
        { tape: maker, venue: "a" },
        { tape: hedge, venue: "b" },
      ],
      bot,
    );
    expect(story(bot.heard).slice(1)).toEqual([
      "filled 1 5@100 at 3010 (3000)",
      "closed 1 filled at 3010 (3000)",
      "accepted 2 at 3030 (3020)",
      "filled 2 5@99 at 3030 (3020)",
      "closed 2 filled at 3030 (3020)",
    ]);
  });

  test("R11 a taker delay holds back an order that may take, and no other", () => {
    const bot = new ScriptedStrategy({
      at: [[2000, [place(1, "bid", 100, 5, "POST_ONLY"), place(2, "bid", 101, 5, "IOC")]]],
    });
    const profile = { takerDelayUs: 250 as DurationUs };
    runRig([{ tape: until(book(), 9000) }], bot, { profile, latency: constantLatency(10, 0) });
    expect(story(bot.heard)).toEqual([
      "accepted 1 at 2010 (2010)",
      "accepted 2 at 2260 (2260)",
      "filled 2 5@101 at 2260 (2260)",
      "closed 2 filled at 2260 (2260)",
    ]);
  });
});

test("an inverse contract is not traded as if it were a linear one", () => {
  const tape = until(book(), 9000);
  const scenario = scenarioOf([{ tape }], new ScriptedStrategy({}));
  const [first] = scenario.instruments;
  if (first === undefined) throw new Error("expected an instrument");
  const inverse = { ...first, spec: { ...first.spec, contract: "inverse" as const } };
  const made = () =>
    new ScenarioRun({ ...scenario, instruments: [inverse] }, { hasher: testHasher });
  expect(made).toThrow("is not an inverse contract");
});
