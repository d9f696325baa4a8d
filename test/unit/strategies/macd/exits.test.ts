import { describe, expect, test } from "vitest";
import type { BarRange } from "../../../../strategies/macd/exits.ts";
import { judgeExit } from "../../../../strategies/macd/exits.ts";
import type { Trade } from "../../../../strategies/macd/trade.ts";
import { short, trade } from "../../../support/macd-parts.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const config = macdConfig().coins[0]?.exits;
if (config === undefined) throw new Error("expected a coin");
const DAY_US = 86_400_000_000;

const judge = (
  what: Trade,
  bar: BarRange,
  more: Partial<{ now: number; dailyLoss: boolean; heldLots: number }> = {},
) =>
  judgeExit(
    { trade: what, entryTicks: 1_000, bar, heldLots: 10, now: 1, dailyLoss: false, ...more },
    config,
  );

describe("a long at 1,000 that risks 100", () => {
  test.each([
    { bar: { high: 1_099, low: 901 }, is: undefined },
    { bar: { high: 1_050, low: 900 }, is: { reason: "stop-loss", keepLots: 0 } },
    { bar: { high: 1_300, low: 899 }, is: { reason: "stop-loss", keepLots: 0 } },
    {
      bar: { high: 1_100, low: 1_000 },
      is: { reason: "take-profit", keepLots: 5, levelsTaken: 1 },
    },
    { bar: { high: 1_200, low: 1_000 }, is: { reason: "target", keepLots: 0 } },
  ])("in a bar of $bar.low to $bar.high", ({ bar, is }) => {
    const decision = judge(trade(), bar);
    if (is === undefined) expect(decision).toBeUndefined();
    else expect(decision).toMatchObject(is);
  });

  test("is closed after a day, whatever the price does, unless the stop was touched", () => {
    const still = { high: 1_001, low: 999 };
    expect(judge(trade(), still, { now: DAY_US - 1 })).toBeUndefined();
    expect(judge(trade(), still, { now: DAY_US })?.reason).toBe("max-holding");
    expect(judge(trade(), { high: 1_000, low: 900 }, { now: DAY_US })?.reason).toBe("stop-loss");
  });

  test("is closed when the account has lost its day, before holding time and profit are asked", () => {
    const best = { high: 1_200, low: 1_000 };
    expect(judge(trade(), best, { now: DAY_US, dailyLoss: true })?.reason).toBe("daily-loss");
  });

  test("takes each level once, and a share of less than a lot closes nothing", () => {
    const bar = { high: 1_150, low: 1_000 };
    expect(judge(trade({ levelsTaken: 1 }), bar)).toBeUndefined();
    const one = judge(trade({ enteredLots: 1 }), bar, { heldLots: 1 });
    expect(one).toMatchObject({ keepLots: 1, levelsTaken: 1 });
  });

  test("takes every level a bar has reached, of the lots entered, and keeps the rest", () => {
    const takeProfits = [
      { atRPermille: 500, sharePermille: 300 },
      { atRPermille: 1_000, sharePermille: 300 },
      { atRPermille: 1_500, sharePermille: 300 },
    ];
    const input = { trade: trade(), entryTicks: 1_000, heldLots: 10, now: 1, dailyLoss: false };
    const decision = judgeExit(
      { ...input, bar: { high: 1_100, low: 1_000 } },
      { ...config, takeProfits },
    );
    expect(decision).toMatchObject({ keepLots: 4, levelsTaken: 2 });
  });
});

test("a short is the mirror of a long", () => {
  expect(judge(short(), { high: 1_100, low: 1_000 })?.reason).toBe("stop-loss");
  expect(judge(short(), { high: 1_099, low: 901 })).toBeUndefined();
  expect(judge(short(), { high: 1_000, low: 900 })).toMatchObject({ keepLots: 5 });
  expect(judge(short(), { high: 1_000, low: 800 })?.reason).toBe("target");
});

test("a stop that has moved gives its own name to the exit", () => {
  const moved = trade({ stopTicks: 1_000, stopKind: "break-even" });
  expect(judge(moved, { high: 1_020, low: 1_000 })?.reason).toBe("break-even");
});
