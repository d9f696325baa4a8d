// Whether the recordings can tell a strategy what it wants to hear: a bot that waits for bars nobody builds would
// run to the end in silence.

import type { UnitReader } from "../../config/unit-reader.ts";
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
    const path = `instruments.${instrument}`;
    if (source.kind !== "bars") {
      units.problem(path, "the strategy wants bars: expected a recording of candles, was a book");
      continue;
    }
    const { periodUs } = source.bars.header;
    const odd = bars.find((period) => period % periodUs !== 0);
    if (odd === undefined) continue;
    const multiple = `expected a recording whose bars make up ${durationText(odd)} exactly`;
    units.problem(path, `${multiple}, was bars of ${durationText(periodUs)}`);
  }
}
