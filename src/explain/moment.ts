// What happened around a moment of a run: the events, commands, refusals and notes of the journal, and what the bot
// believed as the moment came: orders, positions, touch, cash.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { TimeUs } from "../domain/units.ts";
import type { JournalObserver } from "../ports/journal.ts";
import type { OrderView, View } from "../ports/view.ts";
import { timeText } from "../report/time-text.ts";
import { commandText, eventText, touchText } from "./timeline.ts";
import type { Glimpse } from "./witness.ts";
import { glimpseOf } from "./witness.ts";
import { clockText, countText, Words } from "./words.ts";

/** Lines told before the moment, and after it: a busy second has thousands. */
const LINES_MAX = 100;

type Entry = Readonly<{ at: number; text: string }>;

/** What was believed of one instrument as the moment came. */
export type Standing = Readonly<{ glimpse: Glimpse; orders: readonly OrderView[] }>;

export class Moment implements JournalObserver {
  readonly #at: TimeUs;
  readonly #withinUs: number;
  readonly #words: readonly Words[];
  readonly #before: Entry[] = [];
  readonly #after: Entry[] = [];
  #untoldBefore = 0;
  #untoldAfter = 0;
  #view: View | undefined;
  #standing: readonly Standing[] | undefined;
  #standingAt: number | undefined;

  constructor(instruments: readonly Instrument[], at: TimeUs, withinUs: number) {
    this.#at = at;
    this.#withinUs = withinUs;
    this.#words = instruments.map((each) => new Words(each, instruments));
  }

  /** The view lives on: it is looked at when the moment comes. */
  decided(_event: Event, view: View): void {
    this.#view = view;
  }

  event(event: Event): void {
    this.#look(event.at);
    if (this.#isNear(event.at)) this.#tell(event.at, eventText(event, this.#first));
  }

  command(command: Command, at: TimeUs): void {
    if (this.#isNear(at)) this.#tell(at, `→ ${commandText(command, this.#wordsOf(command))}`);
  }

  refusal(command: Command, at: TimeUs, rule: string, reason: string): void {
    if (!this.#isNear(at)) return;
    const what = commandText(command, this.#wordsOf(command));
    this.#tell(at, `✗ ${what}: refused by our rule ${rule}: ${reason}`);
  }

  note(text: string, at: TimeUs): void {
    if (this.#isNear(at)) this.#tell(at, `note: ${text}`);
  }

  /** The run is over; a moment after its last event stands as that left it. */
  answer(): MomentAnswer {
    this.#look(Number.POSITIVE_INFINITY);
    return {
      at: this.#at,
      standing: (this.#standing ?? []).map((each, index) => ({
        instrument: `${this.#words[index]?.instrument.venueName} ${this.#words[index]?.instrument.symbol}`,
        ...told(each, this.#words[index] as Words),
      })),
      untold: { before: this.#untoldBefore, after: this.#untoldAfter },
      before: this.#before,
      after: this.#after,
    };
  }

  get #first(): Words {
    return this.#words[0] as Words;
  }

  #wordsOf(command: Command): Words {
    if (!("instrument" in command) || command.instrument === undefined) return this.#first;
    return this.#first.of(command.instrument);
  }

  #isNear(at: number): boolean {
    return Math.abs(at - this.#at) <= this.#withinUs;
  }

  #tell(at: number, text: string): void {
    if (at < this.#at) {
      this.#before.push({ at, text });
      if (this.#before.length <= LINES_MAX) return;
      this.#before.shift();
      this.#untoldBefore += 1;
    } else if (this.#after.length < LINES_MAX) this.#after.push({ at, text });
    else this.#untoldAfter += 1;
  }

  /** Called before an event is applied: the first that is not before the moment finds belief as it stood then. */
  #look(at: number): void {
    const view = this.#view;
    if (at < this.#at || view === undefined || this.#standing !== undefined) return;
    this.#standingAt = view.now;
    this.#standing = this.#words.map(({ instrument: { id } }) => ({
      glimpse: { ...glimpseOf(view, id), at: this.#standingAt as TimeUs },
      orders: view.openOrders(id).map((order) => ({ ...order })),
    }));
  }
}

export type MomentAnswer = Readonly<{
  at: number;
  standing: readonly Readonly<{
    instrument: string;
    touch: string;
    position: string;
    average: string;
    cash: string;
    link: "up" | "down";
    degradation: string;
    orders: readonly string[];
  }>[];
  untold: Readonly<{ before: number; after: number }>;
  before: readonly Entry[];
  after: readonly Entry[];
}>;

function told({ glimpse, orders }: Standing, words: Words) {
  return {
    touch: touchText(glimpse, words),
    position: words.size(glimpse.position),
    average: words.average(glimpse.costTickLots, glimpse.position),
    cash: words.money(glimpse.cash),
    link: glimpse.linkUp ? ("up" as const) : ("down" as const),
    degradation: glimpse.degradation,
    orders: orders.map((order) => {
      const side = order.side === "bid" ? "buy" : "sell";
      const price = order.price === undefined ? "market" : words.price(order.price);
      const filled = order.filled > 0 ? `, ${words.size(order.filled)} filled` : "";
      return `order ${order.orderId} ${order.state}: ${side} ${words.size(order.size)} at ${price}${filled}`;
    }),
  };
}

export function momentLines(answer: MomentAnswer): readonly string[] {
  const { at, standing, untold, before, after } = answer;
  const lines = [`${timeText(at)}`, ""];
  for (const each of standing) {
    const { instrument, touch, position, average, cash, link, degradation, orders } = each;
    lines.push(`${instrument}  ${touch}`);
    lines.push(`  position ${position} (average ${average}), cash ${cash}`);
    lines.push(
      `  link ${link}, degradation ${degradation}, ${countText(orders.length, "open order")}`,
    );
    for (const order of orders) lines.push(`  ${order}`);
  }
  lines.push("");
  if (untold.before > 0) lines.push(`(${untold.before} more before)`);
  const line = (entry: Entry) => `${clockText(entry.at).padEnd(15)}  ${entry.text}`;
  lines.push(...before.map(line), `${clockText(at).padEnd(15)}  ──`, ...after.map(line));
  if (untold.after > 0) lines.push(`(${untold.after} more after)`);
  return lines;
}
