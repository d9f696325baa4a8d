// A log in local time beside a table in UTC: the rows of fills stand in both, and what lies between their times is the
// zone. Rows that stand in both count once.

import type { TimelineEvent } from "./timeline.ts";

const QUARTER_US = 900_000_000;

export type Aligned = Readonly<{
  /** To be added to the log's times. */
  shiftUs: number;
  /** The zone found, as an offset; undefined when none was looked for or found. */
  zone: string | undefined;
  /** Rows of the tables that the log does not have. */
  rest: readonly TimelineEvent[];
}>;

/** @param isFree may the log be moved? Told a zone, it stays where it is. */
export function alignedShift(
  logs: readonly TimelineEvent[],
  tables: readonly TimelineEvent[],
  isFree: boolean,
): Aligned {
  const byKey = new Map<string, TimelineEvent[]>();
  for (const event of logs) {
    if (event.what !== "booked" && event.what !== "fill") continue;
    const key = keyOf(event);
    byKey.set(key, [...(byKey.get(key) ?? []), event]);
  }
  const votes = new Map<number, number>();
  const rest: TimelineEvent[] = [];
  for (const row of tables) {
    const twin = byKey.get(keyOf(row))?.shift();
    if (twin === undefined) rest.push(row);
    else {
      const shift = Math.round((row.at - twin.at) / QUARTER_US) * QUARTER_US;
      votes.set(shift, (votes.get(shift) ?? 0) + 1);
    }
  }
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  if (best === undefined || !isFree) return { shiftUs: 0, zone: undefined, rest };
  return { shiftUs: best[0], zone: offsetText(-best[0]), rest };
}

function keyOf({ leg, side, size, price }: TimelineEvent): string {
  return [leg, side, plain(size), plain(price)].join(" ");
}

/** 5.00 and 5 are one number. */
function plain(text: string | undefined): string {
  return text === undefined ? "" : text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** 28,800,000,000 µs → "+08:00". */
function offsetText(us: number): string {
  const minutes = Math.abs(us) / 60_000_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${us < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
