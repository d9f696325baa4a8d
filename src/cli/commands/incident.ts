// `rehearse incident`: a bot's logs become one timeline; what it breaks is named, cut down to the few events that matter,
// kept as a scenario, and played against another bot.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { suggestion } from "../../config/nearest-name.ts";
import { LOG_FORMATS } from "../../incident/formats.ts";
import { importLogs } from "../../incident/import-logs.ts";
import { brokenBy } from "../../incident/invariants.ts";
import { isoTimeUs } from "../../incident/log-time.ts";
import { SCRIPT_BYTES_MAX, scriptSchema, scriptText } from "../../incident/script.ts";
import { scriptFrom } from "../../incident/script-from.ts";
import { shrinkIncident } from "../../incident/shrink-timeline.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { housePlayer } from "../incident/house-player.ts";
import {
  printBroken,
  printImported,
  printPlayed,
  printTimeline,
} from "../incident/print-incident.ts";
import { chosenBroken, incidentText, readIncident, readScript } from "../incident/read-incident.ts";
import { playScript } from "../incident/script-run.ts";
import { readText, whyUnreadable } from "../read-text.ts";
import { planBacktest } from "../run/backtest-plan.ts";

export type IncidentImportOptions = Readonly<{
  format: string;
  zone?: string;
  from?: string;
  until?: string;
  out?: string;
  json?: boolean;
}>;
export type IncidentShowOptions = Readonly<{ json?: boolean }>;
export type IncidentShrinkOptions = Readonly<{ broken?: string; out?: string }>;
export type IncidentKeepOptions = Readonly<{
  broken?: string;
  to?: string;
  tick?: string;
  lot?: string;
}>;
export type IncidentReplayOptions = Readonly<{ bot: string; json?: boolean }>;

/** @throws {DataError | CliError} when a log cannot be read, or is of another format. */
export async function incidentImport(
  logs: readonly string[],
  options: IncidentImportOptions,
  io: CliIo,
): Promise<ExitCode> {
  const format = LOG_FORMATS.find(({ name }) => name === options.format);
  if (format === undefined) {
    const names = LOG_FORMATS.map(({ name }) => name);
    const near = suggestion(options.format, names);
    throw new CliError(
      `--format: there is no format "${options.format}"${near}; there are ${names.join(", ")}`,
    );
  }
  const imported = await importLogs({
    format,
    files: logs.map((log) => ({ name: basename(log), path: resolve(io.cwd, log) })),
    zone: options.zone,
    from: momentOf("--from", options.from),
    until: momentOf("--until", options.until),
  });
  const { incident, files, shapes, secrets } = imported;
  const first = logs[0] ?? "log";
  const out = options.out ?? `${basename(first, extname(first))}.incident.json`;
  write(out, incidentText(incident), io);
  const broken = brokenBy(incident.events);
  if (options.json === true) {
    const told = { out, zone: incident.zone, files, shapes, secrets, broken };
    io.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
    return EXIT.ok;
  }
  printImported(imported, io);
  printBroken(broken, io);
  io.stdout.write(`\n${incident.events.length} events in ${out}\n`);
  return EXIT.ok;
}

/** @throws {CliError} when the file is no incident. */
export function incidentShow(file: string, options: IncidentShowOptions, io: CliIo): ExitCode {
  const { incident, broken } = readIncident(file, io);
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify({ ...incident, broken }, undefined, 2)}\n`);
    return EXIT.ok;
  }
  printTimeline(incident.events, broken, io);
  printBroken(broken, io);
  return EXIT.ok;
}

/** @throws {CliError} when the file is no incident, or breaks nothing. */
export function incidentShrink(file: string, options: IncidentShrinkOptions, io: CliIo): ExitCode {
  const read = readIncident(file, io);
  const target = chosenBroken(read, options.broken);
  const { incident, broken, tries } = shrinkIncident(read.incident, target);
  const out = options.out ?? `${read.name}.shrunk.incident.json`;
  write(out, incidentText(incident), io);
  printTimeline(incident.events, [broken], io);
  const before = read.incident.events.length;
  io.stdout.write(
    `\n${before} events cut to ${incident.events.length} in ${tries} tries: ${out}\n`,
  );
  return EXIT.ok;
}

/** @throws {CliError | DataError} when there is nothing to keep, no room for it, or something there already. */
export function incidentKeep(
  file: string,
  name: string,
  options: IncidentKeepOptions,
  io: CliIo,
): ExitCode {
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(name)) {
    throw new CliError(`expected a name of small letters, digits and dashes, was "${name}"`);
  }
  const read = readIncident(file, io);
  const broken = chosenBroken(read, options.broken);
  const { tick: tickSize, lot: lotSize } = options;
  for (const [option, value] of Object.entries({ tick: tickSize, lot: lotSize })) {
    if (value !== undefined && !(/^\d+(\.\d+)?$/.test(value) && Number(value) > 0)) {
      throw new CliError(`--${option}: expected a decimal above 0, was "${value}"`);
    }
  }
  const story = broken.text.slice(0, 600);
  const script = scriptSchema.parse(
    scriptFrom(read.incident, { name, story, broken, tickSize, lotSize }),
  );
  const text = scriptText(script);
  const bytes = Buffer.byteLength(text);
  if (bytes > SCRIPT_BYTES_MAX) {
    const advice = "shrink it first (rehearse incident shrink), or cut the log to one round";
    throw new CliError(`a scenario of ${bytes} bytes is more than ${SCRIPT_BYTES_MAX}: ${advice}`);
  }
  const out = join(options.to ?? "incidents", `${name}.json`);
  if (existsSync(resolve(io.cwd, out))) {
    throw new CliError(`${out} is there already, and is left as it is; choose another name`);
  }
  write(out, text, io);
  io.stdout.write(
    `wrote ${out}, ${bytes} bytes\nnext: rehearse incident replay ${out} --bot <config>\n`,
  );
  return EXIT.ok;
}

/** @throws {ConfigError | DataError | CliError} when a scenario or the bot's config cannot be used. */
export async function incidentReplay(
  files: readonly string[],
  options: IncidentReplayOptions,
  io: CliIo,
): Promise<ExitCode> {
  const { text, file } = readText(options.bot, io);
  const scripts = files.map((each) => readScript(each, io));
  const plan = await planBacktest(text, file);
  try {
    const { strategy, risk, machinery } = plan.scenario(plan.fillModel);
    const instruments = plan.instruments.map(({ instrument }) => instrument);
    const player = housePlayer({ strategy, risk, machinery });
    const results = scripts.map((script) => ({
      name: script.name,
      ...playScript(script, instruments, player),
    }));
    if (options.json === true) io.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
    else for (const { name, ...played } of results) printPlayed(name, played, io);
    return results.some(({ broken }) => broken.length > 0) ? EXIT.broken : EXIT.ok;
  } finally {
    plan.close();
  }
}

function momentOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const us = isoTimeUs(text);
  if (us !== undefined) return us;
  throw new CliError(`${option}: expected a time such as 2025-10-23T04:01:00Z, was "${text}"`);
}

function write(name: string, text: string, io: CliIo): void {
  const path = resolve(io.cwd, name);
  try {
    mkdirSync(resolve(path, ".."), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError(`cannot write ${name}: ${whyUnreadable(error)}`);
  }
}
