// What an order would have come to had it alone been different: the run's requests replayed with that change.
// First without any change: where that does not give the fills there were, nothing else it says would hold.

import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { OrderChange, ReplayedOrder } from "../../../sim/scenario/request-replay.ts";
import { RequestReplay } from "../../../sim/scenario/request-replay.ts";
import type { Scenario } from "../../../sim/scenario/scenario.ts";
import type { OrderFilled } from "../../domain/event.ts";
import type { Otherwise } from "../../explain/order-answer.ts";
import { fillsOf } from "../../explain/order-answer.ts";
import type { OrderStory } from "../../explain/order-story.ts";
import { endOf } from "../../explain/reason.ts";
import type { Words } from "../../explain/words.ts";
import { lengthText } from "../../explain/words.ts";
import type { RequestSent } from "../../ports/truth.ts";
import { Interrupted } from "../interruptible.ts";
import { nodeHasher } from "../node-hasher.ts";

/** Sooner by what a machine beside the venue would save. */
const SOONER_US = 20_000;
/** Rows between two looks for Ctrl-C. */
const STEP_ROWS = 1_000_000;

export type OtherwiseParts = Readonly<{
  scenario: Scenario;
  sent: readonly RequestSent[];
  story: OrderStory;
  words: Words;
  stopAsked: () => boolean;
}>;

/** Undefined when the replay without a change is not what happened. */
export async function askOtherwise(
  parts: OtherwiseParts,
): Promise<readonly Otherwise[] | undefined> {
  const { story, words } = parts;
  const { place, orderId } = story;
  if (!story.requests.some(({ arrivesAt }) => arrivesAt !== undefined)) return [];
  const asItWas = await replayed(parts, { orderId });
  if (!agrees(fillsOf(story), asItWas.fills)) return undefined;
  const answers: Otherwise[] = [];
  const ask = async (
    change: Otherwise["change"],
    what: string,
    made: Omit<OrderChange, "orderId">,
  ) => {
    const { fills, end } = await replayed(parts, { orderId, ...made });
    answers.push({ change, what, fills, end });
  };
  if (place.price !== undefined) {
    const better = words.price(place.price + (place.side === "bid" ? 1 : -1));
    const isAmended = story.requests.some(({ command }) => command.kind === "AmendOrder");
    const what = `one tick better (${better}${isAmended ? ", and each amend a tick" : ""})`;
    await ask("one-tick-better", what, { tickBetter: true });
  }
  await ask("sooner", `${lengthText(SOONER_US)} sooner`, { soonerUs: SOONER_US });
  const end = endOf(story);
  const wasCancelled =
    end?.kind === "OrderClosed" &&
    (end.reason === "cancelled" || end.reason === "scheduled-cancel");
  if (wasCancelled) await ask("left-standing", "left standing", { leftStanding: true });
  return answers;
}

async function replayed(
  { scenario, sent, stopAsked }: OtherwiseParts,
  change: OrderChange,
): Promise<ReplayedOrder> {
  const replay = withAmbientTrap(() => new RequestReplay(scenario, nodeHasher, sent, change));
  for (let over = false; !over; ) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (stopAsked()) throw new Interrupted();
    over = withAmbientTrap(() => replay.advance(STEP_ROWS));
  }
  return replay.outcome;
}

/** What the bot was told happened, in that order; the last of it may not have reached the bot before the run ended. */
function agrees(told: readonly OrderFilled[], replayed: readonly OrderFilled[]): boolean {
  return told.every((fill, index) => {
    const again = replayed[index];
    return (
      again?.venueAt === fill.venueAt && again.size === fill.size && again.price === fill.price
    );
  });
}
