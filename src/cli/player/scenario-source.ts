// A kept incident as something to film: played against the bot of a config, or against one that is wrong as the logged bots
// were, when none is named.

import { decimalToSteps } from "../../domain/decimal.ts";
import type { Script } from "../../incident/script.ts";
import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import { housePlayer } from "../incident/house-player.ts";
import { planTimeBot } from "../incident/plan-time-bot.ts";
import { readScript } from "../incident/read-incident.ts";
import { ownInstruments } from "../incident/script-legs.ts";
import type { Played } from "../incident/script-play.ts";
import { START_US } from "../incident/script-run.ts";
import { readText } from "../read-text.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import type { ScenarioPlay } from "./film-scenario.ts";
import { filmScenario } from "./film-scenario.ts";
import type { FilmFact, FilmSource } from "./film-source.ts";

const LEGS = 2;

/** @throws {ConfigError | DataError | CliError} when the scenario or the bot's config cannot be used. */
export async function scenarioSource(
  file: string,
  bot: string | undefined,
  io: CliIo,
): Promise<FilmSource> {
  const script = readScript(file, io);
  const { play, name, close } =
    bot === undefined ? asLogged(script) : await ofConfig(script, bot, io);
  return {
    title: `${script.name}, played by ${name}`,
    isIncident: true,
    close,
    run: async (window) => {
      const { film, played } = filmScenario(play, window);
      const facts = factsOf(script, name, played);
      return { film, startedAt: START_US, endedAt: played.endedAt, facts };
    },
  };
}

type Cast = Readonly<{ play: ScenarioPlay; name: string; close: () => void }>;

function asLogged(script: Script): Cast {
  const size = decimalToSteps(script.orderSize, script.legs[0]?.lotSize ?? "1");
  return {
    play: {
      script,
      instruments: ownInstruments(script, LEGS),
      player: () => planTimeBot(size),
    },
    name: "a bot that books only what is FILLED",
    close: () => undefined,
  };
}

async function ofConfig(script: Script, config: string, io: CliIo): Promise<Cast> {
  const { text, file } = readText(config, io);
  const plan = await planBacktest(text, file);
  const { strategy, risk, machinery } = plan.scenario(plan.fillModel);
  return {
    play: {
      script,
      instruments: plan.instruments.map(({ instrument }) => instrument),
      player: (scribe) => housePlayer({ strategy, risk, machinery }, scribe),
    },
    name: `the ${plan.config.strategy.name} of ${config}`,
    close: () => plan.close(),
  };
}

function factsOf({ story, from, breaks }: Script, name: string, played: Played): FilmFact[] {
  const ends = played.positions.map(
    ({ leg, truth, believed }) => `${leg} ${truth} lots, believed ${believed}`,
  );
  return [
    {
      about: "Incident",
      text: `${story} (${breaks.id} ${breaks.name}, from a ${from.format} log)`,
    },
    { about: "Played by", text: name },
    {
      about: "The venue",
      text: "does what it did, order by order, as a share of the first order's size; the touch stands still",
    },
    {
      about: "Times",
      text: `are the play's own, from ${timeText(START_US)}; those between are the log's`,
    },
    { about: "At the end", text: ends.join("; ") },
    ...(played.haltReason === undefined ? [] : [{ about: "Halted", text: played.haltReason }]),
  ];
}
