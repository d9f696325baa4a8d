// Small feeds for the compatibility engine's tests, written as lines a reader can follow.

import type { CompatAssetConfig } from "../../../../../sim/exchange/compatibility/asset-loop.ts";
import type { MarketRows } from "../../../../../sim/exchange/compatibility/market-rows.ts";
import type { CompatOrderSpec } from "../../../../../sim/exchange/compatibility/order.ts";
import { ROW_DEPTH, ROW_TRADE } from "../../../../../src/domain/tape.ts";

/** "bid" and "ask" are level changes; "buy" and "sell" are prints by their initiator. */
export type FeedLine = readonly [
  atNs: number,
  what: "bid" | "ask" | "buy" | "sell",
  tick: number,
  lots: number,
];

/** Rows that reach us `feedLatencyNs` after the exchange. */
export function feedOf(lines: readonly FeedLine[], feedLatencyNs = 0): MarketRows {
  const depth = (what: string) => what === "bid" || what === "ask";
  const bid = (what: string) => what === "bid" || what === "buy";
  return {
    rows: lines.length,
    kind: Uint8Array.from(lines, ([, what]) => (depth(what) ? ROW_DEPTH : ROW_TRADE)),
    side: Uint8Array.from(lines, ([, what]) => (bid(what) ? 0 : 1)),
    tick: Int32Array.from(lines, ([, , tick]) => tick),
    lots: Int32Array.from(lines, ([, , , lots]) => lots),
    exchNs: Float64Array.from(lines, ([atNs]) => atNs),
    localNs: Float64Array.from(lines, ([atNs]) => atNs + feedLatencyNs),
  };
}

export const MONEY = { tickLotsPerUnit: 10_000, makerFee: -0.00005, takerFee: 0.0007 };

export function assetOf(
  rows: MarketRows,
  change: Partial<Omit<CompatAssetConfig, "rows">> = {},
): CompatAssetConfig {
  return {
    rows,
    queueModel: { kind: "risk-averse" },
    money: MONEY,
    entryLatencyNs: 0,
    responseLatencyNs: 0,
    ...change,
  };
}

/** A post-only limit buy of 10 lots at tick 100, changed as wanted. */
export function orderSpec(change: Partial<CompatOrderSpec> = {}): CompatOrderSpec {
  return {
    id: 1,
    side: "bid",
    kind: "limit",
    timeInForce: "GTX",
    tick: 100,
    lots: 10,
    ...change,
  };
}
