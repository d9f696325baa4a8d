// Refuses an order after which the worst-case position would be worth more than its limit.
// Valued at the order's own price; a market order, which has none, at the touch it would take.

import { moneyToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { InstrumentLimits } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { e8ToUnits } from "./money.ts";
import { worstPosition } from "./worst-position.ts";

export function maxNotional(
  limits: readonly InstrumentLimits[],
  instruments: readonly Instrument[],
): RiskRule {
  const unitsMax: (bigint | undefined)[] = instruments.map(() => undefined);
  for (const { instrument, notionalMaxE8 } of limits) {
    const decimals = instruments[instrument]?.moneyDecimals;
    if (notionalMaxE8 === undefined || decimals === undefined) continue;
    unitsMax[instrument] = e8ToUnits(notionalMaxE8, decimals);
  }
  return {
    name: "max-notional",
    refuse(order, view) {
      const limit = unitsMax[order.instrument];
      if (limit === undefined) return undefined;
      const book = view.book(order.instrument);
      const touch = order.side === "bid" ? book.bestAsk() : book.bestBid();
      const price = order.price ?? touch;
      if (price === undefined)
        return "the order has no price to value it at, and the book no touch";
      const { moneyPerTickLot, moneyDecimals } = view.instrument(order.instrument);
      const lots = Math.abs(worstPosition(order, view));
      const worth = BigInt(lots) * BigInt(price) * BigInt(moneyPerTickLot);
      if (worth <= limit) return undefined;
      const text = (units: bigint): string => moneyToDecimal(units, moneyDecimals);
      return `worst-case position would be worth ${text(worth)}, limit is ${text(limit)}`;
    },
  };
}
