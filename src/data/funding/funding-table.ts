// Funding settlements on disk: strict JSON, one settlement a line, so that a change can be read in a diff.
// Says which instrument it is of and which file it came from. Written whole or not at all.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { RateE8, TimeUs } from "../../domain/units.ts";
import { DataError } from "../data-error.ts";
import { WholeFile, writeWhole } from "../whole-file.ts";
import type { FundingRow } from "./funding-csv.ts";

/** The version is part of the name: another layout gets another name. */
const FORMAT = "rehearse-funding-1";
/** One per interval, in 1e-8: what the importer takes at most. */
const RATE_MAX_E8 = 100_000_000;

/** The settlements of one instrument, ascending in time. */
export type FundingTable = Readonly<{
  venueName: string;
  symbol: string;
  /** Time between two settlements at the venue, µs. */
  intervalUs: number;
  source: Readonly<{ file: string; sha256: string }>;
  rows: readonly FundingRow[];
}>;

/** A table that was read, with the SHA-256 of the bytes it was read from. */
export type StoredFundingTable = FundingTable & Readonly<{ sha256: string }>;

const SHA256 = /^[0-9a-f]{64}$/;
const tableSchema = z.strictObject({
  format: z.literal(FORMAT),
  venueName: z.string(),
  symbol: z.string(),
  intervalUs: z.int().positive(),
  source: z.strictObject({ file: z.string(), sha256: z.string().regex(SHA256) }),
  columns: z.tuple([z.literal("at_us"), z.literal("rate_e8")]),
  rows: z
    .array(z.tuple([z.int().nonnegative(), z.int().min(-RATE_MAX_E8).max(RATE_MAX_E8)]))
    .min(1),
});

/** Writes `table` under another name and renames it: a reader sees the old one or the new one. */
export function writeFundingTable(path: string, table: FundingTable): void {
  const { venueName, symbol, intervalUs, source, rows } = table;
  const head = { format: FORMAT, venueName, symbol, intervalUs, source };
  const lines = [
    ...Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`),
    '  "columns": ["at_us", "rate_e8"],',
    '  "rows": [',
    rows.map(({ at, rateE8 }) => `    [${at}, ${rateE8}]`).join(",\n"),
    "  ]",
  ];
  writeWhole(new WholeFile(path), (file) => {
    file.append(Buffer.from(`{\n${lines.join("\n")}\n}\n`, "utf8"));
    file.finish();
  });
}

/** @throws {DataError} when the file cannot be read or is not a table of this version, ascending in time. */
export function readFundingTable(path: string): StoredFundingTable {
  const bytes = bytesOf(path);
  const { columns: _, format: _format, rows, ...head } = parsed(path, bytes);
  rows.forEach(([at], index) => {
    const before = rows[index - 1]?.[0];
    if (before === undefined || at > before) return;
    throw refuse(path, `row ${index + 1} after ${before}`, `${at}`);
  });
  return {
    ...head,
    rows: rows.map(([at, rate]) => ({ at: at as TimeUs, rateE8: rate as RateE8 })),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const was = code === "ENOENT" ? "no file" : message;
    const advice = "check the path; it is relative to the config file";
    throw new DataError({ file: path, expected: "a funding table", was, advice, cause });
  }
}

function parsed(path: string, bytes: Buffer): z.output<typeof tableSchema> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw refuse(path, "a funding table in JSON", (cause as Error).message, cause);
  }
  const result = tableSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse(path, `a ${FORMAT} table`, `${issue?.path.join(".")}: ${issue?.message}`);
}

function refuse(file: string, expected: string, was: string, cause?: unknown): DataError {
  const advice = "make it with `rehearse import funding`";
  return new DataError({ file, expected, was, advice, ...(cause === undefined ? {} : { cause }) });
}
