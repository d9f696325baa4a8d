// A venue's account of us: balance, positions and open orders as they are at one moment.

import { assert } from "../../src/domain/assert.ts";
import type { AccountReported } from "../../src/domain/event.ts";
import type {
  MoneyUnits,
  PositionLots,
  PriceTicks,
  SizeLots,
  TimeUs,
  VenueId,
} from "../../src/domain/units.ts";
import type { ExchangeAccount } from "./exchange-account.ts";
import type { InstrumentDesk } from "./instrument-desk.ts";

/** What a venue holds of us: the account, and a desk an instrument. */
export type AccountParts = Readonly<{
  venue: VenueId;
  account: ExchangeAccount;
  desks: readonly InstrumentDesk[];
}>;

/** The report of `venueAt`, to be learned at `at`. Flat instruments are not listed. */
export function accountReport(
  { venue, account, desks }: AccountParts,
  times: Readonly<{ at: TimeUs; venueAt: TimeUs }>,
): AccountReported {
  const positions: AccountReported["positions"][number][] = [];
  const openOrders: AccountReported["openOrders"][number][] = [];
  for (const { instrument, holding, market } of desks) {
    if (holding.lots !== 0) {
      positions.push({ instrument: instrument.id, lots: holding.lots as PositionLots });
    }
    for (const order of market.orders()) {
      openOrders.push({
        instrument: instrument.id,
        orderId: order.orderId,
        side: order.side,
        price: (order.price ?? 0) as PriceTicks,
        leaves: (order.size - order.filled) as SizeLots,
      });
    }
  }
  const balance = Math.floor(account.equity()) as MoneyUnits;
  assert(Number.isSafeInteger(balance), "a balance is a safe integer of ledger units");
  const { at, venueAt } = times;
  return { kind: "AccountReported", at, venueAt, venue, balance, positions, openOrders };
}
