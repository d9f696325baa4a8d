// The journal of a run, with everything the run depends on in its header.

import type { Instrument } from "../../src/domain/instrument.ts";
import type { JournalHeader } from "../../src/journal/journal-header.ts";
import { journalHeader } from "../../src/journal/journal-header.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { RunParts, Scenario } from "./scenario.ts";

/** What the journal of a run says of it. */
export function journalHeaderOf(
  { seed, venues, facts }: Scenario,
  instruments: readonly Instrument[],
  strategy: Strategy,
): JournalHeader {
  return journalHeader({
    strategy: strategy.name,
    seed,
    configHash: facts.configHash ?? "",
    venues: venues.map(({ name, startingCash }) => ({ name, startingCash })),
    instruments,
    facts,
  });
}

/** Opens the journal a run writes. */
export function openJournal(
  scenario: Scenario,
  instruments: readonly Instrument[],
  strategy: Strategy,
  parts: RunParts,
): JournalWriter {
  return new JournalWriter({
    header: journalHeaderOf(scenario, instruments, strategy),
    hasher: parts.hasher(),
    durability: scenario.durability,
    storage: parts.storage,
    observer: parts.observer,
  });
}
