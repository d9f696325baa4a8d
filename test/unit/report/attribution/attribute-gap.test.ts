// A gap of money between two runs that differ in one thing each: the money goes to that cause, to the last digit, and nothing
// to any other. Runs are written by hand; the sums are worked out beside them.

import { describe, expect, test } from "vitest";
import type { Event } from "../../../../src/domain/event.ts";
import type { Instrument, InstrumentSpec } from "../../../../src/domain/instrument.ts";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import type { InstrumentId, VenueId } from "../../../../src/domain/units.ts";
import type { JournalEntry } from "../../../../src/ports/journal.ts";
import type { Gap, GapCause } from "../../../../src/report/attribution/attribute-gap.ts";
import { attributeGap } from "../../../../src/report/attribution/attribute-gap.ts";
import type { ToldRun } from "../../../../src/report/attribution/told-run.ts";
import { toldRun } from "../../../../src/report/attribution/told-run.ts";
import { SummaryCollector } from "../../../../src/report/summary-collector.ts";
import { TEST_INSTRUMENT } from "../../../support/tape-builder.ts";

const PLAIN = resolved(TEST_INSTRUMENT);
const TICK = Number(PLAIN.tickSize);
const LOT = Number(PLAIN.lotSize);
/** The worth of a tick × lot, in ledger units. */
const UNIT = PLAIN.moneyPerTickLot;

function resolved(spec: InstrumentSpec): Instrument {
  return instrumentOf(spec, 0 as InstrumentId, 0 as VenueId);
}

/** Writes a journal: times are ms, sizes lots, prices ticks. */
class Pen {
  readonly entries: JournalEntry[] = [];
  readonly instrument: Instrument;
  #trade = 0;

  constructor(instrument = PLAIN) {
    this.instrument = instrument;
  }

  book(at: number, bid: number, ask: number): this {
    return this.#event(at, { kind: "BookChanged", instrument: 0, bid, ask });
  }

  send(at: number, orderId: number, price: number, size: number): this {
    const command = {
      ...{ kind: "PlaceOrder", instrument: 0, orderId, side: "bid", price, size },
      ...{ timeInForce: "POST_ONLY", reduceOnly: false },
    };
    return this.#add({ kind: "command", at: at * 1_000, cause: 0, command });
  }

  cancel(at: number, orderId: number): this {
    const command = { kind: "CancelOrder", instrument: 0, orderId };
    return this.#add({ kind: "command", at: at * 1_000, cause: 0, command });
  }

  accept(at: number, orderId: number, price = 0, size = 0): this {
    return this.#event(at, { kind: "OrderAccepted", orderId, request: "place", price, size });
  }

  refuse(at: number, orderId: number, reason: string): this {
    return this.#event(at, { kind: "OrderRefused", orderId, request: "place", reason, text: "" });
  }

  close(at: number, orderId: number): this {
    return this.#event(at, { kind: "OrderClosed", orderId, reason: "cancelled", filled: 0 });
  }

  fill(at: number, orderId: number, price: number, size: number, fee = 0): this {
    this.#trade += 1;
    const about = { orderId, tradeId: this.#trade, side: "bid", price, size, cumulative: size };
    return this.#event(at, { kind: "OrderFilled", ...about, liquidity: "maker", fee });
  }

  fund(at: number, amount: number): this {
    return this.#event(at, { kind: "FundingPaid", rate: 1, mark: 1_000, lots: 1, amount });
  }

  /** The last entry once more. */
  again(): this {
    return this.#add({ ...this.entries.at(-1) });
  }

  #event(at: number, body: Readonly<Record<string, unknown>>): this {
    const times = { at: at * 1_000, venueAt: at * 1_000, instrument: 0 };
    return this.#add({ kind: "event", event: { ...times, ...body } as unknown as Event });
  }

  #add(entry: Readonly<Record<string, unknown>>): this {
    this.entries.push({ ...entry, seq: this.entries.length } as unknown as JournalEntry);
    return this;
  }
}

function read(pen: Pen): Readonly<{ told: ToldRun; net: string }> {
  const summaries = new SummaryCollector({
    instruments: [pen.instrument],
    startingCash: ["1000"],
  });
  const told = toldRun(pen.entries, [pen.instrument], (entry) => summaries.entry(entry));
  return { told, net: summaries.summary({ ...told, complete: true }).pnl.net };
}

function gapOf(first: Pen, second: Pen, sameBot = true): Gap {
  const [one, other] = [read(first), read(second)];
  const gap = attributeGap({
    first: one.told,
    second: other.told,
    net: [one.net, other.net],
    sameBot,
  });
  const sum = Object.values(gap.parts).reduce((so, each) => so + Number(each), 0);
  expect(sum + Number(gap.residual)).toBeCloseTo(Number(other.net) - Number(one.net), 9);
  return gap;
}

/** Only these causes have money, of these sums in tick × lot. */
function expectOnly(gap: Gap, causes: Partial<Record<GapCause | "residual", number>>): void {
  const found = Object.fromEntries(
    Object.entries({ ...gap.parts, residual: gap.residual })
      .filter(([, money]) => Number(money) !== 0)
      .map(([cause, money]) => [cause, expect.closeTo(Number(money), 9)]),
  );
  const wanted = Object.entries(causes).map(([cause, tickLots]) => [cause, tickLots * TICK * LOT]);
  expect(Object.fromEntries(wanted)).toEqual(found);
}

/** One order for 10 lots at 990, filled whole, the mid 1000 at the end. */
const plain = (): Pen =>
  new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1).fill(500, 1, 990, 10);
const ended = (pen: Pen): Pen => pen.book(9_000, 999, 1_001);

describe("a gap that is all of one cause", () => {
  test("equal runs have none", () => {
    expectOnly(gapOf(ended(plain()), ended(plain())), {});
  });

  test("data: the last price is another one, for what the first held", () => {
    expectOnly(gapOf(ended(plain()), plain().book(9_000, 1_009, 1_011)), { data: 10 * 10 });
  });

  test("data: a fill before the other run began", () => {
    const late = new Pen().book(2_000, 999, 1_001);
    expectOnly(gapOf(ended(plain()), ended(late)), { data: -10 * 10 });
  });

  test("queue: both stood at the price, the first alone was filled", () => {
    const behind = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    expectOnly(gapOf(ended(plain()), ended(behind)), { queue: -10 * 10 });
  });

  test("queue: four of ten lots", () => {
    const behind = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    behind.fill(500, 1, 990, 4);
    expectOnly(gapOf(ended(plain()), ended(behind)), { queue: -6 * 10 });
  });

  test("latency: the second was not there yet", () => {
    const slow = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(600, 1);
    expectOnly(gapOf(ended(plain()), ended(slow)), { latency: -10 * 10 });
  });

  test("latency: the second came too late to rest", () => {
    const slow = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10);
    slow.refuse(600, 1, "post-only-would-cross");
    expectOnly(gapOf(ended(plain()), ended(slow)), { latency: -10 * 10 });
  });

  test("latency: a cancel won one race and lost the other", () => {
    const rig = (): Pen => new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    const lost = rig().cancel(490, 1).fill(500, 1, 990, 10);
    const won = rig().cancel(485, 1).close(495, 1);
    expectOnly(gapOf(ended(lost), ended(won)), { latency: -10 * 10 });
  });

  test("fees: on the same lots", () => {
    const dear = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    dear.fill(500, 1, 990, 10, 3 * UNIT);
    expectOnly(gapOf(ended(plain()), ended(dear)), { fees: -3 });
  });

  test("the fee of lots that only one traded goes with them", () => {
    const rig = (): Pen => new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    const whole = rig().fill(500, 1, 990, 10, 10 * UNIT);
    const part = rig().fill(500, 1, 990, 4, 4 * UNIT);
    expectOnly(gapOf(ended(whole), ended(part)), { queue: -6 * 10 + 6 });
  });

  test("funding", () => {
    const paid = plain().fund(800, -7 * UNIT);
    expectOnly(gapOf(ended(plain()), ended(paid)), { funding: -7 });
  });

  test("rounding: the same price and size on a finer grid", () => {
    const fine = resolved({ ...TEST_INSTRUMENT, tickSize: "0.01" });
    const pen = new Pen(fine).book(0, 9_990, 10_010).send(10, 1, 9_904, 10).accept(20, 1);
    pen.fill(500, 1, 9_904, 10).book(9_000, 9_990, 10_010);
    expectOnly(gapOf(ended(plain()), pen), { rounding: -10 * 0.4 });
  });

  test("parameters: a bot of another mind asks for more", () => {
    const more = new Pen().book(0, 999, 1_001).send(10, 1, 990, 12).accept(20, 1);
    more.fill(500, 1, 990, 12);
    expectOnly(gapOf(ended(plain()), ended(more), false), { parameters: 2 * 10 });
  });

  test("followed: an order of one alone, after they had parted", () => {
    const behind = new Pen().book(0, 999, 1_001).send(10, 1, 990, 10).accept(20, 1);
    behind.send(4_000, 2, 980, 5).accept(4_010, 2).fill(5_000, 2, 980, 5);
    expectOnly(gapOf(ended(plain()), ended(behind)), { queue: -10 * 10, followed: 5 * 20 });
  });

  test("the residual: a fill of an order that nobody sent", () => {
    const hand = plain().fill(700, 77, 985, 2);
    expectOnly(gapOf(ended(plain()), ended(hand)), { residual: 2 * 15 });
  });
});

test("a fill told twice counts once", () => {
  const twice = ended(plain().again());
  expect(read(twice).told.repeated).toBe(1);
  expectOnly(gapOf(ended(plain()), twice), {});
});

test("orders are matched by side, price and time where ids differ", () => {
  const other = new Pen().book(0, 999, 1_001).send(40, 91, 990, 10).accept(60, 91);
  other.fill(500, 91, 990, 10);
  const { paired } = gapOf(ended(plain()), ended(other));
  expect(paired.byId).toBe(0);
  expect(paired.pairs.map(({ first, second }) => [first.orderId, second.orderId])).toEqual([
    [1, 91],
  ]);
});

test("an id that names another order in the other run pairs nothing", () => {
  const other = new Pen().book(0, 999, 1_001).send(10, 1, 900, 10).accept(20, 1);
  other.send(30, 2, 990, 10).accept(40, 2).fill(500, 2, 990, 10);
  const { paired } = gapOf(ended(plain()), ended(other));
  expect(paired.pairs.map(({ first, second }) => [first.orderId, second.orderId])).toEqual([
    [1, 2],
  ]);
  expect(paired.secondOnly.map(({ orderId }) => orderId)).toEqual([1]);
});
