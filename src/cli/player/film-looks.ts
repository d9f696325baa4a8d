// What a film is told of either side: the bot's position, orders and book by its view, the venue's by its desk.

import type { InstrumentId } from "../../domain/units.ts";
import type { BookView, View } from "../../ports/view.ts";
import type { FilmOrder, FilmSide } from "../../report/player/film.ts";
import type { Standing } from "../../report/player/film-recorder.ts";

/** Levels of a side that a ladder shows. */
const LADDER_DEPTH = 8;

/** A film lasts at most this many steps unless a window says otherwise; a page of it has about eight megabytes. */
export const STEPS_MAX = 100_000;

/** An instrument as the bot believes it to be. */
export function believedStanding(view: View, instrument: number): Standing {
  const id = instrument as InstrumentId;
  return { lots: view.position(id).lots, orders: view.openOrders(id).map(believedOrder) };
}

function believedOrder(order: ReturnType<View["openOrders"]>[number]): FilmOrder {
  const { orderId, side, price, size, filled, state } = order;
  return { orderId, side, price, size, filled, state, ahead: undefined };
}

/** The best levels of each side, as the bot has received them. */
export function ladderOf(book: BookView): readonly [bids: FilmSide, asks: FilmSide] {
  const side = (name: "bid" | "ask"): FilmSide =>
    book.levels(name, LADDER_DEPTH).flatMap(({ price, size }) => [price as number, size as number]);
  return [side("bid"), side("ask")];
}

/** An order as its venue holds it. */
export function venueOrder(
  order: Readonly<{
    orderId: number;
    side: "bid" | "ask";
    price: number | undefined;
    size: number;
    filled: number;
  }>,
  ahead?: number,
): FilmOrder {
  const { orderId, side, price, size, filled } = order;
  return { orderId, side, price, size, filled, state: "live", ahead };
}
