// The messages of a film: which arrival is of which departure, what arrived twice, what never did. A message is known by what
// it says, for a wire may alter when it is heard.

import type { VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { FilmMessage, Parting, Step } from "./film.ts";
import { commandMessage, eventMessage, keyOf } from "./film-messages.ts";

/** A stretch in which nothing passed at a venue. */
export type Outage = Readonly<{ kind: string; venue: number; from: number; until: number }>;

/** A message may still be on its way this long after it was sent, when an outage begins, or a run ends. */
const ON_WIRE_US = 1_000_000;

export class FilmWires {
  readonly messages: FilmMessage[] = [];
  /** Commands on the wire, and those that have arrived. */
  readonly #sent = new Map<VenueCommand, number>();
  readonly #arrived = new Set<number>();
  /** Answers by what they say: on the wire, and heard. */
  readonly #said = new Map<string, number[]>();
  readonly #heard = new Map<string, number>();
  /** When an answer is to arrive, if nothing befalls it. */
  readonly #dueAt = new Map<number, number>();

  sent(at: number, venue: number, command: VenueCommand): number {
    const message = this.#add(commandMessage(command, { at, venue }));
    this.#sent.set(command, message);
    return message;
  }

  /** undefined: it did not leave while the film was on. */
  got(at: number, command: VenueCommand): number | undefined {
    const sent = this.#sent.get(command);
    if (sent === undefined) return undefined;
    const message = this.#arrived.has(sent) ? this.#copy(sent) : sent;
    this.#arrived.add(sent);
    (this.messages[message] as FilmMessage).gotAt = at;
    return message;
  }

  /** undefined: no venue says this. */
  said(at: number, venue: number, event: Event): number | undefined {
    const made = eventMessage(event, { at, venue });
    if (made === undefined) return undefined;
    const message = this.#add(made);
    this.#dueAt.set(message, event.at);
    const key = keyOf(event);
    const waiting = this.#said.get(key);
    if (waiting === undefined) this.#said.set(key, [message]);
    else waiting.push(message);
    return message;
  }

  /** The first of these words that was not heard, or a copy of one that was; undefined: nobody said it. */
  heard(at: number, event: Event): number | undefined {
    const key = keyOf(event);
    const waiting = this.#said.get(key);
    const next = waiting?.shift();
    if (waiting?.length === 0) this.#said.delete(key);
    const before = this.#heard.get(key);
    const message = next ?? (before === undefined ? undefined : this.#copy(before));
    if (message === undefined) return undefined;
    if (next !== undefined) this.#heard.set(key, next);
    (this.messages[message] as FilmMessage).gotAt = at;
    return message;
  }

  /** The run is over at `endsAt`: what had not arrived was lost, to an outage or a fault of its own, or is on its way. */
  settle(endsAt: number, outages: readonly Outage[]): void {
    this.messages.forEach((message, index) => {
      if (message.gotAt !== undefined || message.faults.length > 0) return;
      nameOutages(message, outages);
      const dueAt = this.#dueAt.get(index) ?? message.sentAt + ON_WIRE_US;
      if (message.faults.length === 0 && dueAt > endsAt) message.gotAt = dueAt;
    });
  }

  #add(message: FilmMessage): number {
    this.messages.push(message);
    return this.messages.length - 1;
  }

  #copy(index: number): number {
    const of = this.messages[index] as FilmMessage;
    return this.#add({ ...of, gotAt: undefined, isCopy: true });
  }
}

/** What was lost without a fault of its own was lost to an outage, where there was one. */
function nameOutages({ venue, sentAt, faults }: FilmMessage, outages: readonly Outage[]): void {
  for (const outage of outages) {
    const isMet = outage.from <= sentAt + ON_WIRE_US && sentAt < outage.until;
    if (outage.venue === venue && isMet && !faults.includes(outage.kind)) faults.push(outage.kind);
  }
}

type Referring = Readonly<{
  messages: readonly FilmMessage[];
  steps: readonly Step[];
  partings: readonly Parting[];
}>;

/** The same with those messages alone that a step or a parting refers to. */
export function withoutUnseen({ messages, steps, partings }: Referring): Referring {
  const places = new Map<number, number>();
  const kept: FilmMessage[] = [];
  const placeOf = (index: number | undefined): number | undefined => {
    if (index === undefined) return undefined;
    const known = places.get(index);
    if (known !== undefined) return known;
    kept.push(messages[index] as FilmMessage);
    places.set(index, kept.length - 1);
    return kept.length - 1;
  };
  const seen = steps.map((step) => ({ ...step, message: placeOf(step.message) }));
  const told = partings.map((parting) => ({ ...parting, message: placeOf(parting.message) }));
  return { messages: kept, steps: seen, partings: told };
}
