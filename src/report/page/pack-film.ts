// A film as the player's script reads it: columns of whole numbers, texts and lists of orders once each.

import { Decimal } from "decimal.js";
import type { Instrument } from "../../domain/instrument.ts";
import type { Change, Film, FilmOrder } from "../player/film.ts";
import { ACTORS, STEP_KINDS } from "../player/film.ts";
import { firstParting } from "./first-parting.ts";
import { Books } from "./pack-books.ts";
import { packInts } from "./pack-ints.ts";
import type { PackedFilm, PackedFilmInstrument, PackedOrder, PackedTrack } from "./player-data.ts";

export function packFilm(film: Film): PackedFilm {
  const { steps, messages, partings, violations } = film;
  const words = new Words();
  const orders = new OrderSets();
  const ends = [steps[0]?.at ?? 0, steps.at(-1)?.at ?? 0] as const;
  const column = <T>(list: readonly T[], number: (each: T) => number | undefined): string =>
    packInts(list.map(number));
  return {
    startedAt: ends[0],
    endedAt: ends[1],
    isStated: film.isStated === true,
    venues: film.venues,
    actors: ACTORS,
    kinds: STEP_KINDS,
    instruments: film.instruments.map((each) => packInstrument(film, each, orders)),
    steps: {
      at: column(steps, ({ at }) => at),
      who: column(steps, ({ who }) => ACTORS.indexOf(who)),
      kind: column(steps, ({ kind }) => STEP_KINDS.indexOf(kind)),
      message: column(steps, ({ message }) => message),
      instrument: column(steps, ({ instrument }) => instrument),
      text: column(steps, ({ text }) => words.place(text)),
    },
    messages: {
      kind: column(messages, ({ kind }) => STEP_KINDS.indexOf(kind)),
      toBot: column(messages, ({ toBot }) => Number(toBot)),
      venue: column(messages, ({ venue }) => venue),
      sentAt: column(messages, ({ sentAt }) => sentAt),
      gotAt: column(messages, ({ gotAt }) => gotAt),
      instrument: column(messages, ({ instrument }) => instrument),
      order: column(messages, ({ order }) => order),
      side: column(messages, ({ side }) => side && sideCode(side)),
      price: column(messages, ({ price }) => price),
      size: column(messages, ({ size }) => size),
      filled: column(messages, ({ filled }) => filled),
      text: column(messages, ({ text }) => words.place(text)),
      copy: column(messages, ({ isCopy }) => Number(isCopy)),
      faults: column(messages, ({ faults }) => words.place(faults.join(", "))),
    },
    partings: partings.map((each) => ({
      ...each,
      until: each.until ?? null,
      message: each.message ?? null,
    })),
    first: firstParting(film)?.from ?? null,
    violations: violations.map((each) => ({ ...each, step: stepAt(film, each.at) })),
    texts: words.texts,
    states: orders.states,
    orderSets: orders.sets,
  };
}

/** The last step at a time or before it. */
function stepAt({ steps }: Film, at: number): number {
  const after = steps.findIndex((each) => each.at > at);
  return (after < 0 ? steps.length : after) - 1;
}

function packInstrument(
  film: Film,
  { id, venue, venueName, symbol, tickSize, lotSize }: Instrument,
  orders: OrderSets,
): PackedFilmInstrument {
  const books = new Books();
  const track = (what: Change["what"]): PackedTrack => trackOf(film, { id, what, orders, books });
  return {
    name: venueName === symbol ? symbol : `${venueName} ${symbol}`,
    venue,
    tick: Number(tickSize),
    lot: Number(lotSize),
    priceDecimals: new Decimal(tickSize).decimalPlaces(),
    sizeDecimals: new Decimal(lotSize).decimalPlaces(),
    believed: track("believed"),
    true: track("true"),
    believedOrders: track("believedOrders"),
    trueOrders: track("trueOrders"),
    book: track("book"),
    levels: books.packed,
  };
}

type Tracked = Readonly<{ id: number; what: Change["what"]; orders: OrderSets; books: Books }>;

function trackOf({ before, steps }: Film, { id, what, orders, books }: Tracked): PackedTrack {
  const step: number[] = [];
  const value: (number | undefined)[] = [];
  const take = (change: Change, at: number): void => {
    if (change.what !== what || change.instrument !== id) return;
    step.push(at);
    value.push(trackValue(change, orders, books));
  };
  for (const change of before) take(change, -1);
  steps.forEach(({ changes }, at) => {
    for (const change of changes) take(change, at);
  });
  return { step: packInts(step), value: packInts(value) };
}

function trackValue(change: Change, orders: OrderSets, books: Books): number | undefined {
  switch (change.what) {
    case "believed":
    case "true":
      return change.lots;
    case "believedOrders":
    case "trueOrders":
      return change.orders && orders.place(change.orders);
    case "book":
      return books.place(change.bids, change.asks);
  }
}

/** Texts, once each. */
class Words {
  readonly texts: string[] = [];
  readonly #places = new Map<string, number>();

  place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.texts.push(text);
    this.#places.set(text, this.texts.length - 1);
    return this.texts.length - 1;
  }
}

/** Lists of orders, once each. */
class OrderSets {
  readonly sets: (readonly PackedOrder[])[] = [];
  readonly #states = new Words();
  readonly #places = new Map<string, number>();

  get states(): readonly string[] {
    return this.#states.texts;
  }

  place(list: readonly FilmOrder[]): number {
    const packed = list.map((each): PackedOrder => {
      const { orderId, side, price = null, size, filled, state, ahead = null } = each;
      return [orderId, sideCode(side), price, size, filled, this.#states.place(state), ahead];
    });
    const key = JSON.stringify(packed);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.sets.push(packed);
    this.#places.set(key, this.sets.length - 1);
    return this.sets.length - 1;
  }
}

function sideCode(side: "bid" | "ask"): number {
  return side === "bid" ? 0 : 1;
}
