// `rehearse report`: a result in, its tear sheet out: one HTML file that needs nothing else.
// The run is done again from what the result says it was, and held to its digest: a page never shows another run.

import { join, parse } from "node:path";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { judgeWritable } from "../judge-files.ts";
import { openResult } from "../run/open-result.ts";
import { reportPage, sheetCollectorOf, writePage } from "../run/report-page.ts";
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
  try {
    const collector = sheetCollectorOf(plan);
    const run = await rerunResult(opened, name, {
      label: "report",
      observer: collector,
      quiet: options.quiet === true,
      io,
    });
    if (run === undefined) {
      io.stderr.write("interrupted: no page was written\n");
      return EXIT.interrupted;
    }
    writePage("--out", out, reportPage(plan, collector, run, result), io);
    return EXIT.ok;
  } finally {
    plan.close();
  }
}

/** "run.json" has its page in "run.html". */
function pageBeside(file: string): string {
  const { dir, name } = parse(file === "-" ? "report.json" : file);
  return join(dir, `${name}.html`);
}
