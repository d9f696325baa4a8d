// Where belief meets truth: a venue's report of our positions, held against what our fills add up to.
// Only where the wires are quiet: while an order may still fill, or a fill came after the report was made, the two
// may differ and nothing is wrong. It finds drift and decides nothing: what to do about it is policy.

import type { AccountReported } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, PositionLots } from "../domain/units.ts";
import type { ShadowLedger } from "./shadow-ledger.ts";
import type { StateStore } from "./state-store.ts";

/** A position that is not what we believed. */
export type Drift = Readonly<{
  instrument: InstrumentId;
  belief: PositionLots;
  truth: PositionLots;
}>;

const NO_DRIFT: readonly Drift[] = [];

/** The quiet instruments of the reporting venue whose position is not what we believe, in the order of their ids. */
export function driftOf(
  report: AccountReported,
  state: StateStore,
  shadow: ShadowLedger,
): readonly Drift[] {
  let drifts: Drift[] | undefined;
  for (const instrument of state.instruments) {
    if (instrument.venue !== report.venue || !isQuiet(instrument, report, state, shadow)) continue;
    const belief = state.position(instrument.id).lots;
    const truth = reportedLots(report, instrument.id);
    if (belief === truth) continue;
    drifts ??= [];
    drifts.push({ instrument: instrument.id, belief, truth });
  }
  return drifts ?? NO_DRIFT;
}

function isQuiet(
  { id }: Instrument,
  report: AccountReported,
  state: StateStore,
  shadow: ShadowLedger,
): boolean {
  if (!shadow.isQuiet(id)) return false;
  const { lastFillAt } = state.position(id);
  return lastFillAt === undefined || lastFillAt <= report.venueAt;
}

/** What is not in a report is flat. */
function reportedLots(report: AccountReported, id: InstrumentId): PositionLots {
  for (const position of report.positions) if (position.instrument === id) return position.lots;
  return 0 as PositionLots;
}
