import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { BookChanged } from "../../../src/domain/event.ts";
import { instrumentId, priceTicks, timeUs } from "../../../src/domain/units.ts";
import { headerBytes, journalHeader } from "../../../src/journal/journal-header.ts";
import { readJournal } from "../../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../../src/journal/journal-writer.ts";
import { benchHeader, EntryLog, sha256 } from "../../support/bot-bench.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";

function book(index: number): BookChanged {
  const at = timeUs(1_700_000_000_000_000 + index);
  const touch = { bid: priceTicks(100), ask: priceTicks(101) };
  return {
    kind: "BookChanged",
    at,
    venueAt: timeUs(at - 5),
    instrument: instrumentId(0),
    ...touch,
  };
}

test("the digest is the SHA-256 of header and entries, laid out as the format says", () => {
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256() });
  journal.event(book(0));
  const entry = Buffer.alloc(28);
  entry.writeUInt32LE((1 << 24) | 28, 0);
  entry.writeDoubleLE(1_700_000_000_000_000, 4);
  for (const [index, field] of [5, 0, 100, 101].entries())
    entry.writeInt32LE(field, 12 + 4 * index);
  const expected = createHash("sha256").update(headerBytes(benchHeader)).update(entry);
  expect(journal.digest()).toBe(expected.digest("hex"));
});

test("a digest asked for on the way changes nothing later", () => {
  const asked = new JournalWriter({ header: benchHeader, hasher: sha256() });
  const quiet = new JournalWriter({ header: benchHeader, hasher: sha256() });
  for (let index = 0; index < 5000; index += 1) {
    asked.event(book(index));
    quiet.event(book(index));
    if (index % 777 === 0) asked.digest();
  }
  expect(asked.digest()).toBe(quiet.digest());
});

test("equal facts make equal headers, whatever order they come in", () => {
  const parts = { ...benchHeader, facts: { a: "1", b: "2" } };
  const other = { ...benchHeader, facts: { b: "2", a: "1" } };
  expect(headerBytes(journalHeader(parts))).toEqual(headerBytes(journalHeader(other)));
});

test("stores a block once it is full, and the rest when it is flushed", () => {
  const storage = new MemoryStorage();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), storage });
  let syncs = 0;
  storage.synced = () => {
    syncs += 1;
  };
  const header = storage.snapshot().length;
  journal.event(book(0));
  expect(storage.snapshot()).toHaveLength(header);
  for (let index = 1; index < 3000; index += 1) journal.event(book(index));
  expect(storage.snapshot().length).toBeGreaterThan(60_000);
  journal.flush();
  expect(storage.snapshot()).toHaveLength(header + 3000 * 28 + 2 * (12 + 32));
  expect(syncs).toBe(1);
});

test("write-ahead, a commit puts every entry so far on disk, and nothing before it", () => {
  const storage = new MemoryStorage();
  const parts = { header: benchHeader, hasher: sha256(), storage };
  const journal = new JournalWriter({ ...parts, durability: "write-ahead" });
  journal.event(book(0));
  expect(storage.snapshot()).toHaveLength(0);
  expect(journal.commit()).toBe(true);
  const read = readJournal(storage.snapshot(), sha256());
  expect([read.sealedLength, read.torn]).toEqual([1, undefined]);
});

test("write-ahead, a disk that fails answers false, and gets everything in order later", () => {
  const storage = new MemoryStorage();
  const parts = { header: benchHeader, hasher: sha256(), storage };
  const journal = new JournalWriter({ ...parts, durability: "write-ahead" });
  storage.full = true;
  const answers = [0, 1, 2].map((index) => {
    journal.event(book(index));
    return journal.commit();
  });
  expect(answers).toEqual([false, false, false]);
  storage.full = false;
  expect(journal.commit()).toBe(true);
  const read = readJournal(storage.snapshot(), sha256());
  expect([read.sealedLength, read.digest]).toEqual([3, journal.digest()]);
});

test("takes an entry larger than a block", () => {
  const storage = new MemoryStorage();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), storage });
  journal.event(book(0));
  journal.note("x".repeat(100_000), timeUs(2));
  journal.event(book(1));
  expect(journal.length).toBe(3);
});

test("tells its observer of each entry with its place", () => {
  const log = new EntryLog();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), observer: log });
  const halt = { kind: "Halt", reason: "enough" } as const;
  expect(journal.event(book(0))).toBe(0);
  expect(journal.command(halt, timeUs(1), 0)).toBe(1);
  expect(journal.refusal(halt, timeUs(2), 0, "a-rule", "because")).toBe(2);
  expect(journal.note("odd", timeUs(3))).toBe(3);
  expect(log.entries.map((entry) => [entry.kind, entry.seq])).toEqual([
    ["event", 0],
    ["command", 1],
    ["refusal", 2],
    ["note", 3],
  ]);
});

test("a command whose cause is not on record breaks a promise", () => {
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256() });
  const halt = { kind: "Halt", reason: "enough" } as const;
  expect(() => journal.command(halt, timeUs(1), 0)).toThrow("in the journal before it");
});
