// A failure of `rehearse fuzz` as something to film: its world is lived through once more, watched by all its checkers.

import { dirname, resolve } from "node:path";
import { checkers } from "../../../sim/checkers/checkers.ts";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import { resolveInstruments } from "../../../sim/scenario/run-parts.ts";
import type { CaseOutcome } from "../../campaign/case-outcome.ts";
import { isFailure } from "../../campaign/case-outcome.ts";
import { caseOfRepro } from "../../campaign/repro.ts";
import type { FilmViolation } from "../../report/player/film.ts";
import type { FilmWindow } from "../../report/player/film-recorder.ts";
import { FilmRecorder } from "../../report/player/film-recorder.ts";
import type { Outage } from "../../report/player/film-wires.ts";
import type { CliIo } from "../cli-io.ts";
import type { JobRunner } from "../fuzz/job-runner.ts";
import { unmeasuredRunner } from "../fuzz/job-runner.ts";
import { readRepro } from "../fuzz/read-repro.ts";
import { worldLines } from "../fuzz/story-print.ts";
import type { Filmed, FilmFact, FilmSource } from "./film-source.ts";
import { TrialCamera } from "./trial-camera.ts";

const SECOND_US = 1_000_000;

type Repro = ReturnType<typeof readRepro>;

/** @throws {ConfigError | DataError | CliError} when the file, or what its config names, cannot be used. */
export async function reproSource(file: string, io: CliIo): Promise<FilmSource> {
  const repro = readRepro(file, io);
  const { bot, config, folder = ".", market, phases, seed } = repro;
  const job = await unmeasuredRunner({
    name: bot,
    text: JSON.stringify(config),
    file: resolve(io.cwd, dirname(file), folder, `${bot}.json`),
    market,
    phases,
  });
  let outcome: CaseOutcome | undefined;
  return {
    title: `${bot}, seed ${seed}`,
    isIncident: true,
    close: job.close,
    run: async (window) => {
      outcome ??= withAmbientTrap(() => job.runner.outcome(caseOfRepro(repro), "named"));
      return filmOf(repro, job, { window, outcome });
    },
  };
}

type Watching = Readonly<{ window: FilmWindow; outcome: CaseOutcome }>;

function filmOf(repro: Repro, { runner, bot }: JobRunner, { window, outcome }: Watching): Filmed {
  const told = caseOfRepro(repro);
  const recorder = new FilmRecorder(resolveInstruments(bot.scenario), window);
  const camera = new TrialCamera(recorder);
  withAmbientTrap(() => runner.listen(told, camera.watching(checkers), camera.ears));
  const { endedAt } = camera;
  const venues = bot.scenario.venues.map(({ name }) => name);
  const crash: FilmViolation[] =
    outcome.crash === undefined
      ? []
      : [{ id: "run", at: endedAt, sentence: "A run goes on to its end.", detail: outcome.crash }];
  return {
    film: recorder.film(venues, [...camera.violations, ...crash], outagesOf(repro, bot.startUs)),
    startedAt: bot.startUs,
    endedAt,
    facts: factsOf(repro, outcome),
  };
}

/** Faults by the clock that let nothing pass at a venue. */
function outagesOf({ plan }: Repro, startUs: number): readonly Outage[] {
  return plan.flatMap(([site, venue, second, kind, parameter]) => {
    if (site !== "link" && site !== "venue") return [];
    const from = startUs + second * SECOND_US;
    return [{ kind, venue, from, until: from + parameter }];
  });
}

function factsOf(repro: Repro, outcome: CaseOutcome): FilmFact[] {
  const { digest } = outcome;
  const same =
    digest === repro.digest
      ? "the same run as the file was made of, to the last byte"
      : `another run than the file was made of: it was made by version ${repro.code}, or the code has changed since`;
  const world = worldLines(repro).map((line) => {
    const [, about = "", text = line] = /^\s*(\S+(?: \S+)*?) {2,}(.*)$/.exec(line) ?? [];
    return { about, text };
  });
  const kept = isFailure(outcome) ? [] : [{ about: "Now", text: "every promise is kept" }];
  return [
    { about: "Failure", text: `${repro.violation.id}: ${repro.violation.detail}` },
    ...kept,
    { about: "Repeated", text: same },
    ...world,
  ];
}
