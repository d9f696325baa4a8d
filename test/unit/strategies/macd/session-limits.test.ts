import { describe, expect, test } from "vitest";
import { DAY_US, SessionLimits } from "../../../../strategies/macd/session-limits.ts";

const config = { tradesMax: 2, lossesMax: 2, coolDownUs: 1_000 };

describe("an instrument's session", () => {
  test("refuses the entry after the last of the day, and takes the first of the next", () => {
    const session = new SessionLimits(config);
    session.entered(0);
    expect(session.refusal(1)).toBeUndefined();
    session.entered(1);
    expect(session.refusal(DAY_US - 1)).toBe("trades-a-day");
    expect(session.refusal(DAY_US)).toBeUndefined();
  });

  test("pauses after losses in a row, breaking even being one; a gain begins the count anew", () => {
    const session = new SessionLimits(config);
    session.ended(-1n, 10);
    session.ended(1n, 20);
    session.ended(0n, 30);
    expect(session.refusal(31)).toBeUndefined();
    session.ended(-5n, 40);
    expect(session.refusal(1_039)).toBe("cool-down");
    expect(session.refusal(1_040)).toBeUndefined();
  });

  test("counts on after a restart", () => {
    const session = new SessionLimits(config);
    session.entered(0);
    session.entered(0);
    session.ended(-1n, 5);
    const next = new SessionLimits(config);
    next.restore(JSON.parse(JSON.stringify(session.save())));
    expect(next.refusal(6)).toBe("trades-a-day");
    next.ended(-1n, 10);
    expect(next.refusal(DAY_US)).toBeUndefined();
    expect(next.refusal(11)).toBe("cool-down");
  });
});
