// The player shows the moment belief left truth: of the hardening plan's incident by times and sizes worked out from its log
// by hand, of every kept incident by what the play's own watch says, of our hedge never.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import { housePlayer } from "../../src/cli/incident/house-player.ts";
import { planTimeBot } from "../../src/cli/incident/plan-time-bot.ts";
import { ownInstruments } from "../../src/cli/incident/script-legs.ts";
import { START_US } from "../../src/cli/incident/script-run.ts";
import { filmScenario } from "../../src/cli/player/film-scenario.ts";
import { decimalToSteps } from "../../src/domain/decimal.ts";
import type { Script } from "../../src/incident/script.ts";
import { scriptSchema } from "../../src/incident/script.ts";
import { firstParting, partingText } from "../../src/report/page/first-parting.ts";
import type { Film } from "../../src/report/player/film.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import { hedgeConfig } from "../support/hedge-config.ts";
import { playedByHedge } from "../support/incident-script.ts";

const WHOLE = { from: 0, until: Number.POSITIVE_INFINITY, stepsMax: 10_000 };
const folder = join(import.meta.dirname, "incidents");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

function scriptOf(name: string): Script {
  return scriptSchema.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
}

const lotsOf = ({ orderSize, legs }: Script) => decimalToSteps(orderSize, legs[0]?.lotSize ?? "1");

function asLogged(script: Script) {
  const player = () => planTimeBot(lotsOf(script));
  return filmScenario({ script, instruments: ownInstruments(script, 2), player }, WHOLE);
}

function byHedge(script: Script) {
  const lots = lotsOf(script);
  const sizes = { orderLots: lots, cycleLots: lots, positionMaxLots: 2 * lots };
  const reconciliation = { ...MACHINERY_DEFAULTS.reconciliation, drift: "adopt" as const };
  const bot = {
    strategy: (instruments: Parameters<typeof createHedge>[1]) =>
      createHedge(hedgeConfig(sizes), instruments),
    risk: {},
    machinery: { ...MACHINERY_DEFAULTS, reconciliation },
  };
  const instruments = ownInstruments(script, 2);
  return filmScenario({ script, instruments, player: (scribe) => housePlayer(bot, scribe) }, WHOLE);
}

const atOf = ({ steps }: Film, step: number | undefined) =>
  ((steps[step ?? -1]?.at ?? Number.NaN) - START_US) / 1_000_000;

describe("the hardening plan's incident, order 1981330673612984320", () => {
  // By the log: placed at 04:01:07.000; accepted at :07.114, 0.114 s later; cancelled at :17.990 with 1.33 of 5 filled,
  // 10.876 s later. In the play a request takes 0.020 s and an answer 0.010 s: the venue fills at
  // 0.020 + 0.114 + 10.876 = 11.010 s, and the bot hears of it, and of the cancel, at 11.020 s.
  const { film } = asLogged(scriptOf("residual-of-iteration-14.json"));
  const left = firstParting(film);

  test("truth is +1.33 from 11.010 s on, and belief leaves it at 11.020 s, where it stays at 0", () => {
    expect(atOf(film, left?.from)).toBe(11.02);
    expect(left).toMatchObject({ instrument: 0, believed: 0, true: 133, until: undefined });
    const truth = film.steps.find(({ changes }) =>
      changes.some((change) => change.what === "true" && change.lots === 133),
    );
    expect(((truth?.at ?? 0) - START_US) / 1_000_000).toBe(11.01);
  });

  test("the fill that was not counted is named: 1.33 of the first order, heard in time", () => {
    const message = film.messages[left?.message ?? -1];
    expect(message).toMatchObject({
      kind: "filled",
      order: 1,
      side: "bid",
      size: 133,
      filled: 133,
    });
    expect(
      [message?.sentAt, message?.gotAt].map((at) => ((at ?? 0) - START_US) / 1_000_000),
    ).toEqual([11.01, 11.02]);
    expect(left && partingText(film, left)).toContain(
      "extended: the bot believes 0.00, the venue holds 1.33, and nothing on its way makes the difference",
    );
  });

  test("the end is the log's: 0.66 too long, and the bot believes it is flat", () => {
    const last = (what: "true" | "believed") =>
      film.steps
        .flatMap(({ changes }) => changes)
        .findLast((change) => change.what === what && change.instrument === 0);
    expect(last("true")).toMatchObject({ lots: 66 });
    expect(last("believed")).toMatchObject({ lots: 0 });
  });

  test("it is in the second order, of 5.00 and not of 3.67, that the bot acts on what it believes", () => {
    const second = film.messages.find(({ kind, order }) => kind === "place" && order === 2);
    expect(second).toMatchObject({ size: 500, instrument: 0 });
    expect(((second?.sentAt ?? 0) - START_US) / 1_000_000).toBe(11.02);
  });
});

describe.each(files)("%s", (file) => {
  const script = scriptOf(file);

  test("belief of the bot that is wrong leaves truth where it does, and before the watch says so", () => {
    const { film, played } = asLogged(script);
    const told = played.broken.find(({ id }) => id === "B1");
    expect(told).toBeDefined();
    const left = firstParting(film);
    expect(left).toBeDefined();
    expect((film.steps[left?.from ?? -1]?.at ?? Number.NaN) - START_US).toBeLessThanOrEqual(
      told?.afterUs ?? 0,
    );
    // At the watch's moment the film has the two numbers that it names, after one of its steps.
    const instrument = film.instruments.findIndex(({ symbol }) => symbol === told?.leg);
    const now = { believed: "0.00", true: "0.00" };
    const names: string[] = [];
    for (const { at, changes } of film.steps) {
      for (const change of changes) {
        if (change.instrument !== instrument) continue;
        if (change.what === "believed" || change.what === "true") {
          now[change.what] = ((change.lots ?? 0) / 100).toFixed(2);
        }
      }
      if (at > START_US + (told?.afterUs ?? 0)) break;
      names.push(`the bot believes ${now.believed}, the venue holds ${now.true}`);
    }
    expect(names).toContain(told?.text);
  });

  test("our hedge's belief never leaves truth, and it plays as it does unwatched", () => {
    const { film, played } = byHedge(script);
    expect(film.partings).toEqual([]);
    expect(played).toEqual(playedByHedge(script));
    expect(film.messages.some(({ kind }) => kind === "filled")).toBe(true);
  });
});
