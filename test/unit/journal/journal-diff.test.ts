import { expect, test } from "vitest";
import { timerId, timeUs, venueId } from "../../../src/domain/units.ts";
import { journalDifference } from "../../../src/journal/journal-diff.ts";
import { renderEntry } from "../../../src/journal/render-entry.ts";
import type { JournalEntry } from "../../../src/ports/journal.ts";

const note = (seq: number, text: string): JournalEntry => ({
  kind: "note",
  seq,
  at: timeUs(seq * 10),
  text,
});

test("equal journals do not differ", () => {
  expect(journalDifference([note(0, "a")], [note(0, "a")])).toBeUndefined();
});

test("names the first entry that differs, and both sides of it", () => {
  const left = [note(0, "a"), note(1, "b"), note(2, "c")];
  const right = [note(0, "a"), note(1, "x"), note(2, "y")];
  expect(journalDifference(left, right)).toEqual({
    seq: 1,
    left: "1 note 10 b",
    right: "1 note 10 x",
  });
});

test("a journal that ends early differs where it ends, on either side", () => {
  const short = [note(0, "a")];
  const long = [note(0, "a"), note(1, "b")];
  expect(journalDifference(short, long)).toMatchObject({ seq: 1, left: undefined });
  expect(journalDifference(long, short)).toMatchObject({ seq: 1, right: undefined });
});

test("renders each sort of entry as one line", () => {
  const halt = { kind: "Halt", reason: "too far\ndown" } as const;
  const at = timeUs(7);
  const entries: readonly JournalEntry[] = [
    { kind: "event", seq: 0, event: { kind: "TimerFired", at, venueAt: at, timer: timerId(4) } },
    { kind: "command", seq: 1, at, cause: 0, command: halt },
    {
      kind: "refusal",
      seq: 2,
      at,
      cause: 0,
      rule: "halted",
      reason: "it is over",
      command: { kind: "CancelAll", venue: venueId(1), instrument: undefined },
    },
  ];
  expect(entries.map(renderEntry)).toEqual([
    "0 event 7 TimerFired venueAt=7 timer=4",
    '1 command 7 Halt cause=0 reason="too far\\ndown"',
    '2 refusal 7 CancelAll cause=0 rule=halted reason="it is over" venue=1 instrument=-',
  ]);
});
