// A funding file to a funding table on disk, and what the import has to say, as lines.

import { basename } from "node:path";
import { stepsToDecimal } from "../../domain/decimal.ts";
import type { ImportWatch } from "../importing/import-options.ts";
import { refuseOverwriting } from "../importing/import-options.ts";
import { timeText } from "../importing/import-text.ts";
import type { FundingReport } from "./funding-csv.ts";
import { readFunding } from "./funding-csv.ts";
import type { FundingTable } from "./funding-table.ts";
import { writeFundingTable } from "./funding-table.ts";

export type FundingFileImport = ImportWatch &
  Readonly<{ file: string; out: string; venueName: string; symbol: string; intervalUs: number }>;
export type FundingFileResult = Readonly<{ table: FundingTable; report: FundingReport }>;

/**
 * Reads `file`, writes `out`.
 * @throws {DataError} when the file cannot be believed; {ImportStopped} when told to stop. Nothing is written then.
 */
export async function importFunding(options: FundingFileImport): Promise<FundingFileResult> {
  const { file, out, venueName, symbol, intervalUs } = options;
  refuseOverwriting([file], out);
  const { rows, report } = await readFunding(file, options);
  const source = { file: basename(file), sha256: report.sha256 };
  const table = { venueName, symbol, intervalUs, source, rows };
  writeFundingTable(out, table);
  return { table, report };
}

/** The report as lines of plain text, "label  value" each. Zeros that are good news are left out. */
export function fundingReportLines({ table, report }: FundingFileResult): readonly string[] {
  const { rows, venueName, symbol } = table;
  const line = (label: string, text: string): string => `${label.padEnd(16)}${text}`;
  const rates = rows.map(({ rateE8 }) => rateE8);
  const percent = (rateE8: number): string => `${stepsToDecimal(rateE8, "0.000001")} %`;
  const least = percent(rates.reduce((a, b) => (b < a ? b : a)));
  const most = percent(rates.reduce((a, b) => (b > a ? b : a)));
  const [first, last] = [rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0];
  const hours = report.intervalUs / 3_600_000_000;
  const lines = [
    line("instrument", `${venueName} ${symbol}`),
    line(
      "settlements",
      `${report.rows}, every ${hours} h, ${timeText(first)} to ${timeText(last)}`,
    ),
    line("rates", `${least} to ${most}; above zero the longs pay`),
  ];
  const add = (label: string, count: number, text: string): void => {
    if (count > 0) lines.push(line(label, `${count} ${text}`));
  };
  const gaps = `(gaps: ${report.gaps}); nothing is paid there`;
  const worst = `${report.worstLatenessUs / 1_000_000} s`;
  add("missing", report.missingRows, gaps);
  add(
    "late",
    report.lateRows,
    `stamped more than 10 s after their time, at most ${worst}; kept so`,
  );
  add("rounded", report.rounded, "rates finer than 1e-8, to the nearest");
  return lines;
}
