// `rehearse data`: which recordings there are, whether they are still what they were, and what is in one.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Dataset } from "../../data/manifest.ts";
import { datasetsFolder, readManifest, verifyDataset } from "../../data/manifest.ts";
import { durationText, timeText } from "../../report/time-text.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { painter } from "../paint.ts";
import { openFile } from "../run/open-recording.ts";
import type { RecordingCheck } from "../run/recording-check.ts";
import { checkRecording } from "../run/recording-check.ts";
import { firstRows } from "../run/recording-rows.ts";
import { plainTable } from "../text-table.ts";

export type DataOptions = Readonly<{ json?: boolean }>;
export type DataShowOptions = DataOptions & Readonly<{ rows: string }>;

const ROWS_SHOWN_MAX = 10_000;

export async function dataList(options: DataOptions, io: CliIo): Promise<ExitCode> {
  const datasets = readManifest();
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(datasets, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const rows = datasets.map((each) => [
    each.name,
    `${each.venue} ${each.symbol}`,
    each.kind,
    `${each.rows}`,
    timeText(each.firstVenueAtUs),
    durationText(each.lastVenueAtUs - each.firstVenueAtUs),
    each.synthetic ? "synthetic" : "recorded",
  ]);
  const head = ["name", "instrument", "kind", "rows", "from", "span", "origin"];
  io.stdout.write(plainTable(head, rows, [3]));
  return EXIT.ok;
}

/** Prints a line a recording; ends with 3 when one of them is not what it should be. */
export async function dataCheck(
  names: readonly string[],
  options: DataOptions,
  io: CliIo,
): Promise<ExitCode> {
  const targets =
    names.length === 0 ? readManifest().map(named) : names.map((each) => target(each, io));
  const paint = painter(io.stdout, io.env);
  const checks: (RecordingCheck | Readonly<{ name: string; problem: string }>)[] = [];
  for (const each of targets) {
    const check = checked(each);
    checks.push(check);
    if (options.json === true) continue;
    io.stdout.write(
      "problem" in check
        ? `${paint.red("bad")}  ${check.name}  ${check.problem}\n`
        : `${paint.green("ok")}   ${check.name}  ${checkText(check)}\n`,
    );
  }
  if (options.json === true) io.stdout.write(`${JSON.stringify(checks, undefined, 2)}\n`);
  return checks.some((check) => "problem" in check) ? EXIT.data : EXIT.ok;
}

/** Prints the header, the first rows, and the touch after each message among them. */
export async function dataShow(
  name: string,
  options: DataShowOptions,
  io: CliIo,
): Promise<ExitCode> {
  const count = Number(options.rows);
  if (!Number.isInteger(count) || count < 0 || count > ROWS_SHOWN_MAX) {
    throw new CliError(`--rows: expected 0 to ${ROWS_SHOWN_MAX}, was ${options.rows}`);
  }
  const { dataset, path } = target(name, io);
  if (dataset !== undefined) verifyDataset(dataset);
  const recording = openFile(name, path, dataset?.sha256 ?? "");
  try {
    const { source } = recording;
    const header = source.kind === "bars" ? source.bars.header : source.tape.header;
    const { head, rows } = firstRows(source, count);
    if (options.json === true) {
      io.stdout.write(
        `${JSON.stringify({ kind: source.kind, header, head, rows }, undefined, 2)}\n`,
      );
      return EXIT.ok;
    }
    io.stdout.write(headerText(header));
    if (rows.length > 0) io.stdout.write(`\n${plainTable(head, rows, [2, 3, 4, 5, 6])}`);
    return EXIT.ok;
  } finally {
    recording.close();
  }
}

type Target = Readonly<{ name: string; path: string; dataset: Dataset | undefined }>;

function named(dataset: Dataset): Target {
  return { name: dataset.name, path: dataset.path, dataset };
}

/** A name of the manifest, or else a file. */
function target(name: string, io: CliIo): Target {
  const path = resolve(io.cwd, name);
  const dataset = readManifest().find((each) => each.name === name);
  if (dataset !== undefined) return named(dataset);
  if (existsSync(path)) return { name, path, dataset: undefined };
  const where = `${datasetsFolder()}/manifest.json`;
  throw new CliError(
    `there is no data set and no file "${name}"; data sets are in ${where}`,
    EXIT.data,
  );
}

function checked({
  name,
  path,
  dataset,
}: Target): RecordingCheck | { name: string; problem: string } {
  try {
    if (dataset !== undefined) verifyDataset(dataset);
    return checkRecording(name, path);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "DataError") throw error;
    return { name, problem: error.message };
  }
}

function checkText(check: RecordingCheck): string {
  const span = durationText(check.lastAtUs - check.firstAtUs);
  if (check.kind === "bars") return `${check.rows} bars over ${span}`;
  const rows = `${check.rows} rows in ${check.messages} messages, ${check.trades} prints`;
  if (check.kind === "orders") return `${rows} over ${span}`;
  const books = `${check.crossedBooks} crossed and ${check.lockedBooks} locked books`;
  return `${rows} over ${span}; ${books}, ${check.gaps} gaps`;
}

/** Every field of a header on its line, times and nested values as people read them. */
function headerText(header: object): string {
  const lines = Object.entries(header).map(([key, value]) => {
    const isTime = /At$/.test(key) && typeof value === "number";
    const text = isTime
      ? timeText(value)
      : typeof value === "object"
        ? JSON.stringify(value)
        : value;
    return `${key.padEnd(18)} ${text}\n`;
  });
  return lines.join("");
}
