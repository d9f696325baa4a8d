// Knobs are functions of the seed, within their ranges, and about half of them are turned.

import { expect, test } from "vitest";
import { KeyedRng } from "../../../sim/kernel/keyed-rng.ts";
import type { KnobName } from "../../../src/campaign/knobs.ts";
import { drawKnobs, KNOBS, knobValue } from "../../../src/campaign/knobs.ts";

const many = Array.from({ length: 500 }, (_, seed) => drawKnobs(new KeyedRng(`knobs ${seed}`)));

test("turns about half of the knobs, each within its range", () => {
  const turned = many.flatMap((knobs) => Object.entries(knobs) as [KnobName, number][]);
  expect(turned.length / many.length / Object.keys(KNOBS).length).toBeCloseTo(0.5, 1);
  for (const [name, value] of turned) {
    const { least, most } = KNOBS[name];
    if (value < least || value > most) expect.fail(`${name} is ${value}`);
  }
});

test("tries small and large values alike", () => {
  const values = many
    .map((knobs) => knobs["market.eventGapUs"])
    .filter((each): each is number => each !== undefined);
  const below = values.filter((each) => each < 1_000_000).length;
  expect(below / values.length).toBeCloseTo(0.5, 1);
});

test("leaves a knob that is not turned where it stands", () => {
  expect(knobValue({}, "bot.attemptsMax")).toBe(3);
  expect(knobValue({ "bot.attemptsMax": 7 }, "bot.attemptsMax")).toBe(7);
});
