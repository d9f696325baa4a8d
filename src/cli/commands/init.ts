// `rehearse init`: writes a config for a strategy, every setting explained, that runs at once on the embedded sample.

import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { backtestSchemaOf } from "../../config/backtest-config.ts";
import { commentedConfig } from "../../config/commented-config.ts";
import { ConfigError } from "../../config/config-error.ts";
import { suggestion } from "../../config/nearest-name.ts";
import type { StrategyKit } from "../../config/strategy-kit.ts";
import type { StrategyKits } from "../../config/strategy-settings.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { judgeWritable } from "../judge-files.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { openRecording } from "../run/open-recording.ts";
import { houseKits, outsideKit } from "../run/strategy-kits.ts";
import { plainTable } from "../text-table.ts";

export type InitOptions = Readonly<{ out?: string; dataset: readonly string[] }>;

/** What a config is written for. */
type Chosen = Readonly<{
  kit: StrategyKit;
  kits: StrategyKits;
  says: Readonly<Record<string, string>>;
}>;

/** Without a name it lists the strategies. @throws {CliError} when there is no such strategy, or the file is there already. */
export async function init(
  strategy: string | undefined,
  options: InitOptions,
  io: CliIo,
): Promise<ExitCode> {
  const house = await houseKits();
  if (strategy === undefined) {
    const rows = house.map(({ name, summary }) => [name, summary]);
    io.stdout.write(plainTable(["strategy", "what it does"], rows));
    return EXIT.ok;
  }
  const toPipe = options.out === "-";
  const name = options.out ?? `${kitNameOf(strategy)}.jsonc`;
  const file = resolve(io.cwd, toPipe ? "(standard output)" : name);
  if (!toPipe) {
    judgeWritable("--out", name, io);
    if (existsSync(file)) {
      throw new CliError(`${name} is there already, and is left as it is; name another with --out`);
    }
  }
  const chosen = await choose(strategy, house, file, io);
  const text = textFor(chosen, options.dataset, file, io);
  if (toPipe) {
    io.stdout.write(text);
    return EXIT.ok;
  }
  writeFileSync(file, text, { flag: "wx" });
  io.stdout.write(`wrote ${name}\n`);
  const problems = await problemsOf(text, file);
  if (problems !== undefined) {
    io.stdout.write(`its sizes and prices are the sample's, and some do not fit:\n${problems}\n`);
  }
  const next = problems === undefined ? "next: " : "then: ";
  io.stdout.write(`${next}rehearse backtest ${name}\n`);
  return EXIT.ok;
}

/** "my-bot" of "./my-bot/kit.js", which is how its file is called before it is loaded. */
function kitNameOf(strategy: string): string {
  return isPath(strategy)
    ? (dirname(resolve(strategy)).split(/[\\/]/).at(-1) ?? "config")
    : strategy;
}

function isPath(strategy: string): boolean {
  return /[\\/]|\.[cm]?[jt]s$/.test(strategy);
}

async function choose(
  strategy: string,
  house: readonly StrategyKit[],
  file: string,
  io: CliIo,
): Promise<Chosen> {
  if (isPath(strategy)) {
    const path = resolve(io.cwd, strategy);
    const outside = await outsideKit(path, house);
    if (typeof outside === "string") throw new CliError(outside);
    const told = relative(dirname(file), path).replaceAll("\\", "/");
    const module = told.startsWith(".") ? told : `./${told}`;
    return { kit: outside.kit, kits: { house, outside }, says: { module } };
  }
  const kit = house.find(({ name }) => name === strategy);
  if (kit !== undefined)
    return { kit, kits: { house: [kit], outside: undefined }, says: { name: kit.name } };
  const names = house.map(({ name }) => name);
  throw new CliError(`there is no strategy "${strategy}"${suggestion(strategy, names)}`);
}

function textFor(
  { kit, kits, says }: Chosen,
  datasets: readonly string[],
  file: string,
  io: CliIo,
): string {
  const { instruments, settings } = kit.sample;
  if (datasets.length > 0 && datasets.length !== instruments.length) {
    const names = instruments.map(({ name }) => name).join(", ");
    throw new CliError(
      `${kit.name} trades ${instruments.length} instruments (${names}): expected --dataset as often, was ${datasets.length}`,
    );
  }
  const venues = [...new Set(instruments.map(({ venue }) => venue))];
  const config = {
    version: 1,
    seed: "1",
    venues: venues.map((name) => ({
      name,
      profile: "generic",
      startingCash: "10000",
      latency: { place: "20ms", response: "20ms" },
    })),
    instruments: instruments.map(({ name, venue, dataset }, index) => {
      const other = datasets[index];
      return { name, venue, ...(other === undefined ? { dataset } : placeOf(other, file, io)) };
    }),
    strategy: withDefaults(kit, says, settings),
    fillModel: "power-3:3",
    risk: {},
  };
  return commentedConfig(backtestSchemaOf(kits), config, [
    `${kit.name}: ${kit.summary}.`,
    `Every setting there is. What stands behind "//" is not set; take the slashes away to set it.`,
  ]);
}

/** The sample's settings with every other one at its default, so that nothing is hidden. */
function withDefaults(
  kit: StrategyKit,
  says: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return { ...says, ...kit.schema.parse(settings) };
}

/** A data set by its name or a tape by its path; candles get the least spread, which a file must say. */
function placeOf(place: string, file: string, io: CliIo): Readonly<Record<string, unknown>> {
  const path = resolve(io.cwd, place);
  const told = existsSync(path) ? { tape: relative(dirname(file), path) } : { dataset: place };
  const recording = openRecording(told, dirname(file));
  try {
    if (recording.source.kind !== "bars") return told;
    return { ...told, candles: { spread: recording.spec.tickSize } };
  } finally {
    recording.close();
  }
}

/** What a backtest would refuse; undefined when it would run. */
async function problemsOf(text: string, file: string): Promise<string | undefined> {
  try {
    (await planBacktest(text, file)).close();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
