// What a bot believes, in a few lines: positions, open orders, money, health.

import { moneyToDecimal, stepsToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { venueId } from "../../domain/units.ts";
import type { View } from "../../ports/view.ts";
import { timeText } from "../../report/time-text.ts";
import { accountDecimals } from "../../state/money-scale.ts";

/** More than these are counted, not listed. */
const ORDERS_MAX = 12;

export function beliefLines(
  view: View,
  instruments: readonly Instrument[],
  venues: readonly string[],
): readonly string[] {
  const when = `at ${timeText(view.now)}, ${view.health.degradation}`;
  return [when, ...heldLines(view, instruments, venues)];
}

/** Without the moment; as of the call, so that it may be asked for in the middle of a run. */
export function heldLines(
  view: View,
  instruments: readonly Instrument[],
  venues: readonly string[],
): readonly string[] {
  const lines: string[] = [];
  for (const { id, venueName, symbol, lotSize, tickSize } of instruments) {
    const { lots } = view.position(id);
    const bid = view.book(id).bestBid();
    const ask = view.book(id).bestAsk();
    const price = (ticks: number | undefined): string =>
      ticks === undefined ? "-" : stepsToDecimal(ticks, tickSize);
    const orders = view.openOrders(id);
    const held = stepsToDecimal(lots, lotSize);
    const book = `book ${price(bid)} / ${price(ask)}`;
    lines.push(`${venueName} ${symbol}: position ${held}, ${book}, ${orders.length} open`);
    for (const order of orders.slice(0, ORDERS_MAX)) {
      const size = stepsToDecimal(order.size, lotSize);
      const filled = stepsToDecimal(order.filled, lotSize);
      lines.push(
        `  order ${order.orderId} ${order.side} ${size} @ ${price(order.price)}, filled ${filled}, ${order.state}`,
      );
    }
    if (orders.length > ORDERS_MAX) lines.push(`  and ${orders.length - ORDERS_MAX} more`);
  }
  venues.forEach((name, venue) => {
    const decimals = accountDecimals(instruments, venue);
    const { cash, realised, fees } = view.account(venueId(venue));
    const text = (units: bigint): string => moneyToDecimal(units, decimals);
    lines.push(`${name}: cash ${text(cash)}, realised ${text(realised)}, fees ${text(fees)}`);
  });
  return lines;
}
