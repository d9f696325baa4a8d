// Finds the strategies there are: every folder of strategies/ that has a kit, in order of name, and the module outside that
// a config may name. There is no list to keep: a strategy is added by its folder alone (ADR 0015).

import { existsSync, readdirSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigError } from "../../config/config-error.ts";
import { JsonSyntaxError, parseJsonText, placeOf } from "../../config/json-text.ts";
import type { StrategyKit } from "../../config/strategy-kit.ts";
import type { OutsideKit, StrategyKits } from "../../config/strategy-settings.ts";
import { notAKit } from "./judge-kit.ts";
import { moduleSha256 } from "./module-hash.ts";

/** The strategies' folder beside this code, built or not. */
const FOLDER = join(import.meta.dirname, "../../../strategies");

/** Every kit of the house. @throws {Error} when a folder's kit is none: the house itself is broken then. */
export async function houseKits(): Promise<readonly StrategyKit[]> {
  const names = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(kitFile(entry.name)))
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const kit = await importKit(kitFile(name));
      const problem = notAKit(kit);
      if (problem !== undefined) throw new Error(`strategies/${name}: ${problem}`);
      const found = (kit as StrategyKit).name;
      if (found === name) return kit as StrategyKit;
      throw new Error(`strategies/${name}: expected a kit of the folder's name, was "${found}"`);
    }),
  );
}

/**
 * The kits a config can be read with: the house's, and the module that the text names. `file` is where the text came
 * from, which the module's path is relative to; a result file's config is looked into as well.
 * @throws {ConfigError} at `strategy.module` when it is missing, cannot be loaded, is no kit, or bears a taken name
 */
export async function kitsFor(text: string, file: string): Promise<StrategyKits> {
  const house = await houseKits();
  const told = moduleTold(text);
  if (told === undefined) return { house, outside: undefined };
  const outside = await outsideKit(resolve(dirname(file), told.module), house);
  if (typeof outside !== "string") return { house, outside };
  const { path, offset } = told;
  throw new ConfigError(file, [{ path, message: outside, ...placeOf(text, offset) }]);
}

/** The kit of a file, or why there is none. */
export async function outsideKit(
  file: string,
  house: readonly StrategyKit[],
): Promise<OutsideKit | string> {
  if (!existsSync(file)) return `there is no file ${file}`;
  let kit: unknown;
  try {
    kit = await importKit(file);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const hint =
      extname(file) === ".ts" && (error as { code?: unknown }).code === "ERR_UNKNOWN_FILE_EXTENSION"
        ? "; this Node.js reads no TypeScript: use 22.18 or later, or compile it to .js"
        : "";
    return `${file} cannot be loaded: ${name}: ${message}${hint}`;
  }
  const problem = notAKit(kit);
  if (problem !== undefined) return `${file} is no strategy: ${problem}`;
  const { name } = kit as StrategyKit;
  if (house.some((each) => each.name === name)) {
    return `${file} calls itself "${name}", and there is a strategy of that name; give it another`;
  }
  return { kit: kit as StrategyKit, file, sha256: moduleSha256(file) };
}

/** Where a text names a module, in a config or in a result's. Text that is not JSON is for the config's reader to report. */
function moduleTold(
  text: string,
): Readonly<{ module: string; path: string; offset: number }> | undefined {
  try {
    const { value, offsets } = parseJsonText(text);
    for (const path of ["strategy.module", "config.strategy.module"]) {
      const module = valueAt(value, path);
      if (typeof module === "string") return { module, path, offset: offsets.get(path) ?? 0 };
    }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  return undefined;
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

function kitFile(name: string): string {
  return join(FOLDER, name, `kit${extname(import.meta.filename)}`);
}

async function importKit(file: string): Promise<unknown> {
  const module = (await import(pathToFileURL(file).href)) as { kit?: unknown };
  return module.kit;
}
