import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { Command, VenueCommand } from "../../../src/domain/command.ts";
import { instrumentId, orderId, venueId } from "../../../src/domain/units.ts";
import type { BenchExtras } from "../../support/bench-extras.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";

const MOST = { placeMax: 3, amendMax: 2, cancelMax: 10 };
const machinery = { ...MACHINERY_DEFAULTS, batches: [MOST, undefined] };

const bench = (more: BenchExtras = {}) =>
  new BotBench({}, benchInstruments(2), { machinery, ...more });

const idOf = (command: VenueCommand) => ("orderId" in command ? command.orderId : 0);

/** Requests that left for venues, each as the order ids in it. */
function requestsOf(
  made: BotBench,
  ...commands: readonly Command[]
): readonly (readonly number[])[] {
  const from = made.requests.length;
  made.command(...commands);
  return made.requests.slice(from).map((request) => request.map(idOf));
}

const cancel = (id: number): Command => ({
  kind: "CancelOrder",
  instrument: instrumentId(0),
  orderId: orderId(id),
});

describe("commands of one decision", () => {
  test("leave as one request, as many as the venue takes in one, and in their order", () => {
    const made = bench();
    const orders = [1, 2, 3, 4, 5].map((id) => made.order(id));
    expect(requestsOf(made, ...orders)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    for (const id of [1, 2, 3, 4, 5]) made.accept(id);
    // A cancel before an order stays before it: what is of another kind begins another request.
    expect(requestsOf(made, cancel(1), cancel(2), made.order(6), cancel(3))).toEqual([
      [1, 2],
      [6],
      [3],
    ]);
  });

  test("leave one by one where the venue knows no batches, or none is wanted", () => {
    const made = bench();
    const there = { instrument: instrumentId(1) };
    expect(requestsOf(made, made.order(1, there), made.order(2, there))).toEqual([[1], [2]]);
    expect(requestsOf(made, made.order(3), made.order(4, there), made.order(5))).toEqual([
      [3],
      [4],
      [5],
    ]);
    const plain = new BotBench({}, benchInstruments(2), { machinery: MACHINERY_DEFAULTS });
    expect(requestsOf(plain, plain.order(1), plain.order(2))).toEqual([[1], [2]]);
  });

  test("are each an entry of the journal, with batches or without", () => {
    const told = (made: BotBench) => {
      made.command(made.order(1), made.order(2), made.order(1), made.order(3));
      return made.log.entries;
    };
    expect(told(bench())).toEqual(
      told(new BotBench({}, benchInstruments(2), { machinery: MACHINERY_DEFAULTS })),
    );
  });

  test("that are refused by our own rules are not in the batch", () => {
    const made = bench();
    expect(requestsOf(made, made.order(1), made.order(1), made.order(2))).toEqual([[1, 2]]);
    expect(made.refusals).toEqual(["duplicate-order-id"]);
  });

  test("of a halt go too: the cancel of everything leaves by itself", () => {
    const made = bench();
    const everything = venueId(0);
    made.command(
      made.order(1),
      made.order(2),
      { kind: "CancelAll", venue: everything, instrument: undefined },
      made.order(3),
    );
    expect(made.requests.slice(-3).map((each) => each.map(({ kind }) => kind))).toEqual([
      ["PlaceOrder", "PlaceOrder"],
      ["CancelAll"],
      ["PlaceOrder"],
    ]);
  });
});

describe("a write-ahead journal", () => {
  test("is committed for a batch as for one order, before it leaves", () => {
    const syncsOf = (ids: readonly number[]) => {
      const storage = new MemoryStorage();
      const made = bench({ storage, durability: "write-ahead" });
      made.command();
      let syncs = 0;
      const left = made.requests.length;
      const sync = storage.sync.bind(storage);
      storage.sync = () => {
        syncs += 1;
        expect(made.requests).toHaveLength(left);
        sync();
      };
      expect(requestsOf(made, ...ids.map((id) => made.order(id)))).toEqual([ids]);
      return syncs;
    };
    expect(syncsOf([1, 2, 3])).toBe(syncsOf([1]));
  });
});
