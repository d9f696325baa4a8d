// What a seed turns beside faults: how busy the market is, how long wires take, how impatient the bot's machinery is.
// A knob is a name and a whole number; one that is not named stands at its default. They are data, kept in a repro file.
// Source of turning half of them, each by itself: two thirds of FoundationDB's fault sites only turn a knob.

import { logUniform } from "../../sim/kernel/draw-shapes.ts";
import { randomSite } from "../../sim/kernel/keyed-rng.ts";
import type { Rng } from "../ports/rng.ts";

type Range = Readonly<{ least: number; most: number; usual: number }>;

/** Each with the range a draw is log-uniform in, and where it stands when it is not turned. */
export const KNOBS = {
  /** Mean time between two events of a venue's book, µs. */
  "market.eventGapUs": { least: 250_000, most: 4_000_000, usual: 1_000_000 },
  /** Root mean square of a second's move, in hundredths of a basis point; 41 was measured. */
  "market.moveBpsE2": { least: 10, most: 400, usual: 41 },
  /** Quote currency at a level of the touch, the median; 600,000 was measured, less fills us sooner. */
  "market.levelValue": { least: 1_000, most: 600_000, usual: 20_000 },
  /** Quote currency of a taker's order, the median; 500 was measured. */
  "market.tradeValue": { least: 100, most: 20_000, usual: 2_000 },
  "feed.delayUs": { least: 1_000, most: 400_000, usual: 20_000 },
  /** The shortest way of a request; others take up to three times as long. */
  "wire.requestUs": { least: 1_000, most: 300_000, usual: 25_000 },
  "wire.answerUs": { least: 1_000, most: 300_000, usual: 10_000 },
  "bot.watchEveryUs": { least: 250_000, most: 4_000_000, usual: 1_000_000 },
  "bot.requestTimeoutUs": { least: 3_000_000, most: 30_000_000, usual: 10_000_000 },
  "bot.pollEveryUs": { least: 1_000_000, most: 15_000_000, usual: 5_000_000 },
  "bot.pollTimeoutUs": { least: 2_000_000, most: 6_000_000, usual: 3_000_000 },
  "bot.graceUs": { least: 2_000_000, most: 8_000_000, usual: 2_000_000 },
  "bot.attemptsMax": { least: 1, most: 8, usual: 3 },
  "bot.firstWaitUs": { least: 250_000, most: 4_000_000, usual: 1_000_000 },
} as const satisfies Readonly<Record<string, Range>>;

export type KnobName = keyof typeof KNOBS;

/** The knobs that do not stand at their default. */
export type Knobs = Readonly<Partial<Record<KnobName, number>>>;

const SITE_TURNED = randomSite("knobs.turned");
const SITE_VALUE = randomSite("knobs.value");
const NAMES = Object.keys(KNOBS) as KnobName[];
const ENTITIES = new Map(NAMES.map((name) => [name, randomSite(`knob.${name}`)]));

/** Turns about half of the knobs. */
export function drawKnobs(rng: Rng): Knobs {
  const knobs: Partial<Record<KnobName, number>> = {};
  for (const name of NAMES) {
    const entity = ENTITIES.get(name) as number;
    if ((rng.uint32(SITE_TURNED, entity, 0) & 1) === 0) continue;
    const { least, most } = KNOBS[name];
    knobs[name] = logUniform(rng.uint32(SITE_VALUE, entity, 0), least, most);
  }
  return knobs;
}

export function knobValue(knobs: Knobs, name: KnobName): number {
  return knobs[name] ?? KNOBS[name].usual;
}
