// A venue with ordinary rules and no peculiarity: for first runs, synthetic markets and tests.
// Fees are mid-field for perpetuals; margin 5 % to open, 2.5 % to stay open (20× leverage).

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

export const generic: VenueProfile = {
  name: "generic",
  fees: { maker: rateE8(20_000), taker: rateE8(50_000) },
  timeInForce: ["GTC", "IOC", "FOK", "POST_ONLY"],
  marketOrders: true,
  minNotional: "5",
  reduceOnlyDust: "always",
  significantFigures: undefined,
  openOrdersMax: 1000,
  openOrdersPerMarketMax: undefined,
  ack: "final",
  postOnlyCrossing: "refuse",
  iocUnmatched: "refuse",
  selfTrade: "expire-maker",
  amend: "keep-when-smaller",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(0),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  scheduledCancel: undefined,
  batch: { placeMax: 20, amendMax: 20, cancelMax: 20 },
  rateLimits: [],
  funding: { intervalUs: durationUs(28_800_000_000) },
  margin: { initial: rateE8(5_000_000), maintenance: rateE8(2_500_000) },
  liquidationFee: rateE8(500_000),
  words: {
    "off-tick": "price must be a whole number of ticks of {tick}",
    "off-lot": "size must be a whole number of lots of {lot}",
    "min-size": "size must be at least {least}",
    "min-notional": "order value must be at least {min}",
    "post-only-would-cross": "post-only order would have matched, best bid {bid}, best ask {ask}",
    "ioc-no-liquidity": "nothing to match at this price",
    "fok-not-fillable": "the whole size is not available at this price",
    "no-liquidity": "the book is empty on that side",
    "reduce-only": "reduce-only order would increase the position",
    "insufficient-margin": "margin is insufficient",
    "insufficient-balance": "balance is insufficient: spot buys from cash and sells what is held",
    "max-open-orders": "too many open orders",
    "unknown-order": "unknown order",
    "duplicate-order-id": "order id was used before",
    unsupported: "this kind of order is not supported",
  },
};
