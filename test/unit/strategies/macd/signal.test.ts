import { describe, expect, test } from "vitest";
import { CrossSignal, HigherTrend } from "../../../../strategies/macd/signal.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const crossings = (histograms: readonly number[]) => {
  const cross = new CrossSignal();
  return histograms.map((each) => cross.update(each) ?? 0);
};

describe("a crossing", () => {
  test.each([
    { name: "is the change of sign, on the bar it happens", of: [-1, 2, 3], is: [0, 1, 0] },
    { name: "goes either way", of: [5, -5, 5], is: [0, -1, 1] },
    { name: "is not the first value there is", of: [7, 8], is: [0, 0] },
    {
      name: "is not a return from 0 to the same side",
      of: [-1, 1, 0, 1, 0, -1],
      is: [0, 1, 0, 0, 0, -1],
    },
    { name: "is the first step away from a standstill", of: [0, 0, -3], is: [0, 0, -1] },
  ])("$name", ({ of, is }) => {
    expect(crossings(of)).toEqual(is);
  });

  test("is the same for one that was saved and restored before each bar", () => {
    const histograms = [0, 3, -1, 0, -2, 4, 4, -1];
    let cross = new CrossSignal();
    const found = histograms.map((each) => {
      const next = new CrossSignal();
      next.restore(JSON.parse(JSON.stringify(cross.save())));
      cross = next;
      return cross.update(each) ?? 0;
    });
    expect(found).toEqual(crossings(histograms));
  });
});

test("the trend of longer bars is unknown while warming up, then the side of the signal line", () => {
  const { periods } = macdConfig().coins[0] ?? { periods: undefined };
  if (periods === undefined) throw new Error("expected a coin");
  const higher = new HigherTrend(60, { ...periods, fast: 2, slow: 3, signal: 2 });
  const told = [10, 11, 12, 20, 40, 40, 40, 10].map((close) => {
    higher.update({ close } as never);
    return higher.sign();
  });
  expect(told.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  expect(told[4]).toBe(1);
  expect(told[7]).toBe(-1);
});
