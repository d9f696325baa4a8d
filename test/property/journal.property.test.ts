// What a journal promises for every entry: it comes back as it went in, and its digest is of what was written,
// whatever was asked or flushed meanwhile.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { timeUs } from "../../src/domain/units.ts";
import { putCommand } from "../../src/journal/command-encoder.ts";
import { COMMAND, WIDE } from "../../src/journal/entry-codes.ts";
import { EntryFields } from "../../src/journal/entry-fields.ts";
import { putEvent } from "../../src/journal/event-encoder.ts";
import { HOT_BYTES_MAX, writeHotCommand, writeHotEvent } from "../../src/journal/hot-entries.ts";
import { journalDifference } from "../../src/journal/journal-diff.ts";
import { readJournal } from "../../src/journal/journal-reader.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import { renderEntry } from "../../src/journal/render-entry.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";
import {
  arbitraryCommands,
  arbitraryEvents,
  arbitraryText,
  arbitraryTime,
} from "../support/arbitrary-entries.ts";
import { benchHeader, EntryLog, sha256 } from "../support/bot-bench.ts";
import { MemoryStorage } from "../support/memory-storage.ts";

function writer() {
  const log = new EntryLog();
  const storage = new MemoryStorage();
  const journal = new JournalWriter({
    header: benchHeader,
    hasher: sha256(),
    storage,
    observer: log,
  });
  const read = () => {
    journal.flush();
    return readJournal(storage.snapshot(), sha256());
  };
  return { journal, log, read };
}

describe("every kind of entry comes back as it went in", () => {
  test.each(Object.keys(arbitraryEvents) as Event["kind"][])("%s", (kind) => {
    fc.assert(
      fc.property(arbitraryEvents[kind], (event) => {
        const { journal, read } = writer();
        journal.event(event);
        expect([...read().entries]).toEqual([{ kind: "event", seq: 0, event }]);
      }),
    );
  });

  test.each(Object.keys(arbitraryCommands) as Command["kind"][])("%s", (kind) => {
    const texts = fc.tuple(arbitraryText, arbitraryText);
    fc.assert(
      fc.property(arbitraryCommands[kind], arbitraryTime, texts, (command, time, words) => {
        const [rule, reason] = words;
        const at = timeUs(time);
        const { journal, read } = writer();
        journal.note(rule, at);
        journal.command(command, at, 0);
        journal.refusal(command, at, 0, rule, reason);
        expect([...read().entries]).toEqual([
          { kind: "note", seq: 0, at, text: rule },
          { kind: "command", seq: 1, at, cause: 0, command },
          { kind: "refusal", seq: 2, at, cause: 0, rule, reason, command },
        ]);
      }),
    );
  });
});

const HOT_EVENTS = [
  "BookChanged",
  "OrderAccepted",
  "OrderFilled",
  "OrderClosed",
  "TimerFired",
] as const;
const HOT_COMMANDS = ["PlaceOrder", "CancelOrder", "SetTimer"] as const;

describe("an entry written straight into the block has the bytes of the general way", () => {
  const written = (fields: EntryFields) => {
    const bytes = new Uint8Array(fields.bytesMax);
    return bytes.slice(0, fields.write(bytes, new DataView(bytes.buffer), 0));
  };
  const hot = (write: (data: DataView) => number) => {
    const bytes = new Uint8Array(HOT_BYTES_MAX);
    return bytes.slice(0, write(new DataView(bytes.buffer)));
  };

  test.each(HOT_EVENTS)("%s", (kind) => {
    fc.assert(
      fc.property(arbitraryEvents[kind], (event) => {
        const fields = new EntryFields();
        putEvent(fields, event);
        const direct = hot((data) => writeHotEvent(event, data, 0));
        const general = written(fields);
        // A wide entry is the general way's alone.
        if (direct.length > 0) expect(direct).toEqual(general);
        else expect((general[3] as number) & WIDE).toBe(WIDE);
      }),
      { numRuns: 300 },
    );
  });

  test.each(HOT_COMMANDS)("%s", (kind) => {
    fc.assert(
      fc.property(arbitraryCommands[kind], arbitraryTime, fc.maxSafeNat(), (command, at, cause) => {
        const fields = new EntryFields();
        putCommand(fields, command, COMMAND, at, cause);
        const direct = hot((data) => writeHotCommand(command, at, cause, data, 0));
        const general = written(fields);
        if (direct.length > 0) expect(direct).toEqual(general);
        else if (command.kind === "SetTimer") expect(command.at | 0).toBe(command.at);
        else expect((general[3] as number) & WIDE).toBe(WIDE);
      }),
      { numRuns: 300 },
    );
  });
});

type Step = Readonly<{ event: Event }> | "digest" | "flush";

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...Object.values(arbitraryEvents)).map((event) => ({ event })) },
  { weight: 1, arbitrary: fc.constantFrom<Step>("digest", "flush") },
);

test("where blocks end and when a digest is asked for changes neither digest nor entries", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const plain = writer();
      const cut = writer();
      for (const each of steps) {
        if (each === "digest") cut.journal.digest();
        else if (each === "flush") cut.journal.flush();
        else {
          plain.journal.event(each.event);
          cut.journal.event(each.event);
        }
      }
      const entries: JournalEntry[] = [...cut.read().entries];
      expect(cut.journal.digest()).toBe(plain.journal.digest());
      expect(cut.read().digest).toBe(plain.read().digest);
      expect(cut.read().digest).toBe(plain.journal.digest());
      expect(entries).toEqual(plain.log.entries);
    }),
  );
});

test("two journals differ where their entries do, read as text, and nowhere before", () => {
  const events = fc.array(fc.oneof(...Object.values(arbitraryEvents)), { maxLength: 12 });
  fc.assert(
    fc.property(events, events, events, (shared, left, right) => {
      const entriesOf = (own: readonly Event[]): JournalEntry[] =>
        [...shared, ...own].map((event, seq) => ({ kind: "event", seq, event }));
      const [ours, theirs] = [entriesOf(left), entriesOf(right)];
      const text = (entry: JournalEntry | undefined) => entry && renderEntry(entry);
      const length = Math.max(ours.length, theirs.length);
      const at = Array.from({ length }, (_, seq) => seq).find(
        (seq) => text(ours[seq]) !== text(theirs[seq]),
      );
      const expected =
        at === undefined ? undefined : { seq: at, left: text(ours[at]), right: text(theirs[at]) };
      expect(journalDifference(ours, theirs)).toEqual(expected);
    }),
  );
});

test("a journal cut off at any byte gives back its whole entries, in order, and says so", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryEvents.OrderFilled, { minLength: 1, maxLength: 20 }),
      (events) => {
        const { journal, log } = writer();
        const storage = new MemoryStorage();
        const stored = new JournalWriter({ header: benchHeader, hasher: sha256(), storage });
        const headerLength = storage.snapshot().length;
        for (const event of events) {
          journal.event(event);
          stored.event(event);
        }
        stored.flush();
        const bytes = storage.snapshot();
        for (let length = headerLength + 1; length < bytes.length; length += 7) {
          const read = readJournal(bytes.subarray(0, length), sha256());
          expect(read.torn).toEqual({ offset: length, recovered: read.length });
          expect([...read.entries]).toEqual(log.entries.slice(0, read.length));
        }
      },
    ),
    { numRuns: 20 },
  );
});
