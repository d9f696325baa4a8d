// `rehearse replay --what-if`: a recorded run done again up to a moment, and from then on as it would have gone with other
// settings. Up to the moment it is the recorded run, exchange and all: what rests at a venue then keeps its place in line.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ChangeMoment, RunChange } from "../../../sim/scenario/run-change.ts";
import { decimalDifference } from "../../domain/decimal.ts";
import { readJournal } from "../../journal/journal-reader.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import { toldRun } from "../../report/attribution/told-run.ts";
import { CliError } from "../cli-error.ts";
import type { CompareSide } from "../compare/compare-side.ts";
import { absoluteConfig, runOnce } from "../compare/compare-side.ts";
import type { Comparison } from "../compare/comparison.ts";
import { ASPECT_TEXT, configLadder } from "../compare/config-ladder.ts";
import { matchOrders } from "../compare/match-orders.ts";
import { EXIT } from "../exit-codes.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { firstDifference } from "../run/first-difference.ts";
import { sheetCollectorOf, summaryContextOf } from "../run/report-page.ts";
import { heldLines } from "./belief-text.ts";
import type { FirstCommand, SinceRow } from "./since-moment.ts";
import { firstOtherCommand, sinceRows } from "./since-moment.ts";

/** Before which event the settings change: the first at or after the time, or with the number. */
export type Moment = Readonly<{ untilUs: number | undefined; untilSeq: number | undefined }>;

export type WhatIf = Readonly<{
  /** The event before which the settings changed. */
  seq: number;
  at: number;
  changed: readonly string[];
  carried: readonly string[];
  belief: readonly string[];
  /** The first thing the two do that is not the same; undefined: they do the same to the end. */
  first: FirstCommand | undefined;
  /** Both from the moment on. */
  since: readonly SinceRow[];
  comparison: Comparison;
}>;

export type WhatIfRequest = Readonly<{
  name: string;
  plan: BacktestPlan;
  /** What it is held to: the digest of a result, or the entries of a journal up to the moment. */
  held: Readonly<{ digest: string }> | Readonly<{ entries: Iterable<JournalEntry> }>;
  /** The changed config. */
  other: BacktestPlan;
  otherName: string;
  otherFile: string;
  moment: Moment;
}>;

export type WhatIfPlace = Omit<Parameters<typeof runOnce>[1], "label" | "folder">;

/** What was found, and the comparison's page, made when asked for. */
export type FoundWhatIf = Readonly<{ told: WhatIf; sides: readonly [CompareSide, CompareSide] }>;

/** @throws {CliError} when more than the bot's settings change, or the run done again is another one; {Interrupted}. */
export async function whatIf(request: WhatIfRequest, place: WhatIfPlace): Promise<FoundWhatIf> {
  const { plan, other, name, otherName, otherFile } = request;
  judgeChange(plan, other, otherName);
  const folder = mkdtempSync(join(tmpdir(), "rehearse-what-if-"));
  try {
    const run = (label: string, config: BacktestPlan, file: string, change?: RunChange) =>
      sideOf(plan, config, { ...place, folder, label }, file, change);
    const recorded = await run("recorded", plan, name);
    judgeRerun(request, recorded);
    const moments: { at: ChangeMoment; belief: readonly string[] }[] = [];
    const instruments = plan.instruments.map(({ instrument }) => instrument);
    const venues = plan.venues.map((venue) => venue.name);
    const change = changeOf(request, (at) => {
      moments.push({ at, belief: heldLines(at.view, instruments, venues) });
    });
    const changed = await run("what if", other, otherFile, change);
    const [moment] = moments;
    if (moment === undefined) {
      throw new CliError(`--until: the run of ${name} is over by then: nothing is left to change`);
    }
    const { seq, at } = moment.at;
    const told: WhatIf = {
      seq,
      at,
      changed: changedParts(plan, other),
      carried: carriedLines(plan, other, moment.at),
      belief: moment.belief,
      first: firstOtherCommand(entriesOf(recorded), entriesOf(changed), seq),
      since: sinceRows(
        [recorded.run.summary, changed.run.summary],
        entriesOf(recorded),
        summaryContextOf(plan),
        moment.at,
      ),
      comparison: comparisonOf([name, `${otherName} from then on`], recorded, changed),
    };
    return { told, sides: [recorded, changed] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws {CliError} for the first thing that is neither strategy, risk nor machinery. */
function judgeChange(plan: BacktestPlan, other: BacktestPlan, otherName: string): void {
  const steps = configLadder(absoluteConfig(plan), absoluteConfig(other));
  const beyond = steps.map(({ aspect }) => aspect).filter((aspect) => aspect !== "parameters");
  if (beyond.length > 0) {
    const which = beyond.map((aspect) => `${aspect} (${ASPECT_TEXT[aspect]})`).join(", ");
    const may = "strategy, risk and machinery may change in the middle of a run";
    throw new CliError(
      `${otherName}: only ${may}; it has other ${which}: see \`rehearse compare\``,
    );
  }
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const [was, is] = [plan.strategy.make(instruments), other.strategy.make(instruments)];
  const ears = ({ wants, hedgedPair }: typeof was) => ({ wants, hedgedPair });
  if (!isDeepStrictEqual(ears(was), ears(is))) {
    const what = "its strategy listens to other market data or holds other legs against each other";
    throw new CliError(`${otherName}: ${what}; that cannot change in the middle of a run`);
  }
}

function judgeRerun(
  { name, held, moment, plan }: WhatIfRequest,
  { run, journal }: CompareSide,
): void {
  if ("digest" in held) {
    if (run.result.digest === held.digest) return;
    const was = `${name} has digest ${held.digest}, the run now has ${run.result.digest}`;
    throw new CliError(`${was}: see \`rehearse verify ${name}\``, EXIT.differs);
  }
  const again = readJournal(readFileSync(journal), nodeHasher()).entries;
  const first = firstOtherCommand(until(held.entries, moment), until(again, moment), 0);
  if (first === undefined) return;
  const why = `what the venues held then, and which queue stood before an order, is on no record`;
  const { recorded, otherwise } = first;
  throw new CliError(
    `${name} is of no run that can be done again here: at entry ${recorded?.seq ?? otherwise?.seq} it has ${
      recorded?.text ?? "nothing"
    }, the run of its config and the ${plan.venues.length} mocked venues ${
      otherwise?.text ?? "nothing"
    }; ${why}`,
    EXIT.differs,
  );
}

/** The entries before the moment. */
function* until(entries: Iterable<JournalEntry>, { untilUs, untilSeq }: Moment) {
  for (const entry of entries) {
    const at = entry.kind === "event" ? entry.event.at : entry.at;
    if (entry.seq >= (untilSeq ?? Infinity) || at >= (untilUs ?? Infinity)) return;
    yield entry;
  }
}

function changeOf(
  { plan, other, moment }: WhatIfRequest,
  changed: RunChange["changed"],
): RunChange {
  const { untilUs, untilSeq } = moment;
  const { risk, machinery } = other.scenario(other.fillModel);
  const parts = changedParts(plan, other);
  const house = parts.includes("machinery") ? machinery : "kept";
  const sameBot = house === "kept" && !parts.includes("risk");
  return {
    // From the first event on where no moment is named.
    atUs: untilUs ?? (untilSeq === undefined ? Number.NEGATIVE_INFINITY : Infinity),
    seq: untilSeq ?? Infinity,
    strategy: other.strategy.make,
    ...(sameBot ? {} : { bot: { risk, house } }),
    changed,
  };
}

function changedParts(plan: BacktestPlan, other: BacktestPlan): readonly string[] {
  const [was, is] = [plan, other].map((each) => {
    const { risk, machinery } = each.scenario(each.fillModel);
    return { strategy: each.config.strategy, risk, machinery } as const;
  });
  const parts = ["strategy", "risk", "machinery"] as const;
  return parts.filter((part) => !isDeepStrictEqual(was?.[part], is?.[part]));
}

function carriedLines(
  plan: BacktestPlan,
  other: BacktestPlan,
  { strategy }: ChangeMoment,
): readonly string[] {
  const changed = changedParts(plan, other);
  const memory =
    strategy === undefined || strategy.kind === "restored"
      ? "all it remembered, read by the changed settings"
      : `begins anew: ${strategy.why}`;
  const house = "begins anew, as after a restart: each venue is asked for its account first";
  return [
    "venues: accounts, resting orders with their places in the queues, messages on their way",
    "belief: positions, cash, orders, what is unheard",
    `strategy: ${memory}`,
    `risk: ${changed.includes("risk") ? "other limits; what rules counted is kept" : "as it was"}`,
    `machinery: ${changed.includes("machinery") ? house : "as it was"}`,
  ];
}

async function sideOf(
  plan: BacktestPlan,
  told: BacktestPlan,
  place: Parameters<typeof runOnce>[1],
  file: string,
  change: RunChange | undefined,
): Promise<CompareSide> {
  const journal = join(place.folder, place.label.replace(" ", "-"));
  const sheets = sheetCollectorOf(plan);
  const kept = { journal, observer: sheets, ...(change === undefined ? {} : { change }) };
  const run = await runOnce(plan, place, kept);
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const { entries } = readJournal(readFileSync(journal), nodeHasher());
  return {
    config: absoluteConfig(told),
    file,
    run,
    journal,
    sheet: sheets.sheet(run.result.startedAt, run.result.endedAt),
    instruments,
    hedgedPair: summaryContextOf(plan).hedgedPair,
    told: toldRun(entries, instruments),
  };
}

function entriesOf({ journal }: CompareSide): Iterable<JournalEntry> {
  return readJournal(readFileSync(journal), nodeHasher()).entries;
}

function comparisonOf(
  names: readonly [string, string],
  recorded: CompareSide,
  changed: CompareSide,
): Comparison {
  const net = [recorded.run.summary.pnl.net, changed.run.summary.pnl.net] as const;
  const difference = decimalDifference(net[1], net[0]);
  return {
    names,
    digests: [recorded.run.result.digest, changed.run.result.digest],
    net,
    fills: [recorded.run.summary.fills.count, changed.run.summary.fills.count],
    currency: recorded.run.summary.currency,
    difference,
    first: firstDifference(recorded.journal, changed.journal),
    steps: [{ aspect: "parameters", gain: difference }],
    orders: matchOrders(recorded.told, changed.told),
  };
}
