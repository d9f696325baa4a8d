// Lighter (zkLighter) perpetuals, in its two kinds of account. Source: venues.md §3 (Lighter docs: account types, rate
// limits, troubleshooting; lighter-go; 239 error codes) and Lighter's docs for the liquidation fee (up to 1 %).
// A reply of 200 only says that the interface took the request: the sequencer decides later, and a post-only order that
// would match is taken and ends as canceled-post-only. Margin is ETH's (200 and 120 in 1e-4).
// A standard account pays no fees and waits: 300 ms what may take, 200 ms the rest (an older page says 100 for cancels);
// a premium one pays and waits 200 ms to take (down to 140 with staked LIT), else not at all.
// Codes are documented, their wording here is mostly ours. Undocumented and ours: an amend's place in the queue (the
// back), dust that closes (refused). Not here: the least base amount of a market, 16 pending orders a market, the
// premium volume quota, and that an invalid reduce-only order may go unanswered, which is a fault and not a rule.

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

const MINUTE = durationUs(60_000_000);

export const lighter: VenueProfile = {
  name: "lighter",
  fees: { maker: rateE8(0), taker: rateE8(0) },
  timeInForce: ["GTC", "IOC", "POST_ONLY"],
  marketOrders: true,
  minNotional: "10",
  reduceOnlyDust: "never",
  significantFigures: undefined,
  openOrdersMax: 1500,
  openOrdersPerMarketMax: 1000,
  ack: "taken",
  postOnlyCrossing: "close",
  iocUnmatched: "close",
  selfTrade: "expire-maker",
  amend: "back",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(300_000),
  makerDelayUs: durationUs(200_000),
  cancelDelayUs: durationUs(200_000),
  // Cancel-all with the time in force "scheduled": 5 minutes to 15 days ahead.
  scheduledCancel: {
    aheadMinUs: durationUs(300_000_000),
    aheadMaxUs: durationUs(1_296_000_000_000),
    firesPerDayMax: undefined,
  },
  // sendTxBatch: 50 transactions by REST, 15 by websocket. That a batch weighs like one transaction is ours.
  batch: { placeMax: 50, amendMax: 50, cancelMax: 50 },
  // A report asks twice: for the account with its positions, and for the active orders.
  rateLimits: [
    {
      weight: 60,
      windowUs: MINUTE,
      place: 1,
      cancel: 1,
      report: 2,
      batch: { place: 1, cancel: 1 },
    },
  ],
  funding: { intervalUs: durationUs(3_600_000_000) },
  margin: { initial: rateE8(2_000_000), maintenance: rateE8(1_200_000) },
  liquidationFee: rateE8(1_000_000),
  words: {
    "off-tick": "21702 invalid price",
    "off-lot": "21701 invalid base amount",
    "min-size": "21701 invalid base amount",
    "min-notional": "21706 invalid order base or quote amount",
    "post-only-would-cross": "canceled-post-only",
    "no-liquidity": "canceled-not-enough-liquidity",
    "reduce-only": "21732 reduce only increases position",
    "insufficient-margin": "21739 not enough margin to create the order",
    "max-open-orders": "21717 max active orders",
    "unknown-order": "21600 not an active limit order",
    "duplicate-order-id": "21728 client order index already exists",
    "rate-limited": "23000 Too Many Requests!",
    unsupported: "21705 invalid time in force",
  },
};

export const lighterPremium: VenueProfile = {
  ...lighter,
  name: "lighter-premium",
  fees: { maker: rateE8(4_000), taker: rateE8(28_000) },
  takerDelayUs: durationUs(200_000),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  // 24,000 weighted a minute: a transaction weighs 6, a reading of the account or of its orders 300.
  rateLimits: [
    {
      weight: 24_000,
      windowUs: MINUTE,
      place: 6,
      cancel: 6,
      report: 600,
      batch: { place: 6, cancel: 6 },
    },
  ],
};
