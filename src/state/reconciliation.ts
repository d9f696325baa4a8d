// Where belief meets truth: a venue's report of our positions, held against what our fills add up to.
// Only where the wires are quiet: while an order may still fill, or a fill came after the report was made, the two
// may differ and nothing is wrong. It finds drift and decides nothing: what to do about it is policy.

import type { AccountReported } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, PositionLots, Side, TimeUs } from "../domain/units.ts";
import type { ShadowLedger } from "./shadow-ledger.ts";
import type { StateStore } from "./state-store.ts";

/** A position that is not what we believed. */
export type Drift = Readonly<{
  instrument: InstrumentId;
  belief: PositionLots;
  truth: PositionLots;
}>;

/** A drift larger than this is an alert whatever the policy says. Source: grid bot, "Must Never Happen" 1. */
const ALERT_BPS = 1000;

/** What to do about a drift that two reports confirm: tell, take over the venue's number, or stop. */
export type DriftPolicy = "alert" | "adopt" | "halt";

/** What to do about open orders at the venue that are not ours to our knowledge. */
export type OrphanPolicy = "report" | "cancel";

export type ReconciliationConfig = Readonly<{
  drift: DriftPolicy;
  orphans: OrphanPolicy;
  /** A request this young may still be on its way: its order's absence from a report proves nothing. */
  graceUs: number;
}>;

/** Is belief off by more than 10 % of the larger of the two? */
export function isAlarming({ belief, truth }: Drift): boolean {
  const larger = Math.max(Math.abs(belief), Math.abs(truth));
  return Math.abs(truth - belief) * 10_000 > larger * ALERT_BPS;
}

/** The drift in words. */
export function driftText({ instrument, belief, truth }: Drift): string {
  return `drift of instrument ${instrument}: we believe ${belief} lots, it is ${truth}`;
}

/** A report with its moment by our clock, and that moment by the venue's own. */
export type Reading = Readonly<{ report: AccountReported; madeAt: TimeUs }>;

const NO_DRIFT: readonly Drift[] = [];

/**
 * The quiet instruments of the reporting venue whose position is not what we believe, in the order of their ids.
 * Quiet is nothing that may still fill, or `agrees`: all that may is open in the report with just the lots we believe.
 */
export function driftOf(
  reading: Reading,
  state: StateStore,
  shadow: ShadowLedger,
  agrees: (id: InstrumentId) => boolean = () => false,
): readonly Drift[] {
  const { report } = reading;
  let drifts: Drift[] | undefined;
  for (const instrument of state.instruments) {
    if (instrument.venue !== report.venue || !isSettled(instrument, reading, state)) continue;
    if (!shadow.isQuiet(instrument.id) && !agrees(instrument.id)) continue;
    const belief = state.position(instrument.id).lots;
    const truth = reportedLots(report, instrument.id);
    if (belief === truth) continue;
    drifts ??= [];
    drifts.push({ instrument: instrument.id, belief, truth });
  }
  return drifts ?? NO_DRIFT;
}

/**
 * Writes down what a report has beyond belief and all that may have filled when it was made: until it is explained, limits
 * count it. `standing` says how many lots of a side that may fill the report shows as not filled.
 */
export function noteUnexplained(
  reading: Reading,
  state: StateStore,
  shadow: ShadowLedger,
  standing: (id: InstrumentId, side: Side) => number,
): void {
  const { report } = reading;
  for (const instrument of state.instruments) {
    if (instrument.venue !== report.venue || !isSettled(instrument, reading, state)) continue;
    const { id } = instrument;
    const missing = reportedLots(report, id) - state.position(id).lots;
    const stands = missing === 0 ? 0 : standing(id, missing > 0 ? "bid" : "ask");
    shadow.reported(id, missing, stands);
  }
}

/**
 * Did the last fill surely come before the report was made? Of one moment, either may have been first. Our own clock may
 * have lost sight of the venue's: a report that lay about while nothing was heard seems new, and its own stamp is older.
 */
function isSettled({ id }: Instrument, { report, madeAt }: Reading, state: StateStore): boolean {
  const { lastFillAt } = state.position(id);
  if (state.hasFilledSince(id, madeAt)) return false;
  return lastFillAt === undefined || lastFillAt < report.venueAt;
}

/** What is not in a report is flat. */
function reportedLots(report: AccountReported, id: InstrumentId): PositionLots {
  for (const position of report.positions) if (position.instrument === id) return position.lots;
  return 0 as PositionLots;
}
