// Records a film while a run goes on: whoever watches a run tells it what was sent, said and heard, and what either side has
// after it. Within its window it keeps every step up to a bound; before the window, only what is so when it begins.

import type { VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type {
  Actor,
  Change,
  Film,
  FilmMessage,
  FilmOrder,
  FilmSide,
  FilmViolation,
  Step,
  StepKind,
} from "./film.ts";
import { commandMessage, eventMessage, keyOf, stepKindOf } from "./film-messages.ts";
import { partingsOf } from "./partings.ts";

export type FilmWindow = Readonly<{ from: number; until: number; stepsMax: number }>;

/** What one side has of an instrument. */
export type Standing = Readonly<{
  lots: number | undefined;
  orders: readonly FilmOrder[] | undefined;
}>;

/** A stretch in which nothing passed at a venue. */
export type Outage = Readonly<{ kind: string; venue: number; from: number; until: number }>;

type Side = "believed" | "true";

export class FilmRecorder {
  readonly #instruments: readonly Instrument[];
  readonly #window: FilmWindow;
  readonly #before = new Map<string, Change>();
  readonly #steps: Step[] = [];
  readonly #messages: FilmMessage[] = [];
  /** Commands on the wire, and those that have arrived. */
  readonly #sent = new Map<VenueCommand, number>();
  readonly #arrived = new Set<number>();
  /** Answers by what they say: on the wire, and heard. */
  readonly #said = new Map<string, number[]>();
  readonly #heard = new Map<string, number>();
  /** The last change of each track, as text: what is the same again is no change. */
  readonly #last = new Map<string, string>();
  #leftOut = 0;
  #brokeOffAt: number | undefined;
  /** The last step, and the last one of either side: what becomes otherwise belongs to it. */
  #step: Step | undefined;
  #botStep: Step | undefined;
  #venueStep: Step | undefined;

  constructor(instruments: readonly Instrument[], window: FilmWindow) {
    this.#instruments = instruments;
    this.#window = window;
  }

  /** A command leaves the bot. */
  sent(at: number, venue: number, command: VenueCommand): void {
    const message = this.#message(commandMessage(command, { at, venue }));
    this.#sent.set(command, message);
    this.#add(at, "bot sends", message);
  }

  /** A command is at its venue. */
  got(at: number, command: VenueCommand): void {
    const sent = this.#sent.get(command);
    if (sent === undefined) return;
    const first = this.#messages[sent] as FilmMessage;
    const message = this.#arrived.has(sent)
      ? this.#message({ ...first, gotAt: undefined, isCopy: true })
      : sent;
    this.#arrived.add(sent);
    (this.#messages[message] as FilmMessage).gotAt = at;
    this.#add(at, "venue gets", message);
  }

  /** A venue says something; whether and when it is heard, the wire decides. */
  said(at: number, venue: number, event: Event): void {
    const made = eventMessage(event, { at, venue });
    if (made === undefined) return;
    const message = this.#message(made);
    const key = keyOf(event);
    const waiting = this.#said.get(key);
    if (waiting === undefined) this.#said.set(key, [message]);
    else waiting.push(message);
    this.#add(at, "venue says", message);
  }

  /** The bot is about to handle an event. */
  heard(at: number, event: Event): void {
    const message = this.#answer(event);
    if (message === undefined) {
      this.#addOwn(at, event);
      return;
    }
    (this.#messages[message] as FilmMessage).gotAt = at;
    this.#add(at, "bot hears", message);
  }

  /** Anything else: a refusal of our own rules, a note, a fault, a crash. */
  happened(
    at: number,
    kind: StepKind,
    text: string,
    who: Actor = "bot",
    instrument?: number,
  ): void {
    this.#push({ at, who, kind, message: undefined, instrument, text, changes: [] });
  }

  /** A fault touched the message that was spoken of just now, if one was: when that was. */
  touched(fault: string): number | undefined {
    const index = this.#step?.message;
    const message = index === undefined ? undefined : this.#messages[index];
    if (message === undefined) return undefined;
    if (!message.faults.includes(fault)) message.faults.push(fault);
    return this.#step?.at;
  }

  /** What a side has now: changes belong to the step of this moment, or to one of their own. */
  stands(at: number, side: Side, instrument: number, { lots, orders }: Standing): void {
    this.#change(at, { what: side, instrument, lots }, `${lots}`);
    const what = side === "true" ? "trueOrders" : "believedOrders";
    const told = orders === undefined ? undefined : ordersText(orders);
    this.#change(at, { what, instrument, orders }, `${told}`);
  }

  /** The book as the bot has it now. */
  book(at: number, instrument: number, bids: FilmSide, asks: FilmSide): void {
    this.#change(at, { what: "book", instrument, bids, asks }, `${bids}/${asks}`);
  }

  /** The film, its steps in the order of time. */
  film(
    venues: readonly string[],
    violations: readonly FilmViolation[],
    outages: readonly Outage[] = [],
  ): Film {
    for (const message of this.#messages) nameOutage(message, outages);
    const { from, until } = this.#window;
    for (const { id, at, detail } of violations) {
      if (at >= from && at <= until) this.happened(at, "broken", `${id}: ${detail}`, "world");
    }
    // A market runs ahead of its answers: what it says is known before it is so.
    const all = [...this.#steps].sort((one, other) => one.at - other.at);
    const steps = all.filter((step, index) => !isIdle(step, all[index + 1]));
    const told = { instruments: this.#instruments, messages: this.#messages, steps };
    const before = [...this.#before.values()];
    return {
      ...told,
      venues,
      before,
      violations,
      partings: partingsOf({ ...told, before }),
      leftOut: this.#leftOut,
      brokeOffAt: this.#brokeOffAt,
    };
  }

  #message(message: FilmMessage): number {
    this.#messages.push(message);
    return this.#messages.length - 1;
  }

  #add(at: number, who: Actor, message: number): void {
    const { kind, instrument } = this.#messages[message] as FilmMessage;
    this.#push({ at, who, kind, message, instrument, text: "", changes: [] });
  }

  /** Told by the market, the clock, or the bot to itself: no message of a venue's. */
  #addOwn(at: number, event: Event): void {
    const instrument = "instrument" in event ? event.instrument : undefined;
    const kind = stepKindOf(event);
    this.#push({ at, who: "bot", kind, message: undefined, instrument, ...ownText(event) });
  }

  /** Which message on the wire this is: the first with these words that was not heard, or a copy of one that was. */
  #answer(event: Event): number | undefined {
    const key = keyOf(event);
    const waiting = this.#said.get(key);
    const next = waiting?.shift();
    if (waiting?.length === 0) this.#said.delete(key);
    if (next !== undefined) {
      this.#heard.set(key, next);
      return next;
    }
    const before = this.#heard.get(key);
    if (before === undefined) return undefined;
    const copied = this.#messages[before] as FilmMessage;
    return this.#message({ ...copied, gotAt: undefined, isCopy: true });
  }

  #push(step: Step): void {
    const before = this.#steps.at(-1);
    // What is known to be nothing takes no room; the rest of it is found when all is in order.
    if (before !== undefined && !step.who.startsWith("venue") && isIdle(before, step)) {
      this.#steps.pop();
    }
    this.#step = step;
    if (step.who.startsWith("venue")) this.#venueStep = step;
    else this.#botStep = step;
    const { from, until, stepsMax } = this.#window;
    if (step.at < from || step.at > until) this.#leftOut += 1;
    else if (this.#steps.length < stepsMax) this.#steps.push(step);
    else {
      this.#leftOut += 1;
      this.#brokeOffAt ??= step.at;
    }
  }

  #change(at: number, change: Change, text: string): void {
    const track = `${change.what} ${change.instrument}`;
    if (this.#last.get(track) === text) return;
    this.#last.set(track, text);
    // What is so before anything happens is where the film begins.
    if (this.#step === undefined || at < this.#window.from) {
      this.#before.set(track, change);
      return;
    }
    const isTrue = change.what === "true" || change.what === "trueOrders";
    const [own, other] = isTrue
      ? [this.#venueStep, this.#botStep]
      : [this.#botStep, this.#venueStep];
    const step = own?.at === at ? own : other?.at === at ? other : undefined;
    if (step === undefined) this.happened(at, "moved", "", "world", change.instrument);
    (step ?? this.#step).changes.push(change);
  }
}

/** A message may still be on its way this long after it was sent, when an outage begins. */
const ON_WIRE_US = 1_000_000;

/** What was lost without a fault of its own was lost to an outage. */
function nameOutage(
  { gotAt, faults, venue, sentAt }: FilmMessage,
  outages: readonly Outage[],
): void {
  if (gotAt !== undefined || faults.length > 0) return;
  for (const outage of outages) {
    const isMet = outage.from <= sentAt + ON_WIRE_US && sentAt < outage.until;
    if (outage.venue === venue && isMet && !faults.includes(outage.kind)) faults.push(outage.kind);
  }
}

/** A look at the book or at the clock that changed nothing, and that nothing came of. */
function isIdle({ kind, at, changes }: Step, next: Step | undefined): boolean {
  if (changes.length > 0 || (kind !== "book" && kind !== "timer")) return false;
  return next?.at !== at || next.who !== "bot sends";
}

function ordersText(orders: readonly FilmOrder[]): string {
  return orders.map((each) => Object.values(each).join(",")).join(";");
}

function ownText(event: Event): Pick<Step, "text" | "changes"> {
  const changes: Change[] = [];
  switch (event.kind) {
    case "LinkChanged":
      return { text: `link ${event.link}: ${event.cause}`, changes };
    case "TimerFired":
      return { text: `timer ${event.timer}`, changes };
    case "OrderUnknown":
      return { text: `order ${event.orderId}, ${event.request}: ${event.cause}`, changes };
    case "OrderRefused":
      return { text: `order ${event.orderId}, ${event.request}: ${event.text}`, changes };
    case "TradePrinted":
      return { text: `${event.price} ${event.size}`, changes };
    default:
      return { text: "", changes };
  }
}
