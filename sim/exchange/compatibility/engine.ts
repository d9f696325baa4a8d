// An engine that reproduces hftbacktest's published fill semantics to the digit, in whole lots.
// A proof that differences between its results and our default model come from rules, not from
// mistakes; not the product path. Level-two feeds, constant latencies, NoPartialFill, linear.
//
// It shows these published faults on purpose, because figures produced with them must come out:
// own orders at one price each consume the whole print; a touch by the opposite best fills the
// whole order, whatever size touched; taking fills any size at the best price and never removes
// liquidity; the answer to a fill clears the mark of a cancel still on its way, so a second one may
// be sent; an order modified to another price or a larger size goes on with its leaves from before.
// It does not show: fills of one event in random order (here: in order of acceptance), lots lost to
// float residue, partial fills that the account ignores (there are none), or a market order filled
// at the "no price" mark of an empty side (here: expired).
// Source: hftbacktest order fill documentation; 1.2, 1.3.

import { assert } from "../../../src/domain/assert.ts";
import type { CompatAssetConfig } from "./asset-loop.ts";
import { AssetLoop, LOCAL_DATA, LOCAL_ORDER, SOURCES_PER_ASSET } from "./asset-loop.ts";
import type { LocalSide, RequestFault } from "./local-side.ts";
import type { CompatOrder, CompatOrderSpec } from "./order.ts";

/** What a wait ended with, as published: 0 time, 1 end of data, 2 market feed, 3 order response. */
export type WaitResult = 0 | 1 | 2 | 3;

/** Which event of ours ends a wait early. `orderId` undefined: an answer about any order. */
type Awaited = Readonly<{ asset: number; feed: boolean; response: boolean; orderId?: number }>;

export class CompatEngine {
  readonly #assets: readonly AssetLoop[];
  #nowNs: number;

  /** The clock starts at the earliest first row. */
  constructor(assets: readonly CompatAssetConfig[]) {
    assert(assets.length > 0, "an engine has at least one asset");
    this.#assets = assets.map((config) => new AssetLoop(config));
    const firsts = assets.map((config) => config.rows.exchNs[0] ?? Number.POSITIVE_INFINITY);
    this.#nowNs = Math.min(...firsts);
  }

  get nowNs(): number {
    return this.#nowNs;
  }

  /** Our view of an asset. */
  local(asset: number): LocalSide {
    return this.#asset(asset).local;
  }

  /** Processes everything up to now + d, then moves the clock there. 0, or 1 at the end of data. */
  elapse(durationNs: number): 0 | 1 {
    const limitNs = this.#nowNs + durationNs;
    for (const asset of this.#assets) asset.runTo(limitNs);
    if (this.#assets.every((asset) => asset.exhausted())) return 1;
    this.#nowNs = limitNs;
    return 0;
  }

  /** As elapse, one event at a time in the published order: the loop elapse must agree with. */
  elapseByEvent(durationNs: number): WaitResult {
    return this.#scan(durationNs, undefined);
  }

  /** Until the next row of any asset reaches us (or, if asked, an answer), or the time is over. */
  waitNextFeed(orResponse: boolean, timeoutNs: number): WaitResult {
    return this.#scan(timeoutNs, { asset: -1, feed: true, response: orResponse });
  }

  /** Until the answer about an order reaches us, or the time is over. */
  waitOrderResponse(asset: number, orderId: number, timeoutNs: number): WaitResult {
    return this.#scan(timeoutNs, { asset, feed: false, response: true, orderId });
  }

  /** Sends a new order, stamped now. 0, or the published error code. */
  submit(asset: number, spec: CompatOrderSpec): 0 | RequestFault {
    return this.#send(asset, this.#asset(asset).local.submit(spec, this.#nowNs));
  }

  /** Sends a cancel, stamped now. 0, or the published error code. */
  cancel(asset: number, id: number): 0 | RequestFault {
    return this.#send(asset, this.#asset(asset).local.cancel(id, this.#nowNs));
  }

  /** Sends a modify, stamped now. 0, or the published error code. */
  modify(asset: number, id: number, to: Readonly<{ tick: number; lots: number }>) {
    return this.#send(asset, this.#asset(asset).local.modify(id, to.tick, to.lots, this.#nowNs));
  }

  #send(asset: number, request: CompatOrder | RequestFault): 0 | RequestFault {
    if (typeof request === "number") return request;
    this.#asset(asset).send(request, this.#nowNs);
    return 0;
  }

  /**
   * The published loop: the least of all next times, by linear scan, ties to the lowest index. The
   * awaited event moves the end to its own time, so what falls on the same instant still happens.
   */
  #scan(durationNs: number, awaited: Awaited | undefined): WaitResult {
    let limitNs = this.#nowNs + durationNs;
    let result: WaitResult = 0;
    for (;;) {
      let atNs = Number.POSITIVE_INFINITY;
      let first = 0;
      for (let index = 0; index < this.#assets.length * SOURCES_PER_ASSET; index++) {
        const nextNs = this.#asset((index / SOURCES_PER_ASSET) | 0).nextNs(
          index % SOURCES_PER_ASSET,
        );
        if (nextNs >= atNs) continue;
        atNs = nextNs;
        first = index;
      }
      if (atNs === Number.POSITIVE_INFINITY) return 1;
      if (atNs > limitNs) break;
      const asset = (first / SOURCES_PER_ASSET) | 0;
      const source = first % SOURCES_PER_ASSET;
      const orderId = this.#asset(asset).step(source);
      if (awaited === undefined || !isAwaited(awaited, asset, source, orderId)) continue;
      limitNs = atNs;
      result = source === LOCAL_DATA ? 2 : 3;
    }
    this.#nowNs = limitNs;
    return result;
  }

  #asset(index: number): AssetLoop {
    const asset = this.#assets[index];
    assert(asset !== undefined, `asset index is below ${this.#assets.length}, was ${index}`);
    return asset;
  }
}

function isAwaited(awaited: Awaited, asset: number, source: number, orderId: number | undefined) {
  if (source === LOCAL_DATA) return awaited.feed;
  if (source !== LOCAL_ORDER || !awaited.response) return false;
  if (awaited.orderId === undefined) return true;
  return awaited.asset === asset && awaited.orderId === orderId;
}
