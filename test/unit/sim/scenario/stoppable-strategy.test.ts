// What a bot says is not lost in the wrapping that lets a trial stop it.

import { expect, test } from "vitest";
import { StoppableStrategy } from "../../../../sim/scenario/stoppable-strategy.ts";
import { instrumentId } from "../../../../src/domain/units.ts";
import type { Strategy } from "../../../../src/ports/strategy.ts";

const inner: Strategy = {
  name: "inner",
  wants: [{ instrument: instrumentId(0), trades: true }],
  decide: () => [],
  save: () => "saved",
  restore: () => undefined,
  takeNotes: () => ["a word"],
};

test("passes on what the strategy within wants, says and saves", () => {
  const stoppable: Strategy = new StoppableStrategy(inner, { isAsked: false });
  expect([stoppable.name, stoppable.wants]).toEqual([inner.name, inner.wants]);
  expect(stoppable.takeNotes?.()).toEqual(["a word"]);
  expect(stoppable.save()).toBe("saved");
});

test("names the two legs that the strategy within holds against each other, where it does", () => {
  const hedgedPair = {
    first: instrumentId(0),
    second: instrumentId(1),
    firstMultiplier: 1,
    secondMultiplier: 1,
  };
  const stop = { isAsked: false };
  expect(new StoppableStrategy({ ...inner, hedgedPair }, stop).hedgedPair).toBe(hedgedPair);
  expect(new StoppableStrategy(inner, stop)).not.toHaveProperty("hedgedPair", hedgedPair);
});

test("halts once when it is asked to, and only then", () => {
  const stop = { isAsked: false };
  const stoppable = new StoppableStrategy(inner, stop);
  const decide = () => stoppable.decide({} as never, {} as never);
  expect(decide()).toEqual([]);
  stop.isAsked = true;
  expect(decide()).toMatchObject([{ kind: "Halt" }]);
  expect(decide()).toEqual([]);
});
