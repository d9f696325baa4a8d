// What changed between two JSON-safe states, as JSON, and the state that it makes again: what a bot puts on record of its
// mind after each event, where the whole of it would be far longer. Objects by their keys, as many objects as before in an
// array by their places, other arrays by the one stretch that differs, everything else as it stands now.

import type { JsonValue } from "../ports/strategy.ts";

type JsonObject = { readonly [key: string]: JsonValue };

/**
 * { k: changes by key, d: keys that are gone } | { i: [place, its change, place, its change, ...] } |
 * { a: [from, removed, ...put in] } | { v: the new value }.
 */
type Change = JsonObject;

/** A JSON value as it is kept: an object as two columns, which are walked side by side with the next one's keys. */
type Kept = string | number | boolean | null | KeptObject | KeptArray;
type KeptArray = Kept[];

class KeptObject {
  keys: string[] = [];
  values: Kept[] = [];

  constructor(from: JsonObject) {
    for (const key in from) {
      this.keys.push(key);
      this.values.push(kept(from[key] as JsonValue));
    }
  }

  /** Where each key stands. */
  places(): Map<string, number> {
    const places = new Map<string, number>();
    for (let at = 0; at < this.keys.length; at += 1) places.set(this.keys[at] as string, at);
    return places;
  }

  /** Leaves out what is not in `after`, and puts the keys in the order an object has them in; returns those left out. */
  tidied(after: JsonObject): string[] {
    const whole: Record<string, Kept> = {};
    for (let at = 0; at < this.keys.length; at += 1) {
      whole[this.keys[at] as string] = this.values[at] as Kept;
    }
    const all = Object.keys(whole);
    const stays = (key: string): boolean => Object.hasOwn(after, key) && after[key] !== undefined;
    this.keys = all.filter(stays);
    this.values = this.keys.map((key) => whole[key] as Kept);
    return all.filter((key) => !stays(key));
  }
}

/** A JSON-safe state that is the reader's own: brought up to date in place, sharing nothing with what it is read from. */
export class JsonRecord {
  #value: Kept | undefined;

  /** Takes in how things are now; returns how that is made of what was, undefined when they are the same. */
  update(now: JsonValue): Change | undefined {
    const before = this.#value;
    if (before === undefined) {
      this.#value = kept(now);
      return { v: now };
    }
    if (before === now) return undefined;
    if (Array.isArray(before) && Array.isArray(now)) return arrayChange(before, now);
    if (before instanceof KeptObject && isObject(now)) return objectChange(before, now);
    this.#value = kept(now);
    return { v: now };
  }
}

/** The keys are nearly always those of the last time, in their order; where they are not, each is looked up. */
function objectChange(before: KeptObject, after: JsonObject): Change | undefined {
  const { keys, values } = before;
  const known = keys.length;
  let places: Map<string, number> | undefined;
  let changes: Record<string, JsonValue> | undefined;
  let next = 0;
  let shared = 0;
  for (const key in after) {
    let at = next;
    if (places === undefined && keys[next] === key) next += 1;
    else {
      places ??= before.places();
      at = places.get(key) ?? -1;
    }
    const now = after[key] as JsonValue;
    if (at < 0) {
      if (now === undefined) continue;
      keys.push(key);
      values.push(kept(now));
      changes ??= {};
      changes[key] = { v: now };
      continue;
    }
    const was = values[at] as Kept;
    if (was !== undefined) shared += 1;
    if (was === now) continue;
    const change = valueChange(values, at, was, now);
    if (change === undefined) continue;
    changes ??= {};
    changes[key] = change;
  }
  if (known === shared && keys.length === known) {
    return changes === undefined ? undefined : { k: changes };
  }
  const gone = before.tidied(after);
  if (gone.length > 0) return { k: changes ?? {}, d: gone };
  return changes === undefined ? undefined : { k: changes };
}

function valueChange(owner: Kept[], at: number, was: Kept, now: JsonValue): Change | undefined {
  if (typeof now === "object" && now !== null && typeof was === "object" && was !== null) {
    if (Array.isArray(now)) {
      if (Array.isArray(was)) return arrayChange(was, now);
    } else if (was instanceof KeptObject) return objectChange(was, now as JsonObject);
  }
  owner[at] = kept(now);
  return { v: now };
}

/** A list of orders or of coins: of its members little changes at a time. */
function membersChange(before: KeptArray, after: readonly JsonValue[]): Change | undefined {
  let changes: JsonValue[] | undefined;
  for (let at = 0; at < before.length; at += 1) {
    const was = before[at] as Kept;
    const now = after[at] as JsonValue;
    if (was === now) continue;
    const change = valueChange(before, at, was, now);
    if (change === undefined) continue;
    changes ??= [];
    changes.push(at, change);
  }
  return changes === undefined ? undefined : { i: changes };
}

function arrayChange(before: KeptArray, after: readonly JsonValue[]): Change | undefined {
  if (before.length === after.length && before[0] instanceof KeptObject) {
    return membersChange(before, after);
  }
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
  before.splice(from, removed, ...put.map(kept));
  return { a: [from, removed, ...put] };
}

function same(left: Kept | undefined, right: JsonValue | undefined): boolean {
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
  return !Array.isArray(right) && sameObject(left, right as JsonObject);
}

function sameObject({ keys, values }: KeptObject, right: JsonObject): boolean {
  let at = 0;
  for (const key in right) {
    const place = keys[at] === key ? at : keys.indexOf(key);
    if (place < 0 || !same(values[place], right[key])) return false;
    at += 1;
  }
  return at === keys.length;
}

function kept(value: JsonValue): Kept {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(kept);
  return new KeptObject(value as JsonObject);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `change` makes of `before`. Both are used up: what is made may be made of their very parts. */
export function withChange(before: JsonValue | undefined, change: JsonValue): JsonValue {
  const { v, a, k, d, i } = change as Change;
  if (v !== undefined) return v;
  if (a !== undefined) {
    const [from, removed, ...put] = a as readonly [number, number, ...JsonValue[]];
    const made = before as JsonValue[];
    made.splice(from, removed, ...put);
    return made;
  }
  if (i !== undefined) {
    const members = i as readonly JsonValue[];
    const made = before as JsonValue[];
    for (let next = 0; next < members.length; next += 2) {
      const at = members[next] as number;
      made[at] = withChange(made[at], members[next + 1] as JsonValue);
    }
    return made;
  }
  const made = before as Record<string, JsonValue>;
  if (d !== undefined) for (const key of d as readonly string[]) delete made[key];
  const changes = k as JsonObject;
  for (const key in changes) made[key] = withChange(made[key], changes[key] as JsonValue);
  return made;
}
