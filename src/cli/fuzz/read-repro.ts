// Reads a repro file: a failure as `rehearse fuzz --out` wrote it. What a person may edit in it (faults, knobs, quiet
// seconds) is checked; the config in it is judged like any other.

import { closeSync, openSync, readSync } from "node:fs";
import { z } from "zod";
import { FAULT_CATALOGUE, faultKind } from "../../../sim/faults/catalogue.ts";
import { FAULT_SITES } from "../../../sim/faults/plan-order.ts";
import type { Repro } from "../../campaign/repro.ts";
import { suggestion } from "../../config/nearest-name.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { readText } from "../read-text.ts";

const count = z.int().min(0);
const site = z.enum(FAULT_SITES);

const schema = z.strictObject({
  version: z.literal(1),
  bot: z.string(),
  code: z.string(),
  config: z.record(z.string(), z.unknown()),
  folder: z.string().optional(),
  market: z.enum(["sparse", "recorded"]),
  seed: z.string(),
  phases: z.strictObject({ heal: count, stop: count, end: count }),
  knobs: z.record(z.string(), z.int()),
  plan: z.array(z.tuple([site, count, count, z.string(), count])),
  quiet: z.array(z.tuple([count, count])),
  brokenVenue: count.optional(),
  end: count.optional(),
  marketEvents: count,
  violation: z.strictObject({ id: z.string(), at: z.number().optional(), detail: z.string() }),
  digest: z.string(),
});

/** By its first bytes: a repro file begins with its version and its bot. */
export function isRepro(path: string): boolean {
  const head = Buffer.alloc(64);
  const file = openSync(path, "r");
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return /^\s*\{\s*"version":\s*\d+,\s*"bot":/.test(head.toString("utf8"));
}

/** @throws {CliError} when it cannot be read, or is none. */
export function readRepro(name: string, io: CliIo): Repro {
  const { text } = readText(name, io);
  const wrong = (why: string): CliError =>
    new CliError(`${name}: expected a repro file of \`rehearse fuzz --out\`, ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong("was not JSON");
  }
  const told = schema.safeParse(value);
  if (!told.success) {
    const [issue] = told.error.issues;
    throw wrong(`at ${issue?.path.join(".") || "the top"}: ${issue?.message ?? "unknown"}`);
  }
  for (const [, , , kind] of told.data.plan) {
    if (faultKind(kind) !== undefined) continue;
    const names = FAULT_CATALOGUE.map((each) => each.kind);
    throw wrong(`there is no fault "${kind}"${suggestion(kind, names)}`);
  }
  return told.data as Repro;
}
