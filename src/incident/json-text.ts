// Fields of a JSON line, read with suspicion: whatever is not what it should be is not there. Numbers come back as the
// shortest text that means them, which is the text they were written from.

import { DECIMAL } from "./timeline.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** The object a text holds; undefined for anything else. */
export function fieldsOf(text: string): Fields | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return asFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asFields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

/** A decimal, as text. */
export function decimalIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.length <= 64 && DECIMAL.test(text) ? text : undefined;
}

/** A word or a number, as text no longer than a name is. */
export function textIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text.slice(0, 200) : undefined;
}

/** A time as a count of units that are `unitUs` µs long. */
export function timeIn(fields: Fields, key: string, unitUs: number): number | undefined {
  const value = fields[key];
  if (typeof value !== "number" || !(value >= 0)) return undefined;
  const us = Math.round(value * unitUs);
  return Number.isSafeInteger(us) ? us : undefined;
}

/** Fields without those that are not there. */
export function present<T extends object>(
  fields: {
    [Key in keyof T]: T[Key] | undefined;
  },
): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}
