// From a run to its tear sheet: what a report is made of, and the page's script and style from the package.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fillModelName } from "../../config/fill-model-config.ts";
import type { TearSheetPageParts } from "../../report/page/tear-sheet-page.ts";
import { tearSheetPage } from "../../report/page/tear-sheet-page.ts";
import type { SummaryContext } from "../../report/summary-collector.ts";
import { TearSheetCollector } from "../../report/tear-sheet/tear-sheet-collector.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { writeFileAtomically } from "../file-storage.ts";
import { packageFile } from "../package-root.ts";
import type { BacktestPlan } from "./backtest-plan.ts";
import type { DrivenRun } from "./drive-run.ts";

/** What a collector of the report is told beforehand. */
export function summaryContextOf(plan: BacktestPlan): SummaryContext {
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const { hedgedPair } = plan.scenario(plan.fillModel).strategy(instruments);
  return {
    instruments,
    startingCash: plan.venues.map(({ startingCash }) => startingCash),
    ...(hedgedPair === undefined ? {} : { hedgedPair }),
  };
}

/** Gathers what the page shows while `plan` runs. */
export function sheetCollectorOf(plan: BacktestPlan): TearSheetCollector {
  return new TearSheetCollector(summaryContextOf(plan));
}

/** The page of a run that `collector` watched. `result` may be of an earlier run of the same digest. */
export function reportPage(
  plan: BacktestPlan,
  collector: TearSheetCollector,
  { result: run, summary }: DrivenRun,
  { assumptions, band }: Pick<TearSheetPageParts, "assumptions" | "band">,
): string {
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const sheet = collector.sheet(run.startedAt, run.endedAt);
  const ownModel = fillModelName(plan.fillModel);
  const names = instruments.map(({ venueName, symbol }) => `${venueName} ${symbol}`);
  return tearSheetPage({
    title: `${plan.config.strategy.name} on ${names.join(" and ")}`,
    digest: run.digest,
    complete: run.complete,
    assumptions,
    // The run itself is one of the band: its curve is the sheet's own.
    band: band.map((line) => {
      const equity = line.fillModel === ownModel ? sheet.equity : line.equity;
      const { fillModel, netPnl, fills } = line;
      return { fillModel, netPnl, fills, ...(equity === undefined ? {} : { equity }) };
    }),
    instruments,
    summary,
    sheet,
    script: builtFile("tear-sheet.js"),
    chartStyle: builtFile("chart.css"),
  });
}

/** Writes the page and names it; `option` is what named it. */
export function writePage(option: string, out: string, page: string, io: CliIo): void {
  try {
    writeFileAtomically(resolve(io.cwd, out), page);
  } catch (error) {
    throw new CliError(`${option}: cannot write ${out}: ${(error as Error).message}`);
  }
  io.stderr.write(`report  ${out}\n`);
}

/** A file of the package's built pages. */
export function builtFile(name: string): string {
  const file = packageFile(`dist/page/${name}`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const cause = (error as Error).message;
    throw new CliError(`the page's own ${name} is missing: run \`npm run build\` first (${cause})`);
  }
}
