// Binance messages kept as JSON documents to a tape: an array of depthUpdates, one of trades or aggTrades, a snapshot.
// Such recordings have the venue's clock only: a message counts as received the base latency after it was sent (E).
// The documents of one span are merged by E; a snapshot, which has no time, stands where the diffs reach it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { textBetween } from "../fields/decimal-text.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { BASE_LATENCY_US } from "../tapes/clock-skew.ts";
import { BinanceFeed } from "./binance-feed.ts";
import type { BinanceScanner } from "./binance-scan.ts";
import { EVENT_DEPTH, EVENT_SNAPSHOT } from "./binance-scan.ts";

/** Name and version that stand in the header of what this importer makes. */
const BINANCE_SPOT_JSON_IMPORTER = "binance-spot-json 1";

const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Messages between two reports of progress. */
const PROGRESS_MESSAGES = 4_096;

/**
 * Imports the documents of one symbol and span into one tape. They are read whole: an hour is a few megabytes.
 * @throws {DataError} naming file, entry and value; {ImportStopped} when told to stop. No tape is left then.
 */
export async function importBinanceSpotJson(options: ImportOptions): Promise<ImportResult> {
  refuseOverwriting(options.files, options.out);
  const files = new RecordingFiles(options.files);
  const feed = new BinanceFeed(options, files, BINANCE_SPOT_JSON_IMPORTER);
  try {
    const documents = options.files.map((file) => new JsonDocument(file, files, feed));
    const snapshots = documents.filter(({ event }) => event === EVENT_SNAPSHOT);
    const streams = documents.filter(({ event }) => event !== EVENT_SNAPSHOT);
    const merge = new Merge(feed, snapshots, options.baseLatencyUs ?? BASE_LATENCY_US);
    let messages = 0;
    let bytesDone = 0;
    for (let next = earliest(streams); next !== undefined; next = earliest(streams)) {
      const before = next.from;
      merge.take(next);
      bytesDone += next.from - before;
      messages += 1;
      if (messages % PROGRESS_MESSAGES !== 0) continue;
      const bytesTotal = streams.reduce((sum, { bytes }) => sum + bytes.length, 0);
      reportProgress(options, feed.writer.counts.rows, bytesDone, bytesTotal);
      await new Promise(setImmediate);
    }
    merge.finish();
    return feed.finish("the venue's only; received times are the time sent (E) plus 1 ms");
  } finally {
    feed.writer.abort();
  }
}

/** Takes messages in the order of their time, and the snapshot when its turn has come. */
class Merge {
  readonly #feed: BinanceFeed;
  readonly #snapshots: JsonDocument[];
  readonly #latencyUs: number;
  #receivedAt = 0;

  constructor(feed: BinanceFeed, snapshots: readonly JsonDocument[], latencyUs: number) {
    this.#feed = feed;
    this.#snapshots = [...snapshots].sort((a, b) => a.finalId - b.finalId);
    this.#latencyUs = latencyUs;
  }

  take(next: JsonDocument): void {
    const receivedAt = next.eventTimeUs + this.#latencyUs;
    const [snapshot] = this.#snapshots;
    if (snapshot !== undefined && next.event === EVENT_DEPTH && next.finalId >= snapshot.finalId) {
      this.#snapshots.shift();
      // After the last diff it already holds; with none before it, together with the first.
      snapshot.hand(this.#receivedAt === 0 ? receivedAt : this.#receivedAt);
    }
    this.#receivedAt = receivedAt;
    next.hand(receivedAt);
  }

  finish(): void {
    this.#feed.log.count("snapshots left out, no diff reaching them", this.#snapshots.length);
  }
}

/** One document and its next message. */
class JsonDocument {
  readonly bytes: Uint8Array;
  /** The next message: its place, kind, time sent and last id; `over` when there is none. */
  from = 0;
  over = false;
  event = 0;
  eventTimeUs = 0;
  finalId = -1;
  readonly #file: string;
  readonly #files: RecordingFiles;
  readonly #feed: BinanceFeed;
  #entry = 0;
  #to = 0;

  constructor(file: string, files: RecordingFiles, feed: BinanceFeed) {
    this.#file = file;
    this.#files = files;
    this.#feed = feed;
    files.file = file;
    files.line = 0;
    const stored = readFileSync(file);
    const sha256 = createHash("sha256").update(stored).digest("hex");
    files.sources.push({ file: basename(file), sha256 });
    this.bytes = file.endsWith(".gz") ? this.#unpacked(stored) : stored;
    this.from = this.#skip(0);
    if (this.bytes[this.from] === OPEN_BRACKET) this.from = this.#skip(this.from + 1);
    this.#peek();
  }

  /** Gives the message to the feed and moves on to the next. */
  hand(receivedAt: number): void {
    const feed = this.#feed;
    this.#stand();
    this.#to = feed.read(this.bytes, this.from, this.bytes.length);
    feed.take(this.bytes, receivedAt);
    this.from = this.#skip(this.#to);
    this.#peek();
  }

  #peek(): void {
    const { bytes } = this;
    this.over = this.from >= bytes.length || bytes[this.from] === CLOSE_BRACKET;
    if (this.over) {
      if (this.#entry > 0 || this.from < bytes.length) return;
      throw this.#files.error("Binance messages in JSON", "an empty file", "fetch it again");
    }
    this.#entry += 1;
    this.#stand();
    const scanner: BinanceScanner = this.#feed.scanner;
    this.#feed.read(bytes, this.from, bytes.length);
    this.event = scanner.event;
    this.finalId = scanner.finalId;
    if (this.event === EVENT_SNAPSHOT) return;
    const before = this.eventTimeUs;
    const sent = scanner.eventTime === 0 ? scanner.transactionTime : scanner.eventTime;
    this.eventTimeUs = sent > 100_000_000_000_000 ? sent : sent * 1_000;
    if (this.eventTimeUs >= before && sent > 0) return;
    const expected = sent === 0 ? "a message with its time E" : `a time E of at least ${before} µs`;
    const advice = "give the messages in the order they came";
    throw this.#files.error(expected, textBetween(bytes, this.from, this.from + 80), advice);
  }

  /** Makes this document and entry the place that errors name. */
  #stand(): void {
    this.#files.file = this.#file;
    this.#files.line = this.#entry;
  }

  #skip(from: number): number {
    let at = from;
    const { bytes } = this;
    while (at < bytes.length && ((bytes[at] as number) <= SPACE || bytes[at] === COMMA)) at += 1;
    return at;
  }

  #unpacked(stored: Buffer): Uint8Array {
    try {
      return gunzipSync(stored);
    } catch (cause) {
      const advice = "the file is damaged or cut off: fetch it again and compare its checksum";
      const was = cause instanceof Error ? cause.message : String(cause);
      throw this.#files.error("a file that is readable to its end", was, advice, cause);
    }
  }
}

/** The stream whose next message was sent first; of two at once, prints before the diff that tells their outcome. */
function earliest(streams: readonly JsonDocument[]): JsonDocument | undefined {
  let first: JsonDocument | undefined;
  for (const stream of streams) {
    if (stream.over) continue;
    const sooner = first === undefined || stream.eventTimeUs < first.eventTimeUs;
    const tie = stream.eventTimeUs === first?.eventTimeUs && first.event === EVENT_DEPTH;
    if (sooner || tie) first = stream;
  }
  return first;
}
