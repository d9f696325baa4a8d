// Funding of an instrument from a table beside its recording: read, held against the recording, cut to the run.
// A recording that settles funding itself is refused one: it would be paid twice.

import { basename, resolve } from "node:path";
import type { UnitReader } from "../../config/unit-reader.ts";
import type { FundingRow } from "../../data/funding/funding-csv.ts";
import type { StoredFundingTable } from "../../data/funding/funding-table.ts";
import { readFundingTable } from "../../data/funding/funding-table.ts";
import { META_KIND, ROW_FUNDING } from "../../domain/tape.ts";
import type { TapeSource } from "../../ports/tape-source.ts";
import { timeText } from "../../report/time-text.ts";
import type { OpenRecording } from "./open-recording.ts";
import type { RunSpan } from "./run-span.ts";

export type PlannedFunding = Readonly<{
  /** The file's name, and where it lies. */
  name: string;
  path: string;
  table: StoredFundingTable;
  /** The settlements within the run, ascending, and how many its interval asks for: the table may have gaps. */
  rows: readonly FundingRow[];
  due: number;
}>;

/** Reads the table a config names; undefined when it names none. @throws {DataError} when it is not one. */
export function readFundingOf(
  told: string | undefined,
  folder: string,
): Readonly<{ path: string; table: StoredFundingTable }> | undefined {
  if (told === undefined) return undefined;
  const path = resolve(folder, told);
  return { path, table: readFundingTable(path) };
}

/** Holds a table against its recording; `path` is the config's key, for problems. */
export function planFunding(
  { path: file, table }: Readonly<{ path: string; table: StoredFundingTable }>,
  recording: OpenRecording,
  span: RunSpan,
  { path, units }: Readonly<{ path: string; units: UnitReader }>,
): PlannedFunding {
  const { spec, source, name } = recording;
  if (spec.contract === "spot") units.problem(path, `${name} is spot, which pays no funding`);
  if (table.symbol !== spec.symbol) {
    const message = `expected the funding of ${spec.symbol}, was of ${table.symbol}`;
    units.problem(path, `${message}; import it with --symbol ${spec.symbol} if it is the same`);
  }
  const at = source.kind === "levels" ? firstSettlement(source.tape, span) : undefined;
  if (at !== undefined) {
    const message = `${name} settles funding itself, first at ${timeText(at)}`;
    units.problem(path, `${message}: with this table it would be paid twice; leave "funding" out`);
  }
  const { startsAt, endsAt } = span;
  // Nothing is held when a run begins: a settlement at that very moment is not part of it.
  const rows = table.rows.filter((row) => row.at > startsAt && row.at <= endsAt);
  const due = Math.floor(endsAt / table.intervalUs) - Math.floor(startsAt / table.intervalUs);
  return { name: basename(file), path: file, table, rows, due: Math.max(0, due) };
}

/** Venue time of the first settlement a tape holds within the run; undefined when there is none. */
function firstSettlement(tape: TapeSource, { startsAt, endsAt }: RunSpan): number | undefined {
  for (let index = 0; index < tape.batchCount; index += 1) {
    const { rows, meta, venueAt } = tape.batch(index);
    for (let row = 0; row < rows; row += 1) {
      if (((meta[row] as number) & META_KIND) !== ROW_FUNDING) continue;
      const at = venueAt[row] as number;
      if (at >= startsAt && at <= endsAt) return at;
    }
  }
  return undefined;
}
