// A film of one instrument, told by hand: who sends, says and hears what, and what either side has after it.

import type { PlaceOrder } from "../../src/domain/command.ts";
import type { OrderFilled } from "../../src/domain/event.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import {
  instrumentId,
  moneyUnits,
  orderId,
  priceTicks,
  sizeLots,
  timeUs,
  tradeId,
  venueId,
} from "../../src/domain/units.ts";
import type { Film } from "../../src/report/player/film.ts";
import type { FilmWindow } from "../../src/report/player/film-recorder.ts";
import { FilmRecorder } from "../../src/report/player/film-recorder.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";

const WHOLE: FilmWindow = { from: 0, until: 100_000_000, stepsMax: 1_000 };

export class SmallFilm {
  readonly recorder: FilmRecorder;

  constructor(window: FilmWindow = WHOLE) {
    const instrument = instrumentOf(TEST_INSTRUMENT, instrumentId(0), venueId(0));
    this.recorder = new FilmRecorder([instrument], window);
  }

  /** A fill is said, and the venue holds its lots from then on. */
  said(at: number, fill: OrderFilled, held: number): this {
    this.recorder.said(at, 0, fill);
    return this.holds(at, held);
  }

  /** It is heard, and the bot believes in these lots then. */
  heard(at: number, fill: OrderFilled, believed: number | undefined): this {
    this.recorder.heard(at, { ...fill, at: timeUs(at) });
    return this.believes(at, believed);
  }

  believes(at: number, lots: number | undefined): this {
    this.recorder.stands(at, "believed", 0, { lots, orders: [] });
    return this;
  }

  holds(at: number, lots: number): this {
    this.recorder.stands(at, "true", 0, { lots, orders: [] });
    return this;
  }

  film(): Film {
    return this.recorder.film(["there"], []);
  }
}

/** A buy of `lots`, said at `at`. */
export function fillOf(at: number, trade: number, lots: number): OrderFilled {
  return {
    kind: "OrderFilled",
    at: timeUs(at),
    venueAt: timeUs(at),
    instrument: instrumentId(0),
    orderId: orderId(1),
    tradeId: tradeId(trade),
    side: "bid",
    price: priceTicks(100),
    size: sizeLots(lots),
    cumulative: sizeLots(lots),
    liquidity: "maker",
    fee: moneyUnits(0),
  };
}

export function placeOf(order: number): PlaceOrder {
  return {
    kind: "PlaceOrder",
    instrument: instrumentId(0),
    orderId: orderId(order),
    side: "bid",
    price: priceTicks(100),
    size: sizeLots(5),
    timeInForce: "GTC",
    reduceOnly: false,
  };
}
