// `rehearse player`: a result, a fuzz failure or a kept incident in; a page to step and play through it out. What is shown is
// run again, watched: nothing of it was kept.

import { readFileSync } from "node:fs";
import { join, parse, resolve } from "node:path";
import { firstParting, partingText } from "../../report/page/first-parting.ts";
import { playerPage } from "../../report/page/player-page.ts";
import type { Film } from "../../report/player/film.ts";
import { timeText } from "../../report/time-text.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { writeFileAtomically } from "../file-storage.ts";
import { isRepro } from "../fuzz/read-repro.ts";
import { judgeWritable } from "../judge-files.ts";
import { STEPS_MAX } from "../player/film-looks.ts";
import type { FilmFact, FilmSource } from "../player/film-source.ts";
import { logSource } from "../player/log-source.ts";
import type { WindowOptions } from "../player/player-window.ts";
import { filmed } from "../player/player-window.ts";
import { reproSource } from "../player/repro-source.ts";
import { resultSource } from "../player/result-source.ts";
import { scenarioSource } from "../player/scenario-source.ts";
import { whyUnreadable } from "../read-text.ts";
import { builtFile } from "../run/report-page.ts";

/** First bytes of a journal. */
const JOURNAL_MAGIC = "RHRSJR";

export type PlayerOptions = WindowOptions &
  Readonly<{ out?: string; bot?: string; json?: boolean; quiet?: boolean }>;

/** @throws {CliError | ConfigError | DataError} when the file cannot be read, or run again. */
export async function player(name: string, options: PlayerOptions, io: CliIo): Promise<ExitCode> {
  const out = options.out ?? pageBeside(name);
  judgeWritable("--out", out, io);
  const script = builtFile("player.js");
  const source = await sourceOf(name, options, io);
  try {
    const run = await filmed(source, options);
    if (run === undefined) {
      io.stderr.write("interrupted: no page was written\n");
      return EXIT.interrupted;
    }
    const { film } = run;
    const facts = [...run.facts, ...extentOf(film, name)];
    const page = playerPage({ title: source.title, film, facts, script });
    write(out, page, io);
    if (options.json === true)
      io.stdout.write(`${JSON.stringify(toldOf(film, out), undefined, 2)}\n`);
    else for (const line of toldLines(film)) io.stdout.write(`${line}\n`);
    return EXIT.ok;
  } finally {
    source.close();
  }
}

async function sourceOf(
  name: string,
  { bot, quiet, json }: PlayerOptions,
  io: CliIo,
): Promise<FilmSource> {
  const head = headOf(name, io);
  if (isRepro(resolve(io.cwd, name))) return reproSource(name, io);
  if (/"legs"\s*:/.test(head) && /"breaks"\s*:/.test(head)) return scenarioSource(name, bot, io);
  if (/"zone"\s*:/.test(head) && /"format"\s*:/.test(head)) return logSource(name, io);
  if (bot !== undefined) {
    throw new CliError(`--bot is who plays a scenario, and ${name} is none: it names its own bot`);
  }
  if (head.startsWith(JOURNAL_MAGIC)) {
    const advice = "give the result that names it: its run is done again, and watched";
    throw new CliError(`${name} is a journal alone, which knows no books and no venue; ${advice}`);
  }
  return resultSource(name, quiet === true || json === true, io);
}

function headOf(name: string, io: CliIo): string {
  try {
    return readFileSync(resolve(io.cwd, name)).subarray(0, 8_192).toString("latin1");
  } catch (error) {
    throw new CliError(`cannot read ${name}: ${whyUnreadable(error)}`);
  }
}

function write(out: string, page: string, io: CliIo): void {
  try {
    writeFileAtomically(resolve(io.cwd, out), page);
  } catch (error) {
    throw new CliError(`--out: cannot write ${out}: ${(error as Error).message}`);
  }
  io.stderr.write(`player  ${out}\n`);
}

/** "run.json" is played in "run.player.html". */
function pageBeside(file: string): string {
  const { dir, name } = parse(file);
  return join(dir, `${name}.player.html`);
}

/** How much of the run the page has, and how to see the rest. */
function extentOf({ steps, leftOut, brokeOffAt }: Film, name: string): FilmFact[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = `${timeText(first.at)} to ${timeText(last.at)}, ${steps.length} events`;
  const rest =
    leftOut === 0
      ? "; nothing is left out"
      : `; ${leftOut} events of the run are not here: \`rehearse player ${name} --from <time> --until <time>\` shows others`;
  const told = [{ about: "Shown", text: span + rest }];
  if (brokeOffAt === undefined) return told;
  const text = `A page holds at most ${STEPS_MAX} events: this one ends at ${timeText(brokeOffAt)}, before the run did.`;
  return [...told, { about: "Broken off", text }];
}

function toldLines(film: Film): readonly string[] {
  const left = firstParting(film);
  return [
    ...film.violations.map(({ id, at, detail }) => `${id} broken at ${timeText(at)}: ${detail}`),
    left === undefined
      ? "belief never left truth for longer than messages take"
      : `belief left truth at ${timeText(film.steps[left.from]?.at ?? 0)}: ${partingText(film, left)}`,
    `${film.steps.length} events, ${film.leftOut} left out`,
  ];
}

function toldOf(film: Film, out: string) {
  const { steps, messages, partings, violations, leftOut, brokeOffAt } = film;
  return {
    out,
    from: steps[0]?.at ?? null,
    until: steps.at(-1)?.at ?? null,
    events: steps.length,
    messages: messages.length,
    leftOut,
    brokeOffAt: brokeOffAt ?? null,
    violations,
    partings: partings.map(({ instrument, from, until, believed, true: held }) => ({
      instrument: film.instruments[instrument]?.symbol,
      from: steps[from]?.at,
      until: until === undefined ? null : steps[until]?.at,
      believed,
      true: held,
    })),
  };
}
