// The byte scanners against decimal.js: the same steps, the same refusals, for every text.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecimalGrid } from "../../../../src/data/fields/decimal-grid.ts";
import { GridFinder } from "../../../../src/data/fields/grid-finder.ts";
import { scanTimeUs, timeUnitOf } from "../../../../src/data/fields/time-text.ts";
import { decimalToSteps, OffGrid } from "../../../../src/domain/decimal.ts";

const bytesOf = (text: string) => Buffer.from(text, "utf8");
const steps = (grid: DecimalGrid, text: string) => grid.steps(bytesOf(text), 0, text.length);

describe("DecimalGrid", () => {
  test.each([
    ["0.1", "93869.5", 938_695],
    ["0.1", "93869.50", 938_695],
    ["0.01", "93870", 9_387_000],
    ["5", "105055.0", 21_011],
    ["0.25", "10.75", 43],
    ["0.00000001", "0.00141342", 141_342],
    ["0.001", "1e-3", 1],
    ["0.1", "-0.3", -3],
    ["0.1", "-0", 0],
    ["0.1", "-0e5", 0],
    ["0.000001", "9340547.947608", 9_340_547_947_608],
    ["1", "0000000000000000000012", 12],
  ])("steps of %s in %s are %i", (grid, text, expected) => {
    expect(steps(new DecimalGrid(grid), text)).toBe(expected);
    expect(new DecimalGrid(grid).stepsOf(text)).toBe(expected);
  });

  test.each(["", "-", ".", "1.2.3", "0x10", "NaN", "1,5", " 1", "0.15", "Infinity", "1e400"])(
    "refuses %j on the grid 0.1",
    (text) => {
      expect(() => steps(new DecimalGrid("0.1"), text)).toThrow(OffGrid);
    },
  );

  test("undoes the noise of a double, and only that", () => {
    const grid = new DecimalGrid("0.0001");
    expect(steps(grid, "1.2065000000000001")).toBe(12_065);
    expect(grid.noisy).toBe(1);
    expect(() => steps(grid, "1.2065000000001")).toThrow(OffGrid);
    expect(() => steps(grid, "1.2065000000000100")).toThrow(OffGrid);
  });

  test.each(["0", "-1", "x", "", "1e-5"])("is not made of %j", (grid) => {
    expect(() => new DecimalGrid(grid)).toThrow(OffGrid);
  });

  test("agrees with decimal.js on every decimal text", () => {
    const texts = fc.oneof(
      fc.stringMatching(/^-?\d{1,12}(\.\d{1,10})?$/),
      fc.stringMatching(/^[-\d.e]{1,12}$/),
      fc.double({ noNaN: true }).map(String),
    );
    const grids = fc.constantFrom("1", "0.1", "0.5", "0.00001", "0.25", "100");
    const verdict = (judge: () => number): number | "off grid" => {
      try {
        return judge();
      } catch (error) {
        if (error instanceof OffGrid) return "off grid";
        throw error;
      }
    };
    fc.assert(
      fc.property(texts, grids, (text, step) => {
        const grid = new DecimalGrid(step);
        const ours = verdict(() => steps(grid, text));
        fc.pre(grid.noisy === 0);
        // + 0: decimal.js keeps the sign of a zero, steps have none.
        const theirs = verdict(() => decimalToSteps(text, step) + 0);
        expect(ours).toBe(theirs);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("GridFinder", () => {
  test.each([
    [["0.2", "0.5"], "0.1"],
    [["100", "250.0"], "50"],
    [["0", "0.00"], undefined],
    [["1.50", "1.75", "NaN", "1e-9"], "0.25"],
    [["105055.0", "105054.0"], "1"],
    [["0.00141343", "0.00000003"], "0.00000001"],
  ])("%j stand on %s", (texts, grid) => {
    const finder = new GridFinder();
    for (const text of texts) finder.seeText(text);
    expect(finder.grid()).toBe(grid);
  });
});

describe("times", () => {
  test.each([
    ["1700000000", "s", 1_700_000_000_000_000],
    ["1700000000.5", "s", 1_700_000_000_500_000],
    ["1757015216.6738780", "s", 1_757_015_216_673_878],
    ["1700000000123", "ms", 1_700_000_000_123_000],
    ["1700000000123.4567", "ms", 1_700_000_000_123_456],
    ["1700000000123456", "us", 1_700_000_000_123_456],
    ["1700000000123456789", "ns", 1_700_000_000_123_456],
    ["", "ms", Number.NaN],
    ["17x", "ms", Number.NaN],
    ["-5", "ms", Number.NaN],
    ["123", "ns", Number.NaN],
  ] as const)("%s %s is %d µs", (text, unit, expected) => {
    expect(scanTimeUs(bytesOf(text), 0, text.length, unit)).toBe(expected);
  });

  test.each([
    ["1700000000", "s"],
    ["1700000000.25", "s"],
    ["1700000000123", "ms"],
    ["1700000000123456", "us"],
    ["1700000000123456789", "ns"],
    ["2024-01-01", undefined],
    ["12", undefined],
  ])("the unit of %s is %s", (text, unit) => {
    expect(timeUnitOf(text)).toBe(unit);
  });
});
