import { describe, expect, test } from "vitest";
import type { DegradationFacts, DegradationLevel } from "../../../src/bot/degradation.ts";
import { DEGRADATION_DEFAULTS, Degradation } from "../../../src/bot/degradation.ts";
import { timeUs } from "../../../src/domain/units.ts";

const WELL: DegradationFacts = {
  halted: false,
  linkDownUs: 0,
  accountStale: false,
  breakerOpen: false,
  diskFails: false,
  deadManExpired: false,
  recovering: false,
};

describe("each fact has its level", () => {
  const cases: readonly [Partial<DegradationFacts>, DegradationLevel, number | undefined][] = [
    [{}, "normal", undefined],
    [{ linkDownUs: 1 }, "degraded", 5000],
    [{ accountStale: true }, "critical", 0],
    [{ breakerOpen: true }, "degraded", 5000],
    [{ linkDownUs: 30_000_000 }, "critical", 0],
    [{ diskFails: true }, "critical", 0],
    [{ deadManExpired: true }, "critical", 0],
    [{ recovering: true }, "critical", 0],
    [{ halted: true, linkDownUs: 1 }, "emergency", 0],
  ];
  test.each(cases)("%j is %s, and sends %s bps of what is asked", (facts, level, share) => {
    const degradation = new Degradation(DEGRADATION_DEFAULTS);
    degradation.judge({ ...WELL, ...facts }, timeUs(0));
    expect([degradation.level, degradation.posture?.sizeShareBps]).toEqual([level, share]);
  });
});

test("goes back one step at a time, each after a calm", () => {
  const degradation = new Degradation(DEGRADATION_DEFAULTS);
  degradation.judge({ ...WELL, diskFails: true }, timeUs(0));
  const levels: DegradationLevel[] = [];
  for (let second = 1; second <= 15; second += 1) {
    degradation.judge(WELL, timeUs(second * 1_000_000));
    levels.push(degradation.level);
  }
  expect(levels.lastIndexOf("critical") + 1).toBe(5);
  expect(levels.lastIndexOf("degraded") + 1).toBe(11);
  expect(levels.at(-1)).toBe("normal");
});

test("trouble that comes back takes the calm with it", () => {
  const degradation = new Degradation(DEGRADATION_DEFAULTS);
  degradation.judge({ ...WELL, linkDownUs: 1 }, timeUs(0));
  for (let second = 1; second <= 20; second += 1) {
    const facts = second % 4 === 0 ? { ...WELL, linkDownUs: 1 } : WELL;
    degradation.judge(facts, timeUs(second * 1_000_000));
  }
  expect(degradation.level).toBe("degraded");
});

test("an emergency stays, whatever the facts become", () => {
  const degradation = new Degradation(DEGRADATION_DEFAULTS);
  degradation.judge({ ...WELL, halted: true }, timeUs(0));
  degradation.judge(WELL, timeUs(1));
  degradation.judge(WELL, timeUs(1_000_000_000));
  expect(degradation.level).toBe("emergency");
});
