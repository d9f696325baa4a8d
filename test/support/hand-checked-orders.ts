// What became of single orders on a recording, worked out the slow way: every row looked at, a naive market for the
// queue, and the reason written down from the facts. It shares no code with what it is held against.

import {
  META_ASK,
  META_LOCAL_ONLY,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { Side } from "../../src/domain/units.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { NaiveRow } from "./naive-levels-market.ts";
import { NaiveLevelsMarket } from "./naive-levels-market.ts";
import { rowsOf } from "./tape-rows.ts";

export type HandOrder = Readonly<{
  id: number;
  side: Side;
  tick: number;
  lots: number;
  timeInForce: "GTC" | "IOC" | "POST_ONLY";
  sentAt: number;
  arrivesAt: number;
  /** When its cancel arrives; Infinity: never. */
  cancelAt: number;
}>;

/** Messages of one microsecond, as the venue saw them. */
type Moment = Readonly<{ at: number; messages: readonly (readonly NaiveRow[])[] }>;

export type HandFacts = {
  /** The other side's best when it arrived. */
  other: number | undefined;
  rested: boolean;
  aheadAtRest: number;
  aheadAtEnd: number;
  printedLots: number;
  throughLots: number;
  prints: number;
  cancelledAhead: number;
  closest: number;
  closestAt: number;
  fills: { at: number; lots: number; price: number }[];
  refused: string | undefined;
  /** The last print strictly through it while it travelled. */
  throughBefore: { at: number; tick: number; lots: number } | undefined;
};

export function momentsOf(tape: TapeSource): readonly Moment[] {
  const moments: { at: number; messages: NaiveRow[][] }[] = [];
  let rows: NaiveRow[] = [];
  for (const row of rowsOf(tape)) {
    if ((row.meta & META_LOCAL_ONLY) !== 0) continue;
    const side: Side = (row.meta & META_ASK) === 0 ? "bid" : "ask";
    const { price: tick, size: lots } = row;
    if (row.kind === ROW_DEPTH) {
      rows.push({ row: "depth", side, tick, lots, snapshot: (row.meta & META_SNAPSHOT) !== 0 });
    } else if (row.kind === ROW_CLEAR) rows.push({ row: "clear" });
    else if (row.kind === ROW_TRADE) rows.push({ row: "print", aggressor: side, tick, lots });
    else if (row.kind === ROW_TRADE_UNKNOWN) {
      rows.push({ row: "print", aggressor: undefined, tick, lots });
    }
    if (!row.last) continue;
    const last = moments.at(-1);
    if (last?.at === row.venueAt) last.messages.push(rows);
    else moments.push({ at: row.venueAt, messages: [rows] });
    rows = [];
  }
  return moments;
}

/** The touch at each of some ascending times. */
export function touchesAt(
  moments: readonly Moment[],
  times: readonly number[],
): readonly { bid: number; ask: number }[] {
  const market = new NaiveLevelsMarket({ kind: "risk-averse" });
  const found: { bid: number; ask: number }[] = [];
  let next = 0;
  const take = () => found.push({ bid: market.best("bid") ?? 0, ask: market.best("ask") ?? 0 });
  for (const { at, messages } of moments) {
    for (; next < times.length && (times[next] as number) < at; next += 1) take();
    for (const message of messages) market.message(message, at);
  }
  for (; next < times.length; next += 1) take();
  return found;
}

/** Plays orders whose lives do not overlap, by the queue model without cancels ahead. */
export function playedOut(
  moments: readonly Moment[],
  orders: readonly HandOrder[],
): ReadonlyMap<number, HandFacts> {
  const market = new NaiveLevelsMarket({ kind: "risk-averse" });
  const facts = new Map(orders.map(({ id }) => [id, noFacts()]));
  const acts = orders
    .flatMap((order) => [
      { at: order.arrivesAt, order, act: "arrive" as const },
      { at: order.cancelAt, order, act: "cancel" as const },
    ])
    .sort((left, right) => left.at - right.at);
  let next = 0;
  const actUntil = (at: number) => {
    for (; next < acts.length && (acts[next]?.at as number) < at; next += 1) {
      const { order, act } = acts[next] as (typeof acts)[number];
      const fact = facts.get(order.id) as HandFacts;
      if (act === "arrive") arrive(market, order, fact);
      else market.cancel(order.id);
    }
  };
  for (const moment of moments) {
    actUntil(moment.at);
    for (const order of orders) travel(order, moment, facts.get(order.id) as HandFacts);
    const resting = orders.filter(({ id }) => market.ahead(id) !== undefined);
    const before = new Map(resting.map(({ id }) => [id, market.ahead(id) as number]));
    const reported = market.reports.length;
    for (const message of moment.messages) market.message(message, moment.at);
    for (const order of resting) {
      const fact = facts.get(order.id) as HandFacts;
      lookAt(market, order, moment, fact, before.get(order.id) as number);
    }
    takeFills(market, facts, reported, moment.at);
  }
  actUntil(Number.POSITIVE_INFINITY);
  return facts;
}

function arrive(market: NaiveLevelsMarket, order: HandOrder, fact: HandFacts): void {
  const { id, side, tick, lots, timeInForce, arrivesAt } = order;
  fact.other = market.best(side === "bid" ? "ask" : "bid");
  const reported = market.reports.length;
  market.place({ id, side, tick, lots, timeInForce }, arrivesAt);
  takeFills(market, new Map([[id, fact]]), reported, arrivesAt);
  fact.refused = market.reports
    .slice(reported)
    .find((line) => line.startsWith("refuse"))
    ?.split(" ")[2];
  const ahead = market.ahead(id);
  if (ahead === undefined) return;
  fact.rested = true;
  fact.aheadAtRest = ahead;
  fact.aheadAtEnd = ahead;
  come(order, fact, fact.other, arrivesAt);
}

/** A seller's print below a bid, or a buyer's above an ask, while the order was on its way. */
function travel(order: HandOrder, { at, messages }: Moment, fact: HandFacts): void {
  if (at < order.sentAt || at > order.arrivesAt) return;
  for (const print of printsAgainst(order, messages)) {
    if (distance(order, print.tick) < 0) fact.throughBefore = { at, ...print };
  }
}

function lookAt(
  market: NaiveLevelsMarket,
  order: HandOrder,
  { at, messages }: Moment,
  fact: HandFacts,
  before: number,
): void {
  let printed = 0;
  for (const { tick, lots } of printsAgainst(order, messages)) {
    const ticks = distance(order, tick);
    come(order, fact, tick, at);
    if (ticks > 0) continue;
    fact.prints += 1;
    if (ticks < 0) fact.throughLots += lots;
    else {
      fact.printedLots += lots;
      printed += lots;
    }
  }
  const ahead = market.ahead(order.id);
  if (ahead === undefined) return;
  fact.cancelledAhead += Math.max(0, Math.max(0, before - ahead) - printed);
  fact.aheadAtEnd = ahead;
  come(order, fact, market.best(order.side === "bid" ? "ask" : "bid"), at);
}

function printsAgainst(order: HandOrder, messages: Moment["messages"]) {
  const aggressor = order.side === "bid" ? "ask" : "bid";
  return messages
    .flat()
    .flatMap((row) =>
      row.row === "print" && row.aggressor === aggressor
        ? [{ tick: row.tick, lots: row.lots }]
        : [],
    );
}

function come(order: HandOrder, fact: HandFacts, tick: number | undefined, at: number): void {
  if (tick === undefined || distance(order, tick) >= fact.closest) return;
  fact.closest = distance(order, tick);
  fact.closestAt = at;
}

function distance({ side, tick }: HandOrder, other: number): number {
  return side === "bid" ? other - tick : tick - other;
}

/** "fill 3 5@100 maker t17" */
function takeFills(
  market: NaiveLevelsMarket,
  facts: ReadonlyMap<number, HandFacts>,
  from: number,
  at: number,
): void {
  for (const line of market.reports.slice(from)) {
    const [, id, lots, price] = /^fill (\d+) (\d+)@(\d+)/.exec(line) ?? [];
    facts.get(Number(id))?.fills.push({ at, lots: Number(lots), price: Number(price) });
  }
}

function noFacts(): HandFacts {
  return {
    other: undefined,
    rested: false,
    aheadAtRest: 0,
    aheadAtEnd: 0,
    printedLots: 0,
    throughLots: 0,
    prints: 0,
    cancelledAhead: 0,
    closest: Number.POSITIVE_INFINITY,
    closestAt: 0,
    fills: [],
    refused: undefined,
    throughBefore: undefined,
  };
}
