// `rehearse report`: a result in, its tear sheet out: one HTML file that needs nothing else.
// The run is done again from what the result says it was, and held to its digest: a page never shows another run.

import { join, parse } from "node:path";
import { fillModelName } from "../../config/fill-model-config.ts";
import type { BandLine } from "../../report/page/tear-sheet-page.ts";
import { EquityCurve } from "../../report/tear-sheet/equity-curve.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { judgeWritable } from "../judge-files.ts";
import { bandModels } from "../run/fill-band.ts";
import type { OpenResult } from "../run/open-result.ts";
import { openResult } from "../run/open-result.ts";
import { reportPage, sheetCollectorOf, summaryContextOf, writePage } from "../run/report-page.ts";
import type { RerunParts } from "../run/rerun-result.ts";
import { rerunResult } from "../run/rerun-result.ts";

export type ReportOptions = Readonly<{ out?: string; quiet?: boolean }>;

/** @throws {ConfigError | DataError | CliError} when the result cannot be read or run again. */
export async function report(
  files: readonly string[],
  options: ReportOptions,
  io: CliIo,
): Promise<ExitCode> {
  if (options.out !== undefined && files.length > 1) {
    throw new CliError("--out names one page: give one result, or leave --out away");
  }
  for (const file of files) {
    const out = options.out ?? pageBeside(file);
    judgeWritable("--out", out, io);
    const code = await reportOne(file, out, options, io);
    if (code !== EXIT.ok) return code;
  }
  return EXIT.ok;
}

async function reportOne(
  name: string,
  out: string,
  options: ReportOptions,
  io: CliIo,
): Promise<ExitCode> {
  const opened = await openResult(name, io);
  const { plan, result } = opened;
  const quiet = options.quiet === true;
  try {
    const collector = sheetCollectorOf(plan);
    const run = await rerunResult(opened, name, {
      label: "report",
      observer: collector,
      truth: collector,
      quiet,
      io,
    });
    const band = run === undefined ? undefined : await bandCurves(opened, name, { quiet, io });
    if (run === undefined || band === undefined) {
      io.stderr.write("interrupted: no page was written\n");
      return EXIT.interrupted;
    }
    const { assumptions } = result;
    writePage("--out", out, reportPage(plan, collector, run, { assumptions, band }), io);
    return EXIT.ok;
  } finally {
    plan.close();
  }
}

/** The result's band with its curves: its ends are run again as well. undefined when it was interrupted. */
async function bandCurves(
  opened: OpenResult,
  name: string,
  place: Pick<RerunParts, "quiet" | "io">,
): Promise<readonly BandLine[] | undefined> {
  const { plan, result } = opened;
  const lines: BandLine[] = [];
  for (const line of result.band) {
    const model = bandModels(plan.fillModel).find((each) => fillModelName(each) === line.fillModel);
    if (model === undefined || model.kind === plan.fillModel.kind) {
      lines.push(line);
      continue;
    }
    const curve = new EquityCurve(summaryContextOf(plan));
    const run = await rerunResult(opened, name, {
      ...place,
      label: line.fillModel,
      observer: curve,
      as: { fillModel: model, digest: line.digest },
    });
    if (run === undefined) return undefined;
    lines.push({ ...line, equity: curve.points(run.result.endedAt) });
  }
  return lines;
}

/** "run.json" has its page in "run.html". */
function pageBeside(file: string): string {
  const { dir, name } = parse(file === "-" ? "report.json" : file);
  return join(dir, `${name}.html`);
}
