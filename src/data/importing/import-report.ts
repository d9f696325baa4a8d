// What an import found, repaired, dropped and compared; kept by the importer while it reads, printed by the CLI.
// Counts are complete; of gaps and outages the first or longest are named and the rest counted.

import type { TapeHeader } from "../../domain/tape.ts";
import type { TapeCounts } from "../tapes/tape-writer.ts";
import { instrumentLabel, timeText } from "./import-text.ts";

/** A place where the recording is broken; `at` is received time, µs. */
export type ReportedGap = Readonly<{ at: number; what: string }>;
/** A span without any message, µs. */
export type ReportedOutage = Readonly<{ from: number; us: number }>;

export type ImportReport = TapeCounts &
  Readonly<{
    importer: string;
    file: string;
    header: TapeHeader;
    gapCount: number;
    gaps: readonly ReportedGap[];
    outageCount: number;
    outages: readonly ReportedOutage[];
    outageUs: number;
    duplicatesDropped: number;
    staleDropped: number;
    /** Trades off the price grid that the importer rounded by its documented rule; all else off the grid is refused. */
    offGridTolerated: number;
    /** The book against the feed's own best bid and ask, at every update both speak of. */
    compared: number;
    agreed: number;
    clock: string;
    /** Anything else that was counted, in the importer's words: "bookTicker messages: 66,089". */
    counted: readonly Readonly<{ what: string; count: number }>[];
  }>;

/** A report names this many of the gaps, the first ones, and of the outages, the longest; the rest are counted. */
const GAPS_NAMED_MAX = 20;
const OUTAGES_NAMED_MAX = 5;
/** Longer than the quiet spans of the slowest feed recorded here; shorter silences would fill the report. */
const OUTAGE_US = 5_000_000;

/** The report in the making. */
export class ImportLog {
  duplicatesDropped = 0;
  staleDropped = 0;
  offGridTolerated = 0;
  compared = 0;
  agreed = 0;
  gapCount = 0;
  readonly gaps: ReportedGap[] = [];
  outageCount = 0;
  readonly outages: ReportedOutage[] = [];
  readonly outageUs: number;
  readonly counted = new Map<string, number>();
  #heardAt = Number.NaN;

  constructor(outageUs: number = OUTAGE_US) {
    this.outageUs = outageUs;
  }

  gap(at: number, what: string): void {
    this.gapCount += 1;
    if (this.gaps.length < GAPS_NAMED_MAX) this.gaps.push({ at, what });
  }

  /** Call for every message of every stream, with its received time. */
  heard(receivedAt: number): void {
    const us = receivedAt - this.#heardAt;
    if (us > this.outageUs) this.#outage({ from: this.#heardAt, us });
    this.#heardAt = receivedAt;
  }

  count(what: string, more = 1): void {
    this.counted.set(what, (this.counted.get(what) ?? 0) + more);
  }

  #outage(outage: ReportedOutage): void {
    this.outageCount += 1;
    this.outages.push(outage);
    this.outages.sort((a, b) => b.us - a.us);
    if (this.outages.length > OUTAGES_NAMED_MAX) this.outages.length = OUTAGES_NAMED_MAX;
  }
}

/** The report of a finished tape. `clock` says how the clocks were related. */
export function importReport(
  log: ImportLog,
  file: string,
  header: TapeHeader,
  counts: TapeCounts,
  clock: string,
): ImportReport {
  const { gapCount, gaps, outageCount, outages, outageUs } = log;
  const { duplicatesDropped, staleDropped, offGridTolerated, compared, agreed } = log;
  return {
    ...counts,
    ...{ importer: header.importer, file, header, clock },
    ...{ gapCount, gaps, outageCount, outages, outageUs },
    ...{ duplicatesDropped, staleDropped, offGridTolerated, compared, agreed },
    rows: header.rows,
    counted: [...log.counted].filter(([, count]) => count > 0).map(pairOf),
  };
}

function pairOf([what, count]: readonly [string, number]): Readonly<{
  what: string;
  count: number;
}> {
  return { what, count };
}

/** The report as lines of plain text, "label  value" each. Zeros that are good news are left out. */
export function importReportLines(report: ImportReport): readonly string[] {
  const { header } = report;
  const line = (label: string, text: string): string => `${label.padEnd(16)}${text}`;
  const seconds = (header.lastReceivedAt - header.firstReceivedAt) / 1_000_000;
  const lines = [
    line("tape", report.file),
    line("instrument", instrumentLabel(header.instrument)),
    line("rows", `${grouped(report.rows)} in ${grouped(report.messages)} messages`),
    line(
      "span",
      `${timeText(header.firstReceivedAt)} to ${timeText(header.lastReceivedAt)} (${seconds} s)`,
    ),
    line("clocks", report.clock),
  ];
  const add = (label: string, count: number, text: string): void => {
    if (count > 0) lines.push(line(label, `${grouped(count)} ${text}`));
  };
  add("out of order", report.reorderedMessages, "messages stand twice: received later than sent");
  const worst = `${(report.lateUsMax / 1_000).toFixed(0)} ms`;
  add("late", report.lateMessages, `messages beyond the reorder window, moved by up to ${worst}`);
  lines.push(
    line("book", `${grouped(report.crossedBooks)} crossed, ${grouped(report.lockedBooks)} locked`),
  );
  if (report.compared > 0) {
    const share = `${grouped(report.agreed)} of ${grouped(report.compared)}`;
    lines.push(line("best bid/ask", `${share} agree with the feed's own`));
  }
  add("duplicates", report.duplicatesDropped, "dropped");
  add("stale", report.staleDropped, "messages of replayed history dropped");
  add("off grid", report.offGridTolerated, "trades between two ticks, rounded");
  add("gaps", report.gapCount, "breaks in the recording");
  for (const gap of report.gaps) lines.push(line("", `${timeText(gap.at)} ${gap.what}`));
  add("outages", report.outageCount, `silences over ${report.outageUs / 1_000_000} s`);
  for (const { from, us } of report.outages) {
    lines.push(line("", `${timeText(from)} for ${(us / 1_000_000).toFixed(1)} s`));
  }
  for (const { what, count } of report.counted) lines.push(line("", `${what}: ${grouped(count)}`));
  return lines;
}

/** 1234567 as 1,234,567 whatever the locale. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
