// Whether the recordings can tell a strategy what it wants to hear: a bot that waits for bars nobody builds would
// run to the end in silence.

import type { UnitReader } from "../../config/unit-reader.ts";
import { ORDER_EXECUTE, ORDER_HIDDEN } from "../../domain/order-tape.ts";
import { META_KIND, ROW_TRADE, ROW_TRADE_UNKNOWN } from "../../domain/tape.ts";
import type { Want } from "../../ports/strategy.ts";
import { durationText } from "../../report/time-text.ts";
import type { OpenRecording } from "./open-recording.ts";

/** Notes a problem for each instrument whose recording cannot give the bars that are wanted of it. */
export function judgeWants(
  wants: readonly Want[],
  recordings: readonly OpenRecording[],
  units: UnitReader,
): void {
  for (const { instrument, bars = [] } of wants) {
    const source = recordings[instrument]?.source;
    if (source === undefined || bars.length === 0) continue;
    const problem =
      source.kind === "bars"
        ? unlikeRecorded(bars, source.bars.header.periodUs)
        : unlikePrinted(bars, source);
    if (problem !== undefined) units.problem(`instruments.${instrument}`, problem);
  }
}

/** Recorded bars make up longer ones, whole ones only. */
function unlikeRecorded(wanted: readonly number[], periodUs: number): string | undefined {
  const odd = wanted.find((period) => period % periodUs !== 0);
  if (odd === undefined) return undefined;
  const multiple = `expected a recording whose bars make up ${durationText(odd)} exactly`;
  return `${multiple}, was bars of ${durationText(periodUs)}`;
}

/** Bars of any length are built from prints, if there are prints and a whole period of each length. */
function unlikePrinted(
  wanted: readonly number[],
  source: Exclude<OpenRecording["source"], { kind: "bars" }>,
): string | undefined {
  const { firstReceivedAt, lastReceivedAt } = source.tape.header;
  const long = wanted.find(
    (period) => (Math.ceil(firstReceivedAt / period) + 1) * period > lastReceivedAt,
  );
  if (long !== undefined) {
    const whole = `the strategy wants bars: expected a recording with a whole one of ${durationText(long)}`;
    return `${whole}, was ${durationText(lastReceivedAt - firstReceivedAt)} in all`;
  }
  if (hasPrints(source)) return undefined;
  return "the strategy wants bars: expected a recording with prints to build them from, was none";
}

/** Looks no further than the first print. */
function hasPrints({ kind, tape }: Exclude<OpenRecording["source"], { kind: "bars" }>): boolean {
  const kinds = kind === "levels" ? [ROW_TRADE, ROW_TRADE_UNKNOWN] : [ORDER_EXECUTE, ORDER_HIDDEN];
  for (let index = 0; index < tape.batchCount; index += 1) {
    const { meta, rows } = tape.batch(index);
    for (let row = 0; row < rows; row += 1) {
      if (kinds.includes((meta[row] as number) & META_KIND)) return true;
    }
  }
  return false;
}
