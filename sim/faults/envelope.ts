// What a bot is asked to live through, as limits on a plan: a plan that goes beyond is cut down to it. Beyond it a bot may
// only halt. The analogue of an atlas of faults a store promises to survive: nobody survives every venue being gone.

import type { Fault, FaultPlan } from "./fault.ts";

export type Envelope = Readonly<{
  /** Venues that may be unreachable at one time. */
  outagesMax: number;
  /** No outage is longer, µs. */
  outageMaxUs: number;
  /** From one outage of a venue to the next of any, seconds: time to notice that it is back. */
  restSeconds: number;
}>;

/** One venue at a time, for at most ten minutes; crashes come one after another by themselves. */
export const ENVELOPE_DEFAULTS: Envelope = {
  outagesMax: 1,
  outageMaxUs: 600_000_000,
  restSeconds: 2,
};

const SECOND_US = 1_000_000;

/** Faults that make a venue unreachable, or useless, for as long as their parameter says. */
const OUTAGES: ReadonlySet<string> = new Set([
  "link-down",
  "link-silent",
  "link-stalled",
  "link-flapping",
  "answers-silent",
  "venue-unavailable",
  "venue-maintenance",
  "stamps-refused",
]);

/** The plan without the outages that would be too many at once; those too long are shortened. */
export function insideEnvelope(plan: FaultPlan, envelope: Envelope): FaultPlan {
  const outages = plan.filter(({ kind }) => OUTAGES.has(kind));
  if (outages.length === 0) return plan;
  const refused = new Set<Fault>();
  const going: { entity: number; until: number }[] = [];
  for (const outage of outages.sort((a, b) => a.ordinal - b.ordinal || a.entity - b.entity)) {
    const others = new Set(
      going
        .filter(({ entity, until }) => until > outage.ordinal && entity !== outage.entity)
        .map(({ entity }) => entity),
    );
    if (others.size >= envelope.outagesMax) refused.add(outage);
    else going.push({ entity: outage.entity, until: endOf(outage, envelope) });
  }
  return plan.filter((fault) => !refused.has(fault)).map((fault) => shortened(fault, envelope));
}

function endOf({ ordinal, parameter }: Fault, envelope: Envelope): number {
  const lengthUs = Math.min(parameter, envelope.outageMaxUs);
  return ordinal + Math.ceil(lengthUs / SECOND_US) + envelope.restSeconds;
}

function shortened(fault: Fault, { outageMaxUs }: Envelope): Fault {
  if (!OUTAGES.has(fault.kind) || fault.parameter <= outageMaxUs) return fault;
  return { ...fault, parameter: outageMaxUs };
}
