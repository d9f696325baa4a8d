// Writes what happened: each entry into a block of bytes, each full block into the running SHA-256 and the storage.
// The digest is of header and entries in order, wherever blocks end; asking for it changes neither it nor the file.
// Buffered, an entry is on disk after `flush`, or once its block is full, and a disk that fails throws. Write-ahead,
// `commit` puts every entry so far on disk; while the disk fails, sealed blocks wait in order and nothing throws.

import { assert } from "../domain/assert.ts";
import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";
import type { Journal, JournalObserver, JournalSeq } from "../ports/journal.ts";
import type { Hasher, Storage } from "../ports/storage.ts";
import { putCommand, putRefusal } from "./command-encoder.ts";
import { COMMAND, NOTE, REFUSAL } from "./entry-codes.ts";
import { EntryFields } from "./entry-fields.ts";
import { putEvent } from "./event-encoder.ts";
import { HOT_BYTES_MAX, writeHotCommand, writeHotEvent } from "./hot-entries.ts";
import type { JournalHeader } from "./journal-header.ts";
import { BLOCK_HEAD_BYTES, BLOCK_MARK, BLOCK_SEAL_BYTES, headerBytes } from "./journal-header.ts";

/** Large enough that a hash call's cost vanishes, small enough that a crash loses little and a cache holds it. */
const BLOCK_BYTES = 65_536;

/** Sealed blocks that wait for a disk that fails: 64 MiB and more, hours of a bot that only cancels. */
const WAITING_BLOCKS_MAX = 1024;

/** When entries reach the disk: in blocks as they fill, or whenever it is asked, before anything follows from them. */
export type Durability = "buffered" | "write-ahead";

export type JournalWriterParts = Readonly<{
  header: JournalHeader;
  /** A SHA-256 nothing was put into yet. */
  hasher: Hasher;
  storage?: Storage | undefined;
  /** "buffered" unless told otherwise. */
  durability?: Durability | undefined;
  observer?: JournalObserver | undefined;
}>;

export class JournalWriter implements Journal {
  readonly #hasher: Hasher;
  readonly #storage: Storage | undefined;
  readonly #observer: JournalObserver | undefined;
  readonly #writeAhead: boolean;
  /** Blocks, sealed, that the disk has not taken. */
  readonly #waiting: Uint8Array[] = [];
  #synced = true;
  readonly #fields = new EntryFields();
  // The block: room for its head, the payload from BLOCK_HEAD_BYTES to #end, room for its seal.
  #bytes = new Uint8Array(BLOCK_HEAD_BYTES + BLOCK_BYTES + BLOCK_SEAL_BYTES);
  #data = new DataView(this.#bytes.buffer);
  #end = BLOCK_HEAD_BYTES;
  #limit = BLOCK_HEAD_BYTES + BLOCK_BYTES;
  /** Payload up to here is in the hash. */
  #hashedEnd = BLOCK_HEAD_BYTES;
  #entriesInBlock = 0;
  #length = 0;

  constructor(parts: JournalWriterParts) {
    this.#hasher = parts.hasher;
    this.#storage = parts.storage;
    this.#observer = parts.observer;
    this.#writeAhead = parts.durability === "write-ahead";
    const bytes = headerBytes(parts.header);
    this.#hasher.update(bytes);
    if (this.#writeAhead) this.#waiting.push(bytes);
    else this.#storage?.append(bytes);
  }

  get length(): number {
    return this.#length;
  }

  /** Has the disk taken every entry so far, and said that it is safe there? */
  get isSafe(): boolean {
    return this.#synced && this.#entriesInBlock === 0 && this.#waiting.length === 0;
  }

  event(event: Event): JournalSeq {
    if (this.#end + HOT_BYTES_MAX > this.#limit) this.#makeRoom(HOT_BYTES_MAX);
    const end = writeHotEvent(event, this.#data, this.#end);
    if (end === 0) putEvent(this.#fields, event);
    const seq = end === 0 ? this.#append() : this.#advance(end);
    this.#observer?.event(event, seq);
    return seq;
  }

  command(command: Command, at: TimeUs, cause: JournalSeq): JournalSeq {
    if (!(cause < this.#length)) assert(false, "a command's cause is in the journal before it");
    if (this.#end + HOT_BYTES_MAX > this.#limit) this.#makeRoom(HOT_BYTES_MAX);
    const end = writeHotCommand(command, at, cause, this.#data, this.#end);
    if (end === 0) putCommand(this.#fields, command, COMMAND, at, cause);
    const seq = end === 0 ? this.#append() : this.#advance(end);
    this.#observer?.command(command, at, cause, seq);
    return seq;
  }

  refusal(
    command: Command,
    at: TimeUs,
    cause: JournalSeq,
    rule: string,
    reason: string,
  ): JournalSeq {
    assert(cause < this.#length, "a refused command's cause is in the journal before it");
    putRefusal(this.#fields, command, REFUSAL, at, cause, rule, reason);
    const seq = this.#append();
    this.#observer?.refusal(command, at, rule, reason, cause, seq);
    return seq;
  }

  note(text: string, at: TimeUs): JournalSeq {
    this.#fields.begin(NOTE, at, at);
    this.#fields.addText(text);
    const seq = this.#append();
    this.#observer?.note?.(text, at, seq);
    return seq;
  }

  /** May be asked at any time: it takes what was not hashed yet into the running hash, which stays open. */
  digest(): string {
    this.#hashPayload();
    return this.#hasher.digest();
  }

  /** Hands everything so far to the storage, as a block of its own, and asks for it to be made durable. */
  flush(): void {
    if (this.#writeAhead) {
      this.commit();
      return;
    }
    if (this.#entriesInBlock > 0) this.#sealBlock();
    this.#storage?.sync();
  }

  /** Buffered, it promises nothing and does nothing. */
  commit(): boolean {
    if (!this.#writeAhead) return true;
    if (this.#waiting.length === 0 && this.#synced) {
      if (this.#entriesInBlock === 0) return true;
    } else if (!this.#putOnDisk()) {
      // A disk that fails is asked with what waits already, so that waiting blocks stay few and full.
      return false;
    }
    if (this.#entriesInBlock > 0) this.#sealBlock();
    return this.#putOnDisk();
  }

  /** What waits goes to the disk in order; what it does not take goes on waiting. */
  #putOnDisk(): boolean {
    const waiting = this.#waiting;
    if (waiting.length === 0 && this.#synced) return true;
    try {
      while (waiting.length > 0) {
        this.#storage?.append(waiting[0] as Uint8Array);
        this.#synced = false;
        waiting.shift();
      }
      this.#storage?.sync();
      this.#synced = true;
      return true;
    } catch {
      // The answer says it: the bot stops opening risk and asks again.
      return false;
    }
  }

  #append(): JournalSeq {
    const fields = this.#fields;
    const bytesMax = fields.bytesMax;
    if (this.#end + bytesMax > this.#limit) this.#makeRoom(bytesMax);
    return this.#advance(fields.write(this.#bytes, this.#data, this.#end));
  }

  /** An entry was written up to `end`. */
  #advance(end: number): JournalSeq {
    this.#end = end;
    this.#entriesInBlock += 1;
    const seq = this.#length;
    this.#length = seq + 1;
    return seq;
  }

  #makeRoom(bytesMax: number): void {
    if (this.#entriesInBlock > 0) this.#sealBlock();
    const needed = BLOCK_HEAD_BYTES + bytesMax + BLOCK_SEAL_BYTES;
    if (needed <= this.#bytes.length) return;
    this.#bytes = new Uint8Array(needed);
    this.#data = new DataView(this.#bytes.buffer);
    this.#limit = needed - BLOCK_SEAL_BYTES;
  }

  #sealBlock(): void {
    this.#hashPayload();
    if (this.#storage !== undefined) this.#store(this.#storage);
    this.#end = BLOCK_HEAD_BYTES;
    this.#hashedEnd = BLOCK_HEAD_BYTES;
    this.#entriesInBlock = 0;
  }

  #store(storage: Storage): void {
    const data = this.#data;
    data.setUint32(0, BLOCK_MARK, true);
    data.setUint32(4, this.#end - BLOCK_HEAD_BYTES, true);
    data.setUint32(8, this.#entriesInBlock, true);
    this.#seal();
    const block = this.#bytes.subarray(0, this.#end + BLOCK_SEAL_BYTES);
    if (!this.#writeAhead) {
      storage.append(block);
      return;
    }
    if (this.#waiting.length === 0 && this.#appended(storage, block)) return;
    const { length } = this.#waiting;
    assert(length < WAITING_BLOCKS_MAX, `at most ${WAITING_BLOCKS_MAX} blocks wait for the disk`);
    this.#waiting.push(block.slice());
  }

  /** Did the disk take the block? It is durable once it is synced. */
  #appended(storage: Storage, block: Uint8Array): boolean {
    try {
      storage.append(block);
      this.#synced = false;
      return true;
    } catch {
      // It waits, and the next commit says so.
      return false;
    }
  }

  #seal(): void {
    const hasher = this.#hasher;
    if (hasher.seal !== undefined) {
      hasher.seal(this.#bytes, this.#end);
      return;
    }
    const seal = hasher.digest();
    assert(seal.length === 2 * BLOCK_SEAL_BYTES, "a SHA-256 has 64 hex digits");
    for (let index = 0; index < BLOCK_SEAL_BYTES; index += 1) {
      this.#bytes[this.#end + index] = Number.parseInt(seal.slice(2 * index, 2 * index + 2), 16);
    }
  }

  #hashPayload(): void {
    if (this.#hashedEnd === this.#end) return;
    this.#hasher.update(this.#bytes.subarray(this.#hashedEnd, this.#end));
    this.#hashedEnd = this.#end;
  }
}
