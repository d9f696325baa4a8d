import { expect, test } from "vitest";
import { shortNumber, timeLeft } from "../../../src/cli/progress.ts";
import { explainedTable, plainTable, wrapped } from "../../../src/cli/text-table.ts";

const out = (columns: number | undefined, isTTY = true) => ({
  write: () => undefined,
  isTTY,
  columns,
});
const rows = [
  ["Fills", "12", "one a match, whoever was there first and however many there were of them"],
  ["Turnover", "1234.50 USD", "sum of price × size"],
] as const;

test("no line is wider than the terminal, and none has blanks at its end", () => {
  for (const columns of [70, 80, 100, 140]) {
    for (const line of explainedTable(rows, out(columns), (text) => text).split("\n")) {
      expect(line.length).toBeLessThanOrEqual(columns);
      expect(line).toBe(line.trimEnd());
    }
  }
});

test("explanations are left out where they would not fit, values never", () => {
  const text = explainedTable(rows, out(40), (each) => each);
  expect(text).toBe("Fills     12\nTurnover  1234.50 USD\n");
});

test("wraps between words and keeps every word", () => {
  expect(wrapped("a bb ccc dddd", 6)).toEqual(["a bb", "ccc", "dddd"]);
  expect(wrapped("longerthanthat a", 6)).toEqual(["longerthanthat", "a"]);
});

test("aligns columns without boxes", () => {
  expect(
    plainTable(
      ["name", "rows"],
      [
        ["a", "1"],
        ["bcd", "20"],
      ],
      [1],
    ),
  ).toBe("name  rows\na        1\nbcd     20\n");
});

test.each([
  [7, "7"],
  [9_999, "9999"],
  [45_000, "45.0 k"],
  [12_340_000, "12.3 M"],
  [2_500_000_000, "2.5 G"],
])("%d is short as %s", (value, text) => expect(shortNumber(value)).toBe(text));

test("tells the time left once there is something to judge by", () => {
  expect(timeLeft(0.005, 10)).toBe("");
  expect(timeLeft(0.5, 10)).toBe("10 s left");
  expect(timeLeft(0.1, 60)).toBe("9 min left");
});
