// A first pass through a Hyperliquid recording: its clocks, and the grids it was not told.
// Also how its lines are read, or refused.

import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { DataError } from "../data-error.ts";
import { GridFinder } from "../fields/grid-finder.ts";
import type { ImportOptions } from "../importing/import-options.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { ClockSkew } from "../tapes/clock-skew.ts";
import type { HyperliquidLine } from "./hyperliquid-messages.ts";
import { hyperliquidLine } from "./hyperliquid-messages.ts";

/** Files are plain or gzip. The instrument's symbol is the coin; messages about other coins are passed over. */
export type HyperliquidImport = Omit<ImportOptions, "instrument"> &
  Readonly<{
    /**
     * Tick and lot may be left out: then they are the greatest common divisors of the recording, since the venue's
     * own rule depends on the price (5 significant figures; venues.md §1.1).
     */
    instrument: Omit<InstrumentSpec, "tickSize" | "lotSize"> &
      Readonly<{ tickSize?: string; lotSize?: string }>;
    /** A feed that is silent this long is taken for broken, µs. */
    silenceUs?: number;
  }>;

export type HyperliquidSurvey = Readonly<{
  grid: Readonly<{ tickSize: string; lotSize: string }>;
  skew: ClockSkew;
  /** What was concluded from the recording instead of being told. */
  inferred: readonly string[];
}>;

const US_PER_MS = 1_000;

/**
 * Reads the recording once; progress is left to the second pass.
 * @throws {DataError} when a line is no message, or there is no book to conclude a grid from.
 */
export async function surveyHyperliquid(options: HyperliquidImport): Promise<HyperliquidSurvey> {
  const { tickSize, lotSize, symbol } = options.instrument;
  const files = new RecordingFiles(options.files);
  const prices = new GridFinder();
  const sizes = new GridFinder();
  const skew = new ClockSkew();
  const see = (levels: readonly Readonly<{ px: string; sz: string }>[]): void => {
    for (const { px, sz } of levels) {
      prices.seeText(px);
      sizes.seeText(sz);
    }
  };
  await files.read(
    (bytes, from, to) => {
      const { receivedAt, message } = readHyperliquidLine(files, bytes, from, to);
      if (message.channel === "l2Book" && message.data.coin === symbol) {
        skew.see(message.data.time * US_PER_MS, receivedAt);
        see(message.data.levels[0]);
        see(message.data.levels[1]);
      }
      if (message.channel !== "trades") return;
      const ours = message.data.filter(({ coin }) => coin === symbol);
      see(ours);
      for (const { time } of ours) skew.see(time * US_PER_MS, receivedAt);
    },
    () => undefined,
  );
  const grid = { tickSize: tickSize ?? prices.grid(), lotSize: lotSize ?? sizes.grid() };
  if (grid.tickSize === undefined || grid.lotSize === undefined) throw nothingOf(symbol, files);
  const inferred: string[] = [];
  if (tickSize === undefined)
    inferred.push(`tick size concluded from the recording: ${grid.tickSize}`);
  if (lotSize === undefined)
    inferred.push(`lot size concluded from the recording: ${grid.lotSize}`);
  return { grid: { tickSize: grid.tickSize, lotSize: grid.lotSize }, skew, inferred };
}

/** @throws {DataError} with the line as it stands, when it is not a message. */
export function readHyperliquidLine(
  files: RecordingFiles,
  bytes: Uint8Array,
  from: number,
  to: number,
): HyperliquidLine {
  try {
    return hyperliquidLine(bytes, from, to);
  } catch (cause) {
    const expected = '"<received ns> <Hyperliquid message>" or an archived message';
    const was = Buffer.from(bytes.subarray(from, to)).toString("utf8");
    const advice = "name the format the file is in, or cut the damaged line out";
    throw files.error(expected, was, advice, cause);
  }
}

/** The error of a recording without a book of the coin. */
export function nothingOf(symbol: string, files: RecordingFiles): DataError {
  const advice = "give the coin as the recording names it, and the recording's files in order";
  return files.error(`at least one book of ${symbol}`, "none", advice);
}
