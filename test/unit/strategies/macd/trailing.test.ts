import { describe, expect, test } from "vitest";
import { nextStop } from "../../../../strategies/macd/trailing.ts";
import { short, trade } from "../../../support/macd-parts.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

/** Break-even at 1 R; trailing from 2 % on, 1 % behind, in steps of 0.5 %. */
const config = macdConfig().coins[0]?.exits;
if (config === undefined) throw new Error("expected a coin");
const TICKS = 100_000;
const long = (changed = {}) =>
  trade({ entryTicks: TICKS, riskTicks: 3_000, stopTicks: 97_000, bestTicks: TICKS, ...changed });

describe("a stop", () => {
  test("stays while the trade has earned neither its risk nor the activation", () => {
    const place = nextStop(long(), TICKS, { high: 101_999, low: 99_000 }, config);
    expect(place).toEqual({ stopTicks: 97_000, stopKind: "stop-loss", bestTicks: 101_999 });
  });

  test("moves to the entry at 1 R", () => {
    const { trailing: _none, ...rest } = config;
    const place = nextStop(
      long(),
      TICKS,
      { high: 103_000, low: 99_000 },
      {
        ...rest,
        trailing: undefined,
      },
    );
    expect(place).toMatchObject({ stopTicks: TICKS, stopKind: "break-even" });
  });

  test("trails the best price by 1 % once the profit is 2 %, the nearer of the two being kept", () => {
    const place = nextStop(long(), TICKS, { high: 102_000, low: 99_000 }, config);
    expect(place).toMatchObject({ stopTicks: 100_980, stopKind: "trailing-stop" });
    const both = nextStop(long(), TICKS, { high: 104_000, low: 99_000 }, config);
    expect(both).toMatchObject({ stopTicks: 102_960, stopKind: "trailing-stop" });
  });

  test("moves in steps, and never away", () => {
    const trailed = long({ stopTicks: 100_980, stopKind: "trailing-stop", bestTicks: 102_000 });
    const little = nextStop(trailed, TICKS, { high: 102_500, low: 101_000 }, config);
    expect(little).toMatchObject({ stopTicks: 100_980, bestTicks: 102_500 });
    const step = nextStop(trailed, TICKS, { high: 102_510, low: 101_000 }, config);
    expect(step.stopTicks).toBe(101_485);
    const back = nextStop(trailed, TICKS, { high: 101_000, low: 100_990 }, config);
    expect(back).toMatchObject({ stopTicks: 100_980, bestTicks: 102_000 });
  });

  test("of a short is the mirror", () => {
    const sold = short({
      entryTicks: TICKS,
      riskTicks: 3_000,
      stopTicks: 103_000,
      bestTicks: TICKS,
    });
    const place = nextStop(sold, TICKS, { high: 101_000, low: 98_000 }, config);
    expect(place).toEqual({ stopTicks: 98_980, stopKind: "trailing-stop", bestTicks: 98_000 });
  });

  test("stays for good when it is told never to move", () => {
    const still = { ...config, trailing: undefined, breakEvenRPermille: undefined };
    const place = nextStop(long(), TICKS, { high: 150_000, low: 99_000 }, still);
    expect(place).toMatchObject({ stopTicks: 97_000, stopKind: "stop-loss" });
  });
});
