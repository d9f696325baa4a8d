// An order's story in the order it happened: each line where and when, in words with numbers.
// Times are those of the place: the bot's for what we saw, sent and learned, the venue's for what happened there.

import type { Command } from "../domain/command.ts";
import type { Event, OrderEvent, OrderFilled } from "../domain/event.ts";
import { hedgeRoundingText } from "./hedge-rounding.ts";
import type { Booking, OrderStory, Request } from "./order-story.ts";
import type { QueueStory } from "./queue-story.ts";
import { endOf } from "./reason.ts";
import type { Glimpse } from "./witness.ts";
import type { Words } from "./words.ts";
import { clockText, countText, lengthText } from "./words.ts";

export type Line = Readonly<{ at: number; where: "bot" | "venue" | "ledger"; text: string }>;

/** Lines ascending by time; what falls on one moment stands in the order it came about. */
export function timelineOf(story: OrderStory, words: Words, rules: readonly string[]): Line[] {
  const lines = [
    ...decisionLines(story, words),
    ...requestLines(story, words, rules),
    ...queueLines(story, words),
    ...answerLines(story, words),
    ...story.bookings.flatMap((booking) => bookingLines(booking, words)),
  ];
  return lines.sort((left, right) => left.at - right.at);
}

/** "bid 599950 ×12 | ask …", as believed. */
export function touchText({ bid, bidLots, ask, askLots }: Glimpse, words: Words): string {
  const side = (ticks: number | undefined, lots: number) =>
    ticks === undefined ? "none" : `${words.price(ticks)} × ${words.size(lots)}`;
  return `bid ${side(bid, bidLots)}, ask ${side(ask, askLots)}`;
}

function decisionLines({ saw, cause, place, asked, rounding }: OrderStory, words: Words): Line[] {
  if (cause === undefined) return [];
  const at = cause.at;
  const lines: Line[] = [{ at, where: "bot", text: `woken by ${eventText(cause, words)}` }];
  if (saw === undefined) {
    lines.push({ at, where: "bot", text: "sent by the bot's machinery, not by the strategy" });
    return lines;
  }
  const stale = saw.fresh ? "" : ", the book not fresh";
  lines.push({ at, where: "bot", text: `saw ${touchText(saw, words)}${stale}` });
  const [toBuy, toSell] = [words.size(saw.openBidLots), words.size(saw.openAskLots)];
  const open = `${countText(saw.openOrders, "open order")} (${toBuy} to buy, ${toSell} to sell)`;
  lines.push({ at, where: "bot", text: `held ${words.size(saw.position)}, ${open}` });
  const wanted = asked ?? place;
  lines.push({ at, where: "bot", text: `decided to ${commandText(wanted, words)}` });
  if (rounding !== undefined) {
    lines.push({ at, where: "bot", text: hedgeRoundingText(rounding) });
  }
  return lines;
}

function requestLines(story: OrderStory, words: Words, rules: readonly string[]): Line[] {
  const lines: Line[] = story.refusals.map(({ at, kind, rule, reason }) => ({
    at,
    where: "bot",
    text: `${kind} refused by our rule ${rule}: ${reason}`,
  }));
  for (const request of story.requests) {
    const { at, command, arrivesAt, byStrategy, cause } = request;
    if (command.kind === "PlaceOrder") lines.push(...approvalLines(story, request, words, rules));
    else {
      const who = byStrategy ? "strategy" : "machinery";
      const why = cause === undefined ? "" : ` after ${eventText(cause, words)}`;
      lines.push({
        at,
        where: "bot",
        text: `the ${who} decided to ${commandText(command, words)}${why}`,
      });
    }
    if (arrivesAt === undefined) continue;
    const text = `sent, ${lengthText(arrivesAt - at)} to the venue (there at ${clockText(arrivesAt)})`;
    lines.push({ at, where: "bot", text });
  }
  return lines;
}

function approvalLines(
  { asked, place }: OrderStory,
  { at }: Request,
  words: Words,
  rules: readonly string[],
): Line[] {
  const lines: Line[] = [];
  if (asked !== undefined && asked.size !== place.size) {
    const [raw, sent] = [words.size(asked.size), words.size(place.size)];
    const rest = words.size(asked.size - place.size);
    const cut = `asked ${raw}, sent ${sent}, ${rest} not sent`;
    const text = `size cut by the degradation level: ${cut}`;
    lines.push({ at, where: "bot", text });
  }
  const text =
    rules.length === 0 ? "no risk rule is configured" : `passed risk: ${rules.join("; ")}`;
  return [...lines, { at, where: "bot", text }];
}

function queueLines({ queues }: OrderStory, words: Words): Line[] {
  return queues.flatMap((queue) => {
    const { at, price, ahead, bid, ask } = queue.rested;
    const touch = `bid ${words.price(bid)}, ask ${words.price(ask)} there`;
    const lines: Line[] = [
      {
        at,
        where: "venue",
        text: `rests at ${words.price(price)} behind ${words.size(ahead)}; ${touch}`,
      },
    ];
    for (const moment of queue.moments) {
      const by = [
        moment.printed > 0 ? `${words.size(moment.printed)} printed` : "",
        moment.cancelled > 0 ? `${words.size(moment.cancelled)} cancelled ahead (inferred)` : "",
      ].filter((part) => part !== "");
      const shown =
        moment.displayed === undefined ? "" : `; ${words.size(moment.displayed)} displayed`;
      const ahead = `${words.size(moment.aheadBefore)} → ${words.size(moment.ahead)}`;
      const why = by.length === 0 ? "" : `: ${by.join(", ")}`;
      lines.push({ at: moment.at, where: "venue", text: `ahead ${ahead}${why}${shown}` });
    }
    return [...lines, ...closestLines(queue)];
  });
}

function closestLines({ nearest, nearestAt, untold }: QueueStory): Line[] {
  if (nearest === undefined || nearestAt === undefined) return [];
  const more = untold > 0 ? ` (${untold} more moments of its queue are not listed)` : "";
  const text =
    nearest <= 0
      ? `touched by the other side${nearest < 0 ? `, ${countText(-nearest, "tick")} through` : ""}`
      : `the other side is at its nearest, ${countText(nearest, "tick")} away`;
  return [{ at: nearestAt, where: "venue", text: `${text}${more}` }];
}

function answerLines(story: OrderStory, words: Words): Line[] {
  const [first] = story.requests;
  return story.answers.flatMap((event) => {
    const told = `told ${lengthText(event.at - event.venueAt)} later, at ${clockText(event.at)}`;
    const by = event.kind === "OrderFilled" ? printText(story, event, words) : "";
    const text = `${answerText(event, words)}${by}; ${told}`;
    const lines: Line[] = [{ at: event.venueAt, where: "venue", text }];
    const race = event.kind === "OrderFilled" ? raceText(story, event) : undefined;
    if (race !== undefined) lines.push({ at: event.venueAt, where: "venue", text: race });
    if (event === story.answers[0] && first !== undefined) {
      const text = `first answer, ${lengthText(event.at - first.at)} after it was sent`;
      lines.push({ at: event.at, where: "bot", text });
    }
    return lines;
  });
}

/** The print that filled it, where one did. */
function printText({ queues }: OrderStory, fill: OrderFilled, words: Words): string {
  for (const { printsMet } of queues) {
    const print = printsMet.find(({ at }) => at === fill.venueAt);
    if (print === undefined) continue;
    const ahead = print.ahead > 0 ? ` with ${words.size(print.ahead)} ahead` : "";
    return ` by a print of ${words.size(print.lots)} at ${words.price(print.price)}${ahead}`;
  }
  return fill.liquidity === "maker" ? " by a touch of the other side" : "";
}

/** A fill that happened while a cancel was on its way, or one we learned of after the end. */
function raceText(story: OrderStory, fill: OrderFilled): string | undefined {
  const cancel = story.requests.find(
    ({ command, at, arrivesAt = Number.POSITIVE_INFINITY }) =>
      (command.kind === "CancelOrder" || command.kind === "CancelAll") &&
      fill.venueAt >= at &&
      fill.venueAt <= arrivesAt,
  );
  const end = endOf(story);
  if (cancel === undefined) {
    if (end === undefined || fill.at <= end.at) return undefined;
    return `this fill was told ${lengthText(fill.at - end.at)} after the order's end`;
  }
  const early = lengthText((cancel.arrivesAt ?? fill.venueAt) - fill.venueAt);
  const sent = `the cancel was sent ${lengthText(fill.venueAt - cancel.at)} before`;
  return `the fill won the race: ${sent} and arrived ${early} too late`;
}

function bookingLines({ fill, before, after }: Booking, words: Words): Line[] {
  const position = `position ${words.size(before.position)} → ${words.size(after.position)}`;
  const cost = `average ${words.average(after.costTickLots, after.position)}`;
  const realised = `realised ${words.money(after.realised - before.realised)}`;
  const fee = `fee ${words.money(after.fees - before.fees)}`;
  const cash = `cash ${words.money(before.cash)} → ${words.money(after.cash)}`;
  const text = `trade ${fill.tradeId}: ${position}, ${cost}, ${realised}, ${fee}, ${cash}`;
  return [{ at: fill.at, where: "ledger", text }];
}

/** "buy 0.010 at 59995.0, POST_ONLY" */
export function commandText(command: Command, words: Words): string {
  switch (command.kind) {
    case "PlaceOrder": {
      const side = command.side === "bid" ? "buy" : "sell";
      const price = command.price === undefined ? "market" : words.price(command.price);
      const reduces = command.reduceOnly ? ", reduce-only" : "";
      return `${side} ${words.size(command.size)} at ${price}, ${command.timeInForce}${reduces} (order ${command.orderId})`;
    }
    case "AmendOrder":
      return `amend order ${command.orderId} to ${words.size(command.size)} at ${words.price(command.price)}`;
    case "CancelOrder":
      return `cancel order ${command.orderId}`;
    case "CancelAll":
      return "cancel everything";
    case "Halt":
      return `halt: ${command.reason}`;
    default:
      return command.kind;
  }
}

/** One event in few words. */
export function eventText(event: Event, ofOrder: Words): string {
  const words = "instrument" in event ? ofOrder.of(event.instrument) : ofOrder;
  switch (event.kind) {
    case "BookChanged":
      return `BookChanged (bid ${words.price(event.bid)}, ask ${words.price(event.ask)})`;
    case "TradePrinted":
      return `TradePrinted (${words.size(event.size)} at ${words.price(event.price)})`;
    case "BarClosed":
      return `BarClosed (${lengthText(event.periodUs)}, close ${words.price(event.close)})`;
    case "LinkChanged":
      return `LinkChanged (${event.link}: ${event.cause})`;
    case "TimerFired":
      return `TimerFired (timer ${event.timer})`;
    case "OrderAccepted":
    case "OrderRefused":
    case "OrderFilled":
    case "OrderClosed":
    case "OrderUnknown":
      return `${event.kind} of order ${event.orderId}: ${answerText(event, words)}`;
    default:
      return event.kind;
  }
}

function answerText(event: OrderEvent, words: Words): string {
  switch (event.kind) {
    case "OrderAccepted":
      return event.request === "amend"
        ? `amend accepted: ${words.size(event.size)} at ${words.price(event.price)}`
        : "accepted";
    case "OrderRefused":
      return `${event.request} refused, ${event.reason}: "${event.text}"`;
    case "OrderFilled": {
      const filled = `${words.size(event.size)} at ${words.price(event.price)}`;
      return `filled ${filled} as ${event.liquidity} (trade ${event.tradeId}, ${words.size(event.cumulative)} in all)`;
    }
    case "OrderClosed":
      return `closed: ${event.reason}`;
    case "OrderUnknown":
      return `outcome of its ${event.request} unknown: ${event.cause}`;
    default:
      return event satisfies never;
  }
}
