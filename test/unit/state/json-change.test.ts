// What changed makes the same again, whatever two states are; and what is handed in may go on changing.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../../src/ports/strategy.ts";
import { JsonRecord, withChange } from "../../../src/state/json-change.ts";

/** Any state but one with a key `__proto__`, which no object literal can have. */
const json = fc
  .jsonValue({ depthSize: "medium", noUnicodeString: true })
  .map((value) => JSON.stringify(value))
  .filter((text) => !text.includes("__proto__"))
  .map((text) => JSON.parse(text) as JsonValue);

test("a row of states is made again from its changes", () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: 6 }), (states) => {
      const record = new JsonRecord();
      let made: JsonValue | undefined;
      for (const state of states) {
        const change = record.update(state);
        if (change !== undefined) {
          made = withChange(made, JSON.parse(JSON.stringify(change)) as JsonValue);
        }
        expect(made).toEqual(state);
        expect(record.update(state)).toBeUndefined();
      }
    }),
  );
});

test("a key named like what every object inherits comes and goes like any other", () => {
  const record = new JsonRecord();
  record.update({ toString: 1, valueOf: 2 });
  const change = record.update({ valueOf: 2 }) as JsonValue;
  expect(change).toEqual({ k: {}, d: ["toString"] });
  expect(record.update({ valueOf: 2 })).toBeUndefined();
});

test("of one member among many that changes in a part, that part is told", () => {
  const coins = (stop: number) => [
    { name: "one", trade: null, seen: [1, 2, 3] },
    { name: "two", trade: { stop, target: 9 }, seen: [4, 5, 6] },
  ];
  const record = new JsonRecord();
  record.update(coins(7));
  const change = record.update(coins(8)) as JsonValue;
  expect(change).toEqual({ i: [1, { k: { trade: { k: { stop: { v: 8 } } } } }] });
  expect(withChange(coins(7), change)).toEqual(coins(8));
});

test("lists of members that come, go and change are made again", () => {
  const member = fc.oneof(
    { weight: 6, arbitrary: fc.record({ id: fc.nat(3), parts: fc.array(fc.nat(2)) }) },
    { weight: 1, arbitrary: fc.constantFrom(null, 1, "", {}) },
  );
  fc.assert(
    fc.property(fc.array(fc.array(member, { maxLength: 4 }), { minLength: 2 }), (states) => {
      const record = new JsonRecord();
      let made: JsonValue | undefined;
      for (const state of states) {
        const change = record.update(state);
        if (change !== undefined) {
          made = withChange(made, JSON.parse(JSON.stringify(change)) as JsonValue);
        }
        expect(made).toEqual(state);
        expect(record.update(state)).toBeUndefined();
      }
    }),
  );
});

test("states that share most of their parts are made again, in short", () => {
  const record = new JsonRecord();
  const state = {
    a: 1,
    list: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    inner: { x: "y", gone: true },
  };
  record.update(state);
  const next = {
    a: 1,
    list: [
      [1, 2],
      [7, 8],
      [9, 9],
      [5, 6],
    ],
    inner: { x: "y" },
  };
  const change = record.update(next) as JsonValue;
  expect(JSON.stringify(change)).toBe(
    '{"k":{"list":{"a":[1,1,[7,8],[9,9]]},"inner":{"k":{},"d":["gone"]}}}',
  );
  expect(withChange(state, change)).toEqual(next);
});

test("a record shares nothing with what it was read from", () => {
  const record = new JsonRecord();
  const live = { orders: [1, 2], deep: { n: 1 } };
  record.update(live);
  live.orders.push(3);
  live.deep.n = 2;
  expect(record.update(live)).toEqual({
    k: { orders: { a: [2, 0, 3] }, deep: { k: { n: { v: 2 } } } },
  });
});
