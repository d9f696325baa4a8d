// Whole hedge bots in worlds of their own, each drawn from a seed: lost, repeated, late and reordered messages, refusals
// for every reason, thin books, outages told and untold, positions moved by other hands, crashes, a venue that dies.
// Named by the invariants they hold: B3, B4, B6 of the property list, and "never naked silently". A failure prints its seed.

import { describe, expect, test } from "vitest";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import type { HedgeFaults } from "../support/hedge-world.ts";
import { HedgeWorld } from "../support/hedge-world.ts";

const ORDER = 100;
const CYCLES = 3;
const SECOND = 1_000_000;
/** More for a soak. */
const WORLDS = Number(process.env.HEDGE_WORLDS ?? 8);

const mixes: readonly (readonly [string, Partial<HedgeFaults>])[] = [
  ["nothing goes wrong", {}],
  ["messages are lost, repeated, late", { loseCommand: 3, loseReply: 5, repeat: 5, late: 10 }],
  ["requests are refused for every reason", { refuse: 2, thin: 2 }],
  ["links break, told or untold", { outage: 0.5, late: 5 }],
  ["other hands trade the account", { intervene: 0.3 }],
  [
    "everything goes wrong",
    {
      ...{ loseCommand: 2, loseReply: 3, repeat: 3, late: 5, refuse: 1 },
      ...{ thin: 1, outage: 0.3, intervene: 0.1 },
    },
  ],
  ["the bot crashes again and again", { crash: 1, loseReply: 2, late: 5 }],
];

function configOf(seed: number): Partial<HedgeConfig> {
  return {
    cycles: CYCLES,
    cycleLots: 200,
    opening: seed % 3 === 0 ? "both-limits" : "maker-taker",
    hedgeMode: seed % 5 === 0 ? "market" : "aggressive-limit",
    makerPrice: seed % 7 === 0 ? "touch" : "inside",
  };
}

function worldOf(seed: number, faults: Partial<HedgeFaults>, restoreAlways = false): HedgeWorld {
  const machinery = seed % 2 === 0 || faults.crash !== undefined;
  const world = new HedgeWorld({ seed, machinery, faults, restoreAlways, config: configOf(seed) });
  return world
    .run(80 * SECOND)
    .heal()
    .run(300 * SECOND);
}

const seeds = Array.from({ length: WORLDS }, (_, seed) => seed);

/** What a bot that stopped says it left, and what it says it could not confirm. */
function toldOf(world: HedgeWorld): Readonly<{ lots: readonly [number, number]; text: string }> {
  const text = world.halts[0] ?? "";
  const [, maker, taker] = /left: maker (-?\d+) lots, taker (-?\d+)/.exec(text) ?? [];
  return { lots: [Number(maker), Number(taker)], text };
}

function expectHonest(world: HedgeWorld, seed: number): void {
  expect(world.placedAfterHalt, `orders after the halt, seed ${seed}`).toBe(0);
  const { lots, text } = toldOf(world);
  world.venues.forEach((venue, leg) => {
    const name = leg === 0 ? "maker" : "taker";
    if (text.includes(`${name} not confirmed`)) return;
    expect(venue.lots, `${name} of seed ${seed}: ${text}`).toBe(lots[leg]);
  });
}

describe.each(mixes)("where %s", (_, faults) => {
  test.each(seeds)("a hedge ends flat, or stops and tells the truth about it (seed %i)", (seed) => {
    const world = worldOf(seed, faults);
    if (world.halts.length > 0) {
      expectHonest(world, seed);
    } else {
      expect([world.strategy.phase, world.strategy.cyclesOver]).toEqual(["IDLE", CYCLES]);
      expect(world.venues.map((venue) => venue.lots)).toEqual([0, 0]);
    }
    expect(world.venues.map((venue) => venue.open.size)).toEqual([0, 0]);
    const foreign = faults.intervene === undefined ? 0 : 40;
    expect(world.netMax).toBeLessThanOrEqual(ORDER + foreign);
    for (const venue of world.venues) expect(venue.crowded).toBeLessThanOrEqual(ORDER);
  });
});

describe.each([
  ["the maker's", 0, false],
  ["the maker's", 0, true],
  ["the taker's", 1, false],
  ["the taker's", 1, true],
] as const)("where %s venue dies (%i, told: %s)", (_, venue, told) => {
  test.each(seeds)(
    "no more than one order is exposed, and the bot stops and tells (seed %i)",
    (seed) => {
      const death = { venue, at: (5 + 3 * seed) * SECOND, told };
      const world = worldOf(seed, { death });
      const isOver = world.strategy.cyclesOver >= CYCLES;
      expect(world.halts.length > 0 || isOver || world.strategy.phase === "IDLE").toBe(true);
      if (world.halts.length > 0) expectHonest(world, seed);
      expect(world.netMax).toBeLessThanOrEqual(ORDER);
    },
  );
});

test.each(seeds)(
  "a bot saved and restored before every event does what one that lives on does (seed %i)",
  (seed) => {
    const [, faults] = mixes[seed % mixes.length] as (typeof mixes)[number];
    const lived = worldOf(seed, { ...faults, crash: 0 });
    const restored = worldOf(seed, { ...faults, crash: 0 }, true);
    const commands = (world: HedgeWorld) =>
      world.log.entries.flatMap((entry) => (entry.kind === "command" ? [entry.command] : []));
    expect(commands(restored)).toEqual(commands(lived));
    expect(commands(lived).length).toBeGreaterThan(20);
  },
);
