// The one order of a plan, and plans as text: what a person edits, a repro file keeps, and a digest is taken of.

import type { Fault, FaultPlan, FaultSite } from "./fault.ts";

/** Every site, in the order of plans. */
export const FAULT_SITES = [
  "request",
  "answer",
  "link",
  "venue",
  "account",
  "feed",
  "market",
  "process",
  "disk",
  "clock",
] as const satisfies readonly FaultSite[];
const RANK = new Map<FaultSite, number>(FAULT_SITES.map((site, index) => [site, index]));

/** In the order (site, entity, ordinal, kind). */
export function sortedPlan(faults: readonly Fault[]): FaultPlan {
  return [...faults].sort(
    (a, b) =>
      (RANK.get(a.site) as number) - (RANK.get(b.site) as number) ||
      a.entity - b.entity ||
      a.ordinal - b.ordinal ||
      (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.parameter - b.parameter),
  );
}
