// `rehearse why <result> <order-id>`: the run again, watched; the recording looked at while requests were on the wire;
// and the replays that say what would have been otherwise.

import type { RowReader } from "../../../sim/exchange/recorded-rows.ts";
import { RecordedRows } from "../../../sim/exchange/recorded-rows.ts";
import type { Recording, Scenario } from "../../../sim/scenario/scenario.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TimeUs } from "../../domain/units.ts";
import type { OrderAnswer, Otherwise } from "../../explain/order-answer.ts";
import { orderAnswer } from "../../explain/order-answer.ts";
import type { OrderStory } from "../../explain/order-story.ts";
import { OrderStories } from "../../explain/order-story.ts";
import type { PrintInFlight } from "../../explain/reason.ts";
import { arrivedAt, endOf } from "../../explain/reason.ts";
import { Words } from "../../explain/words.ts";
import type { RequestSent } from "../../ports/truth.ts";
import { RiskEngine } from "../../risk/risk-engine.ts";
import { CliError } from "../cli-error.ts";
import { askOtherwise } from "./ask-otherwise.ts";
import type { OpenResult } from "./open-result.ts";
import type { AskRoom } from "./rerun-watched.ts";
import { rerunWatched } from "./rerun-watched.ts";

/** `replayAgrees` is false where the replays are not to be trusted, and none is told. */
export type AnsweredOrder = OrderAnswer & Readonly<{ replayAgrees: boolean }>;

/** Ids named when there is no such order. */
const NEAR_IDS = 6;

/** @throws {CliError} when there is no such order, or the run came to another digest */
export async function askOrder(
  opened: OpenResult,
  id: number,
  room: AskRoom,
): Promise<AnsweredOrder> {
  const { plan } = opened;
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const { hedgedPair } = plan.scenario(plan.fillModel).strategy(instruments);
  const stories = new OrderStories(instruments, (each) => each === id, hedgedPair);
  const { result } = await rerunWatched(
    opened,
    {
      observer: stories,
      truth: stories,
      decided: (event, view, commands) => stories.decided(event, view, commands),
    },
    room,
  );
  const [story] = stories.stories.values();
  if (story === undefined) throw new CliError(noSuchOrder(id, stories.ids, room.name));
  const scenario = plan.scenario(plan.fillModel);
  const { stopAsked } = room;
  const { endedAt } = result;
  return answerOrder(story, { scenario, instruments, sent: stories.sent, endedAt, stopAsked });
}

/** What a run that was watched gives an answer from. */
export type WatchedRun = Readonly<{
  scenario: Scenario;
  instruments: readonly Instrument[];
  /** Every request of the run. */
  sent: readonly RequestSent[];
  endedAt: TimeUs;
  stopAsked: () => boolean;
}>;

/** The story of an order, with what the recording and the replays add to it. */
export async function answerOrder(story: OrderStory, run: WatchedRun): Promise<AnsweredOrder> {
  const { scenario, instruments, sent, endedAt, stopAsked } = run;
  const instrument = instruments[story.place.instrument];
  assert(instrument !== undefined, "an order is of an instrument of the run");
  const words = new Words(instrument, instruments);
  const otherwise = await askOtherwise({ scenario, sent, story, words, stopAsked });
  const recording = scenario.instruments[instrument.id]?.recording;
  const evidence = {
    endedAt,
    throughBefore: recording === undefined ? undefined : throughInFlight(story, recording),
    leftStanding: missedFill(story, otherwise ?? []),
  };
  const limits = scenario.risk.instruments?.find((each) => each.instrument === instrument.id);
  const names = new RiskEngine(scenario.risk, instruments).ruleNames;
  const answer = orderAnswer(story, evidence, otherwise ?? [], {
    words,
    rules: { names, ...limits },
  });
  return { ...answer, replayAgrees: otherwise !== undefined };
}

/** "there is no order 99; near it are 97, 98, 101" */
function noSuchOrder(id: number, ids: readonly number[], name: string): string {
  if (ids.length === 0) {
    return `there is no order ${id}: ${name} placed none; see \`rehearse why ${name} no-trade\``;
  }
  const near = [...ids]
    .sort((left, right) => Math.abs(left - id) - Math.abs(right - id))
    .slice(0, NEAR_IDS)
    .sort((left, right) => left - right);
  return `there is no order ${id}; of the ${ids.length} there were, the nearest are ${near.join(", ")}`;
}

/** The last print strictly through the order's price between its sending and its arrival. */
function throughInFlight(
  { place, requests, ...story }: OrderStory,
  recording: Recording,
): PrintInFlight | undefined {
  const { side, price } = place;
  const sentAt = requests[0]?.at;
  const until = arrivedAt({ place, requests, ...story });
  if (price === undefined || sentAt === undefined || until === undefined) return undefined;
  const rows = rowsOf(recording);
  let found: PrintInFlight | undefined;
  const hits = side === "bid" ? 0 : 1;
  const reader: RowReader = {
    print(tick, lots, hit, at) {
      if (hit !== undefined && hit !== hits) return;
      if (side === "bid" ? tick < price : tick > price) found = { at, priceTicks: tick, lots };
    },
    level: () => undefined,
  };
  rows?.between(sentAt, until, reader);
  return found;
}

function rowsOf(recording: Recording): RecordedRows | undefined {
  switch (recording.kind) {
    case "levels":
      return RecordedRows.ofLevels(recording.source);
    case "orders":
      return RecordedRows.ofOrders(recording.source);
    case "bars":
      return undefined;
  }
}

/** The first fill a cancel gave away. */
function missedFill(story: OrderStory, otherwise: readonly Otherwise[]) {
  const end = endOf(story);
  const standing = otherwise.find(({ change }) => change === "left-standing");
  const fill = standing?.fills.find(({ venueAt }) => venueAt > (end?.venueAt ?? 0));
  return fill === undefined ? undefined : { at: fill.venueAt, price: fill.price, lots: fill.size };
}
