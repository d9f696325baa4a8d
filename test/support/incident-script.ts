// Plays a kept incident against the two bots of the corpus: the one that is planted wrong, and our hedge.

import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import { housePlayer } from "../../src/cli/incident/house-player.ts";
import { planTimeBot } from "../../src/cli/incident/plan-time-bot.ts";
import { ownInstruments } from "../../src/cli/incident/script-legs.ts";
import type { Played } from "../../src/cli/incident/script-play.ts";
import { playScript } from "../../src/cli/incident/script-run.ts";
import { decimalToSteps } from "../../src/domain/decimal.ts";
import type { Script } from "../../src/incident/script.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import { hedgeConfig } from "./hedge-config.ts";

const LEGS = 2;

function orderLots({ orderSize, legs }: Script): number {
  return decimalToSteps(orderSize, legs[0]?.lotSize ?? "1");
}

export function playedByPlanTimeBot(script: Script): Played {
  return playScript(script, ownInstruments(script, LEGS), planTimeBot(orderLots(script)));
}

export function playedByHedge(script: Script): Played {
  const lots = orderLots(script);
  const reconciliation = { ...MACHINERY_DEFAULTS.reconciliation, drift: "adopt" as const };
  const bot = {
    strategy: (instruments: Parameters<typeof createHedge>[1]) =>
      createHedge(
        hedgeConfig({ orderLots: lots, cycleLots: lots, positionMaxLots: 2 * lots }),
        instruments,
      ),
    risk: {},
    machinery: { ...MACHINERY_DEFAULTS, reconciliation },
  };
  return playScript(script, ownInstruments(script, LEGS), housePlayer(bot));
}
