// Reads back what an indicator saved. A snapshot is checksummed before it gets here, so a wrong field is our own
// mistake (a changed parameter, another version) and halts; it is never repaired.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";

/** The field of that name, of any type. */
export function partIn(saved: JsonValue, name: string): JsonValue {
  assert(
    typeof saved === "object" && saved !== null && !Array.isArray(saved),
    "an indicator's saved state is an object",
  );
  const part = (saved as { readonly [key: string]: JsonValue })[name];
  assert(part !== undefined, `an indicator's saved state has "${name}"`);
  return part;
}

/** The finite number of that name. */
export function numberIn(saved: JsonValue, name: string): number {
  const value = partIn(saved, name);
  assert(
    typeof value === "number" && Number.isFinite(value),
    `saved "${name}" is a finite number, was ${JSON.stringify(value)}`,
  );
  return value;
}

/** The finite number of that name, or undefined where null was saved: nothing had been seen yet. */
export function optionalNumberIn(saved: JsonValue, name: string): number | undefined {
  return partIn(saved, name) === null ? undefined : numberIn(saved, name);
}

/** The whole number from 0 to `most` of that name. */
export function countIn(saved: JsonValue, name: string, most: number): number {
  const value = numberIn(saved, name);
  assert(
    Number.isInteger(value) && value >= 0 && value <= most,
    `saved "${name}" is a whole number up to ${most}, was ${value}`,
  );
  return value;
}

/** The list of finite numbers of that name. */
export function numbersIn(saved: JsonValue, name: string): readonly number[] {
  const values = partIn(saved, name);
  assert(
    Array.isArray(values) && values.every((value) => Number.isFinite(value)),
    `saved "${name}" is a list of finite numbers`,
  );
  return values as readonly number[];
}

/** Halts when the state was saved by an indicator of another parameter. */
export function checkParameter(saved: JsonValue, name: string, expected: number | string): void {
  const value = partIn(saved, name);
  assert(
    value === expected,
    `saved "${name}" is this indicator's ${expected}, was ${JSON.stringify(value)}`,
  );
}
