// What a bot becomes that begins again with other settings of its strategy: one for each such fault of a case. Its market
// data was asked for before it began: a setting that asks for other data stays where it was.

import { KeyedRng } from "../../sim/kernel/keyed-rng.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { FuzzBot, OwnSettings } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { Knobs } from "./knobs.ts";
import { drawRestart, ownValues } from "./knobs.ts";

/** Its name in the catalogue. */
const RESTART_CHANGED = "restart-changed";

/** By the choice of the fault. */
export function restartsOf(
  { plan, seed, knobs }: Pick<FuzzCase, "plan" | "seed" | "knobs">,
  own: FuzzBot["own"],
  instruments: readonly Instrument[],
): ReadonlyMap<number, ReturnType<OwnSettings["turned"]>> {
  const restarts = new Map<number, ReturnType<OwnSettings["turned"]>>();
  if (own === undefined) return restarts;
  for (const { kind, parameter } of plan) {
    if (kind !== RESTART_CHANGED || restarts.has(parameter)) continue;
    const drawn = drawRestart(new KeyedRng(seed), parameter, own.knobs);
    restarts.set(parameter, turnedWhereHeard(own, knobs, drawn, instruments));
  }
  return restarts;
}

function turnedWhereHeard(
  own: OwnSettings,
  knobs: Knobs,
  drawn: ReturnType<typeof drawRestart>,
  instruments: readonly Instrument[],
): ReturnType<OwnSettings["turned"]> {
  const earsOf = (turned: Knobs): string =>
    JSON.stringify(own.turned(ownValues(turned)).strategy(instruments).wants);
  const ears = earsOf(knobs);
  let turned = knobs;
  for (const [name, value] of drawn) {
    const more = { ...turned, [name]: value };
    if (earsOf(more) === ears) turned = more;
  }
  return own.turned(ownValues(turned));
}
