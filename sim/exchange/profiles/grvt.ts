// GRVT perpetuals, base tier. Source: venues.md §2 (GRVT SDK, ccxt samples, hummingbot) and GRVT's help centre for
// margin (50×; maintenance half of initial, as its tiers have it) and the liquidation fee (0.9 %).
// An order is acknowledged as PENDING without an id; only then OPEN, REJECTED or CANCELLED. Orders that are not
// post-only wait 25 ms. Words that quote a capitalised name are reject reasons of the order stream, else error codes;
// where only a code's meaning is documented the wording is ours. The least notional (100) is BTC's.
// Not documented, and ours: which side of a self-trade goes (the taker), whether dust may be closed (no), the limit of
// open orders (none here). Requests are limited as hummingbot assumes; the tiers' table is not public. No amend is.

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

export const grvt: VenueProfile = {
  name: "grvt",
  fees: { maker: rateE8(20_000), taker: rateE8(50_000) },
  timeInForce: ["GTC", "IOC", "FOK", "POST_ONLY"],
  marketOrders: true,
  minNotional: "100",
  reduceOnlyDust: "never",
  significantFigures: undefined,
  openOrdersMax: undefined,
  openOrdersPerMarketMax: undefined,
  ack: "pending",
  postOnlyCrossing: "refuse",
  iocUnmatched: "close",
  selfTrade: "expire-taker",
  amend: "unsupported",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(25_000),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  // cancel_on_disconnect, a countdown; sent again it begins anew.
  scheduledCancel: {
    aheadMinUs: durationUs(1_000_000),
    aheadMaxUs: durationUs(300_000_000),
    firesPerDayMax: undefined,
  },
  batch: undefined,
  // A report asks twice: for the account with its positions, and for the open orders.
  rateLimits: [{ weight: 1200, windowUs: durationUs(60_000_000), place: 1, cancel: 1, report: 2 }],
  funding: { intervalUs: durationUs(28_800_000_000) },
  margin: { initial: rateE8(2_000_000), maintenance: rateE8(1_000_000) },
  liquidationFee: rateE8(900_000),
  words: {
    "off-tick": "2064 Invalid limit price tick",
    "off-lot": "2065 Order size too granular",
    "min-size": "2062 Order size smaller than min size",
    "post-only-would-cross": "FAIL_POST_ONLY",
    "fok-not-fillable": "FOK_CANCEL",
    "no-liquidity": "IOC_CANCEL",
    "reduce-only": "FAIL_REDUCE_ONLY",
    "insufficient-margin": "2080 Insufficient margin to create order",
    "max-open-orders": "2090 Max open orders exceeded",
    "unknown-order": "1004 RESOURCE_NOT_FOUND",
    "duplicate-order-id": "OVERLAPPING_CLIENT_ORDER_ID",
    "rate-limited": "1006 rate limit",
    unsupported: "1003 malformed",
  },
};
