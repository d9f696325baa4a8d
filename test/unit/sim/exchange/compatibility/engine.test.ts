// The loop of the compatibility engine: time, ties, waits, latencies, and its bulk form against the
// published one that takes an event at a time.

import { describe, expect, test } from "vitest";
import { CompatEngine } from "../../../../../sim/exchange/compatibility/engine.ts";
import type { CompatTimeInForce } from "../../../../../sim/exchange/compatibility/order.ts";
import { synth1 } from "../../../../../sim/market/synth-1.ts";
import { assetOf, type FeedLine, feedOf, orderSpec } from "./feed.ts";

const BOOK: readonly FeedLine[] = [
  [1_000, "bid", 100, 50],
  [1_000, "ask", 101, 50],
];

describe("the compatibility engine", () => {
  test("starts its clock at the first row and ends when all is over, orders in flight too", () => {
    const feed = feedOf([...BOOK, [1_100, "bid", 99, 1]], 10);
    const engine = new CompatEngine([
      assetOf(feed, { entryLatencyNs: 200, responseLatencyNs: 300 }),
    ]);
    expect(engine.nowNs).toBe(1_000);
    expect(engine.elapse(50)).toBe(0);
    engine.submit(0, orderSpec());
    expect(engine.elapse(300)).toBe(0);
    expect(engine.local(0).orders.get(1)?.status).toBe("none");
    // Sent at 1,050, accepted at 1,250, known at 1,550.
    expect(engine.elapse(199)).toBe(0);
    expect(engine.elapse(1)).toBe(1);
    expect(engine.local(0).orders.get(1)?.status).toBe("new");
  });

  test("lets a row be seen by the exchange before a request of the same instant", () => {
    const feed = feedOf([...BOOK, [1_100, "ask", 100, 1], [9_000, "bid", 1, 1]]);
    const engine = new CompatEngine([assetOf(feed, { entryLatencyNs: 100 })]);
    engine.submit(0, orderSpec({ tick: 100 }));
    engine.elapse(100);
    expect(engine.local(0).orders.get(1)?.status).toBe("expired");
  });

  test("tells a refusal on the way after the size of the negative latency", () => {
    const feed = feedOf([...BOOK, [9_000, "bid", 1, 1]]);
    const engine = new CompatEngine([assetOf(feed, { entryLatencyNs: -70 })]);
    engine.submit(0, orderSpec());
    expect(engine.waitOrderResponse(0, 1, 1_000)).toBe(3);
    expect(engine.nowNs).toBe(1_070);
    expect(engine.local(0).orders.get(1)?.status).toBe("expired");
  });

  test("waits for a row, for an answer, or for the time to be over", () => {
    const feed = feedOf([...BOOK, [1_500, "bid", 99, 1], [9_000, "bid", 1, 1]], 40);
    const latency = { entryLatencyNs: 60, responseLatencyNs: 60 };
    const engine = new CompatEngine([assetOf(feed, latency)]);
    expect([engine.waitNextFeed(false, 10_000), engine.nowNs]).toEqual([2, 1_040]);
    engine.submit(0, orderSpec());
    expect([engine.waitNextFeed(true, 10_000), engine.nowNs]).toEqual([3, 1_160]);
    expect([engine.waitNextFeed(true, 100), engine.nowNs]).toEqual([0, 1_260]);
    expect([engine.waitOrderResponse(0, 7, 100), engine.nowNs]).toEqual([0, 1_360]);
    expect([engine.waitNextFeed(false, 10_000), engine.nowNs]).toEqual([2, 1_540]);
    expect(engine.cancel(0, 1)).toBe(0);
    expect([engine.waitOrderResponse(0, 1, 10_000), engine.nowNs]).toEqual([3, 1_660]);
    expect(engine.elapseByEvent(100_000)).toBe(1);
  });

  for (const seed of [1, 2, 3, 4]) {
    test(`runs in bulk as it runs by event, two assets, seed ${seed}`, () => {
      const bulk = record(seed, "bulk");
      expect(bulk.length).toBeGreaterThan(500);
      expect(record(seed, "by event")).toEqual(bulk);
    });
  }
});

/** A strategy without sense that uses every request; returns what it saw at each turn. */
function record(seed: number, how: "bulk" | "by event"): string[] {
  const latency = { entryLatencyNs: seed * 400_000, responseLatencyNs: seed * 300_000 };
  const power3 = { kind: "power-3", exponent: 3 } as const;
  const engine = new CompatEngine([
    assetOf(synth1(4_000), { ...latency, queueModel: power3 }),
    assetOf(synth1(3_000), { ...latency, entryLatencyNs: 0 }),
  ]);
  let state = seed;
  const draw = (modulus: number) => {
    state = (Math.imul(state, 48_271) + 11) >>> 0;
    return (state >>> 8) % modulus;
  };
  const seen: string[] = [];
  for (let turn = 1; ; turn++) {
    const durationNs = draw(10_000_000);
    const result = how === "bulk" ? engine.elapse(durationNs) : engine.elapseByEvent(durationNs);
    for (const asset of [0, 1]) seen.push(stateOf(engine, asset));
    if (result === 1) return seen;
    const asset = draw(2);
    const { book, orders } = engine.local(asset);
    if (turn % 5 === 0) engine.local(asset).clearInactive();
    for (const { id } of orders.values()) {
      const what = draw(6);
      if (what === 0) engine.cancel(asset, id);
      if (what === 1) engine.modify(asset, id, { tick: book.bestBid - draw(3), lots: 1 + draw(9) });
    }
    const timeInForce = (["GTX", "GTX", "GTC", "IOC", "FOK"] as const)[draw(5)];
    const bid = draw(2) === 0;
    engine.submit(asset, {
      id: turn,
      side: bid ? "bid" : "ask",
      kind: draw(20) === 0 ? "market" : "limit",
      timeInForce: timeInForce as CompatTimeInForce,
      tick: bid ? book.bestBid + draw(3) - 1 : book.bestAsk + draw(3) - 1,
      lots: 1 + draw(20),
    });
  }
}

function stateOf(engine: CompatEngine, asset: number): string {
  const { account, book, orders } = engine.local(asset);
  const copies = [...orders.values()].map(
    ({ id, status, request, leaves }) => `${id}${status}${request}${leaves}`,
  );
  const { positionLots, cashTickLots, makerTickLots, takerTickLots, fills } = account;
  const money = [positionLots, cashTickLots, makerTickLots, takerTickLots, fills];
  return [book.bestBid, book.bestAsk, ...money, ...copies].join(" ");
}
