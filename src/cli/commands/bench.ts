// `rehearse bench`: each benchmark in a process of its own, so that neither its memory nor the compiler's guesses
// about its types are those of the one before.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { suggestion } from "../../config/nearest-name.ts";
import { benchmarks } from "../bench/benchmarks.ts";
import type { Benchmark, Measurement } from "../bench/harness.ts";
import { measure } from "../bench/harness.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { packageFile } from "../package-root.ts";
import { shortNumber } from "../progress.ts";
import { plainTable } from "../text-table.ts";

export type BenchOptions = Readonly<{ runs: string; json?: boolean; list?: boolean }>;

const RUNS_MAX = 1_000;
/** Of one benchmark's JSON. */
const OUTPUT_BYTES_MAX = 1 << 20;

/** @throws {CliError} when a name is not known or the count is not one. */
export async function bench(
  names: readonly string[],
  options: BenchOptions,
  io: CliIo,
): Promise<ExitCode> {
  const runs = Number(options.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > RUNS_MAX) {
    throw new CliError(`--runs: expected 1 to ${RUNS_MAX}, was ${options.runs}`);
  }
  const chosen = names.length === 0 ? benchmarks : names.map(benchmarkOf);
  if (options.list === true) {
    io.stdout.write(
      plainTable(
        ["name", "what"],
        chosen.map(({ name, text }) => [name, text]),
      ),
    );
    return EXIT.ok;
  }
  const measured: Measurement[] = [];
  for (const benchmark of chosen) {
    if (io.stderr.isTTY) io.stderr.write(`${benchmark.name} …\n`);
    const alone = chosen.length === 1;
    measured.push(alone ? await measure(benchmark, runs) : await measureApart(benchmark, runs));
  }
  const printed =
    options.json === true ? `${JSON.stringify(measured, undefined, 2)}\n` : table(measured);
  io.stdout.write(printed);
  return EXIT.ok;
}

function benchmarkOf(name: string): Benchmark {
  const found = benchmarks.find((benchmark) => benchmark.name === name);
  if (found !== undefined) return found;
  const known = benchmarks.map((benchmark) => benchmark.name);
  throw new CliError(`there is no benchmark "${name}"${suggestion(name, known)}`);
}

async function measureApart(benchmark: Benchmark, runs: number): Promise<Measurement> {
  const script = packageFile("dist/src/cli/main.js");
  const words = [script, "bench", benchmark.name, "--runs", `${runs}`, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, ...words], {
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return (JSON.parse(stdout) as [Measurement])[0];
}

function table(measured: readonly Measurement[]): string {
  const rows = measured.map((each) => [
    each.name,
    shortNumber(each.count),
    `${shortNumber(each.bestPerSecond)} ${each.unit}/s`,
    shortNumber(each.medianPerSecond),
    each.bestNsPerUnit.toFixed(1),
    each.target === undefined ? "" : shortNumber(each.target),
    `${each.peakRssMb.toFixed(0)} MB`,
    each.digest.slice(0, 12),
  ]);
  const head = ["benchmark", "units", "best", "median", "ns/unit", "target", "peak RSS", "digest"];
  return plainTable(head, rows, [1, 2, 3, 4, 5, 6]);
}
