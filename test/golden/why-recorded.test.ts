// Twenty orders on a real recording, filled and not, whose reasons are worked out from its rows by a naive reader.
// Prices and times are chosen from the recording itself, so that every reason that can occur there does.

import { afterAll, describe, expect, test } from "vitest";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { feedRoundsPrices } from "../../sim/exchange/rounding-feed.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Command } from "../../src/domain/command.ts";
import type { InstrumentId, OrderId, PriceTicks, SizeLots } from "../../src/domain/units.ts";
import type { Reason } from "../../src/explain/reason.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import { answers, askedRun } from "../support/asked-run.ts";
import type { HandFacts, HandOrder } from "../support/hand-checked-orders.ts";
import { momentsOf, playedOut, touchesAt } from "../support/hand-checked-orders.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { constantLatency, testHasher } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";

const REQUEST_US = 200_000;
const ANSWER_US = 20_000;
/** 0.001 BTC, and a size that a rule or the venue refuses. */
const LOTS = 100;
const LOTS_MAX = 5_000;
const STAY_US = 5_000_000;

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

/** An order sent at a time, standing `stayUs` from its arrival. */
function order(
  id: number,
  sentAt: number,
  made: Partial<HandOrder> & Pick<HandOrder, "side" | "tick">,
  stayUs = STAY_US,
): HandOrder {
  const arrivesAt = sentAt + REQUEST_US;
  const plain = { lots: LOTS, timeInForce: "POST_ONLY" as const };
  return { ...plain, id, sentAt, arrivesAt, cancelAt: arrivesAt + stayUs, ...made };
}

function commandsOf(orders: readonly HandOrder[]): (readonly [number, readonly Command[]])[] {
  return orders.flatMap(({ id, side, tick, lots, timeInForce, sentAt, cancelAt }) => {
    const about = { instrument: 0 as InstrumentId, orderId: id as OrderId };
    const [price, size] = [tick as PriceTicks, lots as SizeLots];
    const place = { kind: "PlaceOrder", ...about, side, price, size, timeInForce } as const;
    const sent = [sentAt, [{ ...place, reduceOnly: false }]] as const;
    if (cancelAt === Number.POSITIVE_INFINITY) return [sent];
    return [sent, [cancelAt - REQUEST_US, [{ kind: "CancelOrder", ...about }]] as const];
  });
}

/** What an order's facts come to, in the words of `why`; `standing` are its facts had nobody cancelled it. */
function workedOut(hand: HandOrder, facts: HandFacts, standing: HandFacts, endsAt: number): Reason {
  if (hand.lots > LOTS_MAX) {
    const reason = `the order is ${hand.lots} lots, limit is ${LOTS_MAX}`;
    return { kind: "refused-by-rule", rule: "max-order-size", reason };
  }
  if (hand.arrivesAt > endsAt) {
    return { kind: "never-arrived", arrivesAt: hand.arrivesAt as never, endedAt: endsAt as never };
  }
  const { other, refused, fills } = facts;
  if (refused === "post-only-would-cross") return { kind: refused, price: hand.tick, other };
  if (refused !== undefined) return { kind: "found-nothing", reason: refused, other };
  const filled = fills.reduce((sum, { lots }) => sum + lots, 0);
  if (filled === hand.lots) return { kind: "filled", lots: filled };
  if (filled > 0) {
    const rest = stood(hand, facts, standing);
    return { kind: "filled-in-part", lots: filled, size: hand.lots, rest };
  }
  if (hand.cancelAt > endsAt) return { kind: "open-at-end", so: stood(hand, facts, standing) };
  return stood(hand, facts, standing);
}

function stood(hand: HandOrder, facts: HandFacts, standing: HandFacts): Reason {
  const missed = standing.fills.find(({ at }) => at > hand.cancelAt);
  if (missed !== undefined) {
    const { at, lots, price } = missed;
    const byUs = at - hand.cancelAt;
    if (byUs <= ANSWER_US) {
      const when = "after-it-was-cancelled";
      return { kind: "traded-through-in-flight", when, byUs, priceTicks: price, lots };
    }
    if (byUs <= 1_000_000) return { kind: "cancelled-early", byUs, lots, at: at as never };
  }
  const { aheadAtRest, aheadAtEnd, printedLots, throughLots, prints, cancelledAhead } = facts;
  if (prints > 0 || facts.closest <= 0) {
    const ahead = { aheadAtRest, aheadAtEnd, cancelledAhead };
    return { kind: "touched-behind-queue", ...ahead, printedLots, throughLots, prints };
  }
  const through = facts.throughBefore;
  if (through !== undefined) {
    const byUs = hand.arrivesAt - through.at;
    const print = { priceTicks: through.tick, lots: through.lots };
    return { kind: "traded-through-in-flight", when: "before-it-arrived", byUs, ...print };
  }
  return { kind: "never-touched", closest: { ticks: facts.closest, at: facts.closestAt as never } };
}

/** The same orders, each taken away a while after its cancel: what they would have got. */
function leftStanding(hands: readonly HandOrder[]): readonly HandOrder[] {
  return hands.map((hand) => ({ ...hand, cancelAt: hand.cancelAt + 1_100_000 }));
}

/** Orders chosen in hindsight: cancelled just before a fill, and put where the market had just been. */
function inHindsight(
  moments: ReturnType<typeof momentsOf>,
  times: readonly number[],
): readonly HandOrder[] {
  const touches = touchesAt(moments, times);
  const joins = times.map((at, index) =>
    order(index, at, { side: "bid", tick: touches[index]?.bid ?? 0 }, 20_000_000),
  );
  const facts = playedOut(moments, joins);
  const filled = joins.flatMap((join) => {
    const at = facts.get(join.id)?.fills[0]?.at ?? 0;
    return at > join.arrivesAt + 1_000_000 ? [{ join, at }] : [];
  });
  const [first, second] = filled;
  if (first === undefined || second === undefined) throw new Error("expected two joins to fill");
  return [
    { ...first.join, cancelAt: first.at - 400_000 },
    { ...second.join, cancelAt: second.at - 10_000 },
  ];
}

/** A bid just above where a seller sold while it was on its way, and that nobody came back to. */
function missedInFlight(
  moments: ReturnType<typeof momentsOf>,
  from: number,
  to: number,
): HandOrder {
  const sales = moments.flatMap(({ at, messages }) => {
    const sale = messages.flat().find((row) => row.row === "print" && row.aggressor === "ask");
    return sale?.row === "print" && at > from && at < to ? [{ at, tick: sale.tick }] : [];
  });
  const apart: typeof sales = [];
  for (const sale of sales) if (sale.at - (apart.at(-1)?.at ?? 0) > 1_500_000) apart.push(sale);
  const tries = apart.map(({ at, tick }, index) =>
    order(index, at - REQUEST_US / 2, { side: "bid", tick: tick + 1 }, 225_000),
  );
  const facts = playedOut(moments, tries);
  const standing = playedOut(moments, leftStanding(tries));
  const found = tries.find((hand) => {
    const [fact, stands] = [facts.get(hand.id), standing.get(hand.id)];
    if (fact?.rested !== true || stands === undefined || fact.fills.length > 0) return false;
    const reason = stood(hand, fact, stands);
    return reason.kind === "traded-through-in-flight" && reason.when === "before-it-arrived";
  });
  if (found === undefined) throw new Error("expected a bid that was missed in flight");
  return found;
}

function chosen(tape: TapeSource): { hands: readonly HandOrder[]; endsAt: number } {
  const moments = momentsOf(tape);
  const { firstVenueAt, lastVenueAt, lastReceivedAt } = tape.header;
  const endsAt = Math.max(lastVenueAt, lastReceivedAt);
  // Sixty places, half a minute or so apart; the last few minutes are for the orders at the end.
  const gap = Math.floor((lastVenueAt - firstVenueAt) / 62);
  const times = Array.from({ length: 60 }, (_, index) => firstVenueAt + (index + 1) * gap);
  const touches = touchesAt(moments, times);
  const at = (index: number) => times[index] as number;
  const bid = (index: number) => touches[index]?.bid ?? 0;
  const ask = (index: number) => touches[index]?.ask ?? 0;
  const joins = [0, 1, 2, 3].flatMap((index) => [
    order(0, at(2 * index), { side: "bid", tick: bid(2 * index) }),
    order(0, at(2 * index + 1), { side: "ask", tick: ask(2 * index + 1) }),
  ]);
  const last = lastVenueAt - 3_000_000;
  const [endBid] = touchesAt(moments, [last]).map((touch) => touch.bid);
  const never = Number.POSITIVE_INFINITY;
  const places = [
    ...joins,
    order(0, at(8), { side: "bid", tick: bid(8) - 15 }),
    order(0, at(9), { side: "ask", tick: ask(9) + 15 }),
    order(0, at(10), { side: "bid", tick: bid(10) - 1 }),
    order(0, at(11), { side: "bid", tick: bid(11) - 3, timeInForce: "IOC" }, never),
    order(0, at(12), { side: "bid", tick: ask(12) + 5 }, never),
    order(0, at(13), { side: "bid", tick: ask(13) + 20, timeInForce: "GTC" }, never),
    order(0, at(14), { side: "bid", tick: bid(14), lots: LOTS_MAX + 1 }, never),
    ...inHindsight(moments, times.slice(16, 30)),
    missedInFlight(moments, at(31), at(58)),
    order(0, last, { side: "bid", tick: (endBid ?? 0) - 15 }, never),
    order(0, endsAt - REQUEST_US / 2, { side: "bid", tick: endBid ?? 0 }, never),
  ].sort((left, right) => left.sentAt - right.sentAt);
  return { hands: places.map((hand, index) => ({ ...hand, id: index + 1 })), endsAt };
}

describe.skipIf(recordings === undefined)(`why, on a recording${needsRecordings}`, () => {
  test("gives twenty orders the reasons and the numbers their rows show", {
    timeout: 120_000,
  }, async () => {
    const { spec, recording } = await tapes.open("hyperliquid-btc");
    if (recording.kind !== "levels") throw new Error("expected levels");
    const { hands, endsAt } = chosen(recording.source);
    expect(hands).toHaveLength(20);
    expect(feedRoundsPrices(recording.source)).toBe(false);
    const scenario: Scenario = {
      seed: "why",
      venues: [
        {
          name: "venue",
          profile: generic,
          latency: constantLatency(REQUEST_US, ANSWER_US),
          startingCash: "1000000",
        },
      ],
      instruments: [{ spec, venue: "venue", recording }],
      fillModel: { kind: "risk-averse" },
      strategy: () => new ScriptedStrategy({ at: commandsOf(hands) }),
      risk: { instruments: [{ instrument: 0, orderLotsMax: LOTS_MAX }] },
      facts: {},
    };
    const asked = askedRun(scenario);
    const alone = new ScenarioRun(scenario, { hasher: testHasher }).finish();
    expect(asked.digest).toBe(alone.digest);

    const moments = momentsOf(recording.source);
    const sent = hands.filter(({ lots }) => lots <= LOTS_MAX);
    const facts = playedOut(moments, sent);
    const standing = playedOut(moments, leftStanding(sent));
    const told = await answers(asked);
    const worked = hands.map((hand) => ({
      id: hand.id,
      reason: workedOut(
        hand,
        facts.get(hand.id) as HandFacts,
        standing.get(hand.id) as HandFacts,
        endsAt,
      ),
    }));
    expect(told.map(({ orderId, reason }) => ({ id: orderId, reason }))).toEqual(worked);
    expect(told.every(({ replayAgrees }) => replayAgrees)).toBe(true);
    const whens = told.flatMap(({ reason }) => ("when" in reason ? [reason.when] : []));
    expect(whens.sort()).toEqual(["after-it-was-cancelled", "before-it-arrived"]);
    expect([...new Set(told.map(({ reason }) => reason.kind))].sort()).toEqual([
      "cancelled-early",
      "filled",
      "found-nothing",
      "never-arrived",
      "never-touched",
      "open-at-end",
      "post-only-would-cross",
      "refused-by-rule",
      "touched-behind-queue",
      "traded-through-in-flight",
    ]);
  });
});
