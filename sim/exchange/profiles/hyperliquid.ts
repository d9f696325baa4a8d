// Hyperliquid perpetuals, base fee tier. Source: venues.md §1 (tick-and-lot-size, error-responses, order-book,
// self-trade-prevention, fees); exact texts are the documented ones. In practice " asset=N" follows the post-only
// text. Not documented and ours: the words and the limit of open orders, that a repeated id is refused, and that an
// order whose modify would match as a post-only one stands (FILLS F37; the fault amend-half-done is the other reading).
// No market order exists on the wire: an adapter sends IOC with a slippage price, so market orders are taken here.
// Margin is the BTC tier (40× leverage); maintenance is half the initial margin at that leverage.

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

export const hyperliquid: VenueProfile = {
  name: "hyperliquid",
  fees: { maker: rateE8(15_000), taker: rateE8(45_000) },
  timeInForce: ["GTC", "IOC", "POST_ONLY"],
  marketOrders: true,
  minNotional: "10",
  reduceOnlyDust: "when-closing",
  significantFigures: 5,
  openOrdersMax: 1000,
  openOrdersPerMarketMax: undefined,
  ack: "final",
  postOnlyCrossing: "refuse",
  iocUnmatched: "refuse",
  selfTrade: "expire-maker",
  amend: "back",
  closedRowTellsFilled: false,
  takerDelayUs: durationUs(0),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  // scheduleCancel; how soon is documented, how late is not.
  scheduledCancel: { aheadMinUs: durationUs(5_000_000), aheadMaxUs: undefined, firesPerDayMax: 10 },
  // order, batchModify and cancel take arrays. How long these may be is not documented: as many as may be open is ours.
  batch: { placeMax: 1000, amendMax: 1000, cancelMax: 1000 },
  // By IP: an action weighs 1 + floor(n / 40); a report is clearinghouseState (2) and openOrders (20).
  rateLimits: [
    {
      weight: 1200,
      windowUs: durationUs(60_000_000),
      place: 1,
      cancel: 1,
      report: 22,
      batch: { place: 1, cancel: 1, onePer: 40 },
    },
  ],
  funding: { intervalUs: durationUs(3_600_000_000) },
  margin: { initial: rateE8(2_500_000), maintenance: rateE8(1_250_000) },
  liquidationFee: rateE8(0),
  words: {
    "off-tick": "Price must be divisible by tick size.",
    "significant-figures": "Price must be divisible by tick size.",
    "off-lot": "Order has invalid size",
    "min-size": "Order has zero size.",
    "min-notional": "Order must have minimum value of $10.",
    "post-only-would-cross": "Post only order would have immediately matched, bbo was {bid}@{ask}.",
    "ioc-no-liquidity": "Order could not immediately match against any resting orders.",
    "no-liquidity": "No liquidity available for market order.",
    "reduce-only": "Reduce only order would increase position.",
    "insufficient-margin": "Insufficient margin to place order.",
    "max-open-orders": "Too many open orders.",
    "unknown-order": "Order was never placed, already canceled, or filled.",
    "rate-limited": "HTTP 429",
    unsupported: "Failed to deserialize the JSON body into the target type",
  },
};
