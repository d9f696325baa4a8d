// The same run under three answers to the question of queues: the result is a band, not a point.

import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import { fillModelName } from "../../config/fill-model-config.ts";
import type { Measured } from "../../report/summary.ts";
import type { DrivenRun } from "./drive-run.ts";

/** One line of the band. */
export type BandEntry = Readonly<{
  fillModel: string;
  netPnl: string;
  fills: number;
  turnover: string;
  makerShare: Measured;
  finalPositions: readonly string[];
  digest: string;
}>;

/** The ends of the band around `model`, each model once, from the most hopeful to the least. */
export function bandModels(model: FillModel): readonly FillModel[] {
  const ends: FillModel[] = [{ kind: "optimistic" }, model, { kind: "pessimistic" }];
  return ends.filter(
    (each, index) => ends.findIndex((other) => other.kind === each.kind) === index,
  );
}

export function bandEntry(model: FillModel, { result, summary }: DrivenRun): BandEntry {
  return {
    fillModel: fillModelName(model),
    netPnl: summary.pnl.net,
    fills: summary.fills.count,
    turnover: summary.turnover,
    makerShare: summary.fills.makerShare,
    finalPositions: summary.instruments.map((instrument) => instrument.finalPosition),
    digest: result.digest,
  };
}

/** From the hopeful end to the other, does net PnL or the number of fills ever rise? */
export function bandIsUneven(band: readonly BandEntry[]): boolean {
  return band.some((entry, index) => {
    const before = band[index - 1];
    if (before === undefined) return false;
    return Number(entry.netPnl) > Number(before.netPnl) || entry.fills > before.fills;
  });
}

/** Does the verdict hang on the question? True when profit is above zero in one model and below in another. */
export function verdictFlips(band: readonly BandEntry[]): boolean {
  const signs = band.map((entry) => Math.sign(Number(entry.netPnl)));
  return signs.includes(1) && signs.includes(-1);
}
