// Doubles and 64-bit integers, against the platform's own BigInt.

import { array, assert, integer, maxSafeInteger, property } from "fast-check";
import { expect, test } from "vitest";
import {
  doublesInPlace,
  highWord,
  lowWord,
  shiftWords,
  wordsOf,
} from "../../../../src/data/arrow/arrow-int64.ts";

const whole = array(maxSafeInteger());

test("words are those of the same BigInts, and come back as the same doubles", () => {
  assert(
    property(whole, (values) => {
      const words = wordsOf(Float64Array.from(values), values.length);
      expect([...new BigInt64Array(words.buffer)]).toEqual(values.map(BigInt));
      expect([...words]).toEqual(
        values.flatMap((value) => [lowWord(value), highWord(value) >>> 0]),
      );
      const doubles = doublesInPlace(words.buffer, 0, values.length);
      expect([...doubles]).toEqual(values.map((value) => value + 0));
    }),
  );
});

test("a shift adds to each, across the border between the words and across zero", () => {
  const near = array(integer({ min: -2, max: 2 }).map((blocks) => blocks * 4_294_967_296 + 1));
  assert(
    property(near, integer({ min: -5, max: 5 }), (values, shift) => {
      const words = wordsOf(Float64Array.from(values), values.length);
      shiftWords(new Uint8Array(words.buffer), shift);
      const shifted = values.map((value) => BigInt(value + shift));
      expect([...new BigInt64Array(words.buffer)]).toEqual(shifted);
    }),
  );
});
