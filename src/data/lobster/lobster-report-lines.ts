// What the import of a LOBSTER day has to say, as lines.

import { instrumentLabel, timeText } from "../importing/import-text.ts";
import type { LobsterImport } from "./lobster.ts";

/** The report as lines of plain text, "label  value" each. Zeros that are good news are left out. */
export function lobsterReportLines({ header, report }: LobsterImport): readonly string[] {
  const { queue, window } = report;
  const line = (label: string, text: string): string => `${label.padEnd(16)}${text}`;
  const span = `${timeText(header.firstVenueAt)} to ${timeText(header.lastVenueAt)}`;
  const lines = [
    line("instrument", instrumentLabel(header.instrument)),
    line("messages", `${report.messages}, ${span}`),
    line("rows", `${header.rows}`),
  ];
  const add = (label: string, count: number, text: string): void => {
    if (count > 0) lines.push(line(label, `${count} ${text}`));
  };
  add("hidden", report.hiddenExecutions, `executions, ${report.hiddenOffGrid} rounded to the cent`);
  add("auctions", report.crossPrints, "prints of a cross, not kept");
  add("halts", report.halts, "trading halts and their ends");
  const unknown = queue.unknownReduces + queue.unknownDeletes + queue.unknownExecutions;
  add("unknown orders", unknown, "messages about orders from before the recording");
  add("stale orders", queue.staleOrders, "messages about orders whose size had changed unseen");
  add("inferred", queue.inferredRows, "rows from the book file that no message explains");
  const judged =
    window === undefined
      ? "no: give its orderbook file with --option book=…"
      : `${window.rows} rows, ${window.confirmedLevels} levels as recorded`;
  lines.push(line("book checked", judged));
  return lines;
}
