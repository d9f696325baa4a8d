// The witness itself: it accepts a sound run, and each of its rules speaks when that rule, and no other, is broken.

import { describe, expect, test } from "vitest";
import type { Command, TimeInForce } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import { cancel, place } from "../support/run-rig.ts";
import type { WitnessedFees } from "../support/run-witness.ts";
import { RunWitness } from "../support/run-witness.ts";
import { TEST_INSTRUMENT } from "../support/tape-builder.ts";

const INSTRUMENTS = [instrumentOf(TEST_INSTRUMENT, instrumentId(0), venueId(0))];

/** Feeds a witness as a journal would, a step 10 µs after the last; a test may plant what a journal never would. */
class Doctored {
  readonly witness: RunWitness;
  #at = 1_000;
  #seq = 0;

  constructor(fees?: WitnessedFees) {
    this.witness = new RunWitness(INSTRUMENTS, fees);
  }

  event(
    body: object,
    planted: Readonly<{ at?: number; venueAt?: number; seq?: number }> = {},
  ): this {
    this.#at = planted.at ?? this.#at + 10;
    const venueAt = planted.venueAt ?? this.#at - 5;
    const event = { at: this.#at, venueAt, instrument: 0, ...body } as unknown as Event;
    this.witness.event(event, planted.seq ?? this.#seq);
    this.#seq = (planted.seq ?? this.#seq) + 1;
    return this;
  }

  command(command: Command, planted: Readonly<{ at?: number; cause?: number }> = {}): this {
    const cause = planted.cause ?? this.#seq - 1;
    this.witness.command(command, planted.at ?? this.#at, cause, this.#seq);
    this.#seq += 1;
    return this;
  }

  book(bid = 100, ask = 102): this {
    return this.event({ kind: "BookChanged", bid, ask });
  }

  accepted(orderId = 1, size = 10, price = 100, request = "place"): this {
    return this.event({ kind: "OrderAccepted", orderId, request, price, size });
  }

  refused(orderId = 1): this {
    const why = { reason: "post-only-would-cross", text: "" };
    return this.event({ kind: "OrderRefused", orderId, request: "place", ...why });
  }

  filled(change: object = {}): this {
    const fill = { orderId: 1, tradeId: 1, side: "bid", price: 100, size: 4, cumulative: 4 };
    const rest = { kind: "OrderFilled", liquidity: "maker", fee: 3 };
    return this.event({ ...rest, ...fill, ...change });
  }

  closed(filled: number, reason = "cancelled"): this {
    return this.event({ kind: "OrderClosed", orderId: 1, reason, filled });
  }
}

/** A bid of 10 lots at 100 is accepted. */
function resting(
  timeInForce: TimeInForce = "POST_ONLY",
  price: number | undefined = 100,
): Doctored {
  const order = place(1, "bid", price, 10, timeInForce);
  return new Doctored().book().command(order).accepted();
}

const market = (): Doctored =>
  new Doctored()
    .book()
    .command(place(1, "bid", undefined, 10, "IOC"))
    .accepted(1, 10, 0);

/** A reduce-only bid of 10 lots at 100, after `short` lots were sold. */
function reducing(short: number): Doctored {
  const run = new Doctored().book();
  if (short > 0) {
    run.command(place(2, "ask", 100, short)).accepted(2, short);
    run.filled({ orderId: 2, side: "ask", size: short, cumulative: short });
  }
  return run.command({ ...place(1, "bid", 100, 10), reduceOnly: true }).accepted();
}

describe("the witness of a run", () => {
  test("accepts a sound run, and its money is the money of the run", () => {
    const run = resting()
      .filled()
      .filled({ tradeId: 2, size: 6, cumulative: 10, fee: 5 })
      .closed(10, "filled")
      .book(104, 105)
      .event({ kind: "FundingPaid", lots: 10, mark: 104, rate: 67, amount: -7 });
    expect(run.witness.violations).toEqual([]);
    expect(run.witness.position(0)).toBe(10);
    // 10 lots at 104 ticks are 10,400,000 ledger units; 67e-8 of that is 6.97.
    // 10 lots of 0.001 bought at 10.0, worth 10.45; 8 units of fees and 7 of funding, 1e-8 each.
    expect(run.witness.equity(["1000"]).toFixed()).toBe("1000.00449985");
  });

  test("follows an order through amends, cancels and a refusal", () => {
    const run = resting()
      .accepted(1, 20, 99, "amend")
      .filled({ price: 99, size: 15, cumulative: 15 })
      .command(cancel(1))
      .closed(15)
      .command(place(2, "ask", 103, 1))
      .refused(2);
    expect(run.witness.violations).toEqual([]);
  });

  const planted: readonly (readonly [rule: string, plant: () => Doctored, told: RegExp])[] = [
    [
      "time learned falls",
      () => resting().event({ kind: "TimerFired" }, { at: 900 }),
      /ahead of it/,
    ],
    [
      "a thing is learned before it happened",
      () => resting().event({ kind: "TimerFired" }, { venueAt: 5_000 }),
      /before it happened/,
    ],
    [
      "an entry is missing",
      () => resting().event({ kind: "TimerFired" }, { seq: 9 }),
      /follows entry/,
    ],
    [
      "a command comes before its cause",
      () => resting().book().command(cancel(1), { cause: 99 }),
      /caused by entry 99, not before/,
    ],
    [
      "a command answers an older event",
      () => resting().book().command(cancel(1), { cause: 0 }),
      /not by the last event/,
    ],
    [
      "a command is sent at another time than its cause was learned",
      () => resting().command(cancel(1), { at: 1_001 }),
      /not when its cause/,
    ],
    ["an id is used twice", () => resting().command(place(1, "ask", 110, 1)), /id used before/],
    ["an answer is about no order", () => resting().accepted(7), /7, which was never sent/],
    ["an order is accepted twice", () => resting().accepted(), /accepted while open/],
    ["an accepted order is refused", () => resting().refused(), /refused while open/],
    [
      "an order fills before it is accepted",
      () =>
        new Doctored()
          .book()
          .command(place(1, "bid", 100, 10))
          .filled(),
      /fills while sent/,
    ],
    [
      "an order fills after it was refused",
      () =>
        new Doctored()
          .book()
          .command(place(1, "bid", 100, 10))
          .refused()
          .filled(),
      /fills while refused/,
    ],
    ["an order fills after its end", () => resting().closed(0).filled(), /fills while closed/],
    ["a fill is on the other side", () => resting().filled({ side: "ask" }), /other side/],
    ["a fill is of nothing", () => resting().filled({ size: 0, cumulative: 0 }), /fills 0 lots/],
    [
      "cumulative falls",
      () => resting().filled().filled({ tradeId: 2, size: 1, cumulative: 3 }),
      /falls to 3/,
    ],
    [
      "cumulative skips lots never told",
      () => resting().filled().filled({ tradeId: 2, size: 1, cumulative: 7 }),
      /counts 7 lots, told were 5/,
    ],
    [
      "an order fills beyond its size",
      () => resting().filled({ size: 11, cumulative: 11 }),
      /fills 11 of 10/,
    ],
    ["a trade is told twice", () => resting().filled().filled({ cumulative: 8 }), /told twice/],
    [
      "a maker fills beyond its limit",
      () => resting().filled({ price: 101 }),
      /bid 1 fills at 101, beyond its limit 100/,
    ],
    ["a maker fills better than it stands", () => resting().filled({ price: 99 }), /rests at 100/],
    [
      "a taker fills beyond its limit",
      () => resting("IOC").filled({ price: 101, liquidity: "taker" }),
      /beyond its limit/,
    ],
    ["a post-only order takes", () => resting().filled({ liquidity: "taker" }), /takes/],
    ["an IOC order rests", () => resting("IOC").filled(), /IOC order 1 rests/],
    ["a market order rests", () => market().filled(), /market order 1 rests/],
    ["an order closes twice", () => resting().closed(0).closed(0), /closes while closed/],
    ["an order closes with other lots", () => resting().filled().closed(5), /closes with 5/],
    [
      "a fill-or-kill order closes in part",
      () => resting("FOK").filled({ liquidity: "taker" }).closed(4, "ioc-remainder"),
      /fill-or-kill order 1 closes with 4 of 10/,
    ],
    ["a reduce-only order opens a position", () => reducing(0).filled(), /moves 0 lots to 4/],
    [
      "a reduce-only order turns the position",
      () => reducing(3).filled({ tradeId: 9 }),
      /moves -3 lots to 1/,
    ],
    [
      "funding is of other lots than are held",
      () =>
        resting().filled().event({ kind: "FundingPaid", lots: 5, mark: 100, rate: 0, amount: 0 }),
      /funding is of 5 lots, held are 4/,
    ],
    [
      "funding is of another amount than is due",
      () =>
        resting().filled().event({ kind: "FundingPaid", lots: 4, mark: 100, rate: 50, amount: 2 }),
      /funding of 4 lots is 2, due is -2/,
    ],
    ["an order closes as filled too soon", () => resting().closed(0, "filled"), /closes as filled/],
  ];

  test.each(planted)("speaks when %s", (_, plant, told) => {
    const { violations } = plant().witness;
    expect(violations.join("\n")).toMatch(told);
  });

  // One tick of 0.1 times one lot of 0.001 is 10,000 ledger units; a rate of 10,000 (1 bp) of that is one unit.
  test.each([
    ["a rate", 20_000, 3, 6],
    ["a half, against us", 15_000, 3, 5],
    ["a rebate's half, against us", -15_000, 3, -4],
  ])("knows the fee due: %s", (_, maker, size, due) => {
    const violations = (fee: number): readonly string[] => {
      const run = new Doctored([{ maker, taker: 0 }]).book().command(place(1, "bid", 1, 10));
      const fill = { price: 1, size, cumulative: size, fee };
      return run.accepted(1, 10, 1).filled(fill).witness.violations;
    };
    expect(violations(due)).toEqual([]);
    expect(violations(due - 1).join()).toContain(`fee of order 1 is ${due - 1}, due is ${due}`);
  });

  test("keeps only so many violations: one broken rule breaks at every event", () => {
    const run = resting();
    for (let index = 0; index < 100; index += 1)
      run.event({ kind: "TimerFired" }, { venueAt: 9e6 });
    expect(run.witness.violations).toHaveLength(20);
  });
});
