// Keeps a Binance depth stream in step with its REST snapshot, and writes what is certain to the tape.
// Diffs wait until a snapshot falls among them; each must continue the one before, or the book is unknown (a GAP row)
// until the next snapshot that fits. Source: Binance, "How to manage a local order book correctly" (futures: pu = u
// of the diff before; spot: U = u + 1).

import { META_SNAPSHOT, ROW_CLEAR, ROW_DEPTH, ROW_GAP } from "../../domain/tape.ts";
import type { ImportLog } from "../importing/import-report.ts";
import type { TapeWriter } from "../tapes/tape-writer.ts";
import type { Levels } from "./binance-scan.ts";

/** A depth diff; `previousId` is −1 on spot feeds. */
export type DepthDiff = Readonly<{
  firstId: number;
  finalId: number;
  previousId: number;
  bids: LevelColumns;
  asks: LevelColumns;
}>;
type LevelColumns = Readonly<Pick<Levels, "count" | "ticks" | "lots">>;
/** A REST snapshot: its `finalId` is lastUpdateId. */
export type DepthSnapshot = Pick<DepthDiff, "finalId" | "bids" | "asks">;
type HeldDiff = DepthDiff & Readonly<{ venueAt: number }>;

/** Diffs that may wait for a snapshot: eight minutes at 19 a second. Older ones could only match an older snapshot. */
const HELD_MAX = 10_000;

/** The depth stream of one symbol. */
export class BinanceBook {
  /** Id of the last change in the book; −1 while the book is unknown. */
  lastId = -1;
  diffs = 0;
  snapshots = 0;
  readonly #writer: TapeWriter;
  readonly #log: ImportLog;
  readonly #onBook: (id: number) => void;
  readonly #held: HeldDiff[] = [];
  /** A snapshot stands and no diff has followed it yet. */
  #fresh = false;
  #venueAt = 0;

  /** `onBook` is called whenever the book stands at an update id. */
  constructor(writer: TapeWriter, log: ImportLog, onBook: (id: number) => void) {
    this.#writer = writer;
    this.#log = log;
    this.#onBook = onBook;
  }

  get inStep(): boolean {
    return this.lastId >= 0;
  }

  diff(diff: DepthDiff, venueAt: number, receivedAt: number): void {
    this.diffs += 1;
    if (!this.inStep) this.#hold(diff, venueAt);
    else this.#follow(diff, venueAt, receivedAt);
  }

  snapshot(snapshot: DepthSnapshot, venueAt: number, receivedAt: number): void {
    if (this.inStep) {
      this.#log.count("snapshots left out, the book being in step");
      return;
    }
    const id = snapshot.finalId;
    const older = this.#held.findIndex((diff) => diff.finalId >= id);
    const dropped = older < 0 ? this.#held.length : older;
    const first = this.#held[dropped];
    if (first !== undefined && !brackets(first, id)) {
      this.#log.count("snapshots left out, older than the diffs at hand");
      return;
    }
    const known = Math.max(venueAt, this.#held[dropped - 1]?.venueAt ?? 0);
    this.#log.count("diffs older than a snapshot", dropped);
    this.#write(snapshot, known, receivedAt);
    for (const held of this.#held.splice(0).slice(dropped)) {
      if (this.inStep) this.#follow(held, held.venueAt, receivedAt);
      else this.#hold(held, held.venueAt);
    }
  }

  /** Venue time for a snapshot that has none: the last diff it already holds, else the first one at hand. */
  venueTimeAt(id: number, otherwise: number): number {
    const held = this.#held;
    const before = held.filter((diff) => diff.finalId <= id).at(-1);
    return before?.venueAt ?? held[0]?.venueAt ?? otherwise;
  }

  #follow(diff: DepthDiff, venueAt: number, receivedAt: number): void {
    if (this.#fresh ? brackets(diff, this.lastId) : follows(diff, this.lastId)) {
      this.#apply(diff, venueAt, receivedAt);
    } else if (diff.finalId <= this.lastId) {
      if (this.#fresh) this.#log.count("diffs older than a snapshot");
      else this.#log.duplicatesDropped += 1;
    } else this.#lose(diff, venueAt, receivedAt);
  }

  #apply(diff: DepthDiff, venueAt: number, receivedAt: number): void {
    this.#writer.begin(this.#notBefore(venueAt), receivedAt);
    this.#rows(diff.bids, 0, 0);
    this.#rows(diff.asks, 1, 0);
    this.#writer.end();
    this.#fresh = false;
    this.lastId = diff.finalId;
    this.#onBook(this.lastId);
  }

  #write(snapshot: DepthSnapshot, venueAt: number, receivedAt: number): void {
    this.#writer.begin(this.#notBefore(venueAt), receivedAt);
    this.#writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
    this.#rows(snapshot.bids, 0, META_SNAPSHOT);
    this.#rows(snapshot.asks, 1, META_SNAPSHOT);
    this.#writer.end();
    this.snapshots += 1;
    this.#fresh = true;
    this.lastId = snapshot.finalId;
    this.#onBook(this.lastId);
  }

  #rows(levels: LevelColumns, ask: 0 | 1, extraMeta: number): void {
    const { count, ticks, lots } = levels;
    for (let level = 0; level < count; level += 1) {
      const tick = ticks[level] as number;
      this.#writer.row(ROW_DEPTH, ask, tick, lots[level] as number, extraMeta);
    }
  }

  /** The chain is broken: the book is unknown from here on. */
  #lose(diff: DepthDiff, venueAt: number, receivedAt: number): void {
    this.#writer.begin(this.#notBefore(venueAt), receivedAt);
    this.#writer.row(ROW_GAP, 0, 0, 0);
    this.#writer.end();
    const said = diff.previousId >= 0 ? `pu ${diff.previousId}` : `U ${diff.firstId}`;
    this.#log.gap(receivedAt, `depth diff with ${said} after update ${this.lastId}`);
    this.lastId = -1;
    this.#hold(diff, venueAt);
  }

  #hold(diff: DepthDiff, venueAt: number): void {
    if (this.#held.length === HELD_MAX) {
      this.#held.shift();
      this.#log.count("diffs dropped while no snapshot fitted");
    }
    const { firstId, finalId, previousId } = diff;
    const bids = copyOf(diff.bids);
    const asks = copyOf(diff.asks);
    this.#held.push({ firstId, finalId, previousId, bids, asks, venueAt });
  }

  /** Changes add up in order: a diff stamped before the one before it is moved up to it. */
  #notBefore(venueAt: number): number {
    if (venueAt < this.#venueAt) this.#log.count("book times moved up to the book before");
    this.#venueAt = Math.max(this.#venueAt, venueAt);
    return this.#venueAt;
  }
}

/** The diff reaches `id` or beyond and leaves nothing out after it. */
function brackets(diff: DepthDiff, id: number): boolean {
  if (diff.finalId < id) return false;
  return diff.firstId <= id + 1 || (diff.previousId >= 0 && diff.previousId <= id);
}

function follows(diff: DepthDiff, id: number): boolean {
  return diff.previousId >= 0 ? diff.previousId === id : diff.firstId === id + 1;
}

function copyOf({ count, ticks, lots }: LevelColumns): LevelColumns {
  return { count, ticks: ticks.slice(0, count), lots: lots.slice(0, count) };
}
