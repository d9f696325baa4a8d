// Extended (x10) perpetuals. Source: venues.md §4 (Extended docs through its SDKs, blackcube's API research, ccxt).
// The reply to an order carries its ids and nothing else; what became of it comes on the account stream, with a status
// and a reason. Capitalised words are those reasons; the rest are error codes, most with a wording of ours.
// No least notional: a market has a least size instead (0.0001 BTC), which is not here. Limits of price around the
// mark and of an order's value are not either. 200 open orders are a market's (maxNumOrders).
// Margin is BTC's leverage of 50; maintenance as half of it, a priced IOC that finds nothing as cancelled, which side of
// a self-trade goes (ACCOUNT level: the taker) and no liquidation fee are ours: not documented in our sources.
// An edit is a new order that names the old one, so it goes to the back.

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

export const extended: VenueProfile = {
  name: "extended",
  fees: { maker: rateE8(0), taker: rateE8(25_000) },
  timeInForce: ["GTC", "IOC", "POST_ONLY"],
  marketOrders: true,
  minNotional: undefined,
  reduceOnlyDust: "always",
  significantFigures: undefined,
  openOrdersMax: undefined,
  openOrdersPerMarketMax: 200,
  ack: "taken",
  postOnlyCrossing: "refuse",
  iocUnmatched: "close",
  selfTrade: "expire-taker",
  amend: "back",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(0),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  // deadmanswitch, a countdown in whole seconds; its longest is not documented.
  scheduledCancel: {
    aheadMinUs: durationUs(1_000_000),
    aheadMaxUs: undefined,
    firesPerDayMax: undefined,
  },
  batch: undefined,
  // A report asks three times: for the balance, the positions and the orders.
  rateLimits: [{ weight: 1000, windowUs: durationUs(60_000_000), place: 1, cancel: 1, report: 3 }],
  funding: { intervalUs: durationUs(3_600_000_000) },
  margin: { initial: rateE8(2_000_000), maintenance: rateE8(1_000_000) },
  liquidationFee: rateE8(0),
  words: {
    "off-tick": "1124 price step",
    "off-lot": "1121 size step",
    "min-size": "1120 quantity below the minimum",
    "post-only-would-cross": "POST_ONLY_FAILED",
    "no-liquidity": "NO_LIQUIDITY",
    "reduce-only": "REDUCE_ONLY_FAILED",
    "insufficient-margin": "1140 New order cost exceeds available balance",
    "max-open-orders": "1126 max open orders",
    "duplicate-order-id": "1134 Duplicate Order",
    "rate-limited": "HTTP 429",
  },
};
