// The commands that take what a run left behind: looked at, taken elsewhere, held to itself, done again.

import type { Command } from "commander";
import type { CliIo } from "./cli-io.ts";
import type { CompareOptions } from "./commands/compare.ts";
import type { ExportOptions } from "./commands/export.ts";
import type { PlayerOptions } from "./commands/player.ts";
import type { ReplayOptions } from "./commands/replay.ts";
import type { ReportOptions } from "./commands/report.ts";
import type { VerifyOptions } from "./commands/verify.ts";
import type { ExitCode } from "./exit-codes.ts";

/** Commands end with the code they return. */
export type Ended = { code: ExitCode };

export function addResultCommands(program: Command, io: CliIo, ended: Ended): void {
  addReport(program, io, ended);
  addExport(program, io, ended);
  addCompare(program, io, ended);
  addVerify(program, io, ended);
  addReplay(program, io, ended);
  addPlayer(program, io, ended);
}

function addReport(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("report")
    .description("write the tear sheet of a result: one HTML page that needs no network")
    .argument("<results...>", "files written by `rehearse backtest --out`")
    .option("--out <file>", "of the page, of one result; beside the result as .html without")
    .option("--quiet", "no progress")
    .action(async (files: readonly string[], options: ReportOptions) => {
      const { report } = await import("./commands/report.ts");
      ended.code = await report(files, options, io);
    });
}

function addExport(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("export")
    .description("write a result's fills, orders, positions and equity for pandas, polars, DuckDB")
    .argument("<result>", "a file written by `rehearse backtest --out`")
    .option("--out <folder>", "where to; beside the result without")
    .option("--format <name>", "arrow or parquet", "parquet")
    .option("--quiet", "no progress")
    .action(async (file: string, options: ExportOptions) => {
      const { exportTables } = await import("./commands/export.ts");
      ended.code = await exportTables(file, options, io);
    });
}

function addReplay(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("replay")
    .description(
      "drive a bot again with what it heard: equal, or the first thing it does otherwise",
    )
    .argument("<file>", "a result that kept its journal, a journal, or a failure's repro file")
    .option("--config <file>", "the config a journal's bot ran with")
    .option("--until <where>", "stop before this entry or time, and tell what is believed there")
    .option("--step", "print every event and what followed from it")
    .option(
      "--what-if <config>",
      "change the bot's settings there, and go on with the mocked venues",
    )
    .option("--report <file>", "of --what-if: both runs on one HTML page")
    .option("--json", "print JSON and nothing else on stdout")
    .option("--quiet", "no progress")
    .action(async (file: string, options: ReplayOptions) => {
      const { replay } = await import("./commands/replay.ts");
      ended.code = await replay(file, options, io);
    });
}

function addCompare(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("compare")
    .description("two results side by side: where they part, and what made the difference in money")
    .argument("<first>", "a file written by `rehearse backtest --out`")
    .argument("<second>", "another one")
    .option("--report <file>", "write both on one HTML page")
    .option("--json", "print JSON and nothing else on stdout")
    .option("--quiet", "no progress")
    .action(async (first: string, second: string, options: CompareOptions) => {
      const { compare } = await import("./commands/compare.ts");
      ended.code = await compare([first, second], options, io);
    });
}

function addVerify(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("verify")
    .description("rerun a result file: equal, or the first event that differs")
    .argument("<result>", "a file written by `rehearse backtest --out`")
    .option("--json", "print JSON and nothing else on stdout")
    .action(async (file: string, options: VerifyOptions) => {
      const { verify } = await import("./commands/verify.ts");
      ended.code = await verify(file, options, io);
    });
}

function addPlayer(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("player")
    .description("write a page to step through a run: messages, books, belief against truth")
    .argument(
      "<file>",
      "a result, a failure's repro file, a scenario of `incident keep`, a log `incident import` read",
    )
    .option("--out <file>", "of the page; beside the file as .player.html without")
    .option("--bot <config>", "of a scenario: who plays it; a bot wrong as the logged one without")
    .option("--from <time>", "where the page begins, UTC")
    .option("--until <time>", "where it ends")
    .option("--around <duration>", "around the moment belief left truth, or a promise broke: 30s")
    .option("--json", "print what is on the page as JSON, and nothing else on stdout")
    .option("--quiet", "no progress")
    .action(async (file: string, options: PlayerOptions) => {
      const { player } = await import("./commands/player.ts");
      ended.code = await player(file, options, io);
    });
}
