// One direction of the wire between us and one venue: when does a message that is sent now arrive?
// By default a direction keeps its order, as one websocket does: a message never arrives before an
// earlier one (hftbacktest's order buses do the same). Which of several equal arrivals comes first
// is the event queue's to say.

import { assert } from "../../src/domain/assert.ts";
import type { VenueCommand } from "../../src/domain/command.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { Rng } from "../../src/ports/rng.ts";
import { randomSite } from "../kernel/keyed-rng.ts";
import type { Latency, LinkLatency } from "./latency.ts";
import { latencyOf } from "./latency.ts";

/** What a message is, and with it which latency it has. */
export type MessageKind = "place" | "cancel" | "amend" | "response";

/** "request" leads to the venue, "response" back to us. */
export type LinkDirection = "request" | "response";

export type LinkConfig = Readonly<{
  /** The scenario's name of the venue; names the link's draws. */
  venue: string;
  direction: LinkDirection;
  latency: LinkLatency;
  rng: Rng;
}>;

/**
 * Each kind's number in the key of a draw; a published run depends on them, so they never change.
 */
const KIND_NUMBER: Readonly<Record<MessageKind, number>> = {
  place: 0,
  cancel: 1,
  amend: 2,
  response: 3,
};

/** One direction to or from one venue. Owns the time of its last arrival, nothing else. */
export class Link {
  readonly #latencies: Readonly<Record<MessageKind, Latency>>;
  readonly #rng: Rng;
  readonly #site: number;
  readonly #overtaking: boolean;
  #lastArrival = Number.NEGATIVE_INFINITY;

  constructor(config: LinkConfig) {
    const { latency } = config;
    this.#latencies = {
      place: latencyOf(latency.place),
      cancel: latencyOf(latency.cancel),
      amend: latencyOf(latency.amend),
      response: latencyOf(latency.response),
    };
    this.#rng = config.rng;
    this.#site = randomSite(`network.${config.venue}.${config.direction}`);
    this.#overtaking = latency.overtaking ?? false;
  }

  /**
   * When a message sent at `sentAt` arrives: at the earliest then, and in order unless the link
   * lets messages overtake. `ordinal` numbers the messages of this link; the draw is keyed by
   * (seed, link, kind, ordinal) alone.
   */
  arrival(sentAt: TimeUs, kind: MessageKind, ordinal: number): TimeUs {
    const latency = this.#latencies[kind];
    const chance = latency.isDrawn ? this.#rng.uint32(this.#site, KIND_NUMBER[kind], ordinal) : 0;
    const travelled = sentAt + latency.sample(sentAt, chance);
    const arrival =
      this.#overtaking || travelled > this.#lastArrival ? travelled : this.#lastArrival;
    assert(arrival >= sentAt, "a message does not arrive before it is sent");
    this.#lastArrival = arrival;
    return arrival as TimeUs;
  }
}

/** Which latency a command has: all but orders and amends travel like a cancel. */
export function requestKindOf(command: VenueCommand): "place" | "cancel" | "amend" {
  switch (command.kind) {
    case "PlaceOrder":
      return "place";
    case "AmendOrder":
      return "amend";
    default:
      return "cancel";
  }
}
