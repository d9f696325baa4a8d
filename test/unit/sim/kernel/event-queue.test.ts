import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventQueue } from "../../../../sim/kernel/event-queue.ts";
import { timeUs } from "../../../../src/domain/units.ts";

type Entry = Readonly<{ at: number; rank: number; seq: number }>;

/** The naive twin: a list that is sorted again at every pop. */
class SortedList {
  #entries: Entry[] = [];
  #nextSeq = 0;

  push(at: number, rank: number): number {
    this.#entries.push({ at, rank, seq: this.#nextSeq });
    this.#nextSeq += 1;
    return this.#nextSeq - 1;
  }

  pop(): Entry | undefined {
    this.#entries.sort((a, b) => a.at - b.at || a.rank - b.rank || a.seq - b.seq);
    return this.#entries.shift();
  }

  get size(): number {
    return this.#entries.length;
  }
}

// Few times and few ranks, so that ties are the rule and not the exception.
const operation = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      at: fc.integer({ min: 0, max: 6 }),
      rank: fc.integer({ min: -1, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant("pop" as const) },
);

describe("EventQueue", () => {
  test("agrees with a sorted list after every push and pop", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const queue = new EventQueue<number>();
        const twin = new SortedList();
        for (const step of operations) {
          if (step !== "pop") {
            queue.push(timeUs(step.at), step.rank, twin.push(step.at, step.rank));
          } else {
            const expected = twin.pop();
            if (expected === undefined) continue;
            expect(queue.peekAt()).toBe(expected.at);
            expect(queue.peekRank()).toBe(expected.rank);
            expect(queue.pop()).toBe(expected.seq);
            expect(queue.poppedAt).toBe(expected.at);
            expect(queue.poppedRank).toBe(expected.rank);
          }
          expect(queue.size).toBe(twin.size);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("keeps the order of pushing for equal times and ranks, past several growths", () => {
    const queue = new EventQueue<number>();
    for (let index = 0; index < 5000; index += 1) queue.push(timeUs(7), 1, index);
    const popped = Array.from({ length: 5000 }, () => queue.pop());
    expect(popped).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  });

  test("lets rank decide on equal times, whatever was pushed first", () => {
    const queue = new EventQueue<string>();
    queue.push(timeUs(1), 2, "late");
    queue.push(timeUs(1), 0, "early");
    queue.push(timeUs(0), 9, "before both");
    expect([queue.pop(), queue.pop(), queue.pop()]).toEqual(["before both", "early", "late"]);
  });

  test("agrees with a sorted list over 20,000 entries that come and go", () => {
    const queue = new EventQueue<number>();
    const twin: Entry[] = [];
    let word = 12345;
    for (let seq = 0; seq < 20_000; seq += 1) {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      const entry = { at: 1_700_000_000_000_000 + (word % 997), rank: word % 5, seq };
      twin.push(entry);
      queue.push(timeUs(entry.at), entry.rank, seq);
    }
    twin.sort((a, b) => a.at - b.at || a.rank - b.rank || a.seq - b.seq);
    expect(twin.map(() => queue.pop())).toEqual(twin.map(({ seq }) => seq));
  });

  test("says Infinity when nothing waits, and refuses to pop", () => {
    const queue = new EventQueue<string>();
    expect(queue.peekAt()).toBe(Number.POSITIVE_INFINITY);
    expect(() => queue.pop()).toThrow("holds something");
    queue.push(timeUs(5), 0, "one");
    expect(queue.pop()).toBe("one");
    expect(queue.peekAt()).toBe(Number.POSITIVE_INFINITY);
    expect(queue.size).toBe(0);
  });

  test("carries a payload of undefined like any other", () => {
    const queue = new EventQueue<undefined>();
    queue.push(timeUs(5), 0, undefined);
    expect(queue.size).toBe(1);
    expect(queue.pop()).toBeUndefined();
    expect(queue.size).toBe(0);
  });

  test("refuses a time that is not finite and a rank that is not a 32-bit integer", () => {
    const queue = new EventQueue<string>();
    expect(() => queue.push(Number.NaN as never, 0, "x")).toThrow("finite time");
    expect(() => queue.push(timeUs(0), 0.5, "x")).toThrow("32-bit integer");
    expect(queue.size).toBe(0);
  });
});
