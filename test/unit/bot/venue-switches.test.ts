import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

describe("a venue's own dead man's switch", () => {
  const own = {
    ...MACHINERY_DEFAULTS,
    poll: undefined,
    degradation: undefined,
    venueSwitches: [{ venue: 0, timeoutUs: 300_000_000, refreshEveryUs: 10_000_000 }],
  };
  const scheduled = (bench: BotBench) =>
    bench.sent.flatMap((each) => (each.kind === "ScheduleCancel" ? [each.at] : []));
  const start = () => new BotBench({}, benchInstruments(), { machinery: own });
  const book = { kind: "BookChanged", instrument: 0, bid: 999, ask: 1001 };
  const answer = (refusal?: string) => ({
    kind: "CancelScheduled",
    venue: 0,
    cancelAt: undefined,
    refusal,
  });

  test("is set before the first order leaves", () => {
    const bench = start();
    bench.place(1);
    expect(bench.sent.map((each) => each.kind)).toEqual(["ScheduleCancel", "PlaceOrder"]);
    expect(scheduled(bench)).toEqual([bench.now + 300_000_000]);
  });

  test("is moved on every so often while the venue is heard", () => {
    const bench = start();
    for (let second = 0; second < 25; second += 1) {
      bench.tell(book);
      bench.watch();
      bench.tell(answer());
    }
    expect(scheduled(bench)).toHaveLength(3);
    expect(bench.notes).toEqual([]);
  });

  test("is never moved on by a bot that hears nothing but itself", () => {
    const bench = start();
    bench.tell(book);
    for (let second = 0; second < 60; second += 1) {
      bench.watch();
      bench.tell(answer());
      bench.command();
    }
    expect(scheduled(bench)).toHaveLength(2);
  });

  test("is left to fire once the bot has halted: a cancel that failed is made good", () => {
    const bench = start();
    bench.command({ kind: "Halt", reason: "test" });
    for (let second = 0; second < 60; second += 1) {
      bench.tell(book);
      bench.watch();
    }
    expect(scheduled(bench)).toHaveLength(1);
  });

  test("that is refused, or not answered, is an alert once and no safety", () => {
    const bench = start();
    const late = start();
    for (let second = 0; second < 60; second += 1) {
      for (const each of [bench, late]) {
        each.tell(book);
        each.watch();
      }
      bench.tell(answer("scheduled cancels have come 10 times today"));
    }
    expect(bench.notes).toEqual([
      "alert: the dead man's switch of venue 0 was refused: scheduled cancels have come 10 times today",
    ]);
    expect(late.notes).toEqual(["alert: the dead man's switch of venue 0 was not answered"]);
  });
});
