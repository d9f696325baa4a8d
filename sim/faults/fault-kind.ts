// What the catalogue says of one kind of fault: where it strikes, what it does, how hard and how often it is drawn.
// The world carries a kind out by its name alone; a plan is drawn from these figures and never consulted again.

import type { FaultSite } from "./fault.ts";

/** Both ends included; a draw is log-uniform between them, so that small and large values are equally likely to be tried. */
export type Range = Readonly<{ least: number; most: number }>;

/** What `Fault.parameter` counts. */
export type ParameterUnit =
  | "µs"
  | "lots"
  | "ticks"
  | "bps"
  | "per mille"
  | "orders"
  | "1e-8"
  | "none";

export type FaultKind = Readonly<{
  kind: string;
  site: FaultSite;
  /** Entries of the list of known failures this kind provokes, F1 to F50 (docs/FAULTS.md names them). */
  covers: readonly number[];
  /** What happens, in the present tense. */
  sentence: string;
  parameter: Readonly<{ unit: ParameterUnit; meaning: string; range: Range }>;
  /** Mean gap between two faults of this kind, in the ordinals of its site, while the kind is on. */
  every: Range;
  /**
   * Only these occasions can be struck. A fault whose occasion is not one of them strikes the first that is, at or
   * after its ordinal: so few are wasted.
   */
  strikes?: Occasion;
  /** Inside: every bot must live through it and converge. Outside: it must halt safely, and may do no more. */
  envelope: "inside" | "outside";
  /** Whether the world is whole again by itself after the fault. */
  lasts: "moment" | "heals" | "for ever";
}>;

/** What a request or answer must be for a kind to strike it; absent, any will do. */
export type Occasion =
  | "PlaceOrder"
  | "post-only PlaceOrder"
  | "taking PlaceOrder"
  | "reduce-only PlaceOrder"
  | "CancelOrder or AmendOrder"
  | "OrderAccepted"
  | "OrderFilled"
  | "OrderClosed"
  | "AccountReported";

export const NO_PARAMETER = {
  unit: "none",
  meaning: "none",
  range: { least: 0, most: 0 },
} as const;

const MILLISECOND_US = 1_000;
const SECOND_US = 1_000_000;

/** A length of time as a parameter, log-uniform between the two, in milliseconds. */
export function lengthMs(least: number, most: number, meaning: string): FaultKind["parameter"] {
  const range = { least: least * MILLISECOND_US, most: most * MILLISECOND_US };
  return { unit: "µs", meaning, range };
}

/** A length of time as a parameter, log-uniform between the two, in seconds. */
export function lengthSeconds(
  least: number,
  most: number,
  meaning: string,
): FaultKind["parameter"] {
  return { unit: "µs", meaning, range: { least: least * SECOND_US, most: most * SECOND_US } };
}

export function range(least: number, most: number): Range {
  return { least, most };
}
