// What a bot can be held to that runs under one config and, after a restart, under another: the looser of both all along,
// for what the first left resting is there yet when the second begins.

import type { BotFacts } from "../../sim/checkers/bot-facts.ts";

/** Of these the smaller number is the looser one: so many in a longer time are fewer; fewer bars are waited for. */
const LOOSER_WHEN_LESS: ReadonlySet<string> = new Set(["windowUs", "warmUpBars"]);

type Fields = Readonly<Record<string, unknown>>;

/** Facts that only one of them has are not held against it. */
export function loosestFacts(first: BotFacts, second: BotFacts): BotFacts {
  return looser(first, second) as BotFacts;
}

function looser(first: Fields, second: Fields): Fields {
  const facts: Record<string, unknown> = {};
  for (const name of Object.keys(first)) {
    const told = looserOf(name, first[name], second[name]);
    if (told !== undefined) facts[name] = told;
  }
  // A ladder of other rungs may arm again what was filled under the first: no order is a whole rung of both.
  if (first.rungs !== undefined && facts.rungs === undefined) facts.levelLots = Infinity;
  return facts;
}

function looserOf(name: string, first: unknown, second: unknown): unknown {
  if (typeof first === "number" && typeof second === "number") {
    return LOOSER_WHEN_LESS.has(name) ? Math.min(first, second) : Math.max(first, second);
  }
  if (typeof first === "boolean" && typeof second === "boolean") return first && second;
  if (Array.isArray(first) && Array.isArray(second)) return looserList(first, second);
  const areBoth = typeof first === "object" && typeof second === "object";
  if (areBoth && first !== null && second !== null)
    return looser(first as Fields, second as Fields);
  return undefined;
}

/** Of two lists that go pair by pair; where they do not, or a pair is of other things, nothing is held. */
function looserList(first: readonly Fields[], second: readonly Fields[]): unknown {
  if (first.length !== second.length) return undefined;
  const pairs = first.map((each, index) => [each, second[index] as Fields] as const);
  if (pairs.some(([one, other]) => PLACES.some((place) => one[place] !== other[place]))) {
    return undefined;
  }
  return pairs.map(([one, other]) => looser(one, other));
}

/** What a fact is about. */
const PLACES = ["instrument", "primary", "hedge", "periodUs", "offsetTicks", "takenLots"] as const;
