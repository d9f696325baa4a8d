// B8 (simulation-testing.md §10.2): nothing that may add risk leaves while the bot is halted, its level is critical, its
// book is broken or older than its own rule allows, a link has been down beyond its grace, or its process was lost and not
// every account is known since. Orders that only reduce may, and so may those that only bring a hedged pair's believed net
// nearer to nothing: without them the filled leg stands naked (ADR 0018). Durability is B7's.

import type { AmendOrder, PlaceOrder } from "../../src/domain/command.ts";
import type { InstrumentId, Side, VenueId } from "../../src/domain/units.ts";
import type { View } from "../../src/ports/view.ts";
import { venuesOf } from "./account-scales.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { CheckerMaker, Watched } from "./checker.ts";

export const noOrderInTheDark: CheckerMaker = {
  id: "B8",
  sentence: "No new risk is sent while halted, critical, or on a book too old or not whole.",
  watch(scene, violate) {
    const ttlUs = scene.risk.staleData?.ttlUs ?? Number.POSITIVE_INFINITY;
    const asksForWhole = scene.risk.staleData !== undefined;
    const venues = venuesOf(scene);
    /** Venues whose account a new life has not heard of. */
    const awaited = new Set<VenueId>();
    return {
      heard(event) {
        if (event.kind === "AccountReported") awaited.delete(event.venue);
      },
      began(session) {
        for (const venue of session === 0 ? [] : venues) awaited.add(venue);
      },
      sent(command) {
        if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return;
        if (scene.log.wasHalted) violate(`order ${command.orderId} leaves a bot that is halted`);
        const { belief } = scene;
        if (belief === undefined || mayOnlyReduce(command, belief, scene)) return;
        if (awaited.size > 0) {
          violate(`order ${command.orderId} is sent before every account is known`);
        }
        const { degradation } = belief.health;
        if (degradation === "critical" || degradation === "emergency") {
          violate(`order ${command.orderId} is sent at ${degradation}`);
        }
        const age = belief.health.staleness(command.instrument);
        if (age > ttlUs) violate(`order ${command.orderId} is sent on a book ${age} µs old`);
        if (asksForWhole && !belief.book(command.instrument).fresh) {
          violate(`order ${command.orderId} is sent on a book that is not whole`);
        }
      },
    };
  },
};

/** Can it bring the position, or the net of a hedged pair, no further than flat? So does an amend of a reduce-only order. */
function mayOnlyReduce(command: PlaceOrder | AmendOrder, belief: View, scene: Watched): boolean {
  const { instrument } = command;
  const order = scene.log.find(scene.log.venueOf(instrument), command.orderId);
  if (order === undefined) return false;
  if (order.reduceOnly) return true;
  const { lots } = belief.position(instrument);
  const towardsFlat = order.side === "bid" ? -lots : lots;
  if (command.size <= towardsFlat) return true;
  return (scene.facts.hedges ?? []).some(
    (hedge) =>
      (hedge.primary === instrument || hedge.hedge === instrument) &&
      mayOnlyLowerNet(hedge, command, order.side, belief),
  );
}

/** Does it leave the believed net on its side of zero, with all that was sent before it and may fill the same way? */
function mayOnlyLowerNet(
  { primary, hedge, primaryUnitsPerLot, hedgeUnitsPerLot }: HedgeFacts,
  command: PlaceOrder | AmendOrder,
  side: Side,
  belief: View,
): boolean {
  const legs = [
    { id: primary as InstrumentId, unitsPerLot: primaryUnitsPerLot },
    { id: hedge as InstrumentId, unitsPerLot: hedgeUnitsPerLot },
  ];
  let net = 0;
  let mayFill = 0;
  for (const { id, unitsPerLot } of legs) {
    net += belief.position(id).lots * unitsPerLot;
    for (const order of belief.openOrders(id)) {
      if (order.side !== side || order.orderId > command.orderId) continue;
      const size = order.orderId === command.orderId ? command.size : order.size;
      mayFill += Math.max(0, size - order.filled) * unitsPerLot;
    }
  }
  return mayFill <= (side === "bid" ? -net : net);
}
