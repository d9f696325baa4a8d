// What a seed turns beside faults: how busy the market is, how long wires take, how impatient the bot's machinery is.
// A knob is a name and a whole number; one that is not named stands at its default. They are data, kept in a repro file.
// Source of turning half of them, each by itself: two thirds of FoundationDB's fault sites only turn a knob.

import { logUniform } from "../../sim/kernel/draw-shapes.ts";
import { randomSite } from "../../sim/kernel/keyed-rng.ts";
import type { Rng } from "../ports/rng.ts";

/** Where a draw may fall, both ends included. */
export type KnobRange = Readonly<{ least: number; most: number }>;
type Range = KnobRange & Readonly<{ usual: number }>;

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
  /** Whose manners a venue of nobody's in particular has: the nth profile's, the next venue the one's after it. */
  "venue.manners": { least: 1, most: 7, usual: 1 },
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

/** A setting of the bot's own strategy. */
export type OwnKnobName = `strategy.${string}`;

/** The knobs that do not stand at their default. */
export type Knobs = Readonly<Partial<Record<KnobName | OwnKnobName, number>>>;

const SITE_TURNED = randomSite("knobs.turned");
const SITE_VALUE = randomSite("knobs.value");
const NAMES = Object.keys(KNOBS) as KnobName[];
/** Only what a name hashes to, kept because names are hashed for each seed. */
const ENTITIES = new Map<string, number>();

/** Turns about half of the knobs; `own` are those of the bot's strategy. */
export function drawKnobs(rng: Rng, own: ReadonlyMap<OwnKnobName, KnobRange> = NONE): Knobs {
  const knobs: Partial<Record<KnobName | OwnKnobName, number>> = {};
  const draw = (name: KnobName | OwnKnobName, { least, most }: KnobRange): void => {
    const entity = entityOf(name);
    if ((rng.uint32(SITE_TURNED, entity, 0) & 1) === 0) return;
    knobs[name] = logUniform(rng.uint32(SITE_VALUE, entity, 0), least, most);
  };
  for (const name of NAMES) draw(name, KNOBS[name]);
  for (const [name, range] of own) draw(name, range);
  return knobs;
}

const NONE: ReadonlyMap<OwnKnobName, KnobRange> = new Map();

function entityOf(name: string): number {
  const known = ENTITIES.get(name);
  if (known !== undefined) return known;
  const entity = randomSite(`knob.${name}`);
  ENTITIES.set(name, entity);
  return entity;
}

const SITE_RESTART_TURNED = randomSite("knobs.restart.turned");
const SITE_RESTART_VALUE = randomSite("knobs.restart.value");

/** The strategy's settings that a restart finds turned, in the order of the kit: about half of them, anew for each `choice`. */
export function drawRestart(
  rng: Rng,
  choice: number,
  own: ReadonlyMap<OwnKnobName, KnobRange>,
): readonly (readonly [OwnKnobName, number])[] {
  return [...own]
    .filter(([name]) => (rng.uint32(SITE_RESTART_TURNED, entityOf(name), choice) & 1) === 1)
    .map(([name, { least, most }]) => {
      const word = rng.uint32(SITE_RESTART_VALUE, entityOf(name), choice);
      return [name, logUniform(word, least, most)] as const;
    });
}

/** What is turned of the strategy's own settings, by the names its kit gives them. */
export function ownValues(knobs: Knobs): Readonly<Record<string, number>> {
  const own = Object.entries(knobs).filter(([name]) => name.startsWith(OWN));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(OWN.length), value as number]));
}

const OWN = "strategy.";

export function knobValue(knobs: Knobs, name: KnobName): number {
  return knobs[name] ?? KNOBS[name].usual;
}
