// The whole answer about one order: what it was, why it ended as it did, its story, and what would have been otherwise.

import type { OrderFilled } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";
import { timeText } from "../report/time-text.ts";
import type { OrderStory } from "./order-story.ts";
import type { Evidence, Reason } from "./reason.ts";
import { arrivedAt, endOf, filledLots, reasonOf, sizeOf } from "./reason.ts";
import { reasonText } from "./reason-text.ts";
import type { RulesOfRun } from "./risk-text.ts";
import { riskTexts } from "./risk-text.ts";
import type { Line } from "./timeline.ts";
import { commandText, timelineOf } from "./timeline.ts";
import type { Words } from "./words.ts";
import { clockText, lengthText } from "./words.ts";

/** What an order came to in a world where it alone was different, as its venue knows it. */
export type Otherwise = Readonly<{
  change: "one-tick-better" | "sooner" | "left-standing";
  /** "one tick better (59995.1)" */
  what: string;
  fills: readonly OrderFilled[];
  end: string | undefined;
}>;

export type OrderAnswer = Readonly<{
  orderId: number;
  instrument: string;
  what: string;
  filledLots: number;
  sizeLots: number;
  reason: Reason;
  sentence: string;
  timeline: readonly Line[];
  otherwise: readonly Readonly<{
    change: Otherwise["change"];
    filledLots: number;
    firstFillAt: TimeUs | undefined;
    lastFillAt: TimeUs | undefined;
    end: string | undefined;
    text: string;
  }>[];
}>;

export function orderAnswer(
  story: OrderStory,
  evidence: Evidence,
  otherwise: readonly Otherwise[],
  { words, rules }: Readonly<{ words: Words; rules: RulesOfRun }>,
): OrderAnswer {
  const { place, saw } = story;
  const reason = reasonOf(story, evidence);
  const { venueName, symbol } = words.instrument;
  return {
    orderId: story.orderId,
    instrument: `${venueName} ${symbol}`,
    what: commandText(place, words),
    filledLots: filledLots(story),
    sizeLots: sizeOf(story),
    reason,
    sentence: reasonText(reason, words),
    timeline: timelineOf(story, words, riskTexts(place, saw, rules, words)),
    otherwise: otherwise.map((each) => told(each, story, words)),
  };
}

/** Of an order that was sent: fills as the venue made them, so far as the bot was told. */
export function fillsOf({ answers }: OrderStory): readonly OrderFilled[] {
  return answers.filter((event) => event.kind === "OrderFilled");
}

function told(
  { change, what, fills, end }: Otherwise,
  story: OrderStory,
  words: Words,
): OrderAnswer["otherwise"][number] {
  const lots = fills.reduce((sum, { size }) => sum + size, 0);
  const first = fills[0]?.venueAt;
  const last = fills.at(-1)?.venueAt;
  const numbers = { change, filledLots: lots, firstFillAt: first, lastFillAt: last, end };
  return {
    ...numbers,
    text: `${what}: ${otherwiseText({ lots, first, last, end }, story, words)}`,
  };
}

function otherwiseText(
  came: Readonly<{
    lots: number;
    first: TimeUs | undefined;
    last: TimeUs | undefined;
    end: string | undefined;
  }>,
  story: OrderStory,
  words: Words,
): string {
  const { lots, first, last, end } = came;
  if (first === undefined || last === undefined) {
    if (end === undefined) return "not filled by the end of the run";
    return end === "cancelled" ? "not filled either" : `not filled: ${end}`;
  }
  const size = `filled ${words.size(lots)}${lots < sizeOf(story) ? ` of ${words.size(sizeOf(story))}` : " whole"}`;
  const when =
    first === last ? `at ${clockText(first)}` : `${clockText(first)} to ${clockText(last)}`;
  const arrived = arrivedAt(story);
  const after = arrived === undefined ? "" : `, ${lengthText(first - arrived)} after it arrived`;
  const recorded = fillsOf(story)[0];
  const closed = endOf(story);
  const did = filledLots(story);
  const cancelled =
    closed !== undefined && last > closed.venueAt
      ? `, ${lengthText(last - closed.venueAt)} after it was cancelled`
      : "";
  if (lots > did && did > 0) return `${size} ${when}, ${words.size(lots - did)} more${cancelled}`;
  if (recorded !== undefined) {
    const fewer = lots < did ? `, ${words.size(did - lots)} less` : "";
    const sooner = recorded.venueAt - first;
    if (sooner === 0) return `${size} ${when}${fewer === "" ? ", as it was" : fewer}`;
    return `${size} ${when}, ${lengthText(Math.abs(sooner))} ${sooner > 0 ? "sooner" : "later"}${fewer}`;
  }
  if (cancelled !== "") return `${size} ${when}${cancelled}`;
  return `${size} ${when}${after}`;
}

/** The answer as people read it, a line each. */
export function answerLines(answer: OrderAnswer): readonly string[] {
  const { orderId, instrument, what, sentence, timeline, otherwise } = answer;
  const first = timeline[0];
  const lines = [
    `order ${orderId}  ${instrument}  ${what.replace(/ \(order \d+\)$/, "")}`,
    sentence,
  ];
  if (first !== undefined) lines.push("", timeText(first.at).slice(0, 10));
  for (const { at, where, text } of timeline) {
    lines.push(`${clockText(at).padEnd(15)}  ${where.padEnd(6)}  ${text}`);
  }
  if (otherwise.length > 0) {
    lines.push("", "had this order alone been different, every other request as it was:");
    for (const { text } of otherwise) lines.push(`  ${text}`);
  }
  return lines;
}
