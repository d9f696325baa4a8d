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
import { stepKindOf } from "./film-messages.ts";
import type { Outage } from "./film-wires.ts";
import { FilmWires, withoutUnseen } from "./film-wires.ts";
import { partingsOf } from "./partings.ts";

export type FilmWindow = Readonly<{ from: number; until: number; stepsMax: number }>;

/** What one side has of an instrument. */
export type Standing = Readonly<{
  lots: number | undefined;
  orders: readonly FilmOrder[] | undefined;
}>;

type Side = "believed" | "true";

export class FilmRecorder {
  readonly #instruments: readonly Instrument[];
  readonly #window: FilmWindow;
  readonly #before = new Map<string, Change>();
  readonly #steps: Step[] = [];
  readonly #wires = new FilmWires();
  /** The last change of each track, as text: what is the same again is no change. */
  readonly #last = new Map<string, string>();
  #leftOut = 0;
  /** The latest that is known of the run. */
  #endsAt = Number.NEGATIVE_INFINITY;
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
    if (this.#isPast(at)) this.#leftOut += 1;
    else this.#add(at, "bot sends", this.#wires.sent(at, venue, command));
  }

  /** A command is at its venue. */
  got(at: number, command: VenueCommand): void {
    const message = this.#wires.got(at, command);
    if (message !== undefined) this.#add(at, "venue gets", message);
  }

  /** A venue says something; whether and when it is heard, the wire decides. */
  said(at: number, venue: number, event: Event): void {
    if (this.#isPast(at)) {
      this.#leftOut += 1;
      return;
    }
    const message = this.#wires.said(at, venue, event);
    if (message !== undefined) this.#add(at, "venue says", message);
  }

  /** The bot is about to handle an event. */
  heard(at: number, event: Event): void {
    const message = this.#wires.heard(at, event);
    if (message === undefined) this.#addOwn(at, event);
    else this.#add(at, "bot hears", message);
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
    const message = index === undefined ? undefined : this.#wires.messages[index];
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
    this.#wires.settle(this.#endsAt, outages);
    const broken = violations.filter(
      ({ at }) => at >= this.#window.from && at <= this.#window.until,
    );
    const steps = inOrder([...this.#steps, ...broken.map(brokenStep)]);
    const before = [...this.#before.values()];
    const { messages } = this.#wires;
    const instruments = this.#instruments;
    const partings = partingsOf({ instruments, messages, steps, before });
    return {
      ...withoutUnseen({ messages, steps, partings }),
      ...{ instruments, venues, before, violations },
      leftOut: this.#leftOut,
      brokeOffAt: this.#brokeOffAt,
    };
  }

  /** Nothing that begins now is on film. */
  #isPast(at: number): boolean {
    return at > this.#window.until || this.#brokeOffAt !== undefined;
  }

  #add(at: number, who: Actor, message: number): void {
    const { kind, instrument } = this.#wires.messages[message] as FilmMessage;
    this.#push({ at, who, kind, message, instrument, text: "", changes: [] });
  }

  /** Told by the market, the clock, or the bot to itself: no message of a venue's. */
  #addOwn(at: number, event: Event): void {
    const instrument = "instrument" in event ? event.instrument : undefined;
    const kind = stepKindOf(event);
    this.#push({ at, who: "bot", kind, message: undefined, instrument, ...ownText(event) });
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
    const { from, stepsMax } = this.#window;
    if (step.at > this.#endsAt && step.who !== "venue says") this.#endsAt = step.at;
    if (this.#steps.length >= stepsMax) this.#brokeOffAt ??= step.at;
    if (step.at < from || this.#isPast(step.at)) this.#leftOut += 1;
    else this.#steps.push(step);
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

function brokenStep({ id, at, detail }: FilmViolation): Step {
  const told = { message: undefined, instrument: undefined, text: `${id}: ${detail}` };
  return { at, who: "world", kind: "broken", ...told, changes: [] };
}

/** A market runs ahead of its answers: what it says is known before it is so. */
function inOrder(told: readonly Step[]): readonly Step[] {
  const steps = [...told].sort((one, other) => one.at - other.at);
  return steps.filter((step, index) => !isIdle(step, steps[index + 1]));
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
