import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { RiskConfig } from "../../../src/risk/risk-config.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

const PAIR = { left: 0, right: 1, leftUnitsPerLot: 1, rightUnitsPerLot: 1, orderUnits: 20 };

/** Two legs on two venues, both links up, with the bot's own machinery to tell of warnings. */
function legs(risk: RiskConfig): BotBench {
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined };
  const bench = new BotBench(risk, benchInstruments(2), { machinery });
  for (const venue of [0, 1]) bench.tell({ kind: "LinkChanged", venue, link: "up", cause: "test" });
  bench.watch(6_000_000);
  return bench;
}

/** Fills an order of ours whole, on one leg. */
function trade(bench: BotBench, id: number, instrument: number, side: string, size: number): void {
  bench.place(id, { instrument, side, size });
  bench.fill(id, size, size, { instrument, side } as never);
}

function reasons(bench: BotBench): readonly string[] {
  return bench.log.entries.flatMap((entry) =>
    entry.kind === "refusal" ? [`${entry.rule}: ${entry.reason}`] : [],
  );
}

describe("imbalance", () => {
  const rule = { imbalance: { pairs: [PAIR], toleranceBps: 500, warnBps: 200 } };

  test("past 5 % of the larger of order and cycle nothing widens it, and its hedge passes", () => {
    const bench = legs(rule);
    trade(bench, 1, 0, "bid", 2);
    expect(bench.notes.at(-1)).toMatch(/^alert: imbalance stop/);
    bench.place(2, { instrument: 0, side: "bid", size: 1 });
    expect(reasons(bench)).toEqual([
      "imbalance: instruments 0 and 1 differ by 2 units, limit is 500 bps of 20",
    ]);
    trade(bench, 3, 1, "ask", 2);
    expect(bench.notes.at(-1)).toBe("imbalance: stop is over");
    expect(bench.refusals).toHaveLength(1);
  });

  test("warns before it stops", () => {
    const bench = legs(rule);
    trade(bench, 1, 0, "bid", 100);
    trade(bench, 2, 1, "ask", 97);
    expect(bench.notes.at(-1)).toMatch(/^alert: imbalance warning/);
    bench.place(3, { instrument: 0, side: "bid", size: 1 });
    expect(bench.refusals).toEqual([]);
  });

  test("the tolerance grows with the cycle, and 5 % exactly is within it", () => {
    const bench = legs({ imbalance: { pairs: [PAIR], toleranceBps: 500 } });
    trade(bench, 1, 0, "bid", 400);
    trade(bench, 2, 1, "ask", 380);
    bench.place(3, { instrument: 0, side: "bid", size: 1 });
    expect(bench.refusals).toEqual([]);
  });

  test("contract sizes make lots comparable", () => {
    const pair = { ...PAIR, rightUnitsPerLot: 10 };
    const bench = legs({ imbalance: { pairs: [pair], toleranceBps: 500 } });
    trade(bench, 1, 0, "bid", 100);
    trade(bench, 2, 1, "ask", 10);
    bench.place(3, { instrument: 0, side: "bid", size: 1 });
    expect(bench.refusals).toEqual([]);
  });
});

describe("critical-size", () => {
  test("ten orders out of balance are no emergency, one lot more is: cancel all and halt", () => {
    const bench = legs({ criticalSize: { pairs: [PAIR], multiple: 10 } });
    trade(bench, 1, 0, "bid", 200);
    expect(bench.sent.some((each) => each.kind === "CancelAll")).toBe(false);
    trade(bench, 2, 0, "bid", 1);
    expect(bench.sent.filter((each) => each.kind === "CancelAll")).toHaveLength(2);
    expect(bench.bot.view.health.degradation).toBe("emergency");
    bench.place(3);
    expect(reasons(bench)).toEqual([
      "halted: critical-size: instruments 0 and 1 differ by 201 units, limit is 200",
    ]);
  });
});

describe("exposure-skew", () => {
  test("a book that leans too far takes on nothing that leans it further", () => {
    const skew = { instruments: [0, 1], netOfGrossBpsMax: 2000, grossMinE8: 0n };
    const bench = legs({ exposureSkew: skew });
    trade(bench, 1, 0, "bid", 20);
    trade(bench, 2, 1, "ask", 10);
    bench.place(3, { side: "bid" });
    expect(reasons(bench)).toEqual([
      "exposure-skew: net exposure is 3333 bps of gross, limit is 2000",
    ]);
    bench.place(4, { instrument: 1, side: "ask", size: 5 });
    expect(bench.refusals).toHaveLength(1);
  });
});

describe("funding-bleed", () => {
  const bled = { fundingBleed: { instruments: [0], paidMaxE8: 100n, warnBps: 5000 } };
  const pay = (bench: BotBench, amount: number) =>
    bench.tell({ kind: "FundingPaid", instrument: 0, rate: 1, mark: 1, lots: 1, amount });

  test("warns, then stops what would add to it, until the day is over", () => {
    const bench = legs(bled);
    pay(bench, -60);
    expect(bench.notes.at(-1)).toMatch(/^alert: funding-bleed warning/);
    bench.place(1);
    pay(bench, -40);
    bench.place(2);
    expect(reasons(bench)).toEqual([
      "funding-bleed: funding of the day cost 0.00000100, limit is 0.00000100",
    ]);
    bench.now += 86_400_000_000;
    bench.place(3);
    expect(bench.refusals).toHaveLength(1);
  });

  test("what is received is set against what is paid", () => {
    const bench = legs(bled);
    pay(bench, 50);
    pay(bench, -120);
    bench.place(1);
    expect(bench.refusals).toEqual([]);
  });
});
