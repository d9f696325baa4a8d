// The bots, each in a short world of its own, killed at one act after another: before it, after it, with what was not
// synced kept, lost, torn or damaged. Each time another process comes back from the disk, and no checker has anything to
// say: no order is forgotten or doubled, nothing is applied twice, belief ends as truth.
// REHEARSE_EVERY_ACT=1 kills at every act, which takes minutes; without it a few of each bot's are tried.

import { describe, expect, test } from "vitest";
import type { Fault } from "../../sim/faults/fault.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import type { TrialBot } from "../support/trial-bots.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const SECOND = 1_000_000;
const SECONDS = 240;
/** Acts tried of each bot and way to die. */
const SAMPLE = 5;
const everyAct = process.env.REHEARSE_EVERY_ACT === "1";

/** Where it strikes, what it is, and its parameter. */
const DEATHS: readonly (readonly [site: "process" | "disk", kind: string, parameter: number])[] = [
  ["process", "crash-before", 3 * SECOND],
  ["process", "crash-after", 3 * SECOND],
  ["process", "crash-loop", SECOND],
  ["disk", "tail-lost", SECOND],
  ["disk", "tail-torn", 500],
  ["disk", "tail-flipped", 700],
];

function verdictOf(bot: TrialBot, plan: readonly Fault[]) {
  const trial = trialOf(bot, { seed: 7, plan, seconds: SECONDS });
  return runTrial({ ...trial, healAt: 120 * SECOND, stopAt: 180 * SECOND });
}

/** Acts of the part in which faults strike. */
function actsOf(bot: TrialBot): number {
  return Math.floor(verdictOf(bot, []).acts / 2);
}

describe.each(Object.entries(trialBots))("the %s bot", (_name, bot) => {
  const acts = actsOf(bot);

  test("acts, and lives through a fair world", () => {
    expect(verdictOf(bot, []).violations).toEqual([]);
    expect(acts).toBeGreaterThan(20);
  });

  test.each(DEATHS)("recovers wherever it is struck by %s %s", (site, kind, parameter) => {
    const stride = everyAct ? 1 : Math.max(1, Math.floor(acts / SAMPLE));
    for (let act = 1 + (kind.length % stride); act <= acts; act += stride) {
      const verdict = verdictOf(bot, [{ site, entity: 0, ordinal: act, kind, parameter }]);
      expect({ act, violations: verdict.violations }).toEqual({ act, violations: [] });
      const fired = verdict.faults.length > 0;
      expect(verdict.lives > 1).toBe(fired);
    }
  });
});
