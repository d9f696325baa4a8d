// What can be said to `rehearse`: its commands, their arguments and options. No command is loaded until it is called.

import { Command, CommanderError, Option } from "commander";
import { reportError } from "./cli-error.ts";
import type { CliIo } from "./cli-io.ts";
import type { BacktestOptions } from "./commands/backtest.ts";
import type { BenchOptions } from "./commands/bench.ts";
import type { DataOptions, DataShowOptions } from "./commands/data.ts";
import type { FuzzOptions } from "./commands/fuzz.ts";
import type { ImportCommandOptions } from "./commands/import.ts";
import type { InitOptions } from "./commands/init.ts";
import type { WhyOptions } from "./commands/why.ts";
import type { ExitCode } from "./exit-codes.ts";
import { EXIT } from "./exit-codes.ts";
import { addIncident } from "./incident/add-incident.ts";
import { codeVersion } from "./package-root.ts";
import type { Ended } from "./result-commands.ts";
import { addResultCommands } from "./result-commands.ts";

const EXIT_HELP = `
Exit codes: 0 ok, 1 unexpected, 2 usage or config, 3 data, 4 verification differs, 5 a promise broken,
130 interrupted.
A command's own help: rehearse <command> --help`;

/** Runs one command line, without the interpreter's and the script's name. Never throws. */
export async function runCli(words: readonly string[], io: CliIo): Promise<ExitCode> {
  const ended: Ended = { code: EXIT.ok };
  const program = programOf(io, ended);
  try {
    await program.parseAsync([...words], { from: "user" });
    return ended.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportError(error, io, program.opts<{ debug?: boolean }>().debug === true);
  }
}

function programOf(io: CliIo, ended: Ended): Command {
  const program = new Command("rehearse")
    .description("Replays recorded markets through an exchange mock and runs a bot over them.")
    .version(codeVersion(), "-V, --version", "print the version")
    .option("--debug", "print stack traces (also REHEARSE_DEBUG=1)")
    .helpOption("-h, --help", "print help")
    .addHelpText("after", EXIT_HELP);
  addInit(program, io, ended);
  addBacktest(program, io, ended);
  addFuzz(program, io, ended);
  addIncident(program, io, ended);
  addResultCommands(program, io, ended);
  addWhy(program, io, ended);
  addImport(program, io, ended);
  addData(program, io, ended);
  addConfig(program, io, ended);
  addBench(program, io, ended);
  for (const command of [
    program,
    ...program.commands.flatMap((each) => [each, ...each.commands]),
  ]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError(usageHint(command))
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
      });
  }
  return program;
}

/** After a usage error: where the help is, not the whole of it. */
function usageHint(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  const formats = names[1] === "import" ? "; `rehearse import list` names the formats" : "";
  return `(${names.join(" ")} --help says how it is used${formats})`;
}

function addInit(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("init")
    .description("write a config for a strategy, every setting explained")
    .argument("[strategy]", "a strategy's name, or the file of your own; none lists them")
    .option(
      "--out <file>",
      "the file to write; - for standard output; <strategy>.jsonc when absent",
    )
    .option("--dataset <name>", "instead of the sample, once an instrument", collect, [])
    .action(async (strategy: string | undefined, options: InitOptions) => {
      const { init } = await import("./commands/init.ts");
      ended.code = await init(strategy, options, io);
    });
}

function addBacktest(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("backtest")
    .description("run a bot over recordings and print what came of it")
    .argument("<config>", "config file, or - for standard input")
    .option("--json", "print the result as JSON and nothing else on stdout")
    .option("--out <file>", "write the result to a file, for `rehearse verify`")
    .option("--journal <file>", "keep the journal: every event, command and refusal")
    .option("--report <file>", "write the tear sheet, one HTML page")
    .option("--fill-model <name>", "instead of the config's, e.g. risk-averse or power-3:3")
    .option("--seed <seed>", "instead of the config's")
    .option("--no-band", "skip the optimistic and the pessimistic run")
    .option("--quiet", "print the digest alone, and no progress")
    .action(async (config: string, options: BacktestOptions) => {
      const { backtest } = await import("./commands/backtest.ts");
      ended.code = await backtest(config, options, io);
    });
}

function addFuzz(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("fuzz")
    .description("run a bot through thousands of seeded worlds full of faults")
    .option(
      "--bot <config>",
      "a backtest's config; may be repeated; all example bots without",
      collect,
      [],
    )
    .option("--seeds <count>", "how many worlds; 1000 when neither this nor --minutes is said")
    .option("--from <seed>", "the first seed, a whole number", "1")
    .option("--minutes <minutes>", "begin no further world after this time")
    .option("--faults <list>", "none, everything, subset, few, outside, or kinds by name: a,b,c")
    .option("--jobs <count>", "worker threads; as many as there are processors when absent")
    .option("--length <duration>", "of each world: 5m to 24h; an hour when absent")
    .option("--tape", "replay the config's own recordings instead of markets made of the seed")
    .option("--out <folder>", "keep a summary and the first failure's repro file there")
    .option("--json", "print the results as JSON and nothing else on stdout")
    .option("--quiet", "print the digests alone, and no progress")
    .action(async (options: FuzzOptions) => {
      const { fuzz } = await import("./commands/fuzz.ts");
      ended.code = await fuzz(options, io);
    });
}

function addWhy(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("why")
    .description("why an order did or did not fill, what happened at a time, why nothing traded")
    .argument("<result>", "a file written by `rehearse backtest --out`")
    .argument("<what>", "an order id; a time like 2026-01-31T12:00:00.25; or no-trade")
    .option("--within <duration>", "of a time: how much before and after it", "1s")
    .option("--from <time>", "of no-trade: where the span begins; the run's beginning without")
    .option("--to <time>", "of no-trade: where it ends; the run's end without")
    .option("--json", "print JSON and nothing else on stdout")
    .action(async (file: string, what: string, options: WhyOptions) => {
      const { why } = await import("./commands/why.ts");
      ended.code = await why(file, what, options, io);
    });
}

function addImport(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("import")
    .description("bring a recording to the tape format; prints what it found and repaired")
    .argument("<format>", "a format's name; `list` prints them all")
    .argument("[files...]", "the recording, in the order it was made")
    .option("--out <file>", "the tape to write")
    .option("--symbol <name>", "the instrument, as the recording calls it")
    .option("--venue <name>", "the venue's name in the tape; by the format when absent")
    .option("--contract <kind>", "spot, linear or inverse", "linear")
    .option("--base <coin>", "base currency; from the symbol when absent")
    .option("--quote <coin>", "quote currency; from the symbol when absent")
    .option("--tick <size>", "tick size as a decimal, like 0.1")
    .option("--lot <size>", "lot size as a decimal, like 0.001")
    .option("--contract-size <size>", "base units in one contract", "1")
    .option("--option <key=value>", "an option of the format; may be repeated", collect, [])
    .option("--json", "print the report as JSON and nothing else on stdout")
    .option("--quiet", "no progress and no report")
    .action(async (format: string, files: string[], options: ImportCommandOptions) => {
      const { importFiles } = await import("./commands/import.ts");
      ended.code = await importFiles(format, files, options, io);
    });
}

function addData(program: Command, io: CliIo, ended: Ended): void {
  const data = program.command("data").description("the recordings there are");
  data
    .command("list")
    .description("the data sets of the manifest")
    .option("--json", "print JSON")
    .action(async (options: DataOptions) => {
      const { dataList } = await import("./commands/data.ts");
      ended.code = await dataList(options, io);
    });
  data
    .command("check")
    .description("verify fingerprints and walk every row; all data sets when none is named")
    .argument("[names...]", "data sets, or tape files")
    .option("--json", "print JSON")
    .action(async (names: string[], options: DataOptions) => {
      const { dataCheck } = await import("./commands/data.ts");
      ended.code = await dataCheck(names, options, io);
    });
  data
    .command("make-sample")
    .description("make the synthetic sample again, byte for byte")
    .argument("[folder]", "where to", "datasets")
    .action(async (folder: string) => {
      const { dataMakeSample } = await import("./commands/data-make-sample.ts");
      ended.code = await dataMakeSample(folder, io);
    });
  data
    .command("show")
    .description("the header, the first rows and the first books of a recording")
    .argument("<name>", "a data set, or a tape file")
    .addOption(new Option("--rows <count>", "how many rows").default("10"))
    .option("--json", "print JSON")
    .action(async (name: string, options: DataShowOptions) => {
      const { dataShow } = await import("./commands/data.ts");
      ended.code = await dataShow(name, options, io);
    });
}

function addConfig(program: Command, io: CliIo, ended: Ended): void {
  const config = program.command("config").description("what a config file may say");
  config
    .command("schema")
    .description("print the JSON Schema of a backtest's config, for editors")
    .action(async () => {
      const { configSchema } = await import("./commands/config.ts");
      ended.code = await configSchema(io);
    });
  config
    .command("show")
    .description("check a config file and print it with every default filled in")
    .argument("<config>", "config file, or - for standard input")
    .action(async (file: string) => {
      const { configShow } = await import("./commands/config.ts");
      ended.code = await configShow(file, io);
    });
}

function addBench(program: Command, io: CliIo, ended: Ended): void {
  program
    .command("bench")
    .description("measure the product's own paths: rows/s, ns/row, peak memory, result digest")
    .argument("[names...]", "which benchmarks; all when none is named")
    .option("--runs <count>", "runs of each", "5")
    .option("--json", "print JSON and nothing else on stdout")
    .option("--list", "name the benchmarks and run none")
    .action(async (names: string[], options: BenchOptions) => {
      const { bench } = await import("./commands/bench.ts");
      ended.code = await bench(names, options, io);
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
