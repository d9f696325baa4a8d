// A restart with other settings: which, by seed and fault alone; never one that asks for other market data; and what the bot
// is held to then.

import { expect, test } from "vitest";
import type { BotFacts } from "../../../sim/checkers/bot-facts.ts";
import type { OwnSettings } from "../../../src/campaign/fuzz-bot.ts";
import { loosestFacts } from "../../../src/campaign/loosest-facts.ts";
import { restartsOf } from "../../../src/campaign/restarts.ts";
import { instrumentId } from "../../../src/domain/units.ts";
import type { Strategy } from "../../../src/ports/strategy.ts";

type Values = Readonly<Record<string, number>>;

/** Its "ears" are what it listens to; everything it was turned to is its name. */
const own: OwnSettings = {
  knobs: new Map([
    ["strategy.ears", { least: 100, most: 10_000 }],
    ["strategy.one", { least: 1, most: 1_000_000 }],
    ["strategy.two", { least: 1, most: 1_000_000 }],
  ]),
  turned: (values) => ({ strategy: () => strategyOf(values), facts: {} }),
};

function strategyOf(values: Values): Strategy {
  return {
    name: JSON.stringify(values),
    wants: [{ instrument: instrumentId(0), bars: [(values.ears ?? 50) as never] }],
    decide: () => [],
    save: () => null,
    restore: () => undefined,
  };
}

const plan = Array.from({ length: 40 }, (_, choice) => ({
  site: "process" as const,
  entity: 0,
  ordinal: choice,
  kind: "restart-changed",
  parameter: choice + 1,
}));
const turnedOf = (seed: string, knobs = {}): readonly Values[] =>
  [...restartsOf({ plan, seed, knobs }, own, []).values()].map(({ strategy }) =>
    JSON.parse(strategy([]).name),
  );

test("each choice turns others, the same ones for the same seed", () => {
  const turned = turnedOf("1");
  expect(turned).toHaveLength(40);
  expect(turned).toEqual(turnedOf("1"));
  expect(turned).not.toEqual(turnedOf("2"));
  expect(turned.some(({ one }) => one !== undefined)).toBe(true);
  expect(turned.some(({ one }) => one === undefined)).toBe(true);
});

test("what the world's knobs turned stays, unless it is turned anew; other market data is never asked for", () => {
  const turned = turnedOf("1", { "strategy.ears": 70, "strategy.two": 5 });
  expect(new Set(turned.map(({ ears }) => ears))).toEqual(new Set([70]));
  expect(turned.some(({ two }) => two === 5)).toBe(true);
});

test("a case without such a fault, or a bot without knobs, makes no other strategy", () => {
  expect(restartsOf({ plan: [], seed: "1", knobs: {} }, own, []).size).toBe(0);
  expect(restartsOf({ plan, seed: "1", knobs: {} }, undefined, []).size).toBe(0);
});

test("of two configs the looser fact holds, and none that only one of them has", () => {
  const first: BotFacts = {
    quotes: [{ instrument: 0, sideLotsMax: 5, onePerPrice: true, quotesWithinUs: 60 }],
    bars: [{ instrument: 0, periodUs: 60, warmUpBars: 9, oneAtATime: true }],
    refusals: { countMax: 6, windowUs: 60 },
    flatAtEnd: true,
  };
  const second: BotFacts = {
    quotes: [{ instrument: 0, sideLotsMax: 8, onePerPrice: false }],
    bars: [{ instrument: 0, periodUs: 60, warmUpBars: 4, oneAtATime: true }],
    refusals: { countMax: 9, windowUs: 30 },
  };
  const both: BotFacts = {
    quotes: [{ instrument: 0, sideLotsMax: 8, onePerPrice: false }],
    bars: [{ instrument: 0, periodUs: 60, warmUpBars: 4, oneAtATime: true }],
    refusals: { countMax: 9, windowUs: 30 },
  };
  expect(loosestFacts(first, second)).toEqual(both);
  expect(loosestFacts(second, first)).toEqual(both);
});

test("lists that do not go pair by pair hold nothing", () => {
  const bar = { instrument: 0, periodUs: 60, warmUpBars: 9 };
  expect(loosestFacts({ bars: [bar] }, { bars: [{ ...bar, periodUs: 30 }] })).toEqual({});
  expect(loosestFacts({ bars: [bar] }, { bars: [bar, bar] })).toEqual({});
  expect(loosestFacts({ bars: [bar] }, { bars: [bar] })).toEqual({ bars: [bar] });
});

test("two ladders of other rungs are held to what is no rung's", () => {
  const grid = { instrument: 0, levelLots: 10, restsOnly: true };
  const near = { ...grid, rungs: [{ offsetTicks: 5, takenLots: 10 }] };
  const far = { ...grid, rungs: [{ offsetTicks: 9, takenLots: 10 }] };
  expect(loosestFacts({ grids: [near] }, { grids: [near] })).toEqual({ grids: [near] });
  const none = { ...grid, levelLots: Number.POSITIVE_INFINITY };
  expect(loosestFacts({ grids: [near] }, { grids: [far] })).toEqual({ grids: [none] });
});
