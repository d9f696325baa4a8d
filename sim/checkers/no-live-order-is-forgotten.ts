// B3 (simulation-testing.md §10.2): each order of ours that lives at the venue is in the bot's table, in whatever state, at
// the price the venue booked it at once that was heard; one whose end was heard is out of it. Looked at each second, and
// when the bot begins again. An order that arrived long after it was sent, or that a report left out, was rightly given
// up: it must be found in time. One that a report shows after its end may rightly be taken for open.

import type { AccountReported, OrderAccepted } from "../../src/domain/event.ts";
import type { OrderView, View } from "../../src/ports/view.ts";
import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { isExcused } from "./order-fact.ts";

/** Seen without an entry this long in a row, µs: an answer being handled is not yet a loss. */
const GRACE_US = 2_000_000;
/** To find what could not be known, with the wires working, µs: several polls. */
const FIND_US = 60_000_000;
/** Ended orders of a venue that are remembered: minutes of a fast bot. */
const OVER_MAX = 1024;

export const noLiveOrderIsForgotten: CheckerMaker = {
  id: "B3",
  sentence:
    "Every order of ours that lives at a venue is in the bot's table, at its price, and none whose end was heard.",
  watch(scene, violate) {
    /** By venue: orders whose end was heard, the oldest first. */
    const over = venuesOf(scene).map(() => new Set<number>());
    /** Since when each order was missing; emptied as it is found. */
    const missing = new Map<OrderFact, number>();
    const look = () => {
      const { belief, now } = scene;
      if (belief === undefined) return;
      for (const { id, venue } of scene.instruments) {
        const live = scene.log.live[id] as OrderFact[];
        for (const order of live) {
          if (!order.isOurs || scene.isGone(venue)) continue;
          if (isKnown(order, belief)) {
            if (missing.size > 0) missing.delete(order);
            continue;
          }
          const since = missing.get(order) ?? now;
          missing.set(order, since);
          const excused = isExcused(order);
          const lasts = now - since;
          const calm = Math.min(lasts, scene.log.calmUs(), scene.log.healedUs());
          if (excused ? calm < FIND_US : lasts < GRACE_US) continue;
          violate(
            `order ${order.orderId} lives at venue ${venue} and is not known for ${lasts} µs`,
          );
        }
      }
      if (missing.size > 0) forgetDead(missing);
    };
    const lookForEnded = () => {
      for (const { id, venue } of scene.instruments) {
        for (const { orderId, state } of scene.belief?.openOrders(id) ?? []) {
          if (!over[venue]?.has(orderId)) continue;
          violate(`order ${orderId} is ${state} in the table, and its end was heard`);
        }
      }
    };
    const judgePrice = ({ instrument, orderId, price }: OrderAccepted) => {
      const believed = bookedPrice(scene.belief?.openOrders(instrument), orderId);
      if (believed === undefined || believed === price) return;
      // An acceptance that comes after that of a later amend is old news.
      if (believed === scene.log.find(scene.log.venueOf(instrument), orderId)?.price) return;
      violate(`order ${orderId} is accepted at ${price}, and believed to stand at ${believed}`);
    };
    return {
      heard(event) {
        if (event.kind === "OrderAccepted") judgePrice(event);
        else if (event.kind === "OrderClosed") {
          noteEnd(over[scene.log.venueOf(event.instrument)], event.orderId);
        } else if (event.kind === "AccountReported") noteShown(over[event.venue], event);
      },
      crashed(during) {
        // What a failing disk did not take was not heard; the end, or the report, it died at may be on record or not.
        if (scene.log.mayHaveForgotten) for (const each of over) each.clear();
        else if (during?.kind === "OrderClosed") {
          over[scene.log.venueOf(during.instrument)]?.delete(during.orderId);
        } else if (during?.kind === "AccountReported") noteShown(over[during.venue], during);
      },
      began: look,
      second() {
        look();
        lookForEnded();
      },
    };
  },
};

/** The price an order that rests is believed to have. */
function bookedPrice(open: readonly OrderView[] | undefined, orderId: number): number | undefined {
  return open?.find((each) => each.orderId === orderId)?.price;
}

function noteEnd(over: Set<number> | undefined, orderId: number): void {
  if (over === undefined) return;
  over.add(orderId);
  if (over.size <= OVER_MAX) return;
  for (const oldest of over) {
    over.delete(oldest);
    break;
  }
}

/** What a report shows as open may be taken for open. */
function noteShown(over: Set<number> | undefined, { openOrders }: AccountReported): void {
  for (const { orderId } of openOrders) over?.delete(orderId);
}

function isKnown(order: OrderFact, belief: View): boolean {
  const open = belief.openOrders(order.instrument);
  for (let index = 0; index < open.length; index += 1) {
    if (open[index]?.orderId === order.orderId) return true;
  }
  return false;
}

function forgetDead(missing: Map<OrderFact, number>): void {
  for (const order of missing.keys()) if (order.stage !== "live") missing.delete(order);
}
