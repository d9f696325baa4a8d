// What can be said to `rehearse incident`.

import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import type {
  IncidentImportOptions,
  IncidentKeepOptions,
  IncidentReplayOptions,
  IncidentShowOptions,
  IncidentShrinkOptions,
} from "../commands/incident.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Adds the command and its own; each sets the code it ended with. */
export function addIncident(program: Command, io: CliIo, ended: { code: ExitCode }): void {
  const load = () => import("../commands/incident.ts");
  const incident = program
    .command("incident")
    .description("a bot's logs as a timeline, what it breaks, and a scenario that asks it again");
  incident
    .command("import")
    .description("read logs into one timeline, and name what it breaks")
    .argument("<logs...>", "log files; a .csv beside a log is its table of trades")
    .requiredOption(
      "--format <name>",
      "hedge-ext, hedge-v2, hedge-manager, grid-jsonl, grid-wal, macd, trades-csv or jsonl",
    )
    .option("--zone <zone>", "of local times: Asia/Shanghai, UTC, +08:00")
    .option("--from <time>", "leave out what was before, UTC: 2025-10-23T04:01:00Z")
    .option("--until <time>", "leave out what was after")
    .option("--out <file>", "the incident; <log>.incident.json when absent")
    .option("--json", "print what was read and what it breaks as JSON")
    .action(async (logs: string[], options: IncidentImportOptions) => {
      ended.code = await (await load()).incidentImport(logs, options, io);
    });
  incident
    .command("show")
    .description("print a timeline, and what it breaks")
    .argument("<incident>", "what import wrote")
    .option("--json", "print JSON")
    .action(async (file: string, options: IncidentShowOptions) => {
      ended.code = (await load()).incidentShow(file, options, io);
    });
  incident
    .command("shrink")
    .description("cut a timeline to the events without which the same thing would hold")
    .argument("<incident>", "what import wrote")
    .option(
      "--broken <number>",
      "which of what it breaks, by its number in `show`; the first when absent",
    )
    .option("--out <file>", "<incident>.shrunk.incident.json when absent")
    .action(async (file: string, options: IncidentShrinkOptions) => {
      ended.code = (await load()).incidentShrink(file, options, io);
    });
  incident
    .command("keep")
    .description(
      "write the scenario of an incident: what the venue did, to be played against a bot",
    )
    .argument("<incident>", "what import or shrink wrote")
    .argument("<name>", "small letters, digits and dashes")
    .option("--broken <number>", "which of what it breaks; the first when absent")
    .option("--to <folder>", "where to", "incidents")
    .option("--tick <decimal>", "the price step; the finest in the log when absent")
    .option("--lot <decimal>", "the size step; the finest in the log when absent")
    .action(async (file: string, name: string, options: IncidentKeepOptions) => {
      ended.code = (await load()).incidentKeep(file, name, options, io);
    });
  incident
    .command("replay")
    .description(
      "play kept scenarios against the bot of a config; ends with 5 when it breaks a promise",
    )
    .argument("<scenarios...>", "what keep wrote")
    .requiredOption("--bot <config>", "a backtest's config")
    .option("--json", "print JSON")
    .action(async (files: string[], options: IncidentReplayOptions) => {
      ended.code = await (await load()).incidentReplay(files, options, io);
    });
}
