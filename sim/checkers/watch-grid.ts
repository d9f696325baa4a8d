// The grid of B13: at most so many orders a side, each price once (B4 looks at what is live), and a rung that was filled
// whole is not asked for again at its price, under the same centre, before something was traded back. A centre that moved
// begins a new ladder: which one is in force, the strategy's own state says.

import type { JsonValue } from "../../src/ports/strategy.ts";
import type { GridFacts } from "./bot-facts.ts";
import type { Checker, Violate, Watched } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

/** A rung that was filled, and the ladder it belonged to. */
type Filled = Readonly<{ side: string; price: number; lots: number; ladder: string }>;

/** Rungs remembered: more than a ladder has. */
const FILLED_MAX = 256;

export function watchGrid(scene: Watched, facts: GridFacts, violate: Violate): Checker {
  const filled: Filled[] = [];
  const isWell = () => scene.belief?.health.degradation === "normal";
  return {
    sent(command) {
      if (command.kind !== "PlaceOrder" || command.instrument !== facts.instrument) return;
      const live = scene.log.live[facts.instrument] as OrderFact[];
      let orders = 1;
      for (const each of live) if (each.isOurs && each.side === command.side) orders += 1;
      // The venue may not have heard of cancels that were sent before.
      if (orders > 2 * facts.levelsMax) violate(`${orders} orders on the ${command.side}`);
      const { side, price, size, orderId } = command;
      const rung = filled.find((each) => each.side === side && each.price === price);
      if (rung === undefined || size < facts.levelLots || size > rung.lots || !isWell()) return;
      if (ladderOf(scene.saved()) !== rung.ladder) return;
      violate(`order ${orderId} arms the rung at ${price} again before it was traded back`);
    },
    heard(event) {
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
      if (filled.length === FILLED_MAX) filled.shift();
      filled.push({ side, price, lots: order.size, ladder });
    },
  };
}

/** The centre and the position it was laid at, undefined while there is none. */
function ladderOf(saved: JsonValue | undefined): string | undefined {
  const state = saved as
    | Readonly<{ centreHalfTicks?: number | null; centredPosition?: number }>
    | undefined
    | null;
  if (state?.centreHalfTicks === undefined || state.centreHalfTicks === null) return undefined;
  return `${state.centreHalfTicks} at ${state.centredPosition}`;
}
