import { describe, expect, test } from "vitest";
import { DepthBook, NO_ASK, NO_BID } from "../../../../../sim/exchange/compatibility/depth-book.ts";

/** The published book rules on plain maps, with sorting instead of pointers kept by scans. */
class NaiveBook {
  readonly bids = new Map<number, number>();
  readonly asks = new Map<number, number>();
  bestBid = NO_BID;
  bestAsk = NO_ASK;

  set(side: "bid" | "ask", tick: number, lots: number): void {
    const levels = side === "bid" ? this.bids : this.asks;
    if (lots > 0) levels.set(tick, lots);
    else levels.delete(tick);
    if (side === "bid") {
      if (lots === 0 && tick === this.bestBid) this.bestBid = this.#bidBelow(tick);
      if (lots > 0 && tick > this.bestBid) {
        this.bestBid = tick;
        if (tick >= this.bestAsk) this.bestAsk = this.#askAbove(tick);
      }
    } else {
      if (lots === 0 && tick === this.bestAsk) this.bestAsk = this.#askAbove(tick);
      if (lots > 0 && tick < this.bestAsk) {
        this.bestAsk = tick;
        if (tick <= this.bestBid) this.bestBid = this.#bidBelow(tick);
      }
    }
  }

  #bidBelow(tick: number): number {
    return Math.max(NO_BID, ...[...this.bids.keys()].filter((each) => each < tick));
  }

  #askAbove(tick: number): number {
    return Math.min(NO_ASK, ...[...this.asks.keys()].filter((each) => each > tick));
  }
}

describe("the compatibility book", () => {
  test("has no best on an empty side", () => {
    const book = new DepthBook();
    expect([book.bestBid, book.bestAsk, book.bidLots(5)]).toEqual([NO_BID, NO_ASK, 0]);
    book.setBid(100, 7);
    book.setBid(100, 0);
    expect(book.bestBid).toBe(NO_BID);
  });

  test("answers with the size before", () => {
    const book = new DepthBook();
    expect(book.setAsk(100, 7)).toBe(0);
    expect(book.setAsk(100, 3)).toBe(7);
    expect(book.askLots(100)).toBe(3);
  });

  test("hides the asks a crossing bid passes, without forgetting them", () => {
    const book = new DepthBook();
    for (const tick of [101, 102, 104]) book.setAsk(tick, 5);
    book.setBid(102, 9);
    expect([book.bestBid, book.bestAsk]).toEqual([102, 104]);
    expect(book.askLots(101)).toBe(5);
    book.setBid(102, 0);
    expect([book.bestBid, book.bestAsk]).toEqual([NO_BID, 104]);
  });

  test("keeps its levels when the window grows on either side", () => {
    const book = new DepthBook();
    book.setBid(1_000_000, 1);
    book.setBid(990_000, 2);
    book.setAsk(1_020_000, 3);
    expect([book.bidLots(1_000_000), book.bidLots(990_000), book.askLots(1_020_000)]).toEqual([
      1, 2, 3,
    ]);
    book.setBid(1_000_000, 0);
    expect(book.bestBid).toBe(990_000);
  });

  test("refuses a feed whose prices span more ticks than a window may hold", () => {
    const book = new DepthBook();
    book.setBid(0, 1);
    expect(() => book.setBid(0x200_0000, 1)).toThrow("the feed spans");
  });

  test("agrees with maps and sorting after every update of a crossing feed", () => {
    const book = new DepthBook();
    const naive = new NaiveBook();
    let state = 1;
    const draw = (modulus: number) => {
      state = (Math.imul(state, 48_271) + 11) >>> 0;
      return (state >>> 8) % modulus;
    };
    for (let update = 0; update < 20_000; update++) {
      const side = draw(2) === 0 ? "bid" : "ask";
      const tick = 300 + draw(40);
      const lots = draw(3) === 0 ? 0 : 1 + draw(9);
      if (side === "bid") book.setBid(tick, lots);
      else book.setAsk(tick, lots);
      naive.set(side, tick, lots);
      expect([book.bestBid, book.bestAsk]).toEqual([naive.bestBid, naive.bestAsk]);
    }
  });
});
