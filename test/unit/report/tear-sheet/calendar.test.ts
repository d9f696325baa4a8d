import { expect, test } from "vitest";
import { Calendar } from "../../../../src/report/tear-sheet/calendar.ts";

const at = (text: string): number => Date.parse(`${text}Z`) * 1_000;

test("a day without news gained nothing and is there", () => {
  const calendar = new Calendar(100, at("2026-01-30T22:30:00"));
  calendar.add(at("2026-01-30T23:59:59"), 110);
  calendar.add(at("2026-02-02T00:00:00"), 105);
  expect(calendar.days()).toEqual([
    { from: at("2026-01-30T00:00:00"), start: 100, end: 110 },
    { from: at("2026-01-31T00:00:00"), start: 110, end: 110 },
    { from: at("2026-02-01T00:00:00"), start: 110, end: 110 },
    { from: at("2026-02-02T00:00:00"), start: 110, end: 105 },
  ]);
});

test("a month is what its days came to", () => {
  const calendar = new Calendar(100, at("2026-01-30T22:30:00"));
  calendar.add(at("2026-01-31T12:00:00"), 90);
  calendar.add(at("2026-02-03T12:00:00"), 95);
  expect(calendar.months()).toEqual([
    { from: at("2026-01-01T00:00:00"), start: 100, end: 90 },
    { from: at("2026-02-01T00:00:00"), start: 90, end: 95 },
  ]);
});

test("the hours of the day sum to what was gained in all, each where it was gained", () => {
  const calendar = new Calendar(0, at("2026-01-01T10:00:00"));
  calendar.add(at("2026-01-01T10:30:00"), 3);
  calendar.add(at("2026-01-01T13:00:00"), 1);
  calendar.add(at("2026-01-02T10:15:00"), 6);
  const hours = calendar.hours();
  expect(hours[10]).toBe(3 + 5);
  expect(hours[13]).toBe(-2);
  expect(hours.reduce((sum, each) => sum + each, 0)).toBe(6);
});
