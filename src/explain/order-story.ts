// Everything known of orders, gathered while a run is run again: what was decided and on what, what was sent, what the
// venue answered, what its queue did, what the ledger booked. Bounded by the orders that are asked for.

import type { Command, PlaceOrder, VenueCommand } from "../domain/command.ts";
import type { HedgedPair } from "../domain/common-units.ts";
import type { Event, OrderEvent, OrderFilled } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderId, TimeUs } from "../domain/units.ts";
import type { JournalObserver, JournalSeq } from "../ports/journal.ts";
import type { RequestMet, RequestSent, TruthFact, TruthObserver } from "../ports/truth.ts";
import type { View } from "../ports/view.ts";
import type { HedgeRounding } from "./hedge-rounding.ts";
import { hedgeRoundingOf } from "./hedge-rounding.ts";
import { QueueStory } from "./queue-story.ts";
import type { Glimpse } from "./witness.ts";
import { glimpseOf } from "./witness.ts";

/** A request about an order: as it was journalled, why, and its time on the wire where it left. */
export type Request = {
  readonly at: TimeUs;
  readonly command: VenueCommand;
  /** The event it answers. */
  readonly cause: Event | undefined;
  /** True: the strategy's own; false: the bot's machinery sent it. */
  readonly byStrategy: boolean;
  arrivesAt: TimeUs | undefined;
};

export type RuleRefusal = Readonly<{ at: TimeUs; kind: string; rule: string; reason: string }>;

/** What a fill booked, in our belief, as of when we learned of it. */
export type Booking = Readonly<{ fill: OrderFilled; before: Glimpse; after: Glimpse }>;

export type OrderStory = {
  readonly orderId: OrderId;
  /** As it was sent; for an order our rules refused, as it was asked for. */
  readonly place: PlaceOrder;
  /** As the strategy asked for it, before risk cut its size; undefined: not the strategy's. */
  readonly asked: PlaceOrder | undefined;
  readonly saw: Glimpse | undefined;
  /** Where it hedges: the net it is to end, and what rounding leaves of it. */
  readonly rounding?: HedgeRounding | undefined;
  readonly cause: Event | undefined;
  readonly requests: Request[];
  readonly refusals: RuleRefusal[];
  readonly answers: OrderEvent[];
  readonly bookings: Booking[];
  readonly queues: QueueStory[];
  readonly met: RequestMet[];
};

/** Events back to which a command's cause may lie: own events follow one another. */
const CAUSES_KEPT = 256;

export class OrderStories implements JournalObserver, TruthObserver {
  readonly stories = new Map<OrderId, OrderStory>();
  /** Every request of the run in the order they were sent: what a replay needs. */
  readonly sent: RequestSent[] = [];
  /** Every order id that was ever asked for, ascending as strategies count. */
  readonly ids: OrderId[] = [];
  readonly #instruments: readonly Instrument[];
  readonly #asks: (id: OrderId, at: TimeUs) => boolean;
  readonly #hedgedPair: HedgedPair | undefined;
  readonly #causes = new Map<JournalSeq, Event>();
  #decided: Readonly<{ event: Event; view: View; commands: readonly Command[] }> | undefined;
  /** Belief about an instrument's account after its last fill. */
  readonly #before: (Glimpse | undefined)[] = [];

  /** `asks`: whose story is to be told, judged when it is first placed. */
  constructor(
    instruments: readonly Instrument[],
    asks: (id: OrderId, at: TimeUs) => boolean,
    hedgedPair?: HedgedPair,
  ) {
    this.#instruments = instruments;
    this.#asks = asks;
    this.#hedgedPair = hedgedPair;
  }

  /** The strategy has decided; called before any of it is journalled. */
  decided(event: Event, view: View, commands: readonly Command[]): void {
    this.#decided = { event, view, commands };
    if (event.kind === "OrderFilled") this.#book(event, view);
    else if (this.#before.length === 0 || event.kind === "FundingPaid") this.#rememberAll(view);
  }

  event(event: Event, seq: JournalSeq): void {
    this.#causes.set(seq, event);
    if (this.#causes.size > CAUSES_KEPT) {
      const [oldest] = this.#causes.keys();
      if (oldest !== undefined) this.#causes.delete(oldest);
    }
    if (!("orderId" in event)) return;
    this.stories.get(event.orderId)?.answers.push(event);
  }

  command(command: Command, at: TimeUs, cause: JournalSeq): void {
    if (command.kind === "PlaceOrder") this.#begin(command, at, cause);
    for (const story of this.#about(command)) {
      const event = this.#causes.get(cause);
      const byStrategy = this.#asked(command, event) !== undefined;
      const request = { at, cause: event, byStrategy, arrivesAt: undefined };
      story.requests.push({ ...request, command: command as VenueCommand });
    }
  }

  refusal(command: Command, at: TimeUs, rule: string, reason: string, cause: JournalSeq): void {
    if (command.kind === "PlaceOrder") this.#begin(command, at, cause);
    for (const story of this.#about(command)) {
      story.refusals.push({ at, kind: command.kind, rule, reason });
    }
  }

  watches(id: OrderId): boolean {
    return this.stories.has(id);
  }

  learn(fact: TruthFact): void {
    if (fact.kind === "RequestSent") {
      this.#left(fact);
      return;
    }
    const story = this.stories.get(fact.orderId);
    if (story === undefined) return;
    const queue = story.queues.at(-1);
    switch (fact.kind) {
      case "RequestMet":
        story.met.push(fact);
        return;
      case "OrderRested":
        story.queues.push(new QueueStory(fact));
        return;
      case "PrintReached":
        queue?.print(fact);
        return;
      case "QueueMoved":
        queue?.moved(fact);
        return;
      case "MarketNearer":
        queue?.nearer(fact);
        return;
      default:
        fact satisfies never;
    }
  }

  #begin(command: PlaceOrder, at: TimeUs, cause: JournalSeq): void {
    const { orderId } = command;
    this.ids.push(orderId);
    if (this.stories.has(orderId) || !this.#asks(orderId, at)) return;
    const event = this.#causes.get(cause);
    const asked = this.#asked(command, event);
    const decided = this.#decided;
    const view = asked === undefined ? undefined : decided?.view;
    const saw = view === undefined ? undefined : glimpseOf(view, command.instrument);
    const pair = this.#hedgedPair;
    const rounding =
      view === undefined || pair === undefined
        ? undefined
        : hedgeRoundingOf(command, view, pair, this.#instruments);
    this.stories.set(orderId, {
      orderId,
      place: command,
      asked: asked?.kind === "PlaceOrder" ? asked : undefined,
      saw,
      rounding,
      cause: event,
      requests: [],
      refusals: [],
      answers: [],
      bookings: [],
      queues: [],
      met: [],
    });
  }

  /** The stories a command is about. */
  #about(command: Command): readonly OrderStory[] {
    switch (command.kind) {
      case "PlaceOrder":
      case "CancelOrder":
      case "AmendOrder": {
        const story = this.stories.get(command.orderId);
        return story === undefined ? [] : [story];
      }
      case "CancelAll":
        return [...this.stories.values()].filter((story) => this.#reaches(command, story));
      default:
        return [];
    }
  }

  #reaches(
    { venue, instrument }: Extract<Command, { kind: "CancelAll" }>,
    { place, answers, requests }: OrderStory,
  ): boolean {
    if (requests.length === 0 || answers.some(isLast)) return false;
    if (instrument !== undefined) return instrument === place.instrument;
    return this.#instruments[place.instrument]?.venue === venue;
  }

  /** The command as the strategy decided it, undefined when it did not. */
  #asked(command: Command, cause: Event | undefined): Command | undefined {
    if (cause === undefined || this.#decided?.event !== cause) return undefined;
    return this.#decided?.commands.find(
      (each) =>
        each === command ||
        (each.kind === command.kind &&
          "orderId" in each &&
          "orderId" in command &&
          each.orderId === command.orderId),
    );
  }

  #left(fact: RequestSent): void {
    this.sent.push(fact);
    for (const { requests } of this.#about(fact.command)) {
      const request = requests.findLast(({ command }) => command === fact.command);
      if (request !== undefined) request.arrivesAt ??= fact.arrivesAt;
    }
  }

  #book(fill: OrderFilled, view: View): void {
    const after = glimpseOf(view, fill.instrument);
    const before = this.#before[fill.instrument] ?? after;
    this.#rememberAll(view);
    this.stories.get(fill.orderId)?.bookings.push({ fill, before, after });
  }

  #rememberAll(view: View): void {
    for (const { id } of this.#instruments) this.#before[id] = glimpseOf(view, id);
  }
}

/** Is the order over with this answer? */
function isLast(event: OrderEvent): boolean {
  return (
    event.kind === "OrderClosed" || (event.kind === "OrderRefused" && event.request === "place")
  );
}
