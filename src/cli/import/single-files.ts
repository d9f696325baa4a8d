// The formats that come in one file: LOBSTER days, candles, funding rates. From a request to an importer's options.

import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { choiceOption, durationOption } from "./own-options.ts";
import type { ImportOutcome, ImportRequest } from "./request.ts";

/** The instrument is a NASDAQ stock in cents and shares, named by the file, as LOBSTER files are. */
export async function runLobster(request: ImportRequest): Promise<ImportOutcome> {
  const [{ importLobsterTape }, { lobsterReportLines }] = await Promise.all([
    import("../../data/lobster/lobster.ts"),
    import("../../data/lobster/lobster-report-lines.ts"),
  ]);
  const { out, more, folder, onProgress, shouldStop } = request;
  const file = onlyFile(request, "a LOBSTER recording is one message file");
  const utcOffsetMinutes = Number(more.get("utc-offset") ?? Number.NaN);
  if (!Number.isInteger(utcOffsetMinutes)) {
    throw new CliError("lobster needs --option utc-offset=<minutes>, -240 for New York in summer");
  }
  const book = more.get("book");
  const date = more.get("date");
  const result = await importLobsterTape(file, out, {
    utcOffsetMinutes,
    ...{ onProgress, shouldStop },
    ...(book === undefined ? {} : { bookFile: resolve(folder, book) }),
    ...(date === undefined ? {} : { date }),
  });
  return { lines: lobsterReportLines(result), report: result };
}

export async function runCandles(request: ImportRequest): Promise<ImportOutcome> {
  const { importCandles, candleReportLines } = await import("../../data/candles/candles-import.ts");
  const { instrument, out, onProgress, shouldStop } = request;
  const file = onlyFile(request, "candles come in one file");
  const periodUs = durationOption(request, "period");
  const result = await importCandles({
    ...{ file, out, instrument, onProgress, shouldStop },
    ...(periodUs === undefined ? {} : { periodUs }),
    volumeOffLot: choiceOption(request, "off-lot", ["refuse", "round-down"]),
    lastBarComplete: choiceOption(request, "last-bar", ["incomplete", "complete"]) === "complete",
  });
  return { lines: candleReportLines(result), report: result };
}

export async function runFunding(request: ImportRequest): Promise<ImportOutcome> {
  const { importFunding, fundingReportLines } = await import(
    "../../data/funding/funding-import.ts"
  );
  const { instrument, out, onProgress, shouldStop } = request;
  const file = onlyFile(request, "funding rates come in one file");
  const intervalUs = durationOption(request, "interval");
  if (intervalUs === undefined || intervalUs === 0) {
    throw new CliError("funding needs --option interval=<time>, 8h at most venues, 1h at some");
  }
  const { venueName, symbol } = instrument;
  const watch = { onProgress, shouldStop };
  const result = await importFunding({ ...watch, file, out, venueName, symbol, intervalUs });
  const { rows: _rows, ...table } = result.table;
  return { lines: fundingReportLines(result), report: { table, report: result.report } };
}

function onlyFile({ files }: ImportRequest, sentence: string): string {
  const [file, ...others] = files;
  if (file !== undefined && others.length === 0) return file;
  throw new CliError(`${sentence}, was ${files.length}`);
}
