// Why nothing was traded in a span: how often the bot was woken, what it decided, which rules and venues said no, how
// near its orders stood to being filled, and when it could not have traded: links down, books stale, levels degraded.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderId, TimeUs } from "../domain/units.ts";
import type { JournalObserver, JournalSeq } from "../ports/journal.ts";
import type { TruthFact, TruthObserver } from "../ports/truth.ts";
import type { View } from "../ports/view.ts";
import { timeText } from "../report/time-text.ts";
import { OrderStories } from "./order-story.ts";
import type { Reason } from "./reason.ts";
import { endOf, filledLots, reasonOf } from "./reason.ts";
import { reasonText } from "./reason-text.ts";
import { clockText, countText, Words } from "./words.ts";

/** Changes of links and levels that are told; a flapping link has thousands. */
const CHANGES_MAX = 40;
/** Orders that are told one by one, those nearest to a fill first. */
const ORDERS_MAX = 20;

export type Span = Readonly<{ from: TimeUs; to: TimeUs }>;

const WAKES: ReadonlySet<Event["kind"]> = new Set([
  "BookChanged",
  "TradePrinted",
  "BarClosed",
  "TimerFired",
]);

export class NoTrade implements JournalObserver, TruthObserver {
  readonly #span: Span;
  readonly #instruments: readonly Instrument[];
  readonly #stories: OrderStories;
  readonly #wakes = new Map<string, number>();
  readonly #commands = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  readonly #venueRefusals = new Map<string, number>();
  readonly #lastWords = new Map<string, string>();
  readonly #changes: Readonly<{ at: number; text: string }>[] = [];
  #changesUntold = 0;
  #decisions = 0;
  #asked = 0;
  #fills = 0;
  #staleDecisions = 0;

  constructor(instruments: readonly Instrument[], span: Span) {
    this.#instruments = instruments;
    this.#span = span;
    // An order placed before the span may still stand in it.
    this.#stories = new OrderStories(instruments, (_id, at) => at <= span.to);
  }

  decided(event: Event, view: View, commands: readonly Command[]): void {
    if (view.now <= this.#span.to) this.#stories.decided(event, view, commands);
    if (!this.#isIn(view.now)) return;
    this.#decisions += 1;
    if (commands.some(({ kind }) => kind === "PlaceOrder" || kind === "AmendOrder")) {
      this.#asked += 1;
    }
    if ("instrument" in event && !view.book(event.instrument).fresh) this.#staleDecisions += 1;
  }

  event(event: Event, seq: JournalSeq): void {
    // What comes after the span is no part of it: an order that fills then was open at its end.
    if (event.at > this.#span.to) return;
    this.#stories.event(event, seq);
    if (!this.#isIn(event.at)) return;
    if (WAKES.has(event.kind)) count(this.#wakes, event.kind);
    if (event.kind === "OrderFilled") this.#fills += 1;
    if (event.kind === "OrderRefused" && event.reason !== "risk") {
      count(this.#venueRefusals, event.reason);
      this.#lastWords.set(event.reason, event.text);
    }
    if (event.kind === "LinkChanged") {
      this.#changed(event.at, `link of venue ${event.venue} is ${event.link}: ${event.cause}`);
    }
  }

  command(command: Command, at: TimeUs, cause: JournalSeq): void {
    if (at <= this.#span.to) this.#stories.command(command, at, cause);
    if (!this.#isIn(at)) return;
    count(this.#commands, command.kind);
    if (command.kind === "Halt") this.#changed(at, `halted: ${command.reason}`);
  }

  refusal(command: Command, at: TimeUs, rule: string, reason: string, cause: JournalSeq): void {
    if (at <= this.#span.to) this.#stories.refusal(command, at, rule, reason, cause);
    if (!this.#isIn(at)) return;
    count(this.#refusals, rule);
    this.#lastWords.set(rule, reason);
  }

  note(text: string, at: TimeUs): void {
    if (this.#isIn(at)) this.#changed(at, text);
  }

  watches(id: OrderId, at: TimeUs): boolean {
    return at <= this.#span.to && this.#stories.watches(id);
  }

  learn(fact: TruthFact): void {
    if (fact.at <= this.#span.to) this.#stories.learn(fact);
  }

  answer(runEndedAt: TimeUs): NoTradeAnswer {
    const endedAt = Math.min(runEndedAt, this.#span.to) as TimeUs;
    const orders = [...this.#stories.stories.values()].flatMap((story) => {
      const began = story.requests[0]?.at ?? story.refusals[0]?.at ?? 0;
      const ended = endOf(story)?.venueAt ?? (story.requests.length === 0 ? began : endedAt);
      if (began > this.#span.to || ended < this.#span.from) return [];
      const instrument = this.#instruments[story.place.instrument] as Instrument;
      const words = new Words(instrument, this.#instruments);
      const reason = reasonOf(story, { endedAt });
      const text = `order ${story.orderId}: ${reasonText(reason, words)}`;
      return [{ orderId: story.orderId, filledLots: filledLots(story), reason, text }];
    });
    const reasons = new Map<string, number>();
    for (const { reason } of orders) {
      count(reasons, reason.kind === "open-at-end" ? reason.so.kind : reason.kind);
    }
    const { from, to } = this.#span;
    const numbers = {
      from,
      to,
      fills: this.#fills,
      wakes: Object.fromEntries(this.#wakes),
      decisions: this.#decisions,
      decisionsToTrade: this.#asked,
      staleDecisions: this.#staleDecisions,
      commands: Object.fromEntries(this.#commands),
      refusedByRule: withWords(this.#refusals, this.#lastWords),
      refusedByVenue: withWords(this.#venueRefusals, this.#lastWords),
      ordersByReason: Object.fromEntries(reasons),
      orders: orders.sort((left, right) => distance(left.reason) - distance(right.reason)),
      changes: this.#changes,
      changesUntold: this.#changesUntold,
    };
    return { ...numbers, sentence: sentenceOf(numbers) };
  }

  #isIn(at: number): boolean {
    return at >= this.#span.from && at <= this.#span.to;
  }

  #changed(at: number, text: string): void {
    if (this.#changes.length < CHANGES_MAX) this.#changes.push({ at, text });
    else this.#changesUntold += 1;
  }
}

type Refused = Readonly<Record<string, Readonly<{ count: number; last: string }>>>;

type Numbers = Readonly<{
  from: TimeUs;
  to: TimeUs;
  fills: number;
  wakes: Readonly<Record<string, number>>;
  decisions: number;
  decisionsToTrade: number;
  staleDecisions: number;
  commands: Readonly<Record<string, number>>;
  refusedByRule: Refused;
  refusedByVenue: Refused;
  ordersByReason: Readonly<Record<string, number>>;
  orders: readonly Readonly<{
    orderId: number;
    filledLots: number;
    reason: Reason;
    text: string;
  }>[];
  changes: readonly Readonly<{ at: number; text: string }>[];
  changesUntold: number;
}>;

export type NoTradeAnswer = Numbers & Readonly<{ sentence: string }>;

/** The most telling of the numbers, in one sentence. */
function sentenceOf(numbers: Numbers): string {
  const { fills, wakes, decisions, decisionsToTrade, refusedByRule, orders } = numbers;
  const woken = total(wakes);
  if (fills > 0) return `it did trade: ${countText(fills, "fill")}`;
  if (woken === 0 && decisions === 0)
    return "the bot heard nothing in this span: no row of its feeds woke it";
  const resting = orders.filter(({ reason }) => reason.kind !== "refused-by-rule");
  if (decisionsToTrade === 0 && resting.length === 0) {
    return `woken ${countText(woken, "time")}, the strategy never decided to place or amend an order`;
  }
  const [rule] = Object.entries(refusedByRule).sort(([, a], [, b]) => b.count - a.count);
  if (resting.length === 0 && rule !== undefined) {
    return `every order was refused by our rules, most by ${rule[0]} (${rule[1].count}): ${rule[1].last}`;
  }
  const [most] = Object.entries(numbers.ordersByReason).sort(([, a], [, b]) => b - a);
  const kinds = most === undefined ? "" : `, most of them ${most[0]} (${most[1]})`;
  return `${countText(resting.length, "order")} stood or were sent and none filled${kinds}`;
}

/** How far a reason is from a fill, for the order in which they are told. */
function distance(reason: Reason): number {
  switch (reason.kind) {
    case "touched-behind-queue":
      return 0;
    case "never-touched":
      return reason.closest.ticks ?? Number.POSITIVE_INFINITY;
    case "open-at-end":
      return distance(reason.so);
    default:
      return Number.MAX_SAFE_INTEGER;
  }
}

export function noTradeLines(answer: NoTradeAnswer): readonly string[] {
  const { from, to, wakes, commands, orders, changes, changesUntold } = answer;
  const counts = (record: Readonly<Record<string, number>>) =>
    Object.entries(record)
      .map(([name, times]) => `${times} ${name}`)
      .join(", ") || "none";
  const lines = [
    `${timeText(from)} to ${timeText(to)}`,
    answer.sentence,
    "",
    `heard      ${counts(wakes)}`,
    `decided    ${countText(answer.decisions, "time")}, ${answer.decisionsToTrade} of them to place or amend`,
    `sent       ${counts(commands)}`,
    ...refusalLines("our rules ", answer.refusedByRule),
    ...refusalLines("the venue ", answer.refusedByVenue),
  ];
  if (answer.staleDecisions > 0) {
    lines.push(`not fresh  ${countText(answer.staleDecisions, "decision")} on a book that was not`);
  }
  if (orders.length > 0)
    lines.push("", `${countText(orders.length, "order")}, nearest to a fill first:`);
  for (const { text } of orders.slice(0, ORDERS_MAX)) lines.push(`  ${text}`);
  if (orders.length > ORDERS_MAX) lines.push(`  (${orders.length - ORDERS_MAX} more)`);
  if (changes.length > 0) lines.push("", "links, levels, notes:");
  for (const { at, text } of changes) lines.push(`  ${clockText(at).padEnd(15)}  ${text}`);
  if (changesUntold > 0) lines.push(`  (${changesUntold} more)`);
  return lines;
}

function refusalLines(who: string, refused: Refused): readonly string[] {
  return Object.entries(refused).map(
    ([name, { count: times, last }]) => `${who} refused ${times} by ${name}, last: ${last}`,
  );
}

function withWords(
  counts: ReadonlyMap<string, number>,
  words: ReadonlyMap<string, string>,
): Refused {
  return Object.fromEntries(
    [...counts].map(([name, times]) => [name, { count: times, last: words.get(name) ?? "" }]),
  );
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
