import { describe, expect, test } from "vitest";
import { DailyLimits } from "../../../../strategies/macd/daily-limits.ts";
import { DAY_US } from "../../../../strategies/macd/session-limits.ts";

const limits = () => new DailyLimits({ lossMaxPermille: 50, profitMaxPermille: 100 });

describe("a day's limits", () => {
  test("are reached at 5 % lost and 10 % made of the day's first equity, not before", () => {
    const lost = limits();
    expect(lost.judge(0, 1_000n)).toBeUndefined();
    expect(lost.judge(1, 951n)).toBeUndefined();
    expect(lost.judge(2, 950n)).toBe("daily-loss");
    const made = limits();
    made.judge(0, 1_000n);
    expect(made.judge(1, 1_099n)).toBeUndefined();
    expect(made.judge(2, 1_100n)).toBe("daily-profit");
  });

  test("hold until the day is over, and the next begins with the equity it has", () => {
    const daily = limits();
    daily.judge(0, 1_000n);
    daily.judge(1, 900n);
    expect(daily.judge(2, 1_000n)).toBe("daily-loss");
    expect(daily.judge(DAY_US, 900n)).toBeUndefined();
    expect(daily.judge(DAY_US + 1, 856n)).toBeUndefined();
    expect(daily.judge(DAY_US + 2, 855n)).toBe("daily-loss");
  });

  test("are not there when none is configured", () => {
    const none = new DailyLimits({ lossMaxPermille: undefined, profitMaxPermille: undefined });
    none.judge(0, 1_000n);
    expect(none.judge(1, 1n)).toBeUndefined();
  });

  test("survive a restart", () => {
    const daily = limits();
    daily.judge(0, 1_000n);
    daily.judge(1, 900n);
    const next = limits();
    next.restore(JSON.parse(JSON.stringify(daily.save())));
    expect(next.judge(2, 1_000n)).toBe("daily-loss");
  });
});
