// What a trial is: one world, one plan of faults, the checkers that watch; and what it came to. First trouble, then
// everything heals but what stays broken for ever, then the bot must come to rest, is stopped, and the end is looked at.

import { assert } from "../../src/domain/assert.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import type { BotFacts } from "../checkers/bot-facts.ts";
import type { CheckerMaker, Violation } from "../checkers/checker.ts";
import type { FaultPlan } from "../faults/fault.ts";
import type { MomentLog } from "../faults/moments.ts";
import type { FaultCount } from "./fault-counters.ts";
import { spanOf } from "./run-parts.ts";
import type { Scenario } from "./scenario.ts";

export type Trial = Readonly<{
  /** Its recordings reach to the end of the last phase; its bot keeps house and writes ahead. */
  scenario: Scenario;
  plan: FaultPlan;
  checkers: readonly CheckerMaker[];
  /** The strategy of a process that begins with other settings, by the choice of its fault; the same one when absent. */
  restarted?: (settings: number) => Scenario["strategy"] | undefined;
  /** What is held against the bot beyond what its orders show. */
  facts?: BotFacts;
  /** µs from the start. No fault strikes or lasts from `healAt` on; at `stopAt` the bot is halted; then it ends. */
  healAt: number;
  stopAt: number;
  endAt: number;
  /** Their links go down for good when all else heals. */
  brokenForEver?: readonly VenueId[];
  /** How long the bot has to look before belief is held against truth; 30 s unless told otherwise. */
  quietUs?: number;
  /** Of the journal; the fast one unless told otherwise. */
  hasher?: () => Hasher;
  /** Told of each entry of the bot's journal, over all its lives. */
  observer?: JournalObserver;
  /** Told of each fault as it strikes, and again when something comes of it. */
  struck?: (kind: string) => void;
  /** Told when the counted faults strike; and it may hold them to moments instead of their ordinals. */
  moments?: MomentLog | undefined;
}>;

/** What a trial came to. The same trial comes to the same verdict. */
export type Verdict = Readonly<{
  /** The first of each checker, in the order they came. */
  violations: readonly Violation[];
  /** Of every byte the bot put on record, over all its lives. */
  digest: string;
  faults: readonly FaultCount[];
  /** "kind/state" → times it fired while an order of ours was in that state. */
  cells: ReadonlyMap<string, number>;
  /** What the bot was told, and what its venues were. */
  events: number;
  requests: number;
  rows: number;
  /** Things the bot did to the outside: writes, syncs, commands. A process fault names one of them. */
  acts: number;
  /** Of them, commands, syncs, and what was written while an answer was due. */
  openActs: number;
  lives: number;
  haltReason: string | undefined;
  endedAt: TimeUs;
}>;

/** What a trial runs: its recordings, as far as its last phase. */
export function boundedScenario({ scenario, healAt, stopAt, endAt }: Trial): Scenario {
  assert(healAt <= stopAt && stopAt <= endAt, "the phases of a trial follow");
  const { startsAt, endsAt } = spanOf(scenario);
  assert(startsAt + endAt <= endsAt, "the recordings of a trial reach to its end");
  return { ...scenario, until: (startsAt + endAt) as TimeUs };
}
