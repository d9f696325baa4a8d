// A case is everything one seed comes to: the bot, the knobs, the plan, what of the market is left out. As data it is a
// repro file; run, it is a trial. The seed alone stands for the whole case as long as nothing of it was edited.

import type { PlanMix } from "../../sim/faults/draw-plan.ts";
import { drawPlan } from "../../sim/faults/draw-plan.ts";
import type { Envelope } from "../../sim/faults/envelope.ts";
import type { FaultPlan } from "../../sim/faults/fault.ts";
import type { FaultKind } from "../../sim/faults/fault-kind.ts";
import { KeyedRng, randomSite } from "../../sim/kernel/keyed-rng.ts";
import type { SecondRange } from "../../sim/market/sparse-market.ts";
import type { FuzzBot } from "./fuzz-bot.ts";
import type { Knobs } from "./knobs.ts";
import { drawKnobs } from "./knobs.ts";

export type FuzzCase = Readonly<{
  /** Of the market, the wires' jitter and every other draw of the world. */
  seed: string;
  knobs: Knobs;
  plan: FaultPlan;
  /** Seconds of the market in which nothing happens: none, until a failing case is cut down. */
  quiet: readonly SecondRange[];
  /** The run is broken off here, seconds: what comes after a failure says nothing of it. The whole trial when absent. */
  end?: number | undefined;
  /** A venue whose link goes down for good when all else heals. */
  brokenVenue?: number | undefined;
}>;

export type DrawnCase = FuzzCase & Readonly<{ mix: PlanMix }>;

/** What cases are drawn from, the same for all seeds of a campaign. */
export type CaseSpace = Readonly<{
  kinds: readonly FaultKind[];
  mix?: PlanMix | undefined;
  envelope: Envelope;
  /** Length of the phase of trouble, seconds. */
  seconds: number;
}>;

const SITE_BROKEN = randomSite("world.broken");
/** One seed in eight has a venue that never comes back, where there is another to go on with. */
const BROKEN_ONE_IN = 8;

/** The case of a seed, for a bot. */
export function drawCase(bot: FuzzBot, seed: string, space: CaseSpace): DrawnCase {
  const rng = new KeyedRng(seed);
  const venues = bot.scenario.venues.length;
  const { mix, plan } = drawPlan(rng, {
    kinds: space.kinds,
    mix: space.mix,
    envelope: space.envelope,
    venues,
    instruments: bot.scenario.instruments.length,
    seconds: space.seconds,
    ...bot.occasions,
  });
  const broken = rng.uint32(SITE_BROKEN, 0, 0);
  const isBroken = mix !== "none" && venues > 1 && broken % BROKEN_ONE_IN === 0;
  return {
    seed,
    mix,
    knobs: drawKnobs(rng, bot.own?.knobs),
    plan,
    quiet: [],
    ...(isBroken ? { brokenVenue: (broken >>> 8) % venues } : {}),
  };
}
