// A candle file to a bar file on disk, and what the import has to say, as lines.

import type { BarHeader } from "../../domain/bar-tape.ts";
import { writeBars } from "../bars/bars-file.ts";
import { refuseOverwriting } from "../importing/import-options.ts";
import { instrumentLabel, timeText } from "../importing/import-text.ts";
import type { CandleImportReport } from "./candles-csv.ts";
import { readCandles } from "./candles-csv.ts";
import type { CandleImportOptions } from "./candles-survey.ts";

export type CandleFileImport = CandleImportOptions & Readonly<{ file: string; out: string }>;
export type CandleFileResult = Readonly<{ header: BarHeader; report: CandleImportReport }>;

/**
 * Reads `file`, writes `out`.
 * @throws {DataError} when the file cannot be believed; then nothing is written.
 */
export async function importCandles(options: CandleFileImport): Promise<CandleFileResult> {
  const { file, out } = options;
  refuseOverwriting([file], out);
  const { bars, report } = await readCandles(file, options);
  writeBars(out, bars);
  return { header: bars.header, report };
}

/** The report as lines of plain text, "label  value" each. Zeros that are good news are left out. */
export function candleReportLines(result: CandleFileResult): readonly string[] {
  const { header, report } = result;
  const line = (label: string, text: string): string => `${label.padEnd(16)}${text}`;
  const span = `${timeText(header.firstOpenAt)} to ${timeText(header.lastOpenAt)}`;
  const lines = [
    line("instrument", instrumentLabel(header.instrument)),
    line("bars", `${report.bars} of ${header.periodUs / 1_000_000} s, opening ${span}`),
  ];
  const add = (label: string, count: number, text: string): void => {
    if (count > 0) lines.push(line(label, `${count} ${text}`));
  };
  const { longestGap } = report;
  const longest =
    longestGap === undefined
      ? ""
      : `, at most ${longestGap.bars}, from ${timeText(longestGap.from)}`;
  add("missing", report.missingBars, `bars in between${longest}`);
  add("duplicates", report.duplicates, "bars repeated word for word, dropped");
  add("empty", report.emptyBars, "bars without volume: nothing fills in them");
  add("double noise", report.doubleNoise, "decimals taken for the tick or lot beside them");
  add("rounded down", report.volumesRoundedDown, "volumes finer than the lot");
  for (const sentence of report.inferred) lines.push(line("concluded", sentence));
  return lines;
}
