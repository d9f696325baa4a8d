// Raw Binance websocket captures to a tape: lines of "<received ns> <JSON>", plain or gzip, one symbol.
// USD-M, COIN-M and spot; depth diffs with their REST snapshot, trades or aggTrades; bookTicker is only compared.
// Several files continue each other. Everything streams; the clocks are corrected at the end (clock-skew.ts).

import { textBetween } from "../fields/decimal-text.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { BinanceFeed } from "./binance-feed.ts";

/** Name and version that stand in the header of what this importer makes. */
const BINANCE_RAW_IMPORTER = "binance-raw 1";

const SPACE = 0x20;
/** Digits of nanoseconds since the epoch between 2001 and 2286. */
const NS_DIGITS = 19;
const DIGITS_BELOW_US = 3;

/**
 * Imports captures into one tape.
 * @throws {DataError} naming file, line and value; {ImportStopped} when told to stop. No tape is left then.
 */
export async function importBinanceRaw(options: ImportOptions): Promise<ImportResult> {
  refuseOverwriting(options.files, options.out);
  const files = new RecordingFiles(options.files);
  const feed = new BinanceFeed(options, files, BINANCE_RAW_IMPORTER);
  const { writer } = feed;
  try {
    await files.read(
      (chunk, from, to) => {
        const receivedAt = receivedTime(files, chunk, from, to);
        feed.read(chunk, from + NS_DIGITS + 1, to);
        feed.take(chunk, receivedAt);
      },
      (bytesRead) => reportProgress(options, writer.counts.rows, bytesRead, files.bytesTotal),
    );
    return feed.finish();
  } finally {
    writer.abort();
  }
}

/** The digits before the first space, as whole µs. */
function receivedTime(files: RecordingFiles, chunk: Uint8Array, from: number, to: number): number {
  const end = from + NS_DIGITS;
  let value = 0;
  let at = from;
  for (; at < end - DIGITS_BELOW_US; at += 1) {
    const digit = (chunk[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === end - DIGITS_BELOW_US && end < to && chunk[end] === SPACE) return value;
  const advice = "give a capture with a received time before each message, or name its format";
  const was = textBetween(chunk, from, Math.min(to, from + 40));
  throw files.error('a line of "<received ns> <JSON>"', was, advice);
}
