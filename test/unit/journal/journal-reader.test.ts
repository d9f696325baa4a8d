import { expect, test } from "vitest";
import { timeUs } from "../../../src/domain/units.ts";
import { BrokenJournal, readJournal } from "../../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../../src/journal/journal-writer.ts";
import { benchHeader, sha256 } from "../../support/bot-bench.ts";
import { MemoryStorage } from "../../support/memory-storage.ts";

/** A journal of three blocks of one note each, and where each block begins. */
function stored(): { bytes: Uint8Array; blocks: readonly number[] } {
  const storage = new MemoryStorage();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), storage });
  const blocks = ["one", "two", "three"].map((text, index) => {
    const from = storage.snapshot().length;
    journal.note(text, timeUs(index));
    journal.flush();
    return from;
  });
  return { bytes: storage.snapshot(), blocks };
}

function broken(bytes: Uint8Array): BrokenJournal {
  try {
    readJournal(bytes, sha256());
  } catch (error) {
    if (error instanceof BrokenJournal) return error;
  }
  throw new Error("expected a broken journal");
}

test("gives the header back", () => {
  expect(readJournal(stored().bytes, sha256()).header).toEqual(benchHeader);
});

test("names the block whose bytes were changed", () => {
  const { bytes, blocks } = stored();
  const second = blocks[1] as number;
  bytes[second + 14] = (bytes[second + 14] as number) ^ 1;
  expect(broken(bytes).offset).toBe(second);
});

test("a length that was changed is no tail that was cut off", () => {
  const { bytes, blocks } = stored();
  const second = blocks[1] as number;
  bytes[second + 6] = 1;
  expect(broken(bytes).message).toContain("its length was changed");
  expect(broken(bytes).offset).toBe(second);
});

test("a block taken out breaks the chain at the one after it", () => {
  const { bytes, blocks } = stored();
  const [, second, third] = blocks as [number, number, number];
  const without = new Uint8Array([...bytes.subarray(0, second), ...bytes.subarray(third)]);
  expect(broken(without).offset).toBe(second);
});

test("refuses what is no journal", () => {
  expect(broken(new Uint8Array([1, 2, 3])).offset).toBe(0);
  expect(broken(new TextEncoder().encode("RHRSJRNL")).message).toContain("header");
});

test("refuses another format", () => {
  const { bytes } = stored();
  const text = new TextDecoder("latin1").decode(bytes);
  const at = text.indexOf('"formatVersion":1') + '"formatVersion":'.length;
  bytes[at] = "9".charCodeAt(0);
  expect(broken(bytes).message).toContain("was 9");
});

test("refuses bytes after a block that begin no other", () => {
  const { bytes } = stored();
  const more = new Uint8Array([...bytes, 9, 9, 9, 9, 9]);
  expect(broken(more).offset).toBe(bytes.length);
});

test("says nothing of tearing when the last block is whole", () => {
  const read = readJournal(stored().bytes, sha256());
  expect(read.torn).toBeUndefined();
  expect(read.length).toBe(3);
});
