// Incidents and scripts as files: read with suspicion, written an event a line.

import { basename, extname } from "node:path";
import type { z } from "zod";
import { brokenBy } from "../../incident/invariants.ts";
import type { Script } from "../../incident/script.ts";
import { scriptSchema } from "../../incident/script.ts";
import type { Broken, Incident } from "../../incident/timeline.ts";
import { incidentSchema } from "../../incident/timeline.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../read-text.ts";

export type ReadIncident = Readonly<{
  incident: Incident;
  broken: readonly Broken[];
  /** The file's name without its endings. */
  name: string;
}>;

/** @throws {CliError} when it cannot be read, or is not what `rehearse incident import` writes. */
export function readIncident(file: string, io: CliIo): ReadIncident {
  const incident = parsed(file, incidentSchema, "what `rehearse incident import` writes", io);
  const name = basename(basename(file, extname(file)), ".incident");
  return { incident, broken: brokenBy(incident.events), name };
}

/** @throws {CliError} when it cannot be read, or is not what `rehearse incident keep` writes. */
export function readScript(file: string, io: CliIo): Script {
  return parsed(file, scriptSchema, "what `rehearse incident keep` writes", io);
}

function parsed<T>(file: string, schema: z.ZodType<T>, expected: string, io: CliIo): T {
  const { text } = readText(file, io);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`${file}: expected ${expected}, and it is no JSON`, EXIT.data);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
  throw new CliError(`${file}: expected ${expected}${place}`, EXIT.data);
}

/** One of what an incident breaks, by its number in the list; the first when none is named. */
export function chosenBroken({ broken, name }: ReadIncident, told: string | undefined): Broken {
  const number = told === undefined ? 1 : Number(told);
  const chosen = broken[number - 1];
  if (chosen !== undefined) return chosen;
  if (broken.length === 0) throw new CliError(`${name} breaks nothing that is asked here`);
  throw new CliError(`--broken: expected a number from 1 to ${broken.length}, was "${told}"`);
}

export function incidentText({ events, ...head }: Incident): string {
  const lines = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`);
  const each = events.map((event) => `    ${JSON.stringify(event)}`);
  return `{\n${lines.join("\n")}\n  "events": [\n${each.join(",\n")}\n  ]\n}\n`;
}
