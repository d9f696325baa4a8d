// Binance USD-M futures, VIP 0. Source: venues.md §5 (filters, error codes with their texts, fees, funding).
// The least notional is 5, 20 or 100 by symbol: 5 here. An IOC that finds nothing is accepted, then EXPIRED.
// Codes -2025, -4003, -4116 and -5021 are documented; their wording here is from general knowledge.
// Margin is the lowest BTCUSDT tier (125× leverage, 0.4 % maintenance); the liquidation fee is 1.25 %.
// An amend keeps its place when only the size goes down; otherwise it is a new order at the back.

import { durationUs, rateE8 } from "../../../src/domain/units.ts";
import type { VenueProfile } from "../profile.ts";

export const binanceUsdm: VenueProfile = {
  name: "binance-usdm",
  fees: { maker: rateE8(20_000), taker: rateE8(50_000) },
  timeInForce: ["GTC", "IOC", "FOK", "POST_ONLY"],
  marketOrders: true,
  minNotional: "5",
  reduceOnlyDust: "always",
  significantFigures: undefined,
  openOrdersMax: 200,
  openOrdersPerMarketMax: undefined,
  ack: "final",
  postOnlyCrossing: "refuse",
  iocUnmatched: "close",
  selfTrade: "expire-maker",
  amend: "keep-when-smaller",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(0),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  // countdownCancelAll, in ms: one a symbol there, one for the account here.
  scheduledCancel: {
    aheadMinUs: durationUs(1_000),
    aheadMaxUs: undefined,
    firesPerDayMax: undefined,
  },
  // By IP, then orders; figures from general knowledge. A report is the account (5) and all open orders (40).
  // batchOrders, 5 to place or modify and 10 to cancel: by IP 5 and 1; of orders 1 a minute and 5 in 10 s.
  batch: { placeMax: 5, amendMax: 5, cancelMax: 10 },
  rateLimits: [
    {
      weight: 2400,
      windowUs: durationUs(60_000_000),
      place: 1,
      cancel: 1,
      report: 45,
      batch: { place: 5, cancel: 1 },
    },
    {
      weight: 1200,
      windowUs: durationUs(60_000_000),
      place: 1,
      cancel: 0,
      report: 0,
      batch: { place: 1, cancel: 0 },
    },
    {
      weight: 300,
      windowUs: durationUs(10_000_000),
      place: 1,
      cancel: 0,
      report: 0,
      batch: { place: 5, cancel: 0 },
    },
  ],
  funding: { intervalUs: durationUs(28_800_000_000) },
  margin: { initial: rateE8(800_000), maintenance: rateE8(400_000) },
  liquidationFee: rateE8(1_250_000),
  words: {
    "off-tick": "-4014 Price not increased by tick size.",
    "off-lot": "-4023 Qty not increased by step size.",
    "min-size": "-4003 Quantity less than or equal to zero.",
    "min-notional":
      "-4164 Order's notional must be no smaller than {min} (unless you choose reduce only)",
    "post-only-would-cross":
      "-5022 Due to the order could not be executed as maker, the Post Only order will be rejected.",
    "fok-not-fillable":
      "-5021 Due to the order could not be filled immediately, the FOK order has been rejected.",
    "no-liquidity": "-2020 Unable to fill.",
    "reduce-only": "-2022 ReduceOnly Order is rejected.",
    "insufficient-margin": "-2019 Margin is insufficient.",
    "max-open-orders": "-2025 Reach max open order limit.",
    "unknown-order": "-2011 Unknown order sent.",
    "duplicate-order-id": "-4116 ClientOrderId is duplicated.",
    "rate-limited": "-1015 Too many new orders.",
    unsupported: "-1116 Invalid orderType.",
  },
};
