// A view set by hand, for strategies tested without a bot: the test says what is believed.

import type { BookChanged } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { InstrumentId, SizeLots } from "../../src/domain/units.ts";
import {
  instrumentId,
  positionLots,
  priceTicks,
  sizeLots,
  timeUs,
  venueId,
} from "../../src/domain/units.ts";
import type { HealthView, OrderView, View } from "../../src/ports/view.ts";

/** A linear perpetual on venue 0: tick 0.1, lot 0.001. */
export const fakeInstrument: Instrument = instrumentOf(
  {
    venueName: "alpha",
    symbol: "TEST-PERP",
    contract: "linear",
    base: "TEST",
    quote: "USD",
    tickSize: "0.1",
    lotSize: "0.001",
    contractSize: "1",
  },
  instrumentId(0),
  venueId(0),
);

/** What a test may set between two decisions. */
export type Belief = {
  now: number;
  bid: number | undefined;
  ask: number | undefined;
  bidLots: number;
  askLots: number;
  fresh: boolean;
  linkUp: boolean;
  degradation: HealthView["degradation"];
  position: number;
  orders: readonly OrderView[];
};

/** Nothing believed but a touch of 600,000 / 600,001. */
export function belief(): Belief {
  return {
    now: 1_000_000,
    bid: 600_000,
    ask: 600_001,
    bidLots: 1000,
    askLots: 1000,
    fresh: true,
    linkUp: true,
    degradation: "normal",
    position: 0,
    orders: [],
  };
}

/** A view that reads `state` each time it is asked. */
export function fakeView(state: Belief): View {
  const price = (value: number | undefined) =>
    value === undefined ? undefined : priceTicks(value);
  return {
    get now() {
      return timeUs(state.now);
    },
    instrument: (_id: InstrumentId) => fakeInstrument,
    book: () => ({
      bestBid: () => price(state.bid),
      bestAsk: () => price(state.ask),
      sizeAt: (side): SizeLots => sizeLots(side === "bid" ? state.bidLots : state.askLots),
      levels: () => [],
      fresh: state.fresh,
      updatedAt: timeUs(state.now),
    }),
    position: () => ({
      lots: positionLots(state.position),
      costTickLots: 0,
      lastFillAt: undefined,
    }),
    openOrders: () => state.orders,
    account: () => ({
      cash: 0n,
      realised: 0n,
      fees: 0n,
      funding: 0n,
      pnl: 0n,
      sessionPnl: 0n,
      equity: () => 0n,
    }),
    health: {
      linkUp: () => state.linkUp,
      staleness: () => 0,
      get degradation() {
        return state.degradation;
      },
    },
  };
}

/** The wake-up a strategy gets for the touch of `state`. */
export function bookChanged(state: Belief): BookChanged {
  return {
    kind: "BookChanged",
    at: timeUs(state.now),
    venueAt: timeUs(state.now),
    instrument: fakeInstrument.id,
    bid: state.bid === undefined ? undefined : priceTicks(state.bid),
    ask: state.ask === undefined ? undefined : priceTicks(state.ask),
  };
}
