// What a crash changed is known to the side that changed it: whoever believes what stands from there on is told of.

import { expect, test } from "vitest";
import { SimulatedFile } from "../../../../sim/faults/simulated-disk.ts";
import { Remains } from "../../../../sim/scenario/remains.ts";
import { timeUs } from "../../../../src/domain/units.ts";
import { BrokenJournal } from "../../../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../../../src/journal/journal-writer.ts";
import { benchHeader, sha256 } from "../../../support/bot-bench.ts";

/** A block for each text; those before the last two are synced. */
function written(texts: readonly string[]): SimulatedFile {
  const file = new SimulatedFile();
  const journal = new JournalWriter({ header: benchHeader, hasher: sha256(), storage: file });
  texts.forEach((text, index) => {
    journal.note(text, timeUs(index));
    journal.flush();
    if (index === texts.length - 3) file.sync();
  });
  return file;
}

const TEXTS = ["one", "two", "three", "four", "five"];

test.each(["flipped", "damaged"] as const)(
  "nothing is believed from a bit on that was turned, wherever it is (%s)",
  (kind) => {
    const told: string[] = [];
    for (let place = 1; place < 1000; place += 1) {
      const remains = new Remains((what) => told.push(what));
      remains.bury(written(TEXTS), { kind, place });
      try {
        remains.recovery(sha256);
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenJournal);
      }
    }
    expect(told).toEqual([]);
  },
);

test("a record that was changed and is believed is told of", () => {
  const told: string[] = [];
  const remains = new Remains((what) => told.push(what));
  // Another journal, whole and sealed, stands where a bit of this one was turned.
  const other = written(["one", "two", "threE", "four", "five"]);
  const turnedAt = written(TEXTS.slice(0, 2)).snapshot().length + 20;
  remains.bury({ afterCrash: () => other.snapshot(), turnedAt }, { kind: "kept", place: 0 });
  remains.recovery(sha256);
  expect(told).toEqual(["entries 2 to 5 of its journal are believed, with a bit turned"]);
});
