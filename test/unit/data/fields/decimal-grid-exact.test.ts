// The grid of a venue that prints no doubles, against decimal.js: same steps, same refusals, for any text and grid.

import { Decimal } from "decimal.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DecimalGrid } from "../../../../src/data/fields/decimal-grid.ts";
import { OffGrid } from "../../../../src/domain/decimal.ts";

function steps(grid: string, text: string): number {
  const bytes = Buffer.from(`"${text}"`, "latin1");
  return new DecimalGrid(grid, "refuse-noise").steps(bytes, 1, bytes.length - 1);
}

test("reads what decimal.js reads, exactly or not at all", () => {
  const grids = fc.constantFrom(
    "0.1",
    "0.10",
    "0.001",
    "1",
    "0.5",
    "0.25",
    "5",
    "0.00000001",
    "10",
  );
  const digits = fc.stringMatching(/^[0-9]{1,9}(\.[0-9]{0,9})?$/);
  fc.assert(
    fc.property(grids, digits, (grid, text) => {
      const exact = new Decimal(text).dividedBy(grid);
      const value = exact.toNumber();
      if (exact.isInteger() && Number.isSafeInteger(value)) expect(steps(grid, text)).toBe(value);
      else expect(() => steps(grid, text)).toThrow(OffGrid);
    }),
    { numRuns: 2_000 },
  );
});

test("reads trailing zeros, exponents and more digits than a double holds", () => {
  expect(steps("0.1", "61800.20")).toBe(618_002);
  expect(steps("0.00000001", "0.00000000")).toBe(0);
  expect(steps("0.001", "32.69300000")).toBe(32_693);
  expect(steps("0.001", "123456789.0010000000000000")).toBe(123_456_789_001);
  expect(steps("0.001", "1e-3")).toBe(1);
  expect(steps("0.1", "-0.3")).toBe(-3);
});

test("refuses what is off the grid or no number, naming value and grid", () => {
  expect(() => steps("0.1", "61800.25")).toThrow("expected a multiple of 0.1, was 61800.25");
  for (const text of ["", "NaN", "Infinity", "1.2.3", "abc", " 1"]) {
    expect(() => steps("0.1", text), text).toThrow(OffGrid);
  }
  for (const grid of ["0", "-1", "abc", "", "1e-3"]) {
    expect(() => new DecimalGrid(grid, "refuse-noise"), grid).toThrow(OffGrid);
  }
});
