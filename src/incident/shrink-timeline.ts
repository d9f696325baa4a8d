// Cuts a timeline down to the few events without which the same thing would not be broken any more.

import { ddmin } from "../campaign/ddmin.ts";
import { brokenBy } from "./invariants.ts";
import type { Broken, Incident } from "./timeline.ts";

/** Ten thousand events come down in about a thousand tries; what is left then is small enough. */
const TRIES_MAX = 3_000;

export type ShrunkIncident = Readonly<{ incident: Incident; broken: Broken; tries: number }>;

/** @param target one of what the incident breaks */
export function shrinkIncident(incident: Incident, target: Broken): ShrunkIncident {
  const budget = { left: TRIES_MAX };
  const same = (events: Incident["events"]): Broken | undefined =>
    brokenBy(events).find(
      (each) =>
        // Without the numbers in the text, leaving out half of what happened would break the same rule another way.
        each.id === target.id && each.text === target.text && each.source === target.source,
    );
  // Nothing after it can have broken it, but for what lasted: that is told at its beginning.
  const before = incident.events.filter(({ at }) => at <= target.at);
  const first = same(before) === undefined ? incident.events : before;
  const events = [...ddmin(first, (rest) => same(rest) !== undefined, budget)];
  const broken = same(events) ?? target;
  return { incident: { ...incident, events }, broken, tries: TRIES_MAX - budget.left };
}
