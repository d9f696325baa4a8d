// What changed between two JSON-safe states, as JSON, and the state that it makes again: what a bot puts on record of its
// mind after each event, where the whole of it would be far longer. Objects by their keys, arrays by the one stretch
// that differs, everything else as it stands now.

import type { JsonValue } from "../ports/strategy.ts";

type JsonObject = { readonly [key: string]: JsonValue };

/** { k: changes by key, d: keys that are gone } | { a: [from, removed, ...put in] } | { v: the new value }. */
type Change = JsonObject;

/** How to make `after` of `before`; undefined when they are the same. */
export function changeOf(before: JsonValue, after: JsonValue): Change | undefined {
  if (before === after) return undefined;
  if (Array.isArray(after)) {
    return Array.isArray(before) ? arrayChange(before, after) : { v: after };
  }
  if (!isObject(after) || !isObject(before)) return { v: after };
  let keys: Record<string, JsonValue> | undefined;
  let gone: string[] | undefined;
  let shared = 0;
  for (const key in after) {
    const was = before[key];
    if (was === undefined) {
      keys ??= {};
      keys[key] = { v: after[key] as JsonValue };
      continue;
    }
    shared += 1;
    const change = changeOf(was, after[key] as JsonValue);
    if (change === undefined) continue;
    keys ??= {};
    keys[key] = change;
  }
  if (Object.keys(before).length > shared) {
    gone = Object.keys(before).filter((key) => after[key] === undefined);
  }
  if (keys === undefined && gone === undefined) return undefined;
  return gone === undefined ? { k: keys ?? {} } : { k: keys ?? {}, d: gone };
}

/** What `change` makes of `before`, which stays as it is. */
export function withChange(before: JsonValue | undefined, change: JsonValue): JsonValue {
  const { v, a, k, d } = change as Change;
  if (v !== undefined) return v;
  if (a !== undefined) {
    const [from, removed, ...put] = a as readonly [number, number, ...JsonValue[]];
    const made = [...(before as readonly JsonValue[])];
    made.splice(from, removed, ...put);
    return made;
  }
  const made: Record<string, JsonValue> = { ...(before as JsonObject) };
  for (const key of (d ?? []) as readonly string[]) delete made[key];
  for (const [key, each] of Object.entries(k as JsonObject))
    made[key] = withChange(made[key], each);
  return made;
}

function arrayChange(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): Change | undefined {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && same(before[from], after[from])) from += 1;
  if (from === shorter && before.length === after.length) return undefined;
  let tail = 0;
  while (
    tail < shorter - from &&
    same(before[before.length - 1 - tail], after[after.length - 1 - tail])
  ) {
    tail += 1;
  }
  return { a: [from, before.length - from - tail, ...after.slice(from, after.length - tail)] };
}

function same(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined) return false;
  return changeOf(before, after) === undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
