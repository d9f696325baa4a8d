import { expect, test } from "vitest";
import { timeUs } from "../../../src/domain/units.ts";
import { DeadManSwitch } from "../../../src/risk/dead-man-switch.ts";

test("expires once when no refresh comes, and lives again with the next", () => {
  const deadMan = new DeadManSwitch({ ttlUs: 10 });
  expect(deadMan.check(timeUs(99))).toBe(false);
  deadMan.refresh(timeUs(100));
  expect([deadMan.check(timeUs(109)), deadMan.check(timeUs(110))]).toEqual([false, true]);
  expect([deadMan.expired, deadMan.check(timeUs(120))]).toEqual([true, false]);
  deadMan.refresh(timeUs(130));
  expect([deadMan.expired, deadMan.check(timeUs(140))]).toEqual([false, true]);
});
