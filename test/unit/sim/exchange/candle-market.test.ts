// The pessimistic candle, rule by rule. Bars are one minute; times are in minutes here, prices in ticks.

import { describe, expect, test } from "vitest";
import { orderId, priceTicks, sizeLots, timeUs } from "../../../../src/domain/units.ts";
import { barsOf, MINUTE_US } from "../../../support/bars.ts";
import { loggedCandleMarket } from "../../../support/candle-log.ts";

const M = MINUTE_US;

describe("a market order", () => {
  test("fills at the next bar's open plus half a spread, told when that bar closes", () => {
    const { log, place, run } = loggedCandleMarket(
      barsOf([
        [100, 105, 95, 102, 1_000],
        [110, 112, 108, 109, 1_000],
      ]),
      { spreadTicks: 4 },
    );
    run(M);
    place(M, { id: 1, side: "bid", size: 5 });
    run(2 * M);
    expect(log).toEqual([
      `${M} place accepted #1`,
      `${2 * M} taker #1 5 @ 112`,
      `${2 * M} closed #1 filled`,
    ]);
  });

  test("pays at least one tick even where the spread is said to be zero", () => {
    const { log, place, run } = loggedCandleMarket(barsOf([[100, 105, 95, 102, 1_000]]), {
      spreadTicks: 0,
    });
    place(0, { id: 1, side: "ask", size: 5 });
    run(M);
    expect(log[1]).toBe(`${M} taker #1 5 @ 99`);
  });

  test("that arrives within a bar waits for the next", () => {
    const { log, place, run } = loggedCandleMarket(
      barsOf([
        [100, 105, 95, 102, 1_000],
        [110, 112, 108, 109, 1_000],
      ]),
    );
    place(1, { id: 1, side: "bid", size: 5 });
    run(M);
    expect(log).toHaveLength(1);
    run(2 * M);
    expect(log[1]).toBe(`${2 * M} taker #1 5 @ 111`);
  });

  test("that arrives within the grace after the open takes part in that bar", () => {
    const bars = barsOf([[100, 105, 95, 102, 1_000]]);
    const { log, place, run } = loggedCandleMarket(bars, { arrivalGraceUs: 50_000 });
    place(50_000, { id: 1, side: "bid", size: 5 });
    place(50_001, { id: 2, side: "bid", size: 5 });
    run(M);
    expect(log.slice(2)).toEqual([`${M} taker #1 5 @ 101`, `${M} closed #1 filled`]);
  });

  test("takes a tenth of a bar's volume and carries the rest to the next open", () => {
    const { log, place, run } = loggedCandleMarket(
      barsOf([
        [100, 105, 95, 102, 39],
        [110, 112, 108, 109, 0],
        undefined,
        [120, 122, 118, 119, 1_000],
      ]),
    );
    place(0, { id: 1, side: "bid", size: 10 });
    run(4 * M);
    expect(log.slice(1)).toEqual([
      `${M} taker #1 3 @ 101`,
      `${4 * M} taker #1 7 @ 121`,
      `${4 * M} closed #1 filled`,
    ]);
  });

  test("is refused when the recording has no bar left", () => {
    const { log, place, run } = loggedCandleMarket(barsOf([[100, 105, 95, 102, 39]]));
    run(M);
    place(M, { id: 1, side: "bid", size: 1 });
    expect(log).toEqual([`${M} place refused #1 no-liquidity`]);
  });
});

describe("a resting limit", () => {
  const first = [100, 100, 100, 100, 1_000] as const;

  test.each([
    ["bid", 95, [98, 99, 95, 97, 1_000], undefined],
    ["bid", 95, [98, 99, 94, 97, 1_000], 95],
    ["ask", 105, [98, 105, 95, 97, 1_000], undefined],
    ["ask", 105, [98, 106, 95, 97, 1_000], 105],
    ["bid", 95, [90, 91, 89, 90, 1_000], 95],
    ["ask", 105, [110, 111, 109, 110, 1_000], 105],
  ] as const)("%s at %i meets bar %j: filled at %s", (side, price, bar, filledAt) => {
    const { log, place, run } = loggedCandleMarket(barsOf([first, bar]));
    run(M);
    place(M, { id: 1, side, price, size: 5 });
    run(2 * M);
    const fills = log.filter((line) => line.includes("maker"));
    expect(fills).toEqual(filledAt === undefined ? [] : [`${2 * M} maker #1 5 @ ${filledAt}`]);
  });

  test("that crosses on arrival takes at the open, not at its own price", () => {
    const { log, place, run } = loggedCandleMarket(barsOf([first, [100, 103, 97, 99, 1_000]]));
    run(M);
    place(M, { id: 1, side: "bid", price: 150, size: 5 });
    run(2 * M);
    expect(log[1]).toBe(`${2 * M} taker #1 5 @ 101`);
  });

  test("that crossed on arrival but not at the open rests, and is made for", () => {
    const { log, place, run } = loggedCandleMarket(barsOf([first, [105, 106, 100, 104, 1_000]]));
    run(M);
    place(M, { id: 1, side: "bid", price: 102, size: 5 });
    run(2 * M);
    expect(log[1]).toBe(`${2 * M} maker #1 5 @ 102`);
  });

  test("keeps what a bar's volume could not fill", () => {
    const { log, market, place, run } = loggedCandleMarket(
      barsOf([first, [98, 99, 90, 97, 20], [98, 99, 90, 97, 20]]),
    );
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 3 });
    expect(market.advance(timeUs(3 * M))).toBe(2 * M);
    expect(market.orders()[0]?.filled).toBe(2);
    run(3 * M);
    expect(log.slice(1)).toEqual([
      `${2 * M} maker #1 2 @ 95`,
      `${3 * M} maker #1 1 @ 95`,
      `${3 * M} closed #1 filled`,
    ]);
  });

  test("is not filled by a bar whose volume is zero", () => {
    const { log, place, run } = loggedCandleMarket(barsOf([first, [98, 99, 90, 97, 0]]));
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 3 });
    run(2 * M);
    expect(log).toHaveLength(1);
  });
});

describe("the path through a bar", () => {
  test.each([
    ["falls", [100, 110, 90, 95, 60], ["#1 5 @ 95", "#2 1 @ 105"]],
    ["rises", [100, 110, 90, 105, 60], ["#2 5 @ 105", "#1 1 @ 95"]],
    ["closes where it opened", [100, 110, 90, 100, 60], ["#1 5 @ 95", "#2 1 @ 105"]],
  ] as const)("meets the losing side first when the bar %s", (_, bar, expected) => {
    const { log, place, run } = loggedCandleMarket(barsOf([[100, 100, 100, 100, 100], bar]));
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 5 });
    place(M, { id: 2, side: "ask", price: 105, size: 5 });
    run(2 * M);
    const fills = log
      .filter((line) => line.includes("maker"))
      .map((line) => line.replace(/^.*maker /, ""));
    expect(fills).toEqual(expected);
  });

  test("reaches the better price first, and the earlier arrival at one price", () => {
    const { log, place, run } = loggedCandleMarket(
      barsOf([
        [100, 100, 100, 100, 100],
        [100, 101, 90, 95, 30],
      ]),
    );
    run(M);
    place(M, { id: 3, side: "bid", price: 95, size: 2 });
    place(M, { id: 2, side: "bid", price: 96, size: 1 });
    place(M, { id: 1, side: "bid", price: 95, size: 2 });
    run(2 * M);
    const fills = log
      .filter((line) => line.includes("maker"))
      .map((line) => line.replace(/^.*maker /, ""));
    expect(fills).toEqual(["#2 1 @ 96", "#3 2 @ 95"]);
  });
});

describe("the kinds of order", () => {
  const bars = [
    [100, 100, 100, 100, 1_000],
    [105, 110, 90, 100, 40],
  ] as const;

  test.each([
    ["IOC", 106, 3, ["taker #1 3 @ 106", "closed #1 filled"]],
    ["IOC", 106, 5, ["taker #1 4 @ 106", "closed #1 ioc-remainder"]],
    ["IOC", 105, 3, ["closed #1 ioc-remainder"]],
    ["FOK", 106, 4, ["taker #1 4 @ 106", "closed #1 filled"]],
    ["FOK", 106, 5, ["closed #1 ioc-remainder"]],
  ] as const)("%s buy at %i for %i lots", (tif, price, size, expected) => {
    const { log, place, run } = loggedCandleMarket(barsOf(bars));
    run(M);
    place(M, { id: 1, side: "bid", price, size, tif });
    run(2 * M);
    expect(log.slice(1)).toEqual(expected.map((line) => `${2 * M} ${line}`));
  });

  test("fill-or-kill fills nothing when the position allows less than its size", () => {
    const { log, place, run } = loggedCandleMarket(barsOf(bars), {}, 2);
    run(M);
    place(M, { id: 1, side: "bid", price: 106, size: 3, tif: "FOK", reduceOnly: true });
    run(2 * M);
    expect(log.slice(1)).toEqual([`${2 * M} closed #1 ioc-remainder`]);
  });

  test("post-only is judged by the last close and half a spread", () => {
    const { log, place, run } = loggedCandleMarket(barsOf(bars));
    run(M);
    place(M, { id: 1, side: "bid", price: 101, size: 1, tif: "POST_ONLY" });
    place(M, { id: 2, side: "bid", price: 100, size: 1, tif: "POST_ONLY" });
    place(M, { id: 3, side: "ask", price: 99, size: 1, tif: "POST_ONLY" });
    expect(log).toEqual([
      `${M} place refused #1 post-only-would-cross`,
      `${M} place accepted #2`,
      `${M} place refused #3 post-only-would-cross`,
    ]);
  });
});

describe("a reduce-only order", () => {
  const bars = [
    [100, 110, 90, 100, 1_000],
    [100, 110, 90, 100, 1_000],
  ] as const;

  test.each([
    [{ id: 1, side: "bid", size: 5, reduceOnly: true }, "taker #1 3 @ 101"],
    [{ id: 1, side: "bid", size: 5, price: 95, reduceOnly: true }, "maker #1 3 @ 95"],
  ] as const)(
    "fills what reduces the position and is over when nothing is left: %j",
    (ask, fill) => {
      const { log, place, run } = loggedCandleMarket(barsOf(bars), {}, 3);
      place(0, ask);
      run(2 * M);
      expect(log.slice(1)).toEqual([`${M} ${fill}`, `${2 * M} closed #1 reduce-only`]);
    },
  );
});

describe("cancel and amend", () => {
  const bars = [
    [100, 100, 100, 100, 1_000],
    [100, 110, 90, 100, 1_000],
    [100, 110, 90, 100, 1_000],
  ] as const;

  test("a cancel within a bar takes the order out of that bar", () => {
    const { log, market, place, run } = loggedCandleMarket(barsOf(bars));
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 1 });
    expect(market.cancel(orderId(1), "cancelled", timeUs(M + 1))).toBe(true);
    expect(market.cancel(orderId(1), "cancelled", timeUs(M + 1))).toBe(false);
    run(3 * M);
    expect(log).toEqual([`${M} place accepted #1`, `${M + 1} closed #1 cancelled`]);
  });

  test("an amend within a bar takes part from the next", () => {
    const { log, market, place, run } = loggedCandleMarket(barsOf(bars));
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 1 });
    expect(market.amend(orderId(1), priceTicks(92), sizeLots(2), timeUs(M + 1))).toBe(true);
    run(3 * M);
    expect(log.slice(1)).toEqual([
      `${M + 1} amend accepted #1`,
      `${3 * M} maker #1 2 @ 92`,
      `${3 * M} closed #1 filled`,
    ]);
  });

  test("an amend is refused as a place would be, and leaves the order as it was", () => {
    const { log, market, place, run } = loggedCandleMarket(barsOf(bars));
    run(M);
    place(M, { id: 1, side: "bid", price: 95, size: 1, tif: "POST_ONLY" });
    expect(market.amend(orderId(1), priceTicks(101), sizeLots(1), timeUs(M))).toBe(true);
    expect(market.amend(orderId(2), priceTicks(101), sizeLots(1), timeUs(M))).toBe(false);
    expect(log[1]).toBe(`${M} amend refused #1 post-only-would-cross`);
    expect(market.orders()[0]?.price).toBe(95);
  });
});

describe("time", () => {
  test("nextAt is the close of the next bar, across batches and holes, and then never", () => {
    const { market, run } = loggedCandleMarket(
      barsOf([[1, 1, 1, 1, 1], undefined, [2, 2, 2, 2, 1], [3, 3, 3, 3, 1]], { batchRows: 1 }),
    );
    const seen: number[] = [];
    while (market.nextAt() < Number.POSITIVE_INFINITY) {
      seen.push(market.nextAt());
      run(market.nextAt());
    }
    expect(seen).toEqual([M, 3 * M, 4 * M]);
    expect(market.mark()).toBe(3);
  });

  test("tells no touch and no mark before the first bar has closed", () => {
    const { market, run } = loggedCandleMarket(barsOf([[7, 9, 5, 8, 1]]));
    run(M - 1);
    expect([market.bestBid(), market.bestAsk(), market.mark()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    run(M);
    expect([market.bestBid(), market.bestAsk(), market.mark()]).toEqual([7, 9, 8]);
  });

  test("passes over a bar that was unfinished when recorded", () => {
    const source = barsOf([
      [7, 9, 5, 8, 1],
      [1, 1, 1, 1, 1],
    ]);
    source.batch(0).complete[1] = 0;
    const { market, run } = loggedCandleMarket(source);
    run(5 * M);
    expect(market.mark()).toBe(8);
    expect(market.nextAt()).toBe(Number.POSITIVE_INFINITY);
  });
});
