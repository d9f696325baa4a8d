// A run with somebody who asks about every order of it, as `rehearse why` does of a result.

import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { AnsweredOrder, WatchedRun } from "../../src/cli/run/ask-order.ts";
import { answerOrder } from "../../src/cli/run/ask-order.ts";
import type { OrderStory } from "../../src/explain/order-story.ts";
import { OrderStories } from "../../src/explain/order-story.ts";
import { witnessed } from "../../src/explain/witness.ts";
import { testHasher } from "./run-rig.ts";

export type AskedRun = Readonly<{
  digest: string;
  stories: readonly OrderStory[];
  run: WatchedRun;
}>;

export function askedRun(scenario: Scenario): AskedRun {
  const { instruments } = new ScenarioRun(scenario, { hasher: testHasher });
  const stories = new OrderStories(instruments, () => true);
  const watched: Scenario = {
    ...scenario,
    strategy: (each) =>
      witnessed(scenario.strategy(each), (...seen) => {
        stories.decided(...seen);
      }),
  };
  const parts = { hasher: testHasher, observer: stories, truth: stories };
  const { digest, endedAt } = new ScenarioRun(watched, parts).finish();
  const { sent } = stories;
  return {
    digest,
    stories: [...stories.stories.values()],
    run: { scenario, instruments, sent, endedAt, stopAsked: () => false },
  };
}

/** The answers about every order, in the order they were placed. */
export async function answers({ stories, run }: AskedRun): Promise<readonly AnsweredOrder[]> {
  const told: AnsweredOrder[] = [];
  for (const story of stories) told.push(await answerOrder(story, run));
  return told;
}
