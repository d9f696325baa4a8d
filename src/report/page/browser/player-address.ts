// A moment of a film as the end of an address, "#t=2024-01-01T00:00:11.144000Z", so that it can be sent to somebody; with
// "&n=2" for the second of several events of that microsecond.

import { lastAtOrBefore } from "./film-instrument.ts";
import type { FilmReader } from "./film-reader.ts";
import { isoText, usOfText } from "./player-words.ts";

export function hashOf({ at }: FilmReader, step: number): string {
  const now = at[step] as number;
  const isLast = at[step + 1] !== now;
  return `#t=${isoText(now)}${isLast ? "" : `&n=${step - firstOf(at, step) + 1}`}`;
}

/** The last event at that time or before it, or the nth of its moment; undefined where the address names none. */
export function stepOfHash({ at }: FilmReader, hash: string): number | undefined {
  const told = new URLSearchParams(hash.slice(1));
  const text = told.get("t") ?? "";
  const us = /^\d+$/.test(text) ? Number(text) : usOfText(text);
  if (us === undefined) return undefined;
  const last = Math.max(0, lastAtOrBefore(at, us));
  const number = Number(told.get("n") ?? 0);
  return number >= 1 ? Math.min(last, firstOf(at, last) + number - 1) : last;
}

/** The first event of the same moment. */
function firstOf(at: Float64Array, step: number): number {
  let first = step;
  while (first > 0 && at[first - 1] === at[step]) first -= 1;
  return first;
}
