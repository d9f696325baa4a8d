// Faults of other simulators that show only in a whole run: chance, order of listing, stale prices, requests that
// cross on the wire, memory, margin. Each number is a line of docs/FILLS.md. Times in µs.

import { describe, expect, test } from "vitest";
import { KeyedRng } from "../../sim/kernel/keyed-rng.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId } from "../../src/domain/units.ts";
import { rateE8 } from "../../src/domain/units.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { RigMarket, RigOptions } from "../support/run-rig.ts";
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

const DRAWN: LinkLatency = {
  place: { kind: "uniform", minUs: 50, maxUs: 400 },
  cancel: { kind: "uniform", minUs: 50, maxUs: 400 },
  amend: { kind: "uniform", minUs: 50, maxUs: 400 },
  response: { kind: "uniform", minUs: 50, maxUs: 400 },
};
const FEES = { fees: { maker: rateE8(15_000), taker: rateE8(45_000) } };

/** What risk or the gateway refused, as "rule order". */
function refusals(into: string[]): JournalObserver {
  return {
    event: () => undefined,
    command: () => undefined,
    refusal: (command, _at, rule) => {
      into.push(`${rule} ${"orderId" in command ? command.orderId : command.kind}`);
    },
  };
}

describe("chance and order", () => {
  const tapeA = () => until(book().print(4000, "ask", 99, 7).depth(5000, ["ask", 101, 3]), 20_000);
  const tapeB = () => until(book().print(4700, "bid", 103, 8).depth(5500, ["bid", 100, 2]), 20_000);
  const trader = (a: number, b: number, on?: () => void) =>
    new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 9, "GTC", a)]],
        [3000, [place(2, "ask", 101, 9, "GTC", b)]],
        [7000, [cancel(1, a), place(3, "ask", undefined, 4, "IOC", a)]],
        [9000, [cancel(2, b), place(4, "bid", undefined, 4, "IOC", b)]],
      ],
      on: () => {
        on?.();
        return [];
      },
    });
  const options: RigOptions = { latency: DRAWN, profile: FEES };
  const [A, B]: [RigMarket, RigMarket] = [
    { tape: tapeA(), venue: "a", symbol: "A" },
    { tape: tapeB(), venue: "b", symbol: "B" },
  ];

  test("X13 the same run has the same digest; another seed is another run", () => {
    const digest = (seed: string) => runRig([A, B], trader(0, 1), { ...options, seed }).digest;
    expect(digest("one")).toBe(digest("one"));
    expect(digest("one")).not.toBe(digest("two"));
  });

  test("X14 listing instruments and venues in another order renames them and changes nothing else", () => {
    const [ab, ba] = [trader(0, 1), trader(1, 0)];
    runRig([A, B], ab, options);
    runRig([B, A], ba, options);
    const told = (bot: ScriptedStrategy, swap: boolean) =>
      bot.heard
        .filter((event) => event.kind.startsWith("Order"))
        .map((event) =>
          "instrument" in event
            ? { ...event, instrument: swap ? 1 - event.instrument : event.instrument }
            : event,
        );
    expect(told(ba, true)).toEqual(told(ab, false));
    expect(story(ab.heard).filter((line) => line.startsWith("filled"))).toHaveLength(4);
  });

  test("X15 a strategy that draws, or a venue more, moves nobody else's draws", () => {
    const mine = new KeyedRng("test");
    let draws = 0;
    const quiet = trader(0, 1);
    const drawing = trader(0, 1, () => {
      for (let ordinal = 0; ordinal < 10; ordinal += 1) draws += mine.uint32(7, 0, ordinal);
    });
    expect(runRig([A, B], drawing, options).digest).toBe(runRig([A, B], quiet, options).digest);
    expect(draws).toBeGreaterThan(0);

    const only = (id: number) => (events: readonly Event[]) =>
      story(events.filter((event) => "instrument" in event && event.instrument === id));
    const alone = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 9)]],
        [7000, [cancel(1), place(3, "ask", undefined, 4, "IOC")]],
      ],
    });
    runRig([A], alone, options);
    expect(only(0)(alone.heard)).toEqual(only(0)(quiet.heard));
  });
});

describe("stale prices", () => {
  test("X16 a market order of an instrument nobody watched meets its book of arrival, however they are listed", () => {
    // Instrument B moves at 2030, between the event of A at 2000 and the order's arrival at 2050.
    const moving = () =>
      until(book().depth(2030, ["ask", 101, 0], ["ask", 102, 0], ["ask", 107, 9]), 9000);
    const still = () => until(book().depth(2000, ["bid", 100, 11]), 9000);
    const bought = (a: number, b: number) => {
      let sent = false;
      const bot = new ScriptedStrategy({
        wants: [{ instrument: a as InstrumentId, book: { on: "every-message" } }],
        on: (event) => {
          if (sent || event.kind !== "BookChanged" || event.at < 2000) return [];
          sent = true;
          return [place(1, "bid", undefined, 3, "IOC", b)];
        },
      });
      const listed = a === 0 ? [still(), moving()] : [moving(), still()];
      runRig(
        listed.map((tape, index) => ({ tape, symbol: `${index}` })),
        bot,
        { latency: constantLatency(50, 10) },
      );
      return story(bot.heard).filter((line) => line.startsWith("filled"));
    };
    expect(bought(0, 1)).toEqual(["filled 1 3@107 at 2060 (2050)"]);
    expect(bought(1, 0)).toEqual(["filled 1 3@107 at 2060 (2050)"]);
  });

  test("X17 a timer where there is no data acts at its own time, on the book as last displayed", () => {
    const day = 86_400_000_000;
    const tape = until(
      book()
        .depth(2000, ["ask", 101, 4])
        .depth(day + 70, ["ask", 101, 0]),
      day * 2,
    );
    const bot = new ScriptedStrategy({
      at: [
        [day, [place(1, "bid", undefined, 3, "IOC")]],
        [day + 60, [place(2, "bid", undefined, 3, "IOC")]],
      ],
    });
    runRig([{ tape }], bot, { latency: constantLatency(20, 0) });
    expect(story(bot.heard).filter((line) => line.startsWith("filled"))).toEqual([
      `filled 1 3@101 at ${day + 20} (${day + 20})`,
      `filled 2 3@102 at ${day + 80} (${day + 80})`,
    ]);
  });

  test("X18 a gap in the recording is told, and the book is not fresh until it is restated", () => {
    const tape = until(
      book()
        .gap(3000)
        .depth(4000, ["ask", 101, 4])
        .snapshot(5000, ["bid", 100, 5], ["ask", 101, 5]),
      9000,
    );
    const fresh: boolean[] = [];
    const bot = new ScriptedStrategy({
      wants: [{ instrument: 0 as InstrumentId, book: { on: "every-message" } }],
      at: [
        [2500, []],
        [3500, []],
        [4500, []],
        [5500, []],
      ],
      on: (event, view) => {
        if (event.kind === "TimerFired") fresh.push(view.book(0 as InstrumentId).fresh);
        return [];
      },
    });
    runRig([{ tape }], bot);
    expect(fresh).toEqual([true, false, false, true]);
    const links = bot.heard.flatMap((event) =>
      event.kind === "LinkChanged" ? [`${event.link} ${event.at}`] : [],
    );
    expect(links.slice(-2)).toEqual(["down 3000", "up 5000"]);
  });

  test("X19 clocks that disagree never put an answer before its cause", () => {
    // The recorder's clock is 300 µs behind the venue's: rows are received before they happened.
    const tape = until(book(-300).print(3000, "ask", 99, 4).print(4000, "ask", 99, 9), 9000);
    const bot = new ScriptedStrategy({
      wants: [{ instrument: 0 as InstrumentId, book: { on: "every-message" }, trades: true }],
      at: [[2000, [place(1, "bid", 100, 9)]]],
    });
    runRig([{ tape }], bot, { latency: constantLatency(10, 10) });
    const orders = bot.heard.filter((event) => event.kind.startsWith("Order"));
    expect(orders.map(({ kind }) => kind)).toEqual([
      "OrderAccepted",
      "OrderFilled",
      "OrderFilled",
      "OrderClosed",
    ]);
    for (const event of orders) expect(event.at).toBe(event.venueAt + 10);
    const times = bot.heard.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe("requests on the wire", () => {
  test("X20 where messages may overtake, unequal legs arrive by their times and never late", () => {
    const latency: LinkLatency = {
      ...constantLatency(10_000, 0),
      cancel: { kind: "constant", us: 1000 },
      overtaking: true,
    };
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 90, 5)]],
        [3000, [place(2, "bid", 90, 5)]],
        [3001, [{ kind: "CancelAll", venue: 0 as never, instrument: undefined }]],
      ],
    });
    runRig([{ tape: until(book(), 90_000) }], bot, { latency });
    // Arrivals: CancelAll 4001 (nothing rests yet), then the inserts at 12000 and 13000: both stand.
    expect(story(bot.heard)).toEqual([
      "accepted 1 at 12000 (12000)",
      "accepted 2 at 13000 (13000)",
    ]);
  });

  test("X21 a fill does not free an order whose cancel is still travelling: a second cancel is refused", () => {
    const refused: string[] = [];
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 9)]],
        [3000, [cancel(1)]],
      ],
      on: (event) => (event.kind === "OrderFilled" ? [cancel(1)] : []),
    });
    const tape = until(book().print(2950, "ask", 99, 4), 9000);
    runRig([{ tape }], bot, { latency: constantLatency(100, 100), observer: refusals(refused) });
    expect(refused).toEqual(["request-in-flight 1"]);
    expect(story(bot.heard).slice(1)).toEqual([
      "filled 1 4@100 at 3050 (2950)",
      "closed 1 cancelled at 3200 (3100)",
    ]);
  });

  test("X22 a cancel on its way and a new order together never pass the position limit", () => {
    const refused: string[] = [];
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 100, 10)]],
        [3000, [cancel(1), place(2, "bid", 99, 10)]],
        [4000, [place(3, "bid", 99, 10)]],
      ],
    });
    // The old order fills while its cancel travels; the new one would have been hit as well.
    const tape = until(book().print(3050, "ask", 97, 60).print(3500, "ask", 97, 60), 9000);
    const options = { latency: constantLatency(100, 100), observer: refusals(refused) };
    const scenario = {
      ...scenarioOf([{ tape }], bot, options),
      risk: { instruments: [{ instrument: 0, positionLotsMax: 10 }] },
    };
    new ScenarioRun(scenario, { hasher: testHasher, observer: options.observer }).finish();
    expect(refused).toEqual(["max-position 2", "max-position 3"]);
    const lots = bot.heard.reduce(
      (sum, event) => sum + (event.kind === "OrderFilled" ? event.size : 0),
      0,
    );
    expect(lots).toBe(10);
  });
});

describe("money and memory", () => {
  test("X23 margin is watched from the first fill on, also when the bot never speaks again", () => {
    const margin = { initial: rateE8(10_000_000), maintenance: rateE8(5_000_000) };
    const second = 1_000_000;
    const crash = new TapeBuilder()
      .snapshot(1000, ["bid", 1000, 50], ["ask", 1001, 50])
      .print(3000, "ask", 999, 500)
      .depth(
        1.5 * second,
        ["bid", 1000, 0],
        ["ask", 1001, 0],
        ["bid", 900, 500],
        ["ask", 901, 500],
      );
    const held = { tape: until(crash, 9 * second), symbol: "HELD" };
    const other = { tape: until(book(), 9 * second), symbol: "OTHER" };
    for (const markets of [[held], [held, other]]) {
      const bot = new ScriptedStrategy({ at: [[2000, [place(1, "bid", 1000, 50)]]] });
      runRig(markets, bot, { profile: { margin }, startingCash: "0.6" });
      expect(story(bot.heard).filter((line) => line.startsWith("filled"))).toEqual([
        "filled 1 50@1000 at 3010 (3000)",
        `filled 0 50@900 at ${2 * second + 10} (${2 * second})`,
      ]);
    }
  });

  test("X24 a run reads its recording once in each view, batch by batch, and goes back to none", () => {
    const tape = book();
    for (let at = 2000; at < 6000; at += 1) tape.depth(at, ["bid", 99, at % 7]);
    const whole = tape.build(100);
    const asked: number[] = [];
    const source: TapeSource = {
      ...whole,
      batch: (index) => {
        asked.push(index);
        return whole.batch(index);
      },
    };
    const bot = new ScriptedStrategy({
      wants: [{ instrument: 0 as InstrumentId, book: { on: "touch" } }],
      at: [[1500, [place(1, "bid", 98, 5)]]],
    });
    runRig([{ tape: source }], bot);
    const times = new Map<number, number>();
    for (const index of asked) times.set(index, (times.get(index) ?? 0) + 1);
    expect(times.size).toBe(whole.batchCount);
    expect(new Set(times.values())).toEqual(new Set([2]));
    // The two views stay together: no batch is asked for long after the other view passed it.
    let newest = 0;
    for (const index of asked) {
      newest = Math.max(newest, index);
      expect(newest - index).toBeLessThan(4);
    }
  });
});
