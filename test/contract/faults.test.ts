// Faults of other simulators that have no line of their own among F and V, held at one market and one venue.
// Each number is a line of docs/FILLS.md, "Known faults of other simulators". Run-level ones are in run-faults.test.ts.

import { describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { decimalToSteps, OffGrid } from "../../src/domain/decimal.ts";
import { rateE8 } from "../../src/domain/units.ts";
import { MarketRig } from "../support/market-rig.ts";
import { TapeBuilder } from "../support/tape-builder.ts";
import { VenueRig } from "../support/venue-rig.ts";
import { codeOf, sourceFiles } from "../tidy/source-text.ts";

const book = () =>
  new TapeBuilder().snapshot(
    0,
    ["bid", 100, 10],
    ["bid", 99, 20],
    ["bid", 98, 30],
    ["ask", 101, 10],
    ["ask", 102, 20],
    ["ask", 103, 30],
  );

const MODELS: readonly FillModel[] = [
  { kind: "pessimistic" },
  { kind: "risk-averse" },
  { kind: "power", family: 1, n: 2 },
  { kind: "power", family: 2, n: 3 },
  { kind: "power", family: 3, n: 3 },
  { kind: "log", family: 1 },
  { kind: "log", family: 2 },
];
const OPTIMISTIC: FillModel = { kind: "optimistic" };

const lotsOf = (fills: readonly string[]) =>
  fills.reduce((lots, line) => lots + Number(/ (\d+)@/.exec(line)?.[1]), 0);

describe("partial fills", () => {
  test("X1 the fill that takes exactly what is left ends the order, after any number of parts", () => {
    const tape = book();
    for (let part = 1; part <= 1000; part += 1) tape.print(20 + part, "ask", 99, 3);
    const rig = new MarketRig(tape.print(5000, "ask", 99, 3));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 3000 }).to(1019);
    expect(rig.fills).toHaveLength(999);
    expect(rig.market.orders()[0]).toMatchObject({ filled: 2997 });
    rig.to(6000);
    expect(rig.reports.slice(-2)).toEqual(["fill 1 3@100 maker t1020", "close 1 filled 3000"]);
    expect(rig.market.orders()).toEqual([]);
  });

  test("X2 a sweep tells every level it took, with its fee, and an IOC the remainder it dropped", () => {
    const fees = { maker: rateE8(0), taker: rateE8(50_000) };
    const rig = new VenueRig(book(), { fees });
    rig.place(10, { id: 1, side: "bid", tick: 102, lots: 45, timeInForce: "IOC" });
    // 10 × 101 and 20 × 102 tick-lots of 10,000 units, at 0.0005
    expect(rig.lines).toEqual([
      "accepted 1",
      "filled 1 10@101 taker fee 5050",
      "filled 1 20@102 taker fee 10200",
      "closed 1 ioc-remainder 30",
    ]);
    expect(rig.report(11).positions).toEqual([{ instrument: 0, lots: 30 }]);
  });

  test("X3 an order amended after a partial fill stays partly filled and leaves the true rest", () => {
    const tape = book().print(20, "ask", 99, 4).print(40, "ask", 99, 99);
    const rig = new VenueRig(tape).place(10, { id: 1, side: "bid", tick: 100, lots: 10 });
    rig.amend(30, 1, 100, 25);
    expect(rig.report(31).openOrders[0]).toMatchObject({ orderId: 1, leaves: 21 });
    rig.to(40);
    expect(rig.lines.slice(-2)).toEqual(["filled 1 21@100 maker fee 0", "closed 1 filled 25"]);
    expect(rig.report(41).positions).toEqual([{ instrument: 0, lots: 25 }]);
  });

  test("X4 what a market order could not take is over: liquidity that comes later does not fill it", () => {
    const tape = new TapeBuilder()
      .snapshot(0, ["bid", 100, 10], ["ask", 101, 10])
      .depth(20, ["ask", 101, 50])
      .print(30, "ask", 90, 50);
    const rig = new MarketRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: undefined, lots: 30, timeInForce: "IOC" }).to(40);
    expect(rig.reports).toEqual([
      "accept 1",
      "fill 1 10@101 taker t10",
      "close 1 market-remainder 10",
    ]);
  });

  test("X5 fill-or-kill never fills in part, whatever stops it: depth, our own order, the position", () => {
    const fok = { id: 2, side: "bid", tick: 102, lots: 15, timeInForce: "FOK" } as const;
    const grown = () => book().depth(11, ["ask", 102, 40]);
    for (const selfTrade of ["expire-taker", "expire-both"] as const) {
      const rig = new MarketRig(grown(), { kind: "risk-averse" }, { selfTrade });
      rig.place(10, { id: 1, side: "ask", tick: 102, lots: 5 });
      rig
        .place(12, { ...fok, lots: 31 })
        .place(12, { ...fok, tick: 103, lots: 45 })
        .place(12, fok);
      // 50 lots are displayed; 10 at 101 and 20 at 102 stand before our own order, which the 31st would meet.
      expect(rig.reports.slice(1)).toEqual([
        "refuse 2 fok-not-fillable",
        "refuse 2 fok-not-fillable",
        "accept 2",
        "fill 2 10@101 taker t12",
        "fill 2 5@102 taker t12",
        "close 2 filled 15",
      ]);
    }
    const reducing = new MarketRig(book());
    reducing.reducible = 9;
    reducing.place(10, { ...fok, reduceOnly: true });
    expect(reducing.reports).toEqual(["refuse 2 fok-not-fillable"]);
  });
});

describe("prints, touches and the book", () => {
  test("X6 a print strictly through fills behind any queue, in every model", () => {
    for (const model of [...MODELS, OPTIMISTIC]) {
      const rig = new MarketRig(book().print(20, "ask", 98, 7), model);
      rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 });
      expect(rig.ahead(1)).toBe(20);
      expect(rig.to(20).fills).toEqual(["fill 1 5@99 maker t20"]);
    }
  });

  test("X7 a touch fills no more than what touched, in every model but the optimistic one", () => {
    const touched = (model: FillModel) => {
      const tape = book().depth(20, ["bid", 100, 0], ["ask", 100, 3]);
      const rig = new MarketRig(tape, model);
      return lotsOf(rig.place(10, { id: 1, side: "bid", tick: 100, lots: 9 }).to(30).fills);
    };
    expect(MODELS.map(touched)).toEqual([0, 3, 3, 3, 3, 3, 3]);
    expect(touched(OPTIMISTIC)).toBe(9);
  });

  test("X8 one print never gives several of our orders more than its size, in every model but the optimistic one", () => {
    const given = (model: FillModel) => {
      const rig = new MarketRig(book().print(20, "ask", 98, 12), model);
      rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
      rig.place(10, { id: 2, side: "bid", tick: 99, lots: 5 });
      rig.place(10, { id: 3, side: "bid", tick: 99, lots: 5 });
      rig.place(10, { id: 4, side: "bid", tick: 98, lots: 50 });
      return lotsOf(rig.to(20).fills);
    };
    for (const model of MODELS) expect(given(model)).toBe(12);
    expect(given(OPTIMISTIC)).toBeGreaterThan(12);
  });

  test("X9 a print moves no book: touch, post-only and takers go by what is displayed", () => {
    const tape = book().print(20, "bid", 105, 50).print(21, undefined, 95, 50);
    const rig = new MarketRig(tape).to(21);
    expect([rig.market.bestBid(), rig.market.bestAsk()]).toEqual([100, 101]);
    rig.place(22, { id: 1, side: "bid", tick: 101, lots: 5, timeInForce: "POST_ONLY" });
    rig.place(22, { id: 2, side: "ask", tick: 101, lots: 5, timeInForce: "POST_ONLY" });
    rig.place(22, { id: 3, side: "bid", tick: undefined, lots: 5, timeInForce: "IOC" });
    expect(rig.reports).toEqual([
      "refuse 1 post-only-would-cross",
      "accept 2",
      "accept 3",
      "fill 3 5@101 taker t22",
      "close 3 filled 5",
    ]);
  });

  test("X10 a side cleared from its best down keeps the first level that survives as its best", () => {
    const steps = [0, 1, 2, 3, 4];
    const bids = steps.map((step) => ["bid", 100 - step, 9] as const);
    const asks = steps.map((step) => ["ask", 101 + step, 9] as const);
    const tape = new TapeBuilder()
      .snapshot(0, ...bids, ...asks)
      .depth(20, ["bid", 100, 0], ["ask", 101, 0])
      .depth(30, ["bid", 99, 0], ["bid", 98, 0], ["ask", 102, 0], ["ask", 103, 0]);
    const rig = new MarketRig(tape).to(20);
    expect([rig.market.bestBid(), rig.market.bestAsk()]).toEqual([99, 102]);
    rig.to(30);
    expect([rig.market.bestBid(), rig.market.bestAsk()]).toEqual([97, 104]);
    // What was cleared is gone: a sweep finds the survivors and nothing else.
    rig.place(40, { id: 1, side: "ask", tick: undefined, lots: 99, timeInForce: "IOC" });
    expect(rig.fills).toEqual(["fill 1 9@97 taker t40", "fill 1 9@96 taker t40"]);
  });

  test("X11 a decimal is judged by its grid, not by how many digits it shows", () => {
    expect(decimalToSteps("0.1", "0.001")).toBe(100);
    expect(decimalToSteps("0.100", "0.05")).toBe(2);
    expect(decimalToSteps("1e-3", "0.001")).toBe(1);
    // As many digits as the step, and no multiple of it: a check of decimals alone lets these through.
    expect(() => decimalToSteps("0.12", "0.05")).toThrow(OffGrid);
    expect(() => decimalToSteps("100.3", "0.5")).toThrow(OffGrid);
    // 0.3 / 0.1 is 2.9999999999999996 in doubles.
    expect(decimalToSteps("0.3", "0.1")).toBe(3);
  });
});

describe("configuration", () => {
  test("X12 every field of a venue's profile is read by the simulator", () => {
    const files = sourceFiles("sim", "src/cli").filter(
      ({ path }) =>
        !path.startsWith("sim/exchange/profiles/") && path !== "sim/exchange/profile.ts",
    );
    const readers = files.filter(({ text }) => /rofile/.test(text)).map(({ text }) => text);
    const [declared] = sourceFiles("sim/exchange").filter(({ path }) =>
      path.endsWith("/profile.ts"),
    );
    const body = codeOf(declared?.text ?? "");
    const fields = [...body.matchAll(/\b(\w+):/g)].map((match) => match[1] as string);
    expect(fields).toContain("postOnlyCrossing");
    expect(fields).toContain("intervalUs");
    const unread = fields.filter(
      (field) =>
        !readers.some((text) => new RegExp(`\\.${field}\\b|[{,] ${field}\\b[^:(]*?} =`).test(text)),
    );
    expect(unread).toEqual([]);
  });
});
