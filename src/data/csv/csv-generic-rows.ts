// The rows of one mapped CSV file, a block at a time: bytes in, integer columns out, no object a row.
// It judges every value of a row; what rows mean together (messages, books, order) is for the importer.

import { OffGrid } from "../../domain/decimal.ts";
import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";
import { DecimalGrid } from "../fields/decimal-grid.ts";
import { textBetween } from "../fields/decimal-text.ts";
import type { TimeUnit } from "../fields/time-text.ts";
import { scanTimeUs } from "../fields/time-text.ts";
import { FileLines } from "../file-lines.ts";
import type { CsvMapping } from "./csv-generic-mapping.ts";
import { columnsOf } from "./csv-generic-mapping.ts";

/** What a row is. */
export const CSV_SNAPSHOT = 0;
const CSV_UPDATE = 1;
export const CSV_TRADE = 2;
/** Side of a row; SIDE_NONE is a print whose aggressor the file does not tell. */
export const SIDE_BID = 0;
export const SIDE_ASK = 1;
export const SIDE_NONE = 2;
/** A print whose aggressor the file says it does not know: nothing is concluded. */
export const SIDE_UNTOLD = 3;

/** Rows a block begins with; a chunk of 512 KiB is about 10,000. */
const BLOCK_ROWS = 16_384;

/** Columns of parsed rows; [0, rows) are valid. */
class CsvBlock {
  rows = 0;
  received = new Float64Array(BLOCK_ROWS);
  venue = new Float64Array(BLOCK_ROWS);
  line = new Int32Array(BLOCK_ROWS);
  price = new Int32Array(BLOCK_ROWS);
  size = new Int32Array(BLOCK_ROWS);
  type = new Uint8Array(BLOCK_ROWS);
  side = new Uint8Array(BLOCK_ROWS);

  /** Twice the room; a chunk of very short rows holds more than we began with. */
  grow(): void {
    const wider = <Column extends Float64Array | Int32Array | Uint8Array>(
      old: Column,
      column: Column,
    ): Column => {
      column.set(old);
      return column;
    };
    const room = this.line.length * 2;
    this.received = wider(this.received, new Float64Array(room));
    this.venue = wider(this.venue, new Float64Array(room));
    this.line = wider(this.line, new Int32Array(room));
    this.price = wider(this.price, new Int32Array(room));
    this.size = wider(this.size, new Int32Array(room));
    this.type = wider(this.type, new Uint8Array(room));
    this.side = wider(this.side, new Uint8Array(room));
  }
}

type Columns = Readonly<{
  received: number;
  venue: number;
  type: number;
  side: number;
  price: number;
  size: number;
}>;
type TimeColumn = Readonly<{ index: number; unit: TimeUnit }>;

export type CsvGrid = Readonly<{ tickSize: string; lotSize: string }>;

/** A value of a column that means one of a few things, compared as bytes. */
type Meaning = Readonly<{ bytes: Uint8Array; value: number }>;

/** Reads one file. `next` until it says there is nothing more; then `sha256` is known. */
export class CsvRows {
  readonly block = new CsvBlock();
  /** Of the file as stored; empty until its end. */
  sha256 = "";
  bytesRead = 0;
  readonly price: DecimalGrid;
  readonly size: DecimalGrid;
  readonly #file: string;
  readonly #mappings: readonly CsvMapping[];
  readonly #fields: CsvFields;
  readonly #lines: FileLines;
  #columns: Columns | undefined;
  #received: TimeColumn = { index: 0, unit: "us" };
  #venue: TimeColumn = { index: 0, unit: "us" };
  #types: readonly Meaning[] = [];
  #sides: readonly Meaning[] = [];
  /** What every row is, where no column tells. */
  #allOf: number | undefined;
  #infers = false;
  #line = 0;

  /** Read by the first of the mappings whose columns the file has; they share one delimiter. */
  constructor(file: string, mappings: readonly CsvMapping[], grid: CsvGrid) {
    this.#file = file;
    this.#mappings = mappings;
    this.price = new DecimalGrid(grid.tickSize);
    this.size = new DecimalGrid(grid.lotSize);
    this.#fields = new CsvFields(mappings[0]?.delimiter);
    this.#lines = new FileLines(file);
  }

  /** Fills the block with the next rows; false when the file is over. */
  async next(): Promise<boolean> {
    const lines = this.#lines;
    this.block.rows = 0;
    while (this.block.rows === 0) {
      if (!(await lines.fill())) {
        if (this.sha256 === "") this.sha256 = lines.sha256();
        if (this.#columns !== undefined) return false;
        throw this.refuse("a header line", "an empty file", HEADER);
      }
      while (lines.next()) {
        if (lines.to > lines.from) this.#row(lines.bytes, lines.from, lines.to, lines.line);
      }
      this.bytesRead = lines.bytesRead;
    }
    return true;
  }

  /** Closes the file, whether read to its end or not. */
  close(): void {
    this.#lines.close();
  }

  /** The error of a value of this file, at the line read last or at `line`. */
  refuse(expected: string, was: string, advice: string, line = this.#line): DataError {
    return new DataError({ file: this.#file, line, expected, was, advice });
  }

  #row(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.#line = line;
    const fields = this.#fields;
    fields.split(bytes, from, to);
    const columns = this.#columns;
    if (columns === undefined) {
      this.#columns = this.#header();
      return;
    }
    const { block } = this;
    if (block.rows === block.line.length) block.grow();
    const row = block.rows;
    block.received[row] = this.#time(this.#received);
    block.venue[row] = this.#time(this.#venue);
    block.line[row] = line;
    const type = this.#allOf ?? this.#meaning(columns.type, this.#types);
    block.type[row] = type;
    block.side[row] = this.#side(type, columns.side);
    block.price[row] = this.#steps(this.price, columns.price);
    const size = this.#steps(this.size, columns.size);
    if (size < 0 || (size === 0 && type === CSV_TRADE)) {
      throw this.refuse("a size above 0 (a level may be 0)", fields.text(columns.size), DAMAGED);
    }
    block.size[row] = size;
    block.rows += 1;
  }

  #header(): Columns {
    const names = this.#fields.texts().map((name) => name.trim());
    const fits = (one: CsvMapping) => columnsOf(one).every((name) => names.includes(name));
    const mapping = this.#mappings.find(fits);
    if (mapping === undefined) {
      const expected = this.#mappings.map((one) => columnsOf(one).join(", ")).join("; or ");
      throw this.refuse(`columns ${expected}`, names.join(", "), HEADER);
    }
    const { received, venue = received, type, side, price, size, aggressor } = mapping;
    this.#received = { index: names.indexOf(received.column), unit: received.unit };
    this.#venue = { index: names.indexOf(venue.column), unit: venue.unit };
    this.#infers = aggressor === "infer";
    this.#sides = meanings(side.bid, side.ask, [], side.untold ?? []);
    if ("all" in type) this.#allOf = type.all === "trade" ? CSV_TRADE : CSV_UPDATE;
    else this.#types = meanings(type.snapshot, type.update, type.trade);
    return {
      received: this.#received.index,
      venue: this.#venue.index,
      type: "all" in type ? -1 : names.indexOf(type.column),
      side: names.indexOf(side.column),
      price: names.indexOf(price),
      size: names.indexOf(size),
    };
  }

  #time(column: TimeColumn): number {
    const { bytes, from, to, count } = this.#fields;
    const { index, unit } = column;
    if (index >= count) throw this.#cutOff(index);
    const at = scanTimeUs(bytes, from[index] as number, to[index] as number, unit);
    if (at >= 0) return at;
    throw this.refuse(`a time in ${unit}`, this.#fields.text(index), "correct the mapping's unit");
  }

  #meaning(index: number, known: readonly Meaning[]): number {
    const { bytes, from, to, count } = this.#fields;
    if (index >= count) throw this.#cutOff(index);
    const value = meaningOf(known, bytes, from[index] as number, to[index] as number);
    if (value !== undefined) return value;
    const expected = known.map((one) => textBetween(one.bytes, 0, one.bytes.length)).join(" | ");
    throw this.refuse(expected, this.#fields.text(index), "name the value in the mapping");
  }

  #side(type: number, index: number): number {
    if (type === CSV_TRADE && this.#infers) return SIDE_NONE;
    const side = this.#meaning(index, this.#sides);
    if (side !== SIDE_UNTOLD || type === CSV_TRADE) return side;
    throw this.refuse("a level's side", this.#fields.text(index), DAMAGED);
  }

  #steps(grid: DecimalGrid, index: number): number {
    const { bytes, from, to, count } = this.#fields;
    if (index >= count) throw this.#cutOff(index);
    let steps: number;
    try {
      steps = grid.steps(bytes, from[index] as number, to[index] as number);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      const advice = "give the instrument's own tick and lot size, or a finer one";
      throw this.refuse(`a multiple of ${grid.step}`, this.#fields.text(index), advice);
    }
    if ((steps | 0) === steps) return steps;
    const expected = `a value below 2^31 steps of ${grid.step}`;
    throw this.refuse(expected, this.#fields.text(index), "give a coarser tick or lot size");
  }

  #cutOff(index: number): DataError {
    return this.refuse(`at least ${index + 1} columns`, String(this.#fields.count), DAMAGED);
  }
}

const HEADER = "name the file's own columns in the mapping, or choose another format";
const DAMAGED = "the line is damaged: fetch the file again";

/** Values 0, 1, 2 … of the lists in their order. */
function meanings(...lists: readonly (readonly string[])[]): readonly Meaning[] {
  return lists.flatMap((texts, value) =>
    texts.map((text) => ({ bytes: Buffer.from(text, "utf8"), value })),
  );
}

function meaningOf(
  known: readonly Meaning[],
  bytes: Uint8Array,
  from: number,
  to: number,
): number | undefined {
  for (const { bytes: text, value } of known) {
    if (text.length !== to - from) continue;
    let at = 0;
    while (at < text.length && text[at] === bytes[from + at]) at += 1;
    if (at === text.length) return value;
  }
  return undefined;
}
