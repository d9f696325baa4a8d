import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { JournalWriter } from "../../../src/journal/journal-writer.ts";
import { createJournalFile } from "../../../src/live/journal-file.ts";
import { benchHeader, sha256 } from "../../support/bot-bench.ts";
import { sealedEntries } from "../../support/crash-bench.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a journal on a real file is read back as it was committed", () => {
  const path = join(emptyFolder(), "session-1.journal");
  const storage = createJournalFile(path);
  const parts = { header: benchHeader, hasher: sha256(), storage };
  const journal = new JournalWriter({ ...parts, durability: "write-ahead" });
  for (let at = 1; at <= 50; at += 1) {
    journal.note(`note ${at}`, at as never);
    expect(journal.commit()).toBe(true);
  }
  expect(sealedEntries(readFileSync(path))).toHaveLength(50);
  expect(storage.snapshot()).toEqual(readFileSync(path));
  storage.close();
});

test("a session never writes over another's journal", () => {
  const path = join(emptyFolder(), "session-1.journal");
  createJournalFile(path).close();
  expect(() => createJournalFile(path)).toThrow(/EEXIST/);
});

test("a file that cannot be written any more answers that nothing is durable", () => {
  const storage = createJournalFile(join(emptyFolder(), "session-1.journal"));
  const parts = { header: benchHeader, hasher: sha256(), storage };
  const journal = new JournalWriter({ ...parts, durability: "write-ahead" });
  storage.close();
  journal.note("lost", 1 as never);
  expect(journal.commit()).toBe(false);
});
