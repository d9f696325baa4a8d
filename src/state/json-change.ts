// What changed between two JSON-safe states, as JSON, and the state that it makes again: what a bot puts on record of its
// mind after each event, where the whole of it would be far longer. Objects by their keys, arrays by the one stretch
// that differs, everything else as it stands now.

import type { JsonValue } from "../ports/strategy.ts";

type JsonObject = { readonly [key: string]: JsonValue };
type Owned = Record<string, JsonValue>;

/** { k: changes by key, d: keys that are gone } | { a: [from, removed, ...put in] } | { v: the new value }. */
type Change = JsonObject;

/** A JSON-safe state that is the reader's own: brought up to date in place, sharing nothing with what it is read from. */
export class JsonRecord {
  #value: JsonValue | undefined;

  /** Takes in how things are now; returns how that is made of what was, undefined when they are the same. */
  update(now: JsonValue): Change | undefined {
    const before = this.#value;
    if (before === undefined) {
      this.#value = copied(now);
      return { v: now };
    }
    if (before === now) return undefined;
    if (Array.isArray(before) && Array.isArray(now)) return arrayChange(before, now);
    if (isObject(before) && isObject(now)) return objectChange(before, now);
    this.#value = copied(now);
    return { v: now };
  }
}

function objectChange(before: Owned, after: JsonObject): Change | undefined {
  let keys: Record<string, JsonValue> | undefined;
  let shared = 0;
  let keysBefore = 0;
  for (const key in after) {
    const now = after[key] as JsonValue;
    const was = before[key];
    if (was !== undefined) shared += 1;
    if (was === now) continue;
    const change = valueChange(before, key, was, now);
    if (change === undefined) continue;
    keys ??= {};
    keys[key] = change;
  }
  for (const _ in before) keysBefore += 1;
  let gone: string[] | undefined;
  if (keysBefore > shared) {
    for (const key of Object.keys(before)) {
      if (after[key] !== undefined) continue;
      delete before[key];
      gone ??= [];
      gone.push(key);
    }
  }
  if (gone !== undefined) return { k: keys ?? {}, d: gone };
  return keys === undefined ? undefined : { k: keys };
}

function valueChange(
  owner: Owned,
  key: string,
  was: JsonValue | undefined,
  now: JsonValue,
): Change | undefined {
  if (typeof now === "object" && now !== null && typeof was === "object" && was !== null) {
    if (Array.isArray(now)) {
      if (Array.isArray(was)) return arrayChange(was, now);
    } else if (isObject(now) && isObject(was)) return objectChange(was, now);
  }
  owner[key] = copied(now);
  return { v: now };
}

function arrayChange(before: JsonValue[], after: readonly JsonValue[]): Change | undefined {
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
  const put = after.slice(from, after.length - tail);
  const removed = before.length - from - tail;
  before.splice(from, removed, ...put.map(copied));
  return { a: [from, removed, ...put] };
}

function same(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    for (let index = 0; index < left.length; index += 1) {
      if (!same(left[index], right[index])) return false;
    }
    return true;
  }
  if (!isObject(left) || !isObject(right)) return false;
  let keys = 0;
  for (const key in left) {
    if (!same(left[key], right[key])) return false;
    keys += 1;
  }
  for (const _ in right) keys -= 1;
  return keys === 0;
}

function copied(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  const made: Record<string, JsonValue> = {};
  for (const key in value as JsonObject)
    made[key] = copied((value as JsonObject)[key] as JsonValue);
  return made;
}

function isObject(value: JsonValue): value is Owned {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
