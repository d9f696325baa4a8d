// What a bot's disk says it was: the files of its lives, read from the newest back to one with a whole snapshot.
// A torn or damaged tail is cut off; damage before sound bytes stops the bot, since what followed cannot be trusted.

import { BLOCK_MARK } from "../../src/journal/journal-header.ts";
import { BrokenJournal, holdsBlockAfter, readJournal } from "../../src/journal/journal-reader.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import { SNAPSHOT_WORD } from "../../src/state/recovery.ts";

/** The magic and the length of the header stand before it. */
const HEADER_FROM = 12;

/** The entries that may be believed, oldest first, and how many of them the newest file holds. */
export type Remembered = Readonly<{ entries: readonly JournalEntry[]; ofNewest: number }>;

/** @throws {BrokenJournal} when a file is damaged before its last block. */
export function rememberedEntries(files: readonly Uint8Array[], hasher: () => Hasher): Remembered {
  const parts: (readonly JournalEntry[])[] = [];
  for (let index = files.length - 1; index >= 0; index -= 1) {
    const entries = soundEntries(files[index] as Uint8Array, hasher);
    parts.push(entries);
    if (entries.some(isSnapshot)) break;
  }
  const ofNewest = parts[0]?.length ?? 0;
  const entries =
    parts.length === 1 ? (parts[0] as readonly JournalEntry[]) : parts.reverse().flat();
  return { entries, ofNewest };
}

/** Entries of whole blocks in a file that was cut off and is otherwise as it was written. */
export function sealedCount(bytes: Uint8Array, hasher: () => Hasher): number {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return holdsBlock(data) ? readJournal(bytes, hasher()).sealedLength : 0;
}

function isSnapshot(entry: JournalEntry): boolean {
  return entry.kind === "note" && entry.text.startsWith(SNAPSHOT_WORD);
}

/** The sealed entries of one file; none where there is no more of it than a header, whole or not. */
function soundEntries(bytes: Uint8Array, hasher: () => Hasher): readonly JournalEntry[] {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A header is made durable before anything is written after it: alone it may be a torn tail, before a block it is not.
  if (!holdsBlock(data)) return [];
  try {
    return sealed(bytes, hasher);
  } catch (error) {
    if (!(error instanceof BrokenJournal) || !isTail(data, error.offset)) throw error;
    return sealed(bytes.subarray(0, error.offset), hasher);
  }
}

/** Does a block begin anywhere behind the header, whatever became of that? */
function holdsBlock(data: DataView): boolean {
  for (let offset = HEADER_FROM; offset + 4 <= data.byteLength; offset += 1) {
    if (data.getUint32(offset, true) === BLOCK_MARK) return true;
  }
  return false;
}

function sealed(bytes: Uint8Array, hasher: () => Hasher): readonly JournalEntry[] {
  const journal = readJournal(bytes, hasher());
  const entries: JournalEntry[] = [];
  for (const entry of journal.entries) {
    if (entries.length === journal.sealedLength) break;
    entries.push(entry);
  }
  return entries;
}

/** Is the block at `offset` the last? Its own length may be what is damaged: only one behind it tells. */
function isTail(data: DataView, offset: number): boolean {
  return offset >= HEADER_FROM && !holdsBlockAfter(data, offset);
}
