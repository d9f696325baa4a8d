// The journal of a run, with everything the run depends on in its header.

import type { Instrument } from "../../src/domain/instrument.ts";
import { journalHeader } from "../../src/journal/journal-header.ts";
import { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { RunParts, Scenario } from "./scenario.ts";

/** Opens the journal a run writes. */
export function openJournal(
  scenario: Scenario,
  instruments: readonly Instrument[],
  strategy: Strategy,
  parts: RunParts,
): JournalWriter {
  const { seed, venues, facts, durability } = scenario;
  return new JournalWriter({
    header: journalHeader({
      strategy: strategy.name,
      seed,
      configHash: facts.configHash ?? "",
      venues: venues.map(({ name, startingCash }) => ({ name, startingCash })),
      instruments,
      facts,
    }),
    hasher: parts.hasher(),
    durability,
    storage: parts.storage,
    observer: parts.observer,
  });
}
