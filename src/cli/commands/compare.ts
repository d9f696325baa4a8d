// `rehearse compare`: two results side by side: where their runs part, which orders fared otherwise, and what made the
// difference in money, one aspect after the other, each measured by a run of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decimalDifference } from "../../domain/decimal.ts";
import type { Summary } from "../../report/summary.ts";
import type { CliIo } from "../cli-io.ts";
import type { ComparePlace, CompareSide } from "../compare/compare-side.ts";
import { compareSide, runOnce } from "../compare/compare-side.ts";
import type { Comparison } from "../compare/comparison.ts";
import { printComparison } from "../compare/comparison.ts";
import type { LadderStep } from "../compare/config-ladder.ts";
import { configLadder } from "../compare/config-ladder.ts";
import { printJournalComparison } from "../compare/journal-comparison.ts";
import { isJournal } from "../compare/journal-side.ts";
import { matchOrders } from "../compare/match-orders.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { judgeWritable } from "../judge-files.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { firstDifference } from "../run/first-difference.ts";
import { tellFinding } from "../run/tell-finding.ts";

export type CompareOptions = Readonly<{ report?: string; json?: boolean; quiet?: boolean }>;

/** @throws {ConfigError | DataError | CliError} when one of the results cannot be read or run again. */
export async function compare(
  names: readonly [string, string],
  options: CompareOptions,
  io: CliIo,
): Promise<ExitCode> {
  judgeWritable("--report", options.report, io);
  const folder = mkdtempSync(join(tmpdir(), "rehearse-compare-"));
  const quiet = options.quiet === true;
  try {
    return await interruptible(io, "compared", (stopAsked) => {
      const place = { io, quiet, folder, stopAsked };
      const hasJournal = names.some((name) => isJournal(name, io));
      return hasJournal ? withJournal(names, place, options) : withResult(names, place, options);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both are results. */
async function withResult(
  names: readonly [string, string],
  place: ComparePlace,
  options: CompareOptions,
): Promise<ExitCode> {
  const left = await compareSide(names[0], place, "left");
  const right = await compareSide(names[1], place, "right");
  const comparison = await judged(names, left, right, place);
  await tellFinding(options, place.io, {
    json: comparison,
    print: () => printComparison(comparison, place.io),
    page: async () => {
      const { comparisonPageOf } = await import("../compare/comparison-page.ts");
      return comparisonPageOf(comparison, left, right);
    },
  });
  return EXIT.ok;
}

/** One side, or both, is a journal: there is nothing to run again. */
async function withJournal(
  names: readonly [string, string],
  place: ComparePlace,
  options: CompareOptions,
): Promise<ExitCode> {
  const { io } = place;
  const { compareJournals } = await import("../compare/compare-journal.ts");
  const { comparison, page } = await compareJournals(names, place);
  await tellFinding(options, io, {
    json: comparison,
    print: () => printJournalComparison(comparison, io),
    page: async () => page(),
  });
  return EXIT.ok;
}

async function judged(
  names: readonly [string, string],
  left: CompareSide,
  right: CompareSide,
  place: ComparePlace,
): Promise<Comparison> {
  const steps: Comparison["steps"][number][] = [];
  let before = netOf(left.run.summary);
  const ladder = configLadder(left.config, right.config);
  for (const [index, step] of ladder.entries()) {
    // The last step's config is the right one's: its run is there already.
    const after =
      index === ladder.length - 1 ? netOf(right.run.summary) : await netAfter(step, right, place);
    steps.push({
      aspect: step.aspect,
      gain: after === undefined ? null : decimalDifference(after, before),
    });
    before = after ?? before;
  }
  return {
    names,
    digests: [left.run.result.digest, right.run.result.digest],
    net: [left.run.summary.pnl.net, right.run.summary.pnl.net],
    fills: [left.run.summary.fills.count, right.run.summary.fills.count],
    currency: left.run.summary.currency,
    difference: decimalDifference(netOf(right.run.summary), netOf(left.run.summary)),
    first: firstDifference(left.journal, right.journal),
    steps,
    orders: matchOrders(left.told, right.told),
  };
}

/** undefined where the mixture of the two is no config that runs: its share falls to the next step. */
async function netAfter(
  step: LadderStep,
  right: CompareSide,
  place: ComparePlace,
): Promise<string | undefined> {
  let plan: BacktestPlan;
  try {
    plan = await planBacktest(JSON.stringify(step.config), right.file);
  } catch {
    return undefined;
  }
  try {
    const run = await runOnce(plan, { ...place, label: step.aspect });
    return netOf(run.summary);
  } finally {
    plan.close();
  }
}

function netOf({ pnl }: Summary): string {
  return pnl.net;
}
