// The bars of B13: new risk is asked for while a bar is handled and at no other time, never on a bar that was told before
// or is older than one that was, and not before enough of them have closed. Where one position is held at a time, it is
// asked for while nothing else is open or held.

import type { PlaceOrder } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { View } from "../../src/ports/view.ts";
import type { BarFacts } from "./bot-facts.ts";
import type { Checker, Violate, Watched } from "./checker.ts";

export function watchBars(scene: Watched, facts: BarFacts, violate: Violate): Checker {
  let lastAt = Number.NEGATIVE_INFINITY;
  let bars = 0;
  let entries = 0;
  const handled = (event: Event) => {
    const isBar = event.kind === "BarClosed" && event.instrument === facts.instrument;
    const isSignal = isBar && event.periodUs === facts.periodUs;
    const isNew = isSignal && event.venueAt > lastAt;
    if (isNew) {
      lastAt = event.venueAt;
      bars += 1;
    }
    if (entries === 0) return;
    entries = 0;
    if (!isBar) violate(`an entry answers ${event.kind}, not a closed bar`);
    else if (!isNew) violate(`an entry answers a bar of ${event.periodUs} µs told before`);
    else if (bars < facts.warmUpBars) violate(`an entry on bar ${bars} of ${facts.warmUpBars}`);
  };
  return {
    sent(command) {
      const opens = command.kind === "PlaceOrder" && !command.reduceOnly;
      if (!opens || command.instrument !== facts.instrument || scene.belief === undefined) return;
      entries += 1;
      if (facts.oneAtATime === true) judgeAlone(command, scene.belief, violate);
    },
    heard: handled,
    // What it did while it handled the event it died of, nobody hears of; a bar it died of may be on record.
    crashed(during) {
      entries = 0;
      if (during?.kind !== "BarClosed" || during.periodUs !== facts.periodUs) return;
      if (during.instrument === facts.instrument) bars += 1;
    },
    noticed: handled,
  };
}

/** Of what is held, less than this part of an order is dust of the one before. */
const DUST_PART = 4;

function judgeAlone(
  { instrument, orderId, side, size }: PlaceOrder,
  belief: View,
  violate: Violate,
): void {
  const other = belief.openOrders(instrument).find((each) => each.orderId !== orderId);
  if (other !== undefined) violate(`entry ${orderId} is sent beside order ${other.orderId}`);
  const lots = signOf(side) * belief.position(instrument).lots;
  if (lots < 0) violate(`order ${orderId} is against the position, and not only to reduce it`);
  if (lots * DUST_PART > size) violate(`entry ${orderId} is sent on top of ${lots} lots`);
}
