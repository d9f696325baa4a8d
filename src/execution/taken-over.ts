// A fill that no message told of and two reports showed: taken over as an event of the bot's own. Its number is its
// stamp, the moment before the second report by the venue's clock: every fill up to then is in what was taken over, and is
// not booked again when it comes. Source: incident G30, a late fill on top of a number that counted it.

import type { OrderFilled } from "../domain/event.ts";
import type {
  InstrumentId,
  MoneyUnits,
  OrderId,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
  TradeId,
} from "../domain/units.ts";

/** The order id venues use for fills that no order of ours asked for; so does a position we take over. */
export const NOT_OURS = 0 as OrderId;

export type TakenOver = Readonly<{
  at: TimeUs;
  /** Up to when it counts fills: the moment before the report it is taken from, or an order's end. */
  venueAt: TimeUs;
  instrument: InstrumentId;
  orderId: OrderId;
  side: Side;
  price: PriceTicks;
  size: SizeLots;
  cumulative: SizeLots;
  liquidity: OrderFilled["liquidity"];
}>;

export function takenOver(found: TakenOver): OrderFilled {
  const tradeId = found.venueAt as number as TradeId;
  return { kind: "OrderFilled", ...found, tradeId, fee: 0 as MoneyUnits };
}

/** Venues count their trades; no count comes near a stamp in µs. */
export function isTakenOver({ tradeId, venueAt }: OrderFilled): boolean {
  return (tradeId as number) === venueAt;
}
