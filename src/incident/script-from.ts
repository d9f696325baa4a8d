// From a timeline to the script of what the venue did: orders in the order they were placed, each with its acceptance,
// fills and end, and the time between them. What the bot did is left out: that is for the next bot to show.

import { Decimal } from "decimal.js";
import { DataError } from "../data/data-error.ts";
import type { Act, Script, ScriptLeg } from "./script.ts";
import type { Broken, Incident, TimelineEvent } from "./timeline.ts";

/** Longer pauses are the bot's, or nobody's. */
const AFTER_US_MAX = 60_000_000;

export type Cut = Readonly<{
  name: string;
  story: string;
  broken: Broken;
  /** Decimals; found in the log's own numbers where nobody says. */
  tickSize?: string | undefined;
  lotSize?: string | undefined;
}>;

/** @throws {DataError} when the timeline names no price, or more legs than a script can have. */
export function scriptFrom(incident: Incident, cut: Cut): Script {
  const legs = new Map<string, LegScript>();
  for (const event of incident.events) {
    const { leg: name, what } = event;
    if (name === undefined || what === "alert" || what === "phase") continue;
    const leg = legs.get(name) ?? new LegScript(name);
    legs.set(name, leg);
    leg.take(event);
  }
  const worked = [...legs.values()].filter((leg) => leg.isWorked);
  if (worked.length === 0 || worked.length > 2) {
    const expected = "orders or fills on one leg, or on two";
    const advice = "shrink the incident first, or cut the log to one coin";
    throw new DataError({ file: "the incident", expected, was: `${worked.length} legs`, advice });
  }
  const price = worked.map((leg) => leg.price).find((each) => each !== undefined);
  if (price === undefined) {
    const advice = "keep an event with a price in it";
    throw new DataError({ file: "the incident", expected: "a price on one of its legs", advice });
  }
  // Legs hedge each other in one coin: the step that one of them shows is the other's too.
  const tickSize = cut.tickSize ?? finest(worked.flatMap(({ prices }) => prices));
  const lotSize = cut.lotSize ?? finest(worked.flatMap(({ sizes }) => sizes));
  return {
    version: 1,
    name: cut.name,
    story: cut.story,
    from: { format: incident.format, sha256: incident.files.map(({ sha256 }) => sha256) },
    breaks: { id: cut.broken.id, name: cut.broken.name },
    orderSize: incident.orderSize ?? largestOrder(incident.events) ?? "1",
    legs: worked.map((leg) => leg.script(price, { tickSize, lotSize })),
  };
}

/** Size of the largest order or fill; undefined when none is told. */
export function largestOrder(events: readonly TimelineEvent[]): string | undefined {
  let largest = new Decimal(0);
  for (const { what, size, filled } of events) {
    if (what === "decreasing") continue;
    largest = Decimal.max(largest, size ?? 0, filled ?? 0);
  }
  return largest.isZero() ? undefined : largest.toFixed();
}

/** `left`: it is known to have left for the venue, where it then rests. */
type Worked = {
  left: boolean;
  acts: Act[];
  last: number;
  filled: Decimal;
  size: Decimal | undefined;
  over: boolean;
};

/** One leg's orders, as they come. */
class LegScript {
  price: string | undefined;
  readonly prices: string[] = [];
  readonly sizes: string[] = [];
  readonly #name: string;
  readonly #orders: Worked[] = [];
  readonly #byId = new Map<string, Worked>();
  /** Asked for, and not heard of since: what a fill without an order's name is of. */
  #current: Worked | undefined;
  #position: string | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  get isWorked(): boolean {
    return this.#orders.some(({ left }) => left);
  }

  take(event: TimelineEvent): void {
    for (const text of [event.size, event.filled]) if (text !== undefined) this.sizes.push(text);
    if (event.price !== undefined) {
      this.prices.push(event.price);
      if (event.what === "fill" || event.what === "status") this.price ??= event.price;
    }
    switch (event.what) {
      case "intended":
      case "placed":
        this.#begin(event);
        break;
      case "status":
        this.#status(event);
        break;
      case "fill":
        this.#fill(event);
        break;
      case "refused": {
        const order = this.#current ?? this.#begin(event);
        act(order, event.at, { do: "refuse" });
        order.over = true;
        break;
      }
      case "position":
        if (!this.isWorked) this.#position = event.position;
        break;
      default:
        break;
    }
  }

  script(anyPrice: string, steps: Readonly<{ tickSize: string; lotSize: string }>): ScriptLeg {
    const price = new Decimal(this.price ?? anyPrice);
    const { tickSize } = steps;
    return {
      leg: this.#name,
      ...steps,
      ...{ bid: price.minus(tickSize).toFixed(), ask: price.plus(tickSize).toFixed() },
      ...(this.#position === undefined ? {} : { position: this.#position }),
      orders: this.#orders
        .filter(({ left }) => left)
        .map(({ acts }) => (acts.length > 0 ? acts : [{ after: 0, do: "accept" as const }])),
    };
  }

  /** A line before the order left and the line that it did are one order. */
  #begin({ at, size, order: id, what }: TimelineEvent): Worked {
    const known = id === undefined ? undefined : this.#byId.get(id);
    if (known !== undefined) return known;
    const current = this.#current;
    const isSame = current !== undefined && current.acts.length === 0 && what !== "intended";
    const order: Worked = isSame
      ? current
      : { left: false, acts: [], last: at, filled: new Decimal(0), size: undefined, over: false };
    if (what !== "intended") order.left = true;
    order.size ??= size === undefined ? undefined : new Decimal(size);
    if (!isSame) this.#orders.push(order);
    if (id !== undefined) this.#byId.set(id, order);
    this.#current = order;
    return order;
  }

  #status(event: TimelineEvent): void {
    const order = this.#begin(event);
    if (order.over) return;
    const filled = new Decimal(event.filled ?? order.filled);
    const more = filled.minus(order.filled);
    if (event.status === "REJECTED") {
      act(order, event.at, { do: "refuse" });
      order.over = true;
      return;
    }
    accept(order, event.at);
    const isWhole = event.status === "FILLED";
    if (isWhole) act(order, event.at, { do: "fill" });
    else if (more.greaterThan(0)) act(order, event.at, { do: "fill", size: more.toFixed() });
    if (more.greaterThan(0)) order.filled = filled;
    if (event.status === "CANCELED") act(order, event.at, { do: "cancel" });
    order.over = isWhole || event.status === "CANCELED";
  }

  #fill(event: TimelineEvent): void {
    const named = event.order === undefined ? undefined : this.#byId.get(event.order);
    const order = named ?? (this.#current?.over === false ? this.#current : this.#begin(event));
    const size = new Decimal(event.size ?? 0);
    accept(order, event.at);
    order.filled = order.filled.plus(size);
    const isWhole = order.size === undefined || order.filled.greaterThanOrEqualTo(order.size);
    act(order, event.at, isWhole ? { do: "fill" } : { do: "fill", size: size.toFixed() });
    if (isWhole && event.order === undefined) order.over = true;
    if (order.over && order === this.#current) this.#current = undefined;
  }
}

function accept(order: Worked, at: number): void {
  if (order.acts.length === 0) act(order, at, { do: "accept" });
}

function act(order: Worked, at: number, what: Omit<Act, "after">): void {
  const after = Math.min(AFTER_US_MAX, Math.max(0, at - order.last));
  order.last = at;
  order.acts.push({ after, ...what });
}

/** The step all of these are multiples of, as a power of ten: "0.01". */
export function finest(texts: readonly string[]): string {
  const places = texts.map((text) => new Decimal(text).decimalPlaces());
  return new Decimal(1).dividedBy(new Decimal(10).toPower(Math.max(0, ...places))).toFixed();
}
