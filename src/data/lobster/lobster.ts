// LOBSTER message files (csv or csv.gz) to an order tape, streaming.
// With the recorded book beside it, every row of that book is held against the messages, and lots the messages do not
// explain (resting before the open, or changed outside the level window) are inferred from it and marked so; without
// it, such lots are absent and messages about them are told as they are, for an order nobody knows.
// Times have one clock: `receivedAt` is `venueAt`. Nanoseconds are cut to microseconds; rows keep the file's order.
// Hidden executions off the cent grid are prints whose price is rounded to the side on which our own displayed orders
// would stand before them: down for a hidden ask, up for a hidden bid. Auction prints (type 6) are counted, not kept.

import { basename } from "node:path";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../../domain/order-tape.ts";
import {
  ORDER_CLEAR,
  ORDER_DELETE,
  ORDER_EXECUTE,
  ORDER_HALT,
  ORDER_HIDDEN,
  ORDER_REDUCE,
} from "../../domain/order-tape.ts";
import { META_ASK } from "../../domain/tape.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";
import { DataError } from "../data-error.ts";
import { FileLines } from "../file-lines.ts";
import type { ImportWatch } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import type { OnOrderBatch } from "../tapes/order-tape-builder.ts";
import { OrderTapeBuilder, orderTapeInMemory } from "../tapes/order-tape-builder.ts";
import { OrderTapeWriter } from "../tapes/order-tape-writer.ts";
import { lobsterMidnightUs, lobsterStock } from "./lobster-file-name.ts";
import {
  FILE_UNITS_PER_TICK,
  LOBSTER_ADD,
  LOBSTER_CROSS,
  LOBSTER_DELETE,
  LOBSTER_EXECUTE,
  LOBSTER_HALT,
  LOBSTER_HIDDEN,
  LOBSTER_REDUCE,
  LobsterMessage,
} from "./lobster-message.ts";
import type { LobsterQueueCounts } from "./lobster-queue.ts";
import { LobsterQueue } from "./lobster-queue.ts";
import type { LobsterWindowCounts } from "./lobster-window.ts";
import { LobsterWindow } from "./lobster-window.ts";

/** Name and version that stand in the header of what this importer makes. */
const LOBSTER_IMPORTER = "lobster 1";

export type LobsterOptions = ImportWatch &
  Readonly<{
    /** The orderbook file that belongs to the messages, to check them against and to complete the tape. */
    bookFile?: string;
    /** Day of the recording, YYYY-MM-DD; left out, it is taken from the file's name. */
    date?: string;
    /** Local time at the venue minus UTC, in minutes: New York is −240 in summer, −300 in winter. */
    utcOffsetMinutes: number;
    /** Left out, it is a NASDAQ stock named by the file, in cents and single shares. */
    instrument?: InstrumentSpec;
  }>;

/** What was found and inferred. */
export type LobsterReport = Readonly<{
  file: string;
  messages: number;
  hiddenExecutions: number;
  hiddenOffGrid: number;
  crossPrints: number;
  halts: number;
  queue: Readonly<LobsterQueueCounts>;
  /** undefined without a book file. */
  window: Readonly<LobsterWindowCounts> | undefined;
}>;

export type LobsterImport = Readonly<{ header: OrderTapeHeader; report: LobsterReport }>;

const NS_PER_US = 1_000;

/**
 * Reads a message file and hands on its tape batch by batch.
 * @throws {DataError} naming file, line, what was expected and what was found.
 */
async function importLobster(
  file: string,
  options: LobsterOptions,
  onBatch: OnOrderBatch,
): Promise<LobsterImport> {
  const reader = new LobsterReader(file, options, onBatch);
  return await reader.read();
}

/** Reads a message file into memory. */
export async function readLobster(
  file: string,
  options: LobsterOptions,
): Promise<Readonly<{ source: OrderTapeSource; report: LobsterReport }>> {
  const batches: OrderTapeBatch[] = [];
  const { header, report } = await importLobster(file, options, (batch) => batches.push(batch));
  return { source: orderTapeInMemory(header, batches), report };
}

/** Reads a message file into an order tape at `tapePath`: whole, or not at all. @throws as above, and {ImportStopped}. */
export async function importLobsterTape(
  file: string,
  tapePath: string,
  options: LobsterOptions,
): Promise<LobsterImport> {
  const { bookFile } = options;
  refuseOverwriting(bookFile === undefined ? [file] : [file, bookFile], tapePath);
  const writer = new OrderTapeWriter(tapePath);
  try {
    const imported = await importLobster(file, options, (batch) => writer.write(batch));
    writer.finish(imported.header);
    return imported;
  } catch (error) {
    writer.abort();
    throw error;
  }
}

class LobsterReader {
  readonly #instrument: InstrumentSpec;
  readonly #midnight: number;
  readonly #messages: FileLines;
  readonly #books: FileLines | undefined;
  readonly #message: LobsterMessage;
  readonly #builder: OrderTapeBuilder;
  readonly #queue: LobsterQueue;
  readonly #window: LobsterWindow | undefined;
  readonly #watch: ImportWatch;
  readonly #counts = { hiddenExecutions: 0, hiddenOffGrid: 0, crossPrints: 0, halts: 0 };
  #timeNs = 0;
  #at = 0;

  constructor(file: string, options: LobsterOptions, onBatch: OnOrderBatch) {
    this.#watch = options;
    this.#instrument = options.instrument ?? lobsterStock(file);
    this.#midnight = lobsterMidnightUs(file, options);
    this.#messages = new FileLines(file);
    this.#message = new LobsterMessage(file);
    this.#books = options.bookFile === undefined ? undefined : new FileLines(options.bookFile);
    this.#builder = new OrderTapeBuilder(onBatch);
    const onRow = (meta: number, orderRef: number, price: number, size: number) =>
      this.#row(meta, orderRef, price, size);
    this.#queue = new LobsterQueue(onRow, this.#books ? "complete" : "messages-only");
    if (this.#books !== undefined) {
      this.#window = new LobsterWindow(this.#queue, this.#books.path);
    }
  }

  async read(): Promise<LobsterImport> {
    const messages = this.#messages;
    const books = this.#books;
    try {
      while (messages.next() || (await this.#readOn(messages))) {
        this.#take();
        if (books === undefined) continue;
        if (!books.next() && !(await this.#readOn(books))) throw this.#unpaired(books, messages);
        this.#judge(books);
      }
      if (messages.line === 0) throw empty(messages.path);
      if (books !== undefined && (books.next() || (await this.#readOn(books)))) {
        throw this.#unpaired(messages, books);
      }
      return this.#result();
    } finally {
      messages.close();
      books?.close();
    }
  }

  /** Goes to the next line behind what was read; between two chunks it is told how far, and whether to stop. */
  async #readOn(lines: FileLines): Promise<boolean> {
    const { bytesRead, bytesTotal, line } = this.#messages;
    reportProgress(this.#watch, line, bytesRead, bytesTotal);
    while (await lines.fill()) {
      if (lines.next()) return true;
    }
    return false;
  }

  #take(): void {
    const message = this.#message;
    message.read(this.#messages);
    if (message.timeNs < this.#timeNs) throw message.before(this.#timeNs);
    this.#timeNs = message.timeNs;
    this.#at = this.#midnight + Math.floor(message.timeNs / NS_PER_US);
    if (this.#messages.line === 1) {
      this.#row(ORDER_CLEAR, 0, 0, 0);
      this.#builder.endMessage();
    }
    this.#apply(message);
    if (this.#window === undefined) this.#builder.endMessage();
  }

  #apply({ type, orderRef, size, price, isAsk }: LobsterMessage): void {
    const side = isAsk ? 1 : 0;
    const ticks = price / FILE_UNITS_PER_TICK;
    if (type === LOBSTER_ADD) this.#queue.add(side, ticks, orderRef, size);
    else if (type === LOBSTER_REDUCE) this.#queue.remove(ORDER_REDUCE, side, ticks, orderRef, size);
    else if (type === LOBSTER_DELETE) this.#queue.remove(ORDER_DELETE, side, ticks, orderRef, size);
    else if (type === LOBSTER_EXECUTE) {
      this.#queue.remove(ORDER_EXECUTE, side, ticks, orderRef, size);
    } else if (type === LOBSTER_HIDDEN) {
      this.#counts.hiddenExecutions += 1;
      if (!Number.isInteger(ticks)) this.#counts.hiddenOffGrid += 1;
      const rounded = isAsk ? Math.floor(ticks) : Math.ceil(ticks);
      this.#row(ORDER_HIDDEN | (isAsk ? META_ASK : 0), 0, rounded, size);
    } else if (type === LOBSTER_HALT) {
      this.#counts.halts += 1;
      this.#row(ORDER_HALT, 0, price, 0);
    } else if (type === LOBSTER_CROSS) this.#counts.crossPrints += 1;
  }

  #judge(row: FileLines): void {
    const message = this.#message;
    const displayed = message.type <= LOBSTER_EXECUTE;
    const side = !displayed ? undefined : message.isAsk ? 1 : 0;
    const price = displayed ? message.price / FILE_UNITS_PER_TICK : 0;
    this.#window?.judge(row, side, price);
    this.#builder.endMessage();
  }

  #row(meta: number, orderRef: number, price: number, size: number): void {
    const at = this.#at;
    this.#builder.push({ meta, orderRef, price, size, venueAt: at, receivedAt: at });
  }

  #result(): LobsterImport {
    const files = this.#books === undefined ? [this.#messages] : [this.#messages, this.#books];
    const sources = files.map((file) => ({ file: basename(file.path), sha256: file.sha256() }));
    const span = this.#builder.finish();
    return {
      header: { instrument: this.#instrument, ...span, importer: LOBSTER_IMPORTER, sources },
      report: {
        file: this.#messages.path,
        messages: this.#messages.line,
        ...this.#counts,
        queue: this.#queue.counts,
        window: this.#window?.counts,
      },
    };
  }

  #unpaired(short: FileLines, long: FileLines): DataError {
    return new DataError({
      file: short.path,
      line: short.line + 1,
      expected: `as many lines as ${basename(long.path)}`,
      was: "the end of the file",
      advice: "give the message and orderbook files of the same download",
    });
  }
}

function empty(path: string): DataError {
  return new DataError({
    file: path,
    expected: "at least one message",
    was: "an empty file",
    advice: "fetch it again",
  });
}
