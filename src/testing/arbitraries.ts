// Arbitraries of fast-check, made wide and shrinking well: a flow is an array of packed numbers, a plan an array of faults
// named by the catalogue. What is left of a failure is printed as it is read.

import fc from "fast-check";
import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import type { FaultPlan } from "../../sim/faults/fault.ts";
import type { FaultKind } from "../../sim/faults/fault-kind.ts";
import { sortedPlan } from "../../sim/faults/plan-order.ts";
import type { KnobName, Knobs } from "../campaign/knobs.ts";
import { KNOBS } from "../campaign/knobs.ts";
import { OrderFlow } from "./order-flow.ts";

export type PlanOptions = Readonly<{
  /** Names of the catalogue; every kind a bot must live through when absent. */
  kinds?: readonly string[];
  faultsMax?: number;
  /** The last second a timed fault may begin at. */
  seconds?: number;
  /** The last request, answer or act that may be struck. */
  occasions?: number;
}>;

/** Plans of faults; the empty one is the smallest. */
export function faultPlan(options: PlanOptions = {}): fc.Arbitrary<FaultPlan> {
  const { kinds, faultsMax = 50, seconds = 500, occasions = 2_000 } = options;
  const known = FAULT_CATALOGUE.filter(({ kind, envelope }) =>
    kinds === undefined ? envelope === "inside" : kinds.includes(kind),
  );
  if (known.length === 0) throw new Error(`expected kinds of the catalogue, was ${kinds}`);
  const fault = fc
    .tuple(fc.nat(known.length - 1), fc.nat(), fc.nat())
    .map(([nth, when, size]) => faultOf(known[nth] as FaultKind, when, size, seconds, occasions));
  return fc.array(fault, { maxLength: faultsMax, size: "max" }).map((faults) => sortedPlan(faults));
}

/** One venue, one instrument: entity 0 of every site. */
function faultOf(kind: FaultKind, when: number, size: number, seconds: number, occasions: number) {
  const { site, parameter } = kind;
  const { least, most } = parameter.range;
  const isCounted = ["request", "answer", "process", "disk"].includes(site);
  return {
    site,
    entity: 0,
    ordinal: 1 + (when % (isCounted ? occasions : seconds)),
    kind: kind.kind,
    parameter: least + (size % (most - least + 1)),
  };
}

/** Orders at random; the empty flow is the smallest. */
export function orderFlow(options: Readonly<{ stepsMax?: number }> = {}): fc.Arbitrary<OrderFlow> {
  const { stepsMax = 300 } = options;
  return fc
    .array(fc.nat(0x7fff_ffff), { maxLength: stepsMax, size: "max" })
    .map((steps) => new OrderFlow(steps));
}

/** The world's knobs and the bot's, some of them turned. */
export function anyKnobs(): fc.Arbitrary<Knobs> {
  const names = Object.keys(KNOBS) as KnobName[];
  const knobs = names.map((name): [KnobName, fc.Arbitrary<number>] => {
    const { least, most } = KNOBS[name];
    return [name, fc.integer({ min: least, max: most })];
  });
  const all = Object.fromEntries(knobs);
  return fc.record(all, { requiredKeys: [], noNullPrototype: true });
}
