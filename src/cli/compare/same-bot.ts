// Do two runs have the same bot? Of a result and a journal this is measured: the result's bot is driven with what the journal
// says its own bot heard, and what it does is held to what that one did. Of two journals their configs are compared.

import { JournalReplay } from "../../../sim/scenario/journal-replay.ts";
import { renderEntry } from "../../journal/render-entry.ts";
import type { CliIo } from "../cli-io.ts";
import { nodeHasher } from "../node-hasher.ts";
import { openResult } from "../run/open-result.ts";
import type { JournalSide } from "./journal-side.ts";

/** `how` is a sentence for people. */
export type SameBot = Readonly<{ same: boolean; how: string }>;

/** @throws {ConfigError | DataError | CliError} when the result cannot be opened. */
export async function sameBotAs(
  result: string,
  { entries }: JournalSide,
  io: CliIo,
): Promise<SameBot> {
  const { plan } = await openResult(result, io);
  try {
    const scenario = plan.scenario(plan.fillModel);
    const replay = new JournalReplay({ scenario, entries, hasher: nodeHasher });
    while (replay.step());
    const { divergence, events } = replay;
    if (divergence === undefined) {
      const how = `the result's bot, hearing what the journal's heard, does the same to the last of ${events} events`;
      return { same: true, how };
    }
    const { recorded, replayed, seq } = divergence;
    const was = recorded === undefined ? "nothing more" : renderEntry(recorded);
    const is = replayed === undefined ? "nothing" : renderEntry(replayed);
    const where = `the result's bot, hearing what the journal's heard, parts from it at entry ${seq}`;
    return { same: false, how: `${where}: recorded ${was}, replayed ${is}` };
  } finally {
    plan.close();
  }
}

export function sameBotByConfig(first: JournalSide, second: JournalSide): SameBot {
  const same =
    first.header.strategy === second.header.strategy &&
    first.header.configHash === second.header.configHash;
  return { same, how: same ? "both journals name one config" : "the journals name two configs" };
}
