// One of two runs compared, read from a journal alone: there need be no result, no config and no recordings beside it, as
// with a live bot's. Fills that its venue told twice count once.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { HedgedPair } from "../../domain/common-units.ts";
import type { JournalHeader } from "../../journal/journal-header.ts";
import { BrokenJournal, readJournal } from "../../journal/journal-reader.ts";
import { tellEntry } from "../../journal/tell-entry.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import type { ToldRun } from "../../report/attribution/told-run.ts";
import { toldRun } from "../../report/attribution/told-run.ts";
import type { Summary } from "../../report/summary.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import type { TearSheet } from "../../report/tear-sheet/tear-sheet.ts";
import { TearSheetCollector } from "../../report/tear-sheet/tear-sheet-collector.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { nodeHasher } from "../node-hasher.ts";

export type JournalSide = Readonly<{
  header: JournalHeader;
  digest: string;
  /** The file was cut off in mid-block, as a crash leaves it: what is whole of it counts. */
  torn: boolean;
  told: ToldRun;
  entries: Iterable<JournalEntry>;
  summary: Summary;
  sheet: TearSheet;
}>;

const JOURNAL_MAGIC = "RHRSJR";

/** Is it a journal, by its first bytes? @throws {CliError} when it cannot be read. */
export function isJournal(name: string, io: CliIo): boolean {
  if (name === "-") return false;
  return bytesOf(name, io).subarray(0, JOURNAL_MAGIC.length).toString("latin1") === JOURNAL_MAGIC;
}

/** @throws {CliError} when the file is no whole journal. */
export function journalSide(name: string, io: CliIo, hedgedPair?: HedgedPair): JournalSide {
  try {
    const { header, digest, torn, entries } = readJournal(bytesOf(name, io), nodeHasher());
    const { instruments } = header;
    const startingCash = header.venues.map((venue) => venue.startingCash);
    const context = { instruments, startingCash, hedgedPair };
    const summaries = new SummaryCollector(context);
    const sheets = new TearSheetCollector(context);
    const told = toldRun(entries, instruments, (entry) => {
      tellEntry(summaries, entry);
      tellEntry(sheets, entry);
    });
    const { startedAt, endedAt } = told;
    const summary = summaries.summary({ startedAt, endedAt, complete: torn === undefined });
    const sheet = sheets.sheet(startedAt, endedAt);
    return { header, digest, torn: torn !== undefined, told, entries, summary, sheet };
  } catch (error) {
    if (!(error instanceof BrokenJournal)) throw error;
    throw new CliError(`${name} cannot be read: ${error.message}`, EXIT.data);
  }
}

function bytesOf(name: string, io: CliIo): Buffer {
  try {
    return readFileSync(resolve(io.cwd, name));
  } catch (error) {
    throw new CliError(`cannot read ${name}: ${(error as Error).message}`);
  }
}
