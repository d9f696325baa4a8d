// From when to when a run goes: all that was recorded, within the config's bounds.

import type { UnitReader } from "../../config/unit-reader.ts";
import type { OpenRecording } from "./open-recording.ts";

/** First and last simulated moment, µs. */
export type RunSpan = Readonly<{ startsAt: number; endsAt: number }>;

/** The config's own bounds; undefined where it has none. */
export type ToldSpan = Readonly<{ from: number | undefined; until: number | undefined }>;

/** A span without recording is a mistake in the config, most often of the day or the zone. */
export function judgeSpan(
  recordings: readonly OpenRecording[],
  { from, until }: ToldSpan,
  units: UnitReader,
): void {
  const { startsAt: first, endsAt: last } = recorded(recordings);
  if (from !== undefined && from >= last) units.problem("from", "is after the recording's end");
  if (until !== undefined && until <= first) units.problem("until", "is before the recording");
  if (from !== undefined && until !== undefined && from >= until) {
    units.problem("until", "expected a time after `from`");
  }
}

/** The span as the simulation takes it: from the first thing anyone can know to the last. */
export function runSpanOf(
  recordings: readonly OpenRecording[],
  { from, until }: ToldSpan,
): RunSpan {
  const { startsAt, endsAt } = recorded(recordings);
  return {
    startsAt: Math.max(startsAt, from ?? startsAt),
    endsAt: Math.min(endsAt, until ?? endsAt),
  };
}

function recorded(recordings: readonly OpenRecording[]): RunSpan {
  const spans = recordings.map(({ source }) => {
    if (source.kind === "bars") {
      const { firstOpenAt, lastOpenAt, periodUs } = source.bars.header;
      return { startsAt: firstOpenAt, endsAt: lastOpenAt + periodUs };
    }
    const { firstReceivedAt, firstVenueAt, lastReceivedAt, lastVenueAt } = source.tape.header;
    return {
      startsAt: Math.min(firstReceivedAt, firstVenueAt),
      endsAt: Math.max(lastReceivedAt, lastVenueAt),
    };
  });
  return {
    startsAt: Math.min(...spans.map((each) => each.startsAt)),
    endsAt: Math.max(...spans.map((each) => each.endsAt)),
  };
}
