import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { Instrument } from "../../../src/domain/instrument.ts";
import { instrumentId, timeUs } from "../../../src/domain/units.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

const E8 = 100_000_000n;

/** The reasons risk gave, with their rules. */
function reasons(bench: BotBench): readonly string[] {
  return bench.log.entries.flatMap((entry) =>
    entry.kind === "refusal" ? [`${entry.rule}: ${entry.reason}`] : [],
  );
}

function limited(limits: object): BotBench {
  return new BotBench({ instruments: [{ instrument: 0, ...limits }] });
}

/** Of an order that is not ours. */
const strangersFill = {
  kind: "OrderFilled",
  instrument: 0,
  orderId: 900,
  tradeId: 1,
  side: "bid",
  price: 1000,
  cumulative: 2,
  liquidity: "maker",
  fee: 0,
};

test("without limits everything passes", () => {
  const bench = new BotBench();
  for (let id = 1; id <= 50; id += 1) bench.place(id, { size: 1_000_000 });
  expect(bench.sent).toHaveLength(50);
});

describe("max-position", () => {
  test("counts the position and every order that may still fill", () => {
    const bench = limited({ positionLotsMax: 25 });
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.place(2);
    bench.place(3);
    expect(reasons(bench)).toEqual([
      "max-position: worst-case position would be 30 lots, limit is 25",
    ]);
    bench.place(4, { size: 5 });
    expect(bench.sent).toHaveLength(3);
  });

  test("counts an order whose outcome is unknown as if it were live", () => {
    const bench = limited({ positionLotsMax: 15 });
    bench.place(1);
    bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
    bench.place(2);
    expect(bench.refusals).toEqual(["max-position"]);
  });

  test("judges each side by itself, and turns as what they end in", () => {
    const bench = limited({ positionLotsMax: 10 });
    bench.place(1);
    bench.place(2, { side: "ask" });
    expect(bench.refusals).toEqual([]);
    bench.fill(1, 10, 10);
    bench.place(3, { side: "ask" });
    bench.place(4, { side: "ask", size: 1 });
    expect(reasons(bench)).toEqual([
      "max-position: worst-case position would be -11 lots, limit is 10",
    ]);
  });

  test("judges an amend by what it adds", () => {
    const bench = limited({ positionLotsMax: 25 });
    bench.place(1);
    bench.accept(1);
    bench.amend(1, 26);
    bench.amend(1, 25);
    expect(reasons(bench)).toEqual([
      "max-position: worst-case position would be 26 lots, limit is 25",
    ]);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "AmendOrder", size: 25 });
  });

  /** A report of what the account holds. */
  function report(bench: BotBench, lots: number): void {
    const positions = [{ instrument: 0, lots }];
    bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: [] });
  }

  test("counts what a report has beyond belief and all that may still fill", () => {
    const bench = limited({ positionLotsMax: 25 });
    bench.place(1);
    report(bench, 12);
    bench.place(2, { size: 14 });
    expect(reasons(bench)).toEqual([
      "max-position: worst-case position would be 26 lots, limit is 25",
    ]);
    // The other side is none the worse for it.
    bench.place(3, { size: 25, side: "ask" });
    // A fill of an order nobody here knows of explains it.
    bench.tell({ ...strangersFill, size: 2 });
    bench.place(4, { size: 13 });
    expect(bench.refusals).toHaveLength(1);
  });

  test("counts it of what was sold too, and no more once a report has less", () => {
    const bench = limited({ positionLotsMax: 25 });
    report(bench, -20);
    bench.place(1, { size: 6, side: "ask" });
    expect(reasons(bench)).toEqual([
      "max-position: worst-case position would be -26 lots, limit is 25",
    ]);
    report(bench, -4);
    bench.place(2, { size: 21, side: "ask" });
    expect(bench.refusals).toHaveLength(1);
  });

  test("an instrument without a limit has none", () => {
    const bench = new BotBench(
      { instruments: [{ instrument: 1, positionLotsMax: 1 }] },
      benchInstruments(2),
    );
    bench.place(1);
    bench.place(2, { instrument: instrumentId(1) });
    expect(bench.refusals).toEqual(["max-position"]);
  });
});

test("orders that only reduce pass every limit, with the flag or without", () => {
  const bench = limited({ positionLotsMax: 5, orderLotsMax: 5, openOrdersMax: 1 });
  bench.fill(0, 50, 50);
  bench.place(1, { side: "ask", size: 30 });
  bench.place(2, { side: "ask", size: 20 });
  bench.place(3, { side: "ask", size: 40, reduceOnly: true });
  expect(bench.sent).toHaveLength(3);
  bench.place(4, { side: "ask", size: 1 });
  expect(bench.refusals).toEqual(["max-open-orders"]);
});

test("min-size keeps at home what the venue would refuse, a degraded size among it, and lets an exit pass", () => {
  const [plain] = benchInstruments();
  const instrument = { ...(plain as Instrument), minLots: 6 };
  const bench = new BotBench({}, [instrument], { machinery: MACHINERY_DEFAULTS });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  bench.place(1, { size: 5 });
  bench.place(2, { size: 10 });
  bench.fill(2, 4, 4);
  bench.place(3, { side: "ask", size: 4 });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "down", cause: "test" });
  bench.place(4, { size: 10 });
  expect(bench.refusals).toEqual(["min-size", "min-size"]);
  expect(bench.sent.map((each) => each.kind === "PlaceOrder" && each.orderId)).toEqual([2, 3]);
});

test("max-order-size refuses the larger order, new or amended", () => {
  const bench = limited({ orderLotsMax: 10 });
  bench.place(1, { size: 11 });
  bench.place(2);
  bench.accept(2);
  bench.amend(2, 11);
  expect(reasons(bench)).toEqual(
    Array(2).fill("max-order-size: the order is 11 lots, limit is 10"),
  );
});

test("max-open-orders counts orders not over, and lets an amend be", () => {
  const bench = limited({ openOrdersMax: 2 });
  for (const id of [1, 2, 3]) bench.place(id);
  bench.accept(1);
  bench.amend(1, 11);
  expect(reasons(bench)).toEqual(["max-open-orders: 2 orders are open, limit is 2"]);
  bench.close(2, 0);
  bench.place(4);
  expect(bench.refusals).toHaveLength(1);
});

test("max-notional values the worst case at the order's price, a market order at the touch", () => {
  // A tick × lot is 0.0001: 10 lots at 1000 ticks are worth 1.
  const bench = limited({ notionalMaxE8: 2n * E8 });
  bench.place(1);
  bench.place(2);
  bench.place(3, { size: 1 });
  bench.place(4, { size: 1, side: "ask", price: undefined, timeInForce: "IOC" });
  expect(reasons(bench)).toEqual([
    "max-notional: worst-case position would be worth 2.10000000, limit is 2.00000000",
  ]);
});

test("max-notional refuses a market order it cannot value", () => {
  const bench = limited({ notionalMaxE8: E8 });
  Object.assign(bench.books[0] as object, { ask: undefined });
  bench.place(1, { price: undefined, timeInForce: "IOC" });
  expect(bench.refusals).toEqual(["max-notional"]);
});

test("order-velocity slides its window, and does not count what was refused", () => {
  const bench = new BotBench({ orderVelocity: { ordersMax: 2, windowUs: 10_000 } });
  bench.place(1); // at 1 ms
  bench.place(2); // at 2 ms
  for (let id = 3; id <= 10; id += 1) bench.place(id); // to 10 ms
  expect(bench.refusals).toHaveLength(8);
  bench.place(11); // at 11 ms: the first is a window ago
  bench.place(12); // at 12 ms
  expect(bench.refusals).toHaveLength(8);
  bench.place(13);
  expect(reasons(bench).at(-1)).toBe(
    "order-velocity: 2 orders passed in the last 2000 µs, limit is 2 in 10000 µs",
  );
});

test("stale-data refuses new risk, and lets cancels and reducing orders pass", () => {
  const bench = new BotBench({ staleData: { ttlUs: 5000 } });
  const book = bench.books[0] as { updatedAt: number; fresh: boolean };
  book.updatedAt = bench.now;
  bench.place(1);
  bench.accept(1);
  bench.fill(1, 5, 5);
  book.updatedAt = bench.now - 5000;
  bench.place(2);
  bench.place(3, { side: "ask", size: 5 });
  bench.cancel(1);
  expect(reasons(bench)).toEqual([
    "stale-data: the book was last received 6000 µs ago, limit is 5000 µs",
  ]);
  book.updatedAt = bench.now;
  book.fresh = false;
  bench.place(4);
  expect(bench.refusals).toHaveLength(2);
});

test("drawdown halts the bot once equity is too far below its peak", () => {
  const bench = new BotBench({ drawdown: { limitE8: E8 } });
  const book = bench.books[0] as { bid: number; ask: number };
  bench.place(1, { size: 100 });
  bench.fill(1, 100, 100);
  Object.assign(book, { bid: 1049, ask: 1051 }); // + 0.5
  bench.place(2);
  Object.assign(book, { bid: 950, ask: 952 }); // − 0.99 from there
  bench.place(3);
  expect(bench.refusals).toEqual([]);
  Object.assign(book, { bid: 949, ask: 951 });
  bench.place(4, { side: "ask", reduceOnly: true });
  expect(bench.sent.map((each) => each.kind)).toEqual([
    "PlaceOrder",
    "PlaceOrder",
    "PlaceOrder",
    "CancelAll",
  ]);
  expect(reasons(bench)).toEqual([
    "halted: drawdown: equity is 1.00000000 below its peak of 1000.50000000, limit is 1.00000000",
  ]);
});

describe("daily-pnl", () => {
  const DAY = 86_400_000_000;

  test("stops new risk for the rest of the day, and lets the position be closed", () => {
    const bench = new BotBench({ dailyPnl: { lossMaxE8: E8 } });
    const book = bench.books[0] as { bid: number; ask: number };
    bench.place(1, { size: 100 });
    bench.fill(1, 100, 100);
    Object.assign(book, { bid: 899, ask: 901 });
    bench.place(2);
    Object.assign(book, { bid: 999, ask: 1001 });
    bench.place(3);
    expect(reasons(bench)).toEqual(
      Array(2).fill("daily-pnl: the day lost 1.00000000, limit is 1.00000000"),
    );
    bench.place(4, { side: "ask", size: 100 });
    bench.now = DAY;
    bench.place(5);
    expect(bench.refusals).toHaveLength(2);
  });

  test("takes its profit too", () => {
    const bench = new BotBench({ dailyPnl: { profitMaxE8: E8 } });
    bench.place(1, { size: 100 });
    bench.fill(1, 100, 100);
    Object.assign(bench.books[0] as object, { bid: 1099, ask: 1101 });
    bench.place(2);
    expect(reasons(bench)).toEqual(["daily-pnl: the day made 1.00000000, limit is 1.00000000"]);
    expect(bench.bot.view.now).toBe(timeUs(bench.now));
  });
});
