// `rehearse config`: the schema for editors, and a file as it is understood.

import { z } from "zod";
import { backtestSchemaOf, editorSchemaOf } from "../../config/backtest-config.ts";
import { readConfig } from "../../config/read-config.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../read-text.ts";
import { houseKits, kitsFor } from "../run/strategy-kits.ts";

/** Prints the JSON Schema of a backtest's config. */
export async function configSchema(io: CliIo): Promise<ExitCode> {
  const schema = z.toJSONSchema(editorSchemaOf(await houseKits()), { io: "input" });
  const titled = { title: "rehearse backtest", ...schema };
  io.stdout.write(`${JSON.stringify(titled, undefined, 2)}\n`);
  return EXIT.ok;
}

/** Prints a config with every default filled in. @throws {ConfigError} with every problem of it. */
export async function configShow(name: string, io: CliIo): Promise<ExitCode> {
  const { text, file } = readText(name, io);
  const { config } = readConfig(backtestSchemaOf(await kitsFor(text, file)), text, file);
  io.stdout.write(`${JSON.stringify(config, undefined, 2)}\n`);
  return EXIT.ok;
}
