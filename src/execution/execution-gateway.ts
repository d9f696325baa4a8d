// The one way out. Takes commands that were reviewed, and nothing else compiles; refuses those that make no sense now
// (an id used twice, a second request before the first is answered, an order that is not there); then journals,
// tells the tracker, and sends, in this order, so that nothing is on the wire that is not on record: durably so where
// the journal is write-ahead, and while its disk fails only what adds no risk leaves. What follows from one event may
// leave in batches, where the venue takes them: each command is on record by itself all the same.

import { assert, unreachable } from "../domain/assert.ts";
import type {
  AmendOrder,
  BatchCommand,
  CancelOrder,
  PlaceOrder,
  VenueCommand,
} from "../domain/command.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";
import type { Durability } from "../journal/journal-writer.ts";
import type { Journal, JournalSeq } from "../ports/journal.ts";
import type { Venue } from "../ports/venue.ts";
import { sendTogether } from "../ports/venue.ts";
import type { Approved, Refused } from "../risk/risk-engine.ts";
import type { BatchLimits } from "./batches.ts";
import { batchEnd } from "./batches.ts";
import type { OrderTracker } from "./order-tracker.ts";
import { isInFlight, isTerminal } from "./order-transitions.ts";

export type ExecutionGatewayParts = Readonly<{
  instruments: readonly Instrument[];
  /** By venue id. */
  venues: readonly Venue[];
  tracker: OrderTracker;
  journal: Journal;
  durability: Durability;
  /** By venue id: what may leave together; absent, each command leaves alone and at once. */
  batches?: readonly (BatchLimits | undefined)[] | undefined;
  /** Told of an order or amend that is tracked and did not leave: the disk did not take it. */
  notSent: (command: PlaceOrder | AmendOrder) => void;
  /** Told when a venue is asked for a report. */
  asked: (venue: VenueId, at: TimeUs) => void;
}>;

/** Without its journal a bot opens nothing: neither an order nor a larger one leaves; cancels and questions do. */
function addsRisk(command: VenueCommand): command is PlaceOrder | AmendOrder {
  return command.kind === "PlaceOrder" || command.kind === "AmendOrder";
}

export class ExecutionGateway {
  readonly #instruments: readonly Instrument[];
  readonly #venues: readonly Venue[];
  readonly #tracker: OrderTracker;
  readonly #journal: Journal;
  readonly #notSent: (command: PlaceOrder | AmendOrder) => void;
  readonly #asked: (venue: VenueId, at: TimeUs) => void;
  readonly #isWriteAhead: boolean;
  #batches: readonly (BatchLimits | undefined)[] = [];
  #disk: "writes" | "refuses" = "writes";
  /** Submitted and not yet released; undefined where commands leave at once. */
  #outbox: VenueCommand[] | undefined;

  constructor(parts: ExecutionGatewayParts) {
    this.#instruments = parts.instruments;
    this.#venues = parts.venues;
    this.#tracker = parts.tracker;
    this.#journal = parts.journal;
    this.#notSent = parts.notSent;
    this.#asked = parts.asked;
    this.#isWriteAhead = parts.durability === "write-ahead";
    this.batchBy(parts.batches);
  }

  /** From now on; absent, each command leaves alone. Not while something waits to leave. */
  batchBy(batches: ExecutionGatewayParts["batches"]): void {
    assert(!this.holds, "what is batched otherwise has not been submitted yet");
    this.#batches = batches ?? [];
    this.#outbox = this.#isWriteAhead || batches !== undefined ? [] : undefined;
  }

  /** Sends a command that answers the event `cause`; false when it was refused, which is then in the journal. */
  submit(command: Approved<VenueCommand>, at: TimeUs, cause: JournalSeq): boolean {
    const refused = this.#refusal(command);
    if (refused !== undefined) {
      this.#journal.refusal(command, at, cause, refused.rule, refused.reason);
      return false;
    }
    this.#journal.command(command, at, cause);
    this.track(command, at);
    const outbox = this.#outbox;
    if (outbox === undefined) this.#venueOf(command).send(command);
    else outbox.push(command);
    return true;
  }

  /**
   * What was submitted leaves now, in batches where venues take them. Write-ahead: once the disk has its record, and no
   * more than cancels if it has not.
   */
  release(): void {
    const outbox = this.#outbox;
    if (outbox === undefined || outbox.length === 0) return;
    const durable = !this.#isWriteAhead || this.commit();
    this.#outbox = [];
    let index = 0;
    while (index < outbox.length) {
      const command = outbox[index] as VenueCommand;
      const venue = this.#venueIdOf(command);
      const end = batchEnd(outbox, index, this.#batches[venue], this.#venueIdOf);
      if (!durable && addsRisk(command)) {
        this.#notSent(command);
        index += 1;
        continue;
      }
      if (end === index + 1) this.#venueOf(command).send(command);
      else sendTogether(this.#venueOf(command), outbox.slice(index, end) as BatchCommand[]);
      index = end;
    }
  }

  /** Is something submitted that has not left? */
  get holds(): boolean {
    return this.#outbox !== undefined && this.#outbox.length > 0;
  }

  /** Did the disk take everything when it was last asked? */
  get diskWrites(): boolean {
    return this.#disk === "writes";
  }

  /** Asks the disk to take everything so far; false while it does not. */
  commit(): boolean {
    this.#disk = this.#journal.commit() ? "writes" : "refuses";
    return this.#disk === "writes";
  }

  #refusal(command: VenueCommand): Refused | undefined {
    if (this.#disk === "refuses" && addsRisk(command) && !this.commit()) {
      return { kind: "Refused", rule: "journal", reason: "the disk does not take the journal" };
    }
    switch (command.kind) {
      case "PlaceOrder":
        return this.#placeRefusal(command);
      case "CancelOrder":
      case "AmendOrder":
        return this.#requestRefusal(command);
      case "CancelAll":
      case "ReportAccount":
      case "ScheduleCancel":
        return undefined;
      default:
        return unreachable(command);
    }
  }

  #placeRefusal(command: PlaceOrder): Refused | undefined {
    const { orderId } = command;
    if (!this.#tracker.isUsed(orderId)) return undefined;
    const spent = this.#tracker.spentUpTo;
    const reason = `order id ${orderId} is used, ids to ${spent} are spent`;
    return { kind: "Refused", rule: "duplicate-order-id", reason };
  }

  #requestRefusal(command: CancelOrder | AmendOrder): Refused | undefined {
    const order = this.#tracker.find(command.orderId);
    if (order === undefined || order.instrument !== command.instrument || isTerminal(order.state)) {
      const state = order === undefined ? "not known" : `${order.state}`;
      return {
        kind: "Refused",
        rule: "unknown-order",
        reason: `order ${command.orderId} of instrument ${command.instrument} is ${state}`,
      };
    }
    const waits =
      isInFlight(order.state) || (order.state === "unknown" && command.kind === "AmendOrder");
    if (!waits) return undefined;
    const reason = `order ${command.orderId} is ${order.state}: its last request is not answered`;
    return { kind: "Refused", rule: "request-in-flight", reason };
  }

  /** A command that was sent is in the books of the tracker: as it leaves, and when a journal tells of it. */
  track(command: VenueCommand, at: TimeUs): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#tracker.placed(command, at);
        break;
      case "CancelOrder":
        this.#tracker.cancelSent(command, at);
        break;
      case "AmendOrder":
        this.#tracker.amendSent(command, at);
        break;
      case "CancelAll":
        this.#tracker.cancelAllSent(command, at);
        break;
      case "ReportAccount":
        this.#asked(command.venue, at);
        break;
      case "ScheduleCancel":
        break;
      default:
        unreachable(command);
    }
  }

  readonly #venueIdOf = (command: VenueCommand): VenueId => {
    const id = "venue" in command ? command.venue : this.#instruments[command.instrument]?.venue;
    if (id === undefined) assert(false, `${command.kind} names an instrument of this run`);
    return id;
  };

  #venueOf(command: VenueCommand): Venue {
    const venue = this.#venues[this.#venueIdOf(command)];
    if (venue === undefined) assert(false, `${command.kind} names a venue of this run`);
    return venue;
  }
}
