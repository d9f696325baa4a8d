// The hedge of B13: once neither leg has an order out, the hedge is the ratio of what it hedges, but for what is less
// than a lot or the least order. On a leg none is sent beside one whose outcome is open, as far as the bot was told. A bot
// that has declared a halt has said what is left, and one whose venue is gone for good has X3 to answer to.

import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId, OrderId, VenueId } from "../../src/domain/units.ts";
import type { HedgeFacts } from "./bot-facts.ts";
import type { Checker, Violate, Watched } from "./checker.ts";
import { HotSince } from "./hot-since.ts";
import { isLegGone, netUnitsOf } from "./net-units.ts";
import type { OrderFact } from "./order-fact.ts";

export function watchHedge(scene: Watched, facts: HedgeFacts, violate: Violate): Checker {
  const hot = new HotSince(1);
  const rests = (instrument: number) =>
    (scene.log.live[instrument as InstrumentId] as OrderFact[]).length === 0;
  /** Open to belief still, and said to be over; or left out of a report, so that the next may write them off. */
  const settled = new Set<OrderId>();
  const settleUnless = (venue: VenueId, isListed: (id: OrderId) => boolean) => {
    for (const leg of [facts.primary, facts.hedge] as InstrumentId[]) {
      if (scene.belief === undefined || scene.log.venueOf(leg) !== venue) continue;
      for (const { orderId } of scene.belief.openOrders(leg)) {
        if (!isListed(orderId)) settled.add(orderId);
      }
    }
  };
  /** Where all is asked back at once a rescue begins, which waits for nobody. */
  const recall = (venue: VenueId) => settleUnless(venue, () => false);
  const settle = (event: Event | undefined) => {
    if (facts.oneAtATime !== true) return;
    if (event?.kind === "OrderClosed") settled.add(event.orderId);
    if (event?.kind === "OrderRefused" && event.request === "place") settled.add(event.orderId);
    if (event?.kind !== "AccountReported") return;
    settleUnless(event.venue, (id) => event.openOrders.some(({ orderId }) => orderId === id));
  };
  return {
    heard: settle,
    // What it was told before it died may be on record.
    crashed: settle,
    sent(command) {
      if (facts.oneAtATime !== true) return;
      if (command.kind === "CancelAll") recall(command.venue);
      if (command.kind !== "PlaceOrder") return;
      const { instrument, orderId } = command;
      if (instrument !== facts.primary && instrument !== facts.hedge) return;
      const venue = scene.log.venueOf(instrument);
      const other = scene.belief
        ?.openOrders(instrument)
        .find(
          (each) =>
            each.orderId !== orderId &&
            !settled.has(each.orderId) &&
            scene.log.find(venue, each.orderId)?.isOurs === true,
        );
      if (other === undefined) return;
      violate(`order ${orderId} is sent beside order ${other.orderId}, which is ${other.state}`);
    },
    second() {
      const units = netUnitsOf(scene, facts);
      const isOff = Math.abs(units) > facts.restUnits && scene.haltReason === undefined;
      const isQuiet = isOff && rests(facts.primary) && rests(facts.hedge);
      const isOpen = isQuiet && !isLegGone(scene, facts);
      const lasts = Math.min(hot.lasts(0, isOpen, scene.now), scene.log.calmUs());
      if (lasts <= facts.withinUs) return;
      violate(`the legs are ${units} units apart, with no order out for ${lasts} µs`);
    },
  };
}
