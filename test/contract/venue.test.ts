// The venue's part of the conformance list in docs/FILLS.md: rules, fees, margin, funding, liquidation.
// Tick 0.1 × lot 0.001 is 1e-4 USD, which is 10,000 ledger units of 1e-8.

import { describe, expect, test } from "vitest";
import type { TimeUs } from "../../src/domain/units.ts";
import { rateE8 } from "../../src/domain/units.ts";
import { TapeBuilder } from "../support/tape-builder.ts";
import { VenueRig } from "../support/venue-rig.ts";

const book = () =>
  new TapeBuilder().snapshot(
    0,
    ["bid", 1000, 50],
    ["bid", 999, 50],
    ["ask", 1001, 50],
    ["ask", 1002, 50],
  );

describe("what a venue refuses before matching", () => {
  test("V1 off-tick, off-lot and zero sizes are refused with the rule's name", () => {
    const rig = new VenueRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 999.5, lots: 5 });
    rig.place(10, { id: 2, side: "bid", tick: 999, lots: 5.5 });
    rig.place(10, { id: 3, side: "bid", tick: 999, lots: 0 });
    expect(rig.lines).toEqual([
      "refused 1 place off-tick",
      "refused 2 place off-lot",
      "refused 3 place min-size",
    ]);
  });

  test("V2 dust below the least notional is refused, unless it only reduces", () => {
    // 999 ticks × 50 lots × 1e-4 USD = 4.995 USD
    const rig = new VenueRig(book(), { minNotional: "5" });
    rig.place(10, { id: 1, side: "bid", tick: 999, lots: 50 });
    rig.place(10, { id: 2, side: "bid", tick: 1002, lots: 60 });
    rig.place(11, { id: 3, side: "ask", tick: 1000, lots: 1, reduceOnly: true });
    expect(rig.lines[0]).toBe("refused 1 place min-notional");
    expect(rig.lines.at(-1)).toBe("closed 3 filled 1");
  });

  test("V29 a size below the instrument's least is refused, dust that only reduces as for the least notional", () => {
    const lines = (reduceOnlyDust: "always" | "never") => {
      const rig = new VenueRig(book(), { reduceOnlyDust }, { spec: { minSize: "0.003" } });
      rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 2 });
      rig.place(11, { id: 2, side: "bid", tick: 1001, lots: 4 });
      rig.place(12, { id: 3, side: "ask", tick: 1200, lots: 2, reduceOnly: true });
      return rig.lines.filter((each) => !each.startsWith("filled"));
    };
    expect(lines("always")).toEqual([
      "refused 1 place min-size",
      "accepted 2",
      "closed 2 filled 4",
      "accepted 3",
    ]);
    expect(lines("never").at(-1)).toBe("refused 3 place min-size");
  });

  test("V3 prices beyond the venue's significant figures are refused, whole numbers never", () => {
    // Source: venues.md §1.1, perp vectors 123456 ok, 12345.6 rejected, 1234.5 ok; tick 0.1.
    const wide = new TapeBuilder().snapshot(0, ["bid", 1, 5], ["ask", 2_000_000, 5]);
    const rig = new VenueRig(wide, { significantFigures: 5 });
    rig.place(10, { id: 1, side: "bid", tick: 1_234_560, lots: 1 });
    rig.place(10, { id: 2, side: "bid", tick: 123_456, lots: 1 });
    rig.place(10, { id: 3, side: "bid", tick: 12_345, lots: 1 });
    expect(rig.lines).toEqual(["accepted 1", "refused 2 place significant-figures", "accepted 3"]);
  });

  test("V4 an order id is used once", () => {
    const rig = new VenueRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 999, lots: 5 }).cancel(11, 1);
    rig.place(12, { id: 1, side: "bid", tick: 999, lots: 5 });
    expect(rig.lines.at(-1)).toBe("refused 1 place duplicate-order-id");
  });

  test("V5 more open orders than the venue allows are refused", () => {
    const rig = new VenueRig(book(), { openOrdersMax: 2 });
    for (const id of [1, 2, 3]) rig.place(10, { id, side: "bid", tick: 990, lots: 5 });
    expect(rig.lines).toEqual(["accepted 1", "accepted 2", "refused 3 place max-open-orders"]);
  });

  test("V6 a time in force the venue lacks is refused", () => {
    const rig = new VenueRig(book(), { timeInForce: ["GTC"] });
    rig.place(10, { id: 1, side: "bid", tick: 999, lots: 5, timeInForce: "FOK" });
    expect(rig.lines).toEqual(["refused 1 place unsupported"]);
  });

  test("V7 a refusal speaks the venue's words, with the touch at that moment", () => {
    const words = { "post-only-would-cross": "bbo was {bid}@{ask}" };
    const rig = new VenueRig(book(), { words });
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 5, timeInForce: "POST_ONLY" });
    expect(rig.events[0]).toMatchObject({ text: "bbo was 100@100.1" });
  });

  test("V8 a cancel of an unknown order is refused", () => {
    const rig = new VenueRig(book()).cancel(10, 9);
    expect(rig.lines).toEqual(["refused 9 cancel unknown-order"]);
  });
});

describe("what differs between venues", () => {
  test("V19 a venue that closes instead of refusing accepts first, then says why it is over", () => {
    const profile = { postOnlyCrossing: "close", iocUnmatched: "close" } as const;
    const rig = new VenueRig(book(), profile);
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 5, timeInForce: "POST_ONLY" });
    rig.place(10, { id: 2, side: "bid", tick: 1000, lots: 5, timeInForce: "IOC" });
    expect(rig.lines).toEqual([
      "accepted 1",
      "closed 1 post-only-would-cross 0",
      "accepted 2",
      "closed 2 ioc-remainder 0",
    ]);
    expect(rig.report(11).openOrders).toEqual([]);
  });

  test("V20 an amend is judged like a new order: grid, least notional, margin", () => {
    const margin = { initial: rateE8(10_000_000), maintenance: rateE8(5_000_000) };
    // 10 % of 1,000 ticks × 30 lots × 10,000 units is 30,000,000; 60 lots would need twice that.
    const rig = new VenueRig(book(), { margin, minNotional: "1" }, { cash: 35_000_000n });
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 30 });
    rig.amend(11, 1, 999.5, 30).amend(11, 1, 999, 30.5).amend(11, 1, 999, 0).amend(11, 1, 999, 9);
    rig.amend(12, 1, 1000, 60).amend(12, 7, 999, 30).amend(13, 1, 999, 31);
    expect(rig.lines).toEqual([
      "accepted 1",
      "refused 1 amend off-tick",
      "refused 1 amend off-lot",
      "refused 1 amend min-size",
      "refused 1 amend min-notional",
      "refused 1 amend insufficient-margin",
      "refused 7 amend unknown-order",
      "accepted 1",
    ]);
    expect(rig.report(14).openOrders[0]).toMatchObject({ price: 999, leaves: 31 });
  });

  test("V21 dust that reduces is taken always, never, or when it closes the whole position", () => {
    const taken = (reduceOnlyDust: "always" | "when-closing" | "never", lots: number) => {
      const rig = new VenueRig(book(), { minNotional: "1", reduceOnlyDust });
      rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 13 });
      rig.place(11, { id: 2, side: "ask", tick: 1000, lots: 10, timeInForce: "IOC" });
      rig.place(12, { id: 3, side: "ask", tick: 1000, lots, reduceOnly: true });
      return rig.lines.at(-1) !== "refused 3 place min-notional";
    };
    expect([taken("always", 2), taken("always", 3)]).toEqual([true, true]);
    expect([taken("when-closing", 2), taken("when-closing", 3)]).toEqual([false, true]);
    expect([taken("never", 2), taken("never", 3)]).toEqual([false, false]);
  });
});

describe("money", () => {
  test("V9 partial fills reach position, cumulative size and fees, maker and taker each at its rate", () => {
    const fees = { maker: rateE8(-5_000), taker: rateE8(70_000) };
    const rig = new VenueRig(book().print(20, "ask", 999, 4).print(30, "ask", 999, 3), { fees });
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 10 }).to(30);
    rig.place(40, { id: 2, side: "bid", tick: 1001, lots: 2 });
    // 1000 × 4 × 10,000 units × −0.00005 = −2,000; × 3 = −1,500; 1001 × 2 × 10,000 × 0.0007 = 14,014.
    expect(rig.lines.filter((line) => line.startsWith("filled"))).toEqual([
      "filled 1 4@1000 maker fee -2000",
      "filled 1 3@1000 maker fee -1500",
      "filled 2 2@1001 taker fee 14014",
    ]);
    expect(rig.report(50).positions).toEqual([{ instrument: 0, lots: 9 }]);
  });

  test("V10 a round trip leaves exactly its price difference less its fees", () => {
    const fees = { maker: rateE8(0), taker: rateE8(10_000) };
    const rig = new VenueRig(book(), { fees }, { cash: 1_000_000n });
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 7, timeInForce: "IOC" });
    rig.place(20, { id: 2, side: "ask", tick: 1000, lots: 7, timeInForce: "IOC" });
    // −1 tick × 7 lots × 10,000; fees 0.0001 of 7,007 and 7,000 × 10,000 units: 7,007 + 7,000.
    expect(rig.exchange.account.cash).toBe(1_000_000n - 70_000n - 7_007n - 7_000n);
  });

  test("V11 fees round to the nearest ledger unit, halves against us", () => {
    const spec = { tickSize: "0.00000001", lotSize: "1" };
    const fees = { maker: rateE8(0), taker: rateE8(50_000) };
    const rig = new VenueRig(book(), { fees }, { spec });
    // 1001 ticks × 1 lot × 1 unit × 0.0005 = 0.5005 units; 1001 × 3 × 0.0005 = 1.5015.
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 1 });
    rig.place(10, { id: 2, side: "bid", tick: 1001, lots: 3 });
    expect(rig.lines.filter((line) => line.startsWith("filled"))).toEqual([
      "filled 1 1@1001 taker fee 1",
      "filled 2 3@1001 taker fee 2",
    ]);
  });

  test("V12 longs pay a positive funding rate on the value at the mark, shorts receive it", () => {
    const rig = new VenueRig(book().funding(20, 1010, 12_500).funding(40, 1010, 12_500));
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 8 }).to(20);
    rig.place(30, { id: 2, side: "ask", tick: 1000, lots: 16 }).to(40);
    // 8 × 1010 × 10,000 × 0.000125 = 10,100
    expect(rig.lines.filter((line) => line.startsWith("funding"))).toEqual([
      "funding -10100",
      "funding 10100",
    ]);
  });

  test("V13 funding of a flat account is nothing", () => {
    const rig = new VenueRig(book().funding(20, 1010, 12_500)).to(30);
    expect(rig.lines).toEqual([]);
  });
});

describe("margin", () => {
  const margin = { initial: rateE8(10_000_000), maintenance: rateE8(5_000_000) };

  test("V14 an order is refused when the worst case of all that may fill is not covered", () => {
    // 10 % of 1,000 ticks × lots × 10,000 units: 1,000,000 units a lot. Cash for 50 lots and a bit.
    const rig = new VenueRig(book(), { margin }, { cash: 50_500_000n });
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 30 });
    rig.place(11, { id: 2, side: "bid", tick: 1000, lots: 30 });
    rig.place(12, { id: 3, side: "bid", tick: 1000, lots: 20 });
    rig.place(13, { id: 4, side: "ask", tick: 1001, lots: 50 });
    expect(rig.lines).toEqual([
      "accepted 1",
      "refused 2 place insufficient-margin",
      "accepted 3",
      "accepted 4",
    ]);
  });

  test("V15 below maintenance margin everything is cancelled and the position is closed, fee included", () => {
    const crash = book()
      .depth(20, ["bid", 1000, 0], ["bid", 999, 0], ["bid", 940, 500])
      .depth(21, ["ask", 1001, 0], ["ask", 1002, 0], ["ask", 942, 500])
      .depth(30, ["bid", 940, 0], ["bid", 920, 500], ["ask", 942, 0], ["ask", 922, 500]);
    const rig = new VenueRig(
      crash,
      { margin, liquidationFee: rateE8(1_000_000) },
      { cash: 60_000_000n },
    );
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 50 });
    rig.place(11, { id: 2, side: "bid", tick: 900, lots: 1 }).to(25);
    // Equity at mark 941: 60,000,000 − 50 × 60 × 10,000 = 30,000,000 > 5 % of 470,500,000: it stays.
    expect(rig.exchange.sweepMargin(25 as TimeUs)).toBe(false);
    // At mark 921: 20,000,000 < 5 % of 460,500,000.
    expect(rig.to(35).exchange.sweepMargin(35 as TimeUs)).toBe(true);
    expect(rig.lines.slice(-4)).toEqual([
      "closed 2 liquidated 0",
      "accepted 0",
      "filled 0 50@920 taker fee 4600000",
      "closed 0 filled 50",
    ]);
  });

  test("V16 a reduce-only order that would open or grow a position is refused", () => {
    const rig = new VenueRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 5, reduceOnly: true });
    rig.place(11, { id: 2, side: "bid", tick: 1001, lots: 5 });
    rig.place(12, { id: 3, side: "bid", tick: 1000, lots: 5, reduceOnly: true });
    expect(rig.lines.filter((line) => line.startsWith("refused"))).toEqual([
      "refused 1 place reduce-only",
      "refused 3 place reduce-only",
    ]);
  });

  test("V17 resting reduce-only orders go when nothing is left to reduce, and never flip the position", () => {
    const rig = new VenueRig(book().print(20, "bid", 1010, 99));
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 5 });
    rig.place(11, { id: 2, side: "ask", tick: 1003, lots: 4, reduceOnly: true });
    rig.place(12, { id: 3, side: "ask", tick: 1004, lots: 4, reduceOnly: true }).to(20);
    expect(rig.lines.slice(-4)).toEqual([
      "filled 2 4@1003 maker fee 0",
      "closed 2 filled 4",
      "filled 3 1@1004 maker fee 0",
      "closed 3 reduce-only 1",
    ]);
    expect(rig.report(30).positions).toEqual([]);
  });

  test("V18 spot pays from cash and sells only what is held", () => {
    const spec = { contract: "spot" as const };
    const rig = new VenueRig(book(), {}, { spec, cash: 100_000_000n });
    rig.place(10, { id: 1, side: "ask", tick: 1000, lots: 1 });
    rig.place(11, { id: 2, side: "bid", tick: 1001, lots: 10 });
    rig.place(12, { id: 3, side: "bid", tick: 1001, lots: 1 });
    expect(rig.lines).toEqual([
      "refused 1 place insufficient-balance",
      "refused 2 place insufficient-balance",
      "accepted 3",
      "filled 3 1@1001 taker fee 0",
      "closed 3 filled 1",
    ]);
  });
});
