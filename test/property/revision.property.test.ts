// While a strategy's revision stands, nobody asks what it would save: a rise it forgets is a mind lost in a crash. So in
// worlds full of faults, after every decision of every bot, what it saves is held against what it saved at that revision.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkers } from "../../sim/checkers/checkers.ts";
import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import { ENVELOPE_DEFAULTS } from "../../sim/faults/envelope.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { CaseRunner } from "../../src/campaign/case-runner.ts";
import type { FuzzBot } from "../../src/campaign/fuzz-bot.ts";
import { phasesOf } from "../../src/campaign/fuzz-bot.ts";
import { jobRunner } from "../../src/cli/fuzz/job-runner.ts";
import { nodeHasher } from "../../src/cli/node-hasher.ts";
import { packageFile } from "../../src/cli/package-root.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Strategy } from "../../src/ports/strategy.ts";

/** Ten minutes each, with everything that can go wrong; bars of macd close every minute. */
const SEEDS = 12;
const SECONDS = 600;

const CONFIGS = [
  "fuzz/grid",
  "fuzz/hedge",
  "fuzz/macd",
  "fuzz/market-maker",
  "grid-coins-sample",
] as const;

type Seen = { decided: number; stood: number; forgotten: Set<string> };

/** The same strategy; what it saves is looked at after each decision. */
function watched(inner: Strategy, seen: Seen): Strategy {
  let revision: number | undefined;
  let mind = "";
  const look = (kind: string): void => {
    const text = JSON.stringify(inner.save());
    if (inner.revision === revision && revision !== undefined) {
      seen.stood += 1;
      if (text !== mind) seen.forgotten.add(kind);
    }
    revision = inner.revision;
    mind = text;
  };
  look("birth");
  return {
    name: inner.name,
    wants: inner.wants,
    ...(inner.hedgedPair === undefined ? {} : { hedgedPair: inner.hedgedPair }),
    get revision() {
      return inner.revision;
    },
    decide(event, view) {
      const commands = inner.decide(event, view);
      seen.decided += 1;
      look(event.kind);
      return commands;
    },
    save: () => inner.save(),
    restore(saved) {
      inner.restore(saved);
      look("restore");
    },
    takeNotes: () => inner.takeNotes?.(),
  };
}

/** The same strategy; its revision does not tell of what it makes of events of a kind. */
function forgetful(inner: Strategy, kind: Event["kind"]): Strategy {
  let revision = 0;
  return {
    name: inner.name,
    wants: inner.wants,
    ...(inner.hedgedPair === undefined ? {} : { hedgedPair: inner.hedgedPair }),
    get revision() {
      return revision;
    },
    decide(event, view) {
      if (event.kind !== kind) revision += 1;
      return inner.decide(event, view);
    },
    save: () => inner.save(),
    restore(saved) {
      revision += 1;
      inner.restore(saved);
    },
    takeNotes: () => inner.takeNotes?.(),
  };
}

/** The bot's worlds, its strategies made by `around`. */
async function worldsOf(
  config: string,
  around: (make: Scenario["strategy"]) => Scenario["strategy"],
): Promise<Readonly<{ runner: CaseRunner; close(): void }>> {
  const file = packageFile(`examples/${config}.json`);
  const text = readFileSync(file, "utf8");
  const phases = phasesOf(SECONDS);
  const { bot, close } = await jobRunner({ name: config, text, file, market: "sparse", phases });
  const { own } = bot;
  const made: FuzzBot = {
    ...bot,
    scenario: { ...bot.scenario, strategy: around(bot.scenario.strategy) },
    own: own && {
      knobs: own.knobs,
      turned(values) {
        const turned = own.turned(values);
        return { ...turned, strategy: around(turned.strategy) };
      },
    },
  };
  const space = { kinds: FAULT_CATALOGUE, mix: undefined, envelope: ENVELOPE_DEFAULTS };
  const parts = { bot: made, space: { ...space, seconds: phases.heal }, checkers };
  return { runner: new CaseRunner({ ...parts, hasher: nodeHasher }), close };
}

async function seenIn(config: string, plant = (sound: Strategy) => sound): Promise<Seen> {
  const seen: Seen = { decided: 0, stood: 0, forgotten: new Set() };
  const { runner, close } = await worldsOf(
    config,
    (make) => (instruments) => watched(plant(make(instruments)), seen),
  );
  for (let seed = 1; seed <= SEEDS; seed += 1) runner.seed(String(seed));
  close();
  return seen;
}

describe.each(CONFIGS)("%s", (config) => {
  test("saves the same while its revision stands, and it does stand", async () => {
    const { decided, stood, forgotten } = await seenIn(config);
    expect([...forgotten]).toEqual([]);
    expect(decided).toBeGreaterThan(1_000);
    expect(stood).toBeGreaterThan(0);
  }, 120_000);
});

describe("a revision that forgets", () => {
  test.each([
    ["fuzz/grid", "OrderFilled"],
    ["fuzz/grid", "BookChanged"],
    ["fuzz/hedge", "OrderClosed"],
    ["fuzz/macd", "BarClosed"],
  ] as const)(
    "of %s, its %s, is found out",
    async (config, kind) => {
      const { forgotten } = await seenIn(config, (sound) => forgetful(sound, kind));
      expect([...forgotten]).toEqual([kind]);
    },
    120_000,
  );
});
