// Our end of the wire to a venue: a request has one draw of latency, however many commands it carries. A batch is its
// commands arriving at one moment, one after another, with a ticket that the venue's door charges once.

import type { BatchCommand, VenueCommand } from "../../src/domain/command.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { Venue } from "../../src/ports/venue.ts";
import type { BatchTicket, VenueDoor } from "../exchange/venue-door.ts";
import type { Link } from "../network/link.ts";
import { requestKindOf } from "../network/link.ts";

export type WireParts = Readonly<{
  link: Link;
  door: VenueDoor;
  now: () => TimeUs;
  /** A command is on its way, and arrives at `at`. */
  leaves: (command: VenueCommand, at: TimeUs) => void;
  /** The same of several that are one request. */
  leaveTogether: (commands: readonly BatchCommand[], at: TimeUs) => void;
}>;

export class Wire implements Venue {
  readonly #parts: WireParts;
  /** The tickets of what came in batches; nobody else ever asks for one, so it may forget. */
  readonly #tickets = new WeakMap<VenueCommand, BatchTicket>();
  #hasTickets = false;
  #requests = 0;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  send(command: VenueCommand): void {
    this.#parts.leaves(command, this.#arrival(command));
  }

  sendBatch(commands: readonly BatchCommand[]): void {
    const head = commands[0] as BatchCommand;
    const ticket = this.#parts.door.ticketOf(head.kind, commands.length);
    this.#hasTickets = true;
    for (const command of commands) this.#tickets.set(command, ticket);
    this.#parts.leaveTogether(commands, this.#arrival(head));
  }

  /** With which others a command came; undefined when it came alone. */
  ticketOf(command: VenueCommand): BatchTicket | undefined {
    return this.#hasTickets ? this.#tickets.get(command) : undefined;
  }

  #arrival(command: VenueCommand): TimeUs {
    const { link, now } = this.#parts;
    const ordinal = this.#requests;
    this.#requests += 1;
    return link.arrival(now(), requestKindOf(command), ordinal);
  }
}
