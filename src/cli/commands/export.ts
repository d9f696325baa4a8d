// `rehearse export`: a result's fills, orders, positions and equity as files that pandas, polars and DuckDB open.
// The run is done again and held to its digest, as for a report; a table is written whole or not at all.

import { mkdirSync } from "node:fs";
import { join, parse, resolve } from "node:path";
import { suggestion } from "../../config/nearest-name.ts";
import { ResultTables } from "../../report/tables/result-tables.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { writeFileAtomically } from "../file-storage.ts";
import { openResult } from "../run/open-result.ts";
import { rerunResult } from "../run/rerun-result.ts";

export type ExportOptions = Readonly<{ out?: string; format: string; quiet?: boolean }>;

const FORMATS = ["arrow", "parquet"] as const;

/** @throws {ConfigError | DataError | CliError} when the result cannot be read, run again, or the tables written. */
export async function exportTables(
  name: string,
  options: ExportOptions,
  io: CliIo,
): Promise<ExitCode> {
  const format = FORMATS.find((each) => each === options.format);
  if (format === undefined) {
    const hint = suggestion(options.format, FORMATS);
    throw new CliError(`--format: expected arrow or parquet, was "${options.format}"${hint}`);
  }
  const opened = await openResult(name, io);
  try {
    const { plan } = opened;
    const collector = new ResultTables({
      instruments: plan.instruments.map(({ instrument }) => instrument),
      startingCash: plan.venues.map(({ startingCash }) => startingCash),
    });
    const run = await rerunResult(opened, name, {
      label: "export",
      observer: collector,
      quiet: options.quiet === true,
      io,
    });
    if (run === undefined) {
      io.stderr.write("interrupted: nothing was written\n");
      return EXIT.interrupted;
    }
    const folder = options.out ?? join(parse(name).dir, `${parse(name).name}-tables`);
    await write(collector, { folder, format }, io);
    return EXIT.ok;
  } finally {
    opened.plan.close();
  }
}

async function write(
  collector: ResultTables,
  { folder, format }: Readonly<{ folder: string; format: (typeof FORMATS)[number] }>,
  io: CliIo,
): Promise<void> {
  const bytesOf =
    format === "arrow"
      ? (await import("../../report/tables/arrow-table.ts")).arrowTable
      : (await import("../../report/tables/parquet-table.ts")).parquetTable;
  const path = resolve(io.cwd, folder);
  for (const table of collector.tables()) {
    const file = join(path, `${table.name}.${format}`);
    try {
      mkdirSync(path, { recursive: true });
      writeFileAtomically(file, bytesOf(table));
    } catch (error) {
      throw new CliError(`--out: cannot write ${file}: ${(error as Error).message}`);
    }
    io.stdout.write(`${join(folder, `${table.name}.${format}`)}  ${table.rows} rows\n`);
  }
}
