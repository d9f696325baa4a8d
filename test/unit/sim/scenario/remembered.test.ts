// Every bit of a journal's frame is turned: in its last block that is a torn tail, before it damage that stops the bot. Found
// by a seed: a length turned in the middle made all that followed a tail, and the bot began again from long ago.

import { expect, test } from "vitest";
import { rememberedEntries } from "../../../../sim/scenario/remembered.ts";
import { timeUs } from "../../../../src/domain/units.ts";
import { BLOCK_HEAD_BYTES } from "../../../../src/journal/journal-header.ts";
import { BrokenJournal } from "../../../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../../../src/journal/journal-writer.ts";
import { benchHeader, sha256 } from "../../../support/bot-bench.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";

const TEXTS = ["one", "two", "three"];

/** A journal of a block for each text, and where each begins. */
function stored(): Readonly<{ bytes: Uint8Array; blocks: readonly number[] }> {
  const storage = new MemoryStorage();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), storage });
  const blocks = TEXTS.map((text, index) => {
    const from = storage.snapshot().length;
    journal.note(text, timeUs(index));
    journal.flush();
    return from;
  });
  return { bytes: storage.snapshot(), blocks };
}

/** The texts that are believed with one bit of the file turned. */
function believed(bit: number): readonly string[] | "damaged" {
  const { bytes } = stored();
  bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
  try {
    const { entries } = rememberedEntries([bytes], sha256);
    return entries.map((each) => (each.kind === "note" ? each.text : ""));
  } catch (error) {
    if (error instanceof BrokenJournal) return "damaged";
    throw error;
  }
}

/** Every bit of the head of a block, and of the first bytes of what it holds. */
function bitsOf(block: number): readonly number[] {
  const from = (stored().blocks[block] as number) * 8;
  return Array.from({ length: 8 * (BLOCK_HEAD_BYTES + 4) }, (_, bit) => from + bit);
}

test("the journal of a bot that stopped well is believed to its end", () => {
  expect(rememberedEntries([stored().bytes], sha256)).toMatchObject({ ofNewest: 3 });
});

test("damage before the last block stops the bot, whichever bit it is", () => {
  const found = new Set([0, 1].flatMap(bitsOf).map(believed));
  expect([...found]).toEqual(["damaged"]);
});

test("damage in the last block is a tail that is cut off, whichever bit it is", () => {
  const found = bitsOf(2).map((bit) => JSON.stringify(believed(bit)));
  expect([...new Set(found)]).toEqual([JSON.stringify(["one", "two"])]);
});
