// The formats `rehearse import` takes, by name: what each is, what it must be told, and who reads it.
// An importer is loaded when its format is asked for.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suggestion } from "../../config/nearest-name.ts";
import type { CsvMapping } from "../../data/csv/csv-generic-mapping.ts";
import type { ImportOptions } from "../../data/importing/import-options.ts";
import { CliError } from "../cli-error.ts";
import { durationOption } from "./own-options.ts";
import type { ImportOutcome, ImportRequest } from "./request.ts";
import { runCandles, runFunding, runLobster } from "./single-files.ts";

export type ImportFormat = Readonly<{
  name: string;
  text: string;
  venue: string;
  /** Tick and lot must be told. */
  needsGrid: boolean;
  /** The files say which instrument they are of. */
  namesInstrument?: true;
  /** Options of its own, with their meanings. */
  options: Readonly<Record<string, string>>;
  run(request: ImportRequest): Promise<ImportOutcome>;
}>;

const LATENCY = { "base-latency": 'what the fastest message needed, like "2ms" (default: 1ms)' };

export const importFormats: readonly ImportFormat[] = [
  {
    name: "binance-raw",
    text: "Binance websocket captures, a line each: <received ns> <JSON>; plain or gzip",
    venue: "binance-usdm",
    needsGrid: true,
    options: LATENCY,
    async run(request) {
      const { importBinanceRaw } = await import("../../data/binance/binance-raw.ts");
      return outcome(await importBinanceRaw(importOptions(request)));
    },
  },
  {
    name: "binance-spot-json",
    text: "Binance messages in JSON documents: a snapshot, arrays of diffs and of trades",
    venue: "binance-spot",
    needsGrid: true,
    options: LATENCY,
    async run(request) {
      const { importBinanceSpotJson } = await import("../../data/binance/binance-spot-json.ts");
      return outcome(await importBinanceSpotJson(importOptions(request)));
    },
  },
  {
    name: "tardis-csv",
    text: "Tardis CSV files of one symbol: incremental_book_L2, then trades; plain or gzip",
    venue: "tardis",
    needsGrid: true,
    options: LATENCY,
    async run(request) {
      const { importTardisCsv } = await import("../../data/csv/tardis-csv.ts");
      return outcome(await importTardisCsv(importOptions(request)));
    },
  },
  {
    name: "hyperliquid",
    text: "Hyperliquid l2Book and trades messages, JSON lines; plain or gzip",
    venue: "hyperliquid",
    needsGrid: false,
    options: LATENCY,
    async run(request) {
      const { importHyperliquid } = await import("../../data/hyperliquid/hyperliquid.ts");
      const { instrument } = request;
      return outcome(await importHyperliquid({ ...importOptions(request), instrument }));
    },
  },
  {
    name: "lighter",
    text: "Lighter websocket session: order_book and trade frames; plain or gzip",
    venue: "lighter",
    needsGrid: true,
    options: {
      "market-id": "the market's number at the venue (default: the first seen)",
      ...LATENCY,
    },
    async run(request) {
      const { importLighter } = await import("../../data/lighter/lighter.ts");
      const told = request.more.get("market-id");
      const marketId = told === undefined ? {} : { marketId: Number(told) };
      return outcome(await importLighter({ ...importOptions(request), ...marketId }));
    },
  },
  {
    name: "lobster",
    text: "LOBSTER message file, order by order; its orderbook file is checked against when given",
    venue: "nasdaq",
    needsGrid: false,
    namesInstrument: true,
    options: {
      book: "the orderbook file that belongs to it",
      "utc-offset": "minutes from UTC at the venue: -240 for New York in summer",
      date: "day of the recording, YYYY-MM-DD (default: from the file's name)",
    },
    run: runLobster,
  },
  {
    name: "csv",
    text: "any CSV of book changes and prints, by a mapping of its columns",
    venue: "csv",
    needsGrid: true,
    options: {
      mapping: "a preset's name or a JSON file; several with commas, one for each sort of file",
      ...LATENCY,
    },
    async run(request) {
      const { importCsv } = await import("../../data/csv/csv-generic.ts");
      const mappings = await csvMappings(request);
      return outcome(await importCsv({ ...importOptions(request), mappings }));
    },
  },
  {
    name: "candles",
    text: "OHLCV bars in CSV; plain or gzip",
    venue: "candles",
    needsGrid: false,
    options: {
      period: 'length of a bar, like "1m" (default: the shortest step in the file)',
      "off-lot": "a volume finer than the lot: refuse (default) or round-down",
      "last-bar": "complete when fetched after it closed; incomplete (default): never traded on",
    },
    run: runCandles,
  },
  {
    name: "funding",
    text: "funding rates in CSV, a settlement a line; plain or gzip; makes a table, not a tape",
    venue: "funding",
    needsGrid: false,
    options: { interval: 'time between two settlements, like "8h"; needed' },
    run: runFunding,
  },
];

/** @throws {CliError} when there is none of that name. */
export function importFormatOf(name: string): ImportFormat {
  const format = importFormats.find((each) => each.name === name);
  if (format !== undefined) return format;
  const known = importFormats.map((each) => each.name);
  throw new CliError(`there is no format "${name}"${suggestion(name, known)}`);
}

type TapeResult = Awaited<
  ReturnType<typeof import("../../data/binance/binance-raw.ts")["importBinanceRaw"]>
>;

async function outcome({ report }: TapeResult): Promise<ImportOutcome> {
  const { importReportLines } = await import("../../data/importing/import-report.ts");
  return { lines: importReportLines(report), report };
}

function importOptions(request: ImportRequest): ImportOptions {
  const { files, out, instrument, onProgress, shouldStop } = request;
  const { tickSize = "0", lotSize = "0" } = instrument;
  const baseLatencyUs = durationOption(request, "base-latency");
  return {
    files,
    out,
    instrument: { ...instrument, tickSize, lotSize },
    onProgress,
    shouldStop,
    ...(baseLatencyUs === undefined ? {} : { baseLatencyUs }),
  };
}

async function csvMappings({ more, folder }: ImportRequest): Promise<readonly CsvMapping[]> {
  const { csvMappingSchema, csvPresets } = await import("../../data/csv/csv-generic-mapping.ts");
  const { readConfig } = await import("../../config/read-config.ts");
  const told = more.get("mapping");
  if (told === undefined) {
    const known = Object.keys(csvPresets).join(", ");
    throw new CliError(`csv needs --option mapping=<file or preset>; presets: ${known}`);
  }
  const presets: ReadonlyMap<string, readonly CsvMapping[]> = new Map(Object.entries(csvPresets));
  return told.split(",").flatMap((name): readonly CsvMapping[] => {
    const preset = presets.get(name);
    if (preset !== undefined) return preset;
    const file = resolve(folder, name);
    return [
      readConfig(csvMappingSchema, readMapping(file, name, [...presets.keys()]), file).config,
    ];
  });
}

function readMapping(file: string, name: string, presets: readonly string[]): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CliError(`there is no mapping "${name}"${suggestion(name, presets)}`);
  }
}
