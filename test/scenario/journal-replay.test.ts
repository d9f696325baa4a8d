// A bot driven by its own journal does again what it did, on every kind of run there is; changed anywhere, it parts from
// its record at the change. Oracle: the journal of the run itself, and journals changed by hand.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { JournalReplay } from "../../sim/scenario/journal-replay.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { planBacktest } from "../../src/cli/run/backtest-plan.ts";
import { readJournal } from "../../src/journal/journal-reader.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";
import { MemoryStorage } from "../support/memory-storage.ts";
import { testHasher } from "../support/run-rig.ts";

const root = resolve(import.meta.dirname, "../..");
const examples = [
  "grid-sample.json",
  "hedge-sample.json",
  "market-maker-sample.json",
  "grid-coins-sample.json",
];

/** What a run put on record, read back from its file. */
function recordOf(scenario: Scenario): readonly JournalEntry[] {
  const storage = new MemoryStorage();
  new ScenarioRun(scenario, { hasher: testHasher, storage }).finish();
  return [...readJournal(storage.snapshot(), testHasher()).entries];
}

function replayOf(scenario: Scenario, entries: readonly JournalEntry[]): JournalReplay {
  const replay = new JournalReplay({ scenario, entries, hasher: testHasher });
  while (replay.step());
  return replay;
}

describe.each(examples)("the journal of %s", async (name) => {
  const file = join(root, "examples", name);
  const plan = await planBacktest(readFileSync(file, "utf8"), file);
  const scenario = plan.scenario(plan.fillModel);
  const entries = recordOf(scenario);

  test("is done again, entry by entry", () => {
    const replay = replayOf(scenario, entries);
    expect(replay.divergence).toBeUndefined();
    expect(replay.next).toBeUndefined();
    expect(entries.length).toBeGreaterThan(1_000);
  });

  test("with one fill less, the bot parts from it at what followed from the fill", () => {
    const filled = entries.findIndex(
      (each) => each.kind === "event" && each.event.kind === "OrderFilled",
    );
    const without = entries.filter((_, index) => index !== filled);
    const { divergence } = replayOf(scenario, without);
    expect(divergence?.recorded?.seq).toBeGreaterThan(filled);
  });

  test("with a command it never gave, the bot parts from it there", () => {
    const given = entries.findIndex(({ kind }) => kind === "command");
    const command = entries[given];
    if (command?.kind !== "command") throw new Error("expected a command");
    const changed = entries.toSpliced(given, 1, {
      ...command,
      command: { kind: "Halt", reason: "never said" },
    });
    const { divergence } = replayOf(scenario, changed);
    expect(divergence).toMatchObject({ seq: given, recorded: changed[given], replayed: command });
  });

  test("cut off, it ends where it was cut off", () => {
    const cut = entries.slice(0, Math.floor(entries.length / 2));
    const { divergence, events } = replayOf(scenario, cut);
    const recorded = cut.filter(({ kind }) => kind === "event").length;
    // What the bot does after the last whole entry is on no record.
    expect(divergence?.recorded).toBeUndefined();
    expect(events).toBeLessThanOrEqual(recorded);
  });
});
