// The summary as JSON whose shape is a promise: keys in a fixed order, money as decimal strings, times in ISO 8601.

import type { Summary } from "./summary.ts";
import { timeText } from "./time-text.ts";

/** JSON-safe, ready for JSON.stringify. N/A is null with its reason beside it. */
export function summaryJson(summary: Summary): Readonly<Record<string, unknown>> {
  const { startedAtUs, endedAtUs, ...rest } = summary;
  return {
    start: timeText(startedAtUs),
    end: timeText(endedAtUs),
    durationUs: endedAtUs - startedAtUs,
    ...rest,
  };
}
