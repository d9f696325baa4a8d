// The bars of B13: new risk is asked for while a bar is handled and at no other time, never on a bar that was told before
// or is older than one that was, and not before enough of them have closed.

import type { Event } from "../../src/domain/event.ts";
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
      if (opens && command.instrument === facts.instrument && scene.belief !== undefined) {
        entries += 1;
      }
    },
    heard: handled,
    // What it did while it handled the event it died of, nobody hears of.
    crashed: () => {
      entries = 0;
    },
    noticed: handled,
  };
}
