// The grid of B13: a rung that was filled whole is not asked for again at its price, under the same centre, before
// something was traded back. A centre that moved begins a new ladder: which one is in force, the strategy's own state
// says. None of its orders may take; what stands on a book that lost a side is asked back. That a price is live once, and
// how much rests in all, are B4's and B5's.

import type { OrderRefused } from "../../src/domain/event.ts";
import type { InstrumentId, Side } from "../../src/domain/units.ts";
import { signOf } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { GridFacts } from "./bot-facts.ts";
import type { Checker, Violate, Watched } from "./checker.ts";

/** A rung that was filled, and the ladder it belonged to. */
type Filled = Readonly<{
  side: string;
  price: number;
  lots: number;
  ladder: string;
  /** How far it carried the position from where the ladder was laid. */
  away: number;
}>;

/** Rungs remembered: more than a ladder has. */
const FILLED_MAX = 256;

export function watchGrid(scene: Watched, facts: GridFacts, violate: Violate): Checker {
  const filled: Filled[] = [];
  const awayOf = (side: Side, { laidAt }: Ladder) => {
    const lots = scene.belief?.position(facts.instrument as InstrumentId).lots ?? laidAt;
    return signOf(side) * (lots - laidAt);
  };
  /** Orders whose cancel was refused: they are asked back again when their time comes. */
  const refused = new Set<number>();
  const noteRefused = ({ request, orderId }: OrderRefused) => {
    if (request === "cancel") refused.add(orderId);
  };
  const isWell = () => scene.belief?.health.degradation === "normal";
  return {
    sent(command) {
      if (command.kind !== "PlaceOrder" || command.instrument !== facts.instrument) return;
      const { side, price, size, orderId, timeInForce } = command;
      if (facts.restsOnly === true && timeInForce !== "POST_ONLY") {
        violate(`order ${orderId} of a grid may take: it is ${timeInForce}`);
      }
      const rung = filled.find((each) => each.side === side && each.price === price);
      if (rung === undefined || size < facts.levelLots || size > rung.lots || !isWell()) return;
      const ladder = ladderOf(scene.saved());
      if (ladder?.name !== rung.ladder || awayOf(side, ladder) < rung.away) return;
      violate(`order ${orderId} arms the rung at ${price} again before it was traded back`);
    },
    noticed(event) {
      if (event.kind !== "BookChanged" || event.instrument !== facts.instrument) return;
      if (event.bid !== undefined && event.ask !== undefined) return;
      const { belief, log } = scene;
      if (belief?.health.linkUp(log.venueOf(event.instrument)) !== true) return;
      for (const { orderId, state } of belief.openOrders(event.instrument)) {
        if (state !== "live" || refused.has(orderId)) continue;
        violate(`order ${orderId} stands on a book without a side, and is not asked back`);
      }
    },
    crashed(during) {
      // What it died at may be on record.
      if (during?.kind === "OrderRefused") noteRefused(during);
    },
    heard(event) {
      if (event.kind === "OrderRefused") noteRefused(event);
      else if (event.kind === "OrderClosed") refused.delete(event.orderId);
      if (event.kind !== "OrderFilled" || event.instrument !== facts.instrument) return;
      const { side, price } = event;
      // Any lot traded back frees the nearest rung: none of that side is held to its fill any more.
      for (let index = filled.length - 1; index >= 0; index -= 1) {
        if ((filled[index] as Filled).side !== side) filled.splice(index, 1);
      }
      const order = scene.log.find(scene.log.venueOf(event.instrument), event.orderId);
      if (order === undefined || !order.isOurs || event.cumulative < order.size) return;
      if (order.size < facts.levelLots || !isWell() || scene.log.trades.hearing !== "first") return;
      const ladder = ladderOf(scene.saved());
      if (ladder === undefined) return;
      // A way out of the other side's rung takes none of this side.
      const away = awayOf(side, ladder);
      if (away < Math.max(order.size, takenAt(side, price, ladder, facts))) return;
      if (filled.length === FILLED_MAX) filled.shift();
      filled.push({ side, price, lots: order.size, ladder: ladder.name, away });
    },
  };
}

/** A ladder: where it is centred, and the position it was laid at. */
type Ladder = Readonly<{ name: string; laidAt: number; centreHalfTicks: number }>;

/** Lots away from where the ladder was laid once the rung at a price is taken; no number is enough off every rung. */
function takenAt(side: Side, price: number, ladder: Ladder, { rungs }: GridFacts): number {
  if (rungs === undefined) return 0;
  const sign = signOf(side);
  const offset = Math.ceil((sign * ladder.centreHalfTicks) / 2) - sign * price;
  const rung = rungs.find(({ offsetTicks }) => offsetTicks === offset);
  return rung?.takenLots ?? Number.POSITIVE_INFINITY;
}

/** The ladder in force, undefined while there is none. */
function ladderOf(saved: JsonValue | undefined): Ladder | undefined {
  const state = saved as SavedGrid | null | undefined;
  const { centreHalfTicks, centredPosition } = state ?? {};
  if (typeof centreHalfTicks !== "number" || centredPosition === undefined) return undefined;
  return {
    name: `${centreHalfTicks} at ${centredPosition}`,
    laidAt: centredPosition,
    centreHalfTicks,
  };
}

/** Of what a grid saves, what tells one ladder from another. */
type SavedGrid = Readonly<{ centreHalfTicks?: number | null; centredPosition?: number }>;
