// Drives a candle market in tests and writes down what it reports, as short lines.

import type { CandleMarketConfig } from "../../sim/exchange/candle-market.ts";
import { CANDLE_MARKET_DEFAULTS, CandleMarket } from "../../sim/exchange/candle-market.ts";
import type { VenueOrder } from "../../sim/exchange/market.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import {
  instrumentId,
  orderId,
  priceTicks,
  sizeLots,
  timeUs,
  venueId,
} from "../../src/domain/units.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import { barInstrument } from "./bars.ts";

export type Ask = {
  id: number;
  side: "bid" | "ask";
  price?: number;
  size: number;
  tif?: VenueOrder["timeInForce"];
  reduceOnly?: boolean;
};

function candleOrder(ask: Ask): VenueOrder {
  return {
    orderId: orderId(ask.id),
    side: ask.side,
    price: ask.price === undefined ? undefined : priceTicks(ask.price),
    size: sizeLots(ask.size),
    filled: sizeLots(0),
    timeInForce: ask.tif ?? (ask.price === undefined ? "IOC" : "GTC"),
    reduceOnly: ask.reduceOnly ?? false,
  };
}

/** Lots a reduce-only order may fill, as the venue would answer. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** A market over `source` and the log of its reports: "<at> <report> #<id> …". */
export function loggedCandleMarket(
  source: BarSource,
  config: Partial<CandleMarketConfig> = {},
  fillable = NO_LIMIT,
) {
  const log: string[] = [];
  const market = new CandleMarket(
    instrumentOf(barInstrument, instrumentId(0), venueId(0)),
    source,
    {
      accepted: (order, request, at) => log.push(`${at} ${request} accepted #${order.orderId}`),
      refused: (order, request, reason, at) =>
        log.push(`${at} ${request} refused #${order.orderId} ${reason}`),
      filled: (order, price, lots, liquidity, at) =>
        log.push(`${at} ${liquidity} #${order.orderId} ${lots} @ ${price}`),
      closed: (order, reason, at) => log.push(`${at} closed #${order.orderId} ${reason}`),
      fillable: (order) => fillable - order.filled,
      funding: (rate, mark, at) => log.push(`${at} funding ${rate} @ ${mark}`),
    },
    { ...CANDLE_MARKET_DEFAULTS, ...config },
  );
  const place = (at: number, ask: Ask) => market.place(candleOrder(ask), timeUs(at));
  /** Advances to `limit` however often the market stops on the way. */
  const run = (limit: number) => {
    while (market.advance(timeUs(limit)) < limit);
  };
  return { market, log, place, run };
}
