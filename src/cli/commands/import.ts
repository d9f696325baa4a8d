// `rehearse import`: a recording in, a tape and a report of what was found and repaired out.
// Ctrl-C and every error leave no tape behind.

import { resolve } from "node:path";
import { suggestion } from "../../config/nearest-name.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import type { ImportFormat } from "../import/formats.ts";
import { importFormatOf, importFormats } from "../import/formats.ts";
import type { ToldInstrument } from "../import/request.ts";
import { judgeReadable, judgeWritable } from "../judge-files.ts";
import { progressBar, shortNumber } from "../progress.ts";
import { plainTable } from "../text-table.ts";

export type ImportCommandOptions = Readonly<{
  out?: string;
  venue?: string;
  symbol?: string;
  contract: string;
  base?: string;
  quote?: string;
  tick?: string;
  lot?: string;
  contractSize: string;
  option: readonly string[];
  json?: boolean;
  quiet?: boolean;
}>;

const CONTRACTS = ["spot", "linear", "inverse"] as const;
/** Quotes that a symbol may end in, the longer ones first. */
const QUOTES = ["FDUSD", "USDT", "USDC", "BUSD", "USDE", "USD", "BTC", "ETH", "EUR"] as const;
const DECIMAL = /^(?=.*[1-9])\d+(?:\.\d+)?$/;

/** @throws {CliError | DataError} when it cannot be imported as asked; no tape is left then. */
export async function importFiles(
  formatName: string,
  files: readonly string[],
  options: ImportCommandOptions,
  io: CliIo,
): Promise<ExitCode> {
  if (formatName === "list") return listFormats(io);
  const format = importFormatOf(formatName);
  const { out } = options;
  if (files.length === 0) throw new CliError("name the files to import");
  if (out === undefined) throw new CliError("--out: name the tape to write");
  const instrument = toldInstrument(format, options);
  const more = ownOptions(format, options.option);
  judgeReadable(files, io);
  judgeWritable("--out", out, io);
  const stop = { asked: false };
  const release = io.onInterrupt(() => {
    stop.asked = true;
  });
  const quiet = options.quiet === true || options.json === true;
  const progress = await progressBar(io, format.name, quiet);
  const startedAt = performance.now();
  try {
    const { lines, report } = await format.run({
      files: files.map((file) => resolve(io.cwd, file)),
      out: resolve(io.cwd, out),
      instrument,
      more,
      folder: io.cwd,
      shouldStop: () => stop.asked,
      onProgress: (rows, bytesRead, bytesTotal) => {
        const seconds = (performance.now() - startedAt) / 1_000;
        progress.show(bytesRead, bytesTotal, `${shortNumber(rows / seconds)} rows/s`);
      },
    });
    progress.end();
    if (options.json === true) io.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    else if (options.quiet !== true) io.stdout.write(`${lines.join("\n")}\n`);
    return EXIT.ok;
  } catch (error) {
    progress.end();
    if (!(error instanceof Error) || error.name !== "ImportStopped") throw error;
    io.stderr.write(`${error.message}\n`);
    return EXIT.interrupted;
  } finally {
    release();
  }
}

function listFormats(io: CliIo): ExitCode {
  const rows = importFormats.flatMap(({ name, text, needsGrid, options }) => [
    [name, `${text}${needsGrid ? "; needs --tick and --lot" : ""}`],
    ...Object.entries(options).map(([key, meaning]) => ["", `--option ${key}=…  ${meaning}`]),
  ]);
  io.stdout.write(plainTable(["format", "what it is"], rows));
  return EXIT.ok;
}

function toldInstrument(format: ImportFormat, options: ImportCommandOptions): ToldInstrument {
  const { symbol = format.namesInstrument ? "" : undefined, tick, lot, contractSize } = options;
  if (symbol === undefined) throw new CliError("--symbol: name the instrument in the recording");
  const contract = CONTRACTS.find((each) => each === options.contract);
  if (contract === undefined) {
    const hint = suggestion(options.contract, CONTRACTS);
    throw new CliError(`--contract: there is no kind "${options.contract}"${hint}`);
  }
  for (const [name, value] of Object.entries({ tick, lot, "contract-size": contractSize })) {
    if (value !== undefined && !DECIMAL.test(value)) {
      throw new CliError(`--${name}: expected a decimal above zero, like 0.1, was ${value}`);
    }
    if (value === undefined && format.needsGrid) {
      throw new CliError(`--${name}: ${format.name} needs it, like --${name} 0.1`);
    }
  }
  const { base = baseOf(symbol), quote = quoteOf(symbol) } = options;
  return {
    venueName: options.venue ?? format.venue,
    ...{ symbol, contract, base, quote, contractSize },
    ...(tick === undefined ? {} : { tickSize: tick }),
    ...(lot === undefined ? {} : { lotSize: lot }),
  };
}

/** "BTCUSDT" is quoted in USDT; a bare coin's perpetual in USD. */
function quoteOf(symbol: string): string {
  const name = symbol.toUpperCase().replace(/[-_/ ]?PERP$/, "");
  return QUOTES.find((quote) => name.endsWith(quote) && name !== quote) ?? "USD";
}

function baseOf(symbol: string): string {
  const name = symbol.toUpperCase().replace(/[-_/ ]?PERP$/, "");
  const quote = QUOTES.find((each) => name.endsWith(each) && name !== each) ?? "";
  return name.slice(0, name.length - quote.length).replace(/[-_/ ]$/, "");
}

function ownOptions(format: ImportFormat, told: readonly string[]): ReadonlyMap<string, string> {
  const known = Object.keys(format.options);
  return new Map(
    told.map((each) => {
      const at = each.indexOf("=");
      const key = at === -1 ? each : each.slice(0, at);
      if (at === -1) throw new CliError(`--option: expected key=value, was ${each}`);
      if (!known.includes(key)) {
        throw new CliError(`--option: ${format.name} has no "${key}"${suggestion(key, known)}`);
      }
      return [key, each.slice(at + 1)] as const;
    }),
  );
}
