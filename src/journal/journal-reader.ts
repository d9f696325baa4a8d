// Reads a stored journal back: first every block is held against its seal, then entries are decoded as asked for.
// A broken seal or foreign bytes are refused. A tail cut off in mid-block is what a crash leaves: the whole entries
// of that block are recovered, unsealed, and the journal says that it is torn and how much of it was saved. A block that
// seems to reach past the end while another follows it was not cut off: its length was changed.

import type { TimeUs } from "../domain/units.ts";
import type { JournalEntry } from "../ports/journal.ts";
import type { Hasher } from "../ports/storage.ts";
import { takeCommand } from "./command-decoder.ts";
import { COMMAND, COMMAND_KINDS, EVENT, EVENT_KINDS, NOTE, REFUSAL } from "./entry-codes.ts";
import { EntryReader } from "./entry-reader.ts";
import { takeEvent } from "./event-decoder.ts";
import type { JournalHeader } from "./journal-header.ts";
import {
  BLOCK_HEAD_BYTES,
  BLOCK_MARK,
  BLOCK_SEAL_BYTES,
  isReadable,
  MAGIC,
} from "./journal-header.ts";
import { readUtf8 } from "./utf-8.ts";

/** The bytes are no journal of ours, or were changed after they were written. `offset` is the byte it shows at. */
export class BrokenJournal extends Error {
  override readonly name = "BrokenJournal";
  readonly offset: number;

  constructor(sentence: string, offset: number, options?: ErrorOptions) {
    super(`${sentence}, at byte ${offset}`, options);
    this.offset = offset;
  }
}

export type ReadJournal = Readonly<{
  header: JournalHeader;
  /** Decoded as they are taken; may be gone through more than once. */
  entries: Iterable<JournalEntry>;
  length: number;
  /** The digest of header and entries, equal to that of its writer when nothing is torn. */
  digest: string;
  /** Entries in whole blocks, held against their seals: what a bot may believe after a crash. */
  sealedLength: number;
  /** The last block was cut off at byte `offset`; of its entries `recovered` are whole and counted in `length`. */
  torn: Readonly<{ offset: number; recovered: number }> | undefined;
}>;

/** What a seal would be, for a moment. */
const SEAL = new Uint8Array(BLOCK_SEAL_BYTES);

type Block = Readonly<{ from: number; to: number; entries: number }>;

/**
 * Reads a whole journal; `hasher` is a SHA-256 nothing was put into yet.
 * @throws {BrokenJournal} for a wrong magic, an unknown format, a block that is none, or a broken chain.
 */
export function readJournal(bytes: Uint8Array, hasher: Hasher): ReadJournal {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, end } = readHeader(bytes, data);
  hasher.update(bytes.subarray(0, end));
  const reader = new EntryReader(bytes);
  const blocks: Block[] = [];
  let offset = end;
  let torn: ReadJournal["torn"];
  let sealedLength = 0;
  while (offset < bytes.length) {
    if (isBlank(bytes, offset)) {
      torn = { offset, recovered: 0 };
      break;
    }
    const block = wholeBlock(data, offset);
    if (block === undefined) {
      if (holdsBlockAfter(data, offset)) {
        throw new BrokenJournal("expected a block before the next: its length was changed", offset);
      }
      const rest = wholeEntries(reader, offset + BLOCK_HEAD_BYTES, bytes.length);
      hasher.update(bytes.subarray(rest.from, rest.to));
      blocks.push(rest);
      torn = { offset: bytes.length, recovered: rest.entries };
      break;
    }
    hasher.update(bytes.subarray(block.from, block.to));
    if (!isSealed(bytes, block.to, hasher)) {
      throw new BrokenJournal("expected a block to match its seal: it was changed", offset);
    }
    blocks.push(block);
    sealedLength += block.entries;
    offset = block.to + BLOCK_SEAL_BYTES;
  }
  const length = blocks.reduce((sum, block) => sum + block.entries, 0);
  const entries = { [Symbol.iterator]: () => decode(new EntryReader(bytes), blocks) };
  return { header, entries, length, sealedLength, digest: hasher.digest(), torn };
}

/** Room a file system gave and a crash left empty: zeros from here to the end. */
function isBlank(bytes: Uint8Array, offset: number): boolean {
  for (let at = offset; at < bytes.length; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

function readHeader(bytes: Uint8Array, data: DataView): { header: JournalHeader; end: number } {
  const known = MAGIC.every((byte, index) => bytes[index] === byte);
  if (!known) throw new BrokenJournal("expected a journal of rehearse, was something else", 0);
  const from = MAGIC.length + 4;
  const end = bytes.length < from ? from : from + data.getUint32(MAGIC.length, true);
  if (bytes.length < end) {
    throw new BrokenJournal("expected a whole header, was cut off", bytes.length);
  }
  let header: JournalHeader;
  try {
    header = JSON.parse(readUtf8(bytes, from, end)) as JournalHeader;
  } catch (cause) {
    throw new BrokenJournal("expected the header to be JSON", from, { cause });
  }
  if (!isReadable(header)) {
    throw new BrokenJournal(`expected a known format, was ${header.formatVersion}`, from);
  }
  return { header, end };
}

/** The block at `offset`, undefined when the bytes end within it. */
function wholeBlock(data: DataView, offset: number): Block | undefined {
  const left = data.byteLength - offset;
  if (left >= 4 && data.getUint32(offset, true) !== BLOCK_MARK) {
    throw new BrokenJournal("expected the mark of a block, was something else", offset);
  }
  if (left < BLOCK_HEAD_BYTES) return undefined;
  const from = offset + BLOCK_HEAD_BYTES;
  const to = from + data.getUint32(offset + 4, true);
  if (to + BLOCK_SEAL_BYTES > data.byteLength) return undefined;
  return { from, to, entries: data.getUint32(offset + 8, true) };
}

/** Does a whole block begin anywhere behind the one at `offset`, whatever that says of its own length? */
export function holdsBlockAfter(data: DataView, offset: number): boolean {
  const last = data.byteLength - BLOCK_HEAD_BYTES - BLOCK_SEAL_BYTES;
  for (let from = offset + 4; from <= last; from += 1) {
    if (data.getUint32(from, true) !== BLOCK_MARK) continue;
    if (from + data.getUint32(from + 4, true) <= last) return true;
  }
  return false;
}

/** The whole entries of a block that was cut off. */
function wholeEntries(reader: EntryReader, from: number, limit: number): Block {
  let to = from;
  let entries = 0;
  for (;;) {
    const length = to < limit ? reader.lengthAt(to, limit) : 0;
    if (length === 0) break;
    to += length;
    entries += 1;
  }
  return { from, to: Math.max(from, to), entries };
}

function* decode(reader: EntryReader, blocks: readonly Block[]): Generator<JournalEntry> {
  let seq = 0;
  for (const { from, to, entries } of blocks) {
    let offset = from;
    for (let index = 0; index < entries; index += 1) {
      const length = reader.lengthAt(offset, to);
      if (length === 0) throw new BrokenJournal("expected an entry within its block", offset);
      yield entryAt(reader, offset, seq);
      offset += length;
      seq += 1;
    }
    // The seal is of what a block holds, not of how much it says that is.
    if (offset === to) continue;
    throw new BrokenJournal("expected as many entries as a block says", from - BLOCK_HEAD_BYTES);
  }
}

function entryAt(reader: EntryReader, offset: number, seq: number): JournalEntry {
  reader.open(offset);
  try {
    return takeEntry(reader, seq);
  } catch (cause) {
    throw new BrokenJournal("expected an entry of this format", offset, { cause });
  }
}

function takeEntry(reader: EntryReader, seq: number): JournalEntry {
  const { code } = reader;
  const at = reader.at as TimeUs;
  if (code === NOTE) return { kind: "note", seq, at, text: reader.nextText() };
  if (code >= REFUSAL) {
    const cause = reader.next();
    const command = takeCommand(reader, kindOf(COMMAND_KINDS, code - REFUSAL));
    const rule = reader.nextText();
    return { kind: "refusal", seq, at, cause, rule, reason: reader.nextText(), command };
  }
  if (code >= COMMAND) {
    const cause = reader.next();
    const command = takeCommand(reader, kindOf(COMMAND_KINDS, code - COMMAND));
    return { kind: "command", seq, at, cause, command };
  }
  return { kind: "event", seq, event: takeEvent(reader, kindOf(EVENT_KINDS, code - EVENT)) };
}

function kindOf<Kind>(kinds: readonly Kind[], index: number): Kind {
  const kind = kinds[index];
  if (kind === undefined) throw new RangeError(`expected a known kind, was number ${index}`);
  return kind;
}

/** Do the bytes at `offset` seal what the hasher was told? */
function isSealed(bytes: Uint8Array, offset: number, hasher: Hasher): boolean {
  if (hasher.seal === undefined) {
    return hasher.digest() === hexOf(bytes.subarray(offset, offset + BLOCK_SEAL_BYTES));
  }
  hasher.seal(SEAL, 0);
  let index = 0;
  while (index < BLOCK_SEAL_BYTES && SEAL[index] === bytes[offset + index]) index += 1;
  return index === BLOCK_SEAL_BYTES;
}

function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}
