// The door of a venue: what is decided of a command before it meets the book. Too many requests are turned away here;
// where the reply to an order is not its outcome, so are orders of a bad form. What passes may be held back a while
// (a speed bump, a slow kind of account) and is then carried out, whatever happened in between.

import { assert } from "../../src/domain/assert.ts";
import type { BatchCommand, PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { RefusalReason, RequestKind } from "../../src/domain/event.ts";
import type { InstrumentId, OrderId, TimeUs } from "../../src/domain/units.ts";
import type { InstrumentDesk } from "./instrument-desk.ts";
import type { BatchRule, VenueProfile } from "./profile.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { UsedOrderIds } from "./used-order-ids.ts";

/** What commands that came as one request share: what is charged for it, and whether it was let in. */
export type BatchTicket = { readonly size: number; judgedAt: number; isLetIn: boolean };

/** Tells that a cancel at a time was not taken, in the venue's words. */
type Unscheduled = (refusal: string, at: TimeUs) => void;

export class VenueDoor {
  /** Is an order judged whole when it meets the book, and not its form before? */
  readonly judgesAtOnce: boolean;
  readonly #profile: VenueProfile;
  readonly #desks: readonly InstrumentDesk[];
  readonly #unscheduled: Unscheduled;
  readonly #limiter: RateLimiter | undefined;
  readonly #holds: boolean;
  readonly #used = new UsedOrderIds();

  constructor(profile: VenueProfile, desks: readonly InstrumentDesk[], unscheduled: Unscheduled) {
    this.judgesAtOnce = profile.ack === "final";
    this.#profile = profile;
    this.#desks = desks;
    this.#unscheduled = unscheduled;
    this.#limiter = profile.rateLimits.length > 0 ? new RateLimiter(profile.rateLimits) : undefined;
    this.#holds = profile.takerDelayUs + profile.makerDelayUs + profile.cancelDelayUs > 0;
  }

  /**
   * A command arrives: false, and it is refused, when it goes no further.
   * @param batch of the request it came in with others, all arriving at `at`
   */
  admit(command: VenueCommand, at: TimeUs, batch?: BatchTicket): boolean {
    if (this.#limiter !== undefined && !this.#isWithinRates(this.#limiter, command, at, batch)) {
      this.#refuseForRate(command, at);
      return false;
    }
    if (this.judgesAtOnce || command.kind !== "PlaceOrder") return true;
    const desk = this.#desk(command.instrument);
    const refusal = desk === undefined ? undefined : this.refuseForm(command, desk);
    if (refusal === undefined) return true;
    desk?.refuse(command.orderId, "place", refusal, at);
    return false;
  }

  /** The ticket of a request that carries several commands of a kind, as many as the venue takes; not judged yet. */
  ticketOf(kind: BatchCommand["kind"], size: number): BatchTicket {
    const { batch } = this.#profile;
    const most = batch === undefined ? 1 : mostOf(batch, kind);
    assert(size <= most, `a batch of ${this.#profile.name} has at most ${most}, was ${size}`);
    return { size, judgedAt: Number.NEGATIVE_INFINITY, isLetIn: false };
  }

  /** A batch is charged once, when its first command arrives; the others share its fate. */
  #isWithinRates(
    limiter: RateLimiter,
    { kind }: VenueCommand,
    at: TimeUs,
    batch: BatchTicket | undefined,
  ): boolean {
    if (batch === undefined) return limiter.take(kind, at);
    if (batch.judgedAt !== at) {
      batch.judgedAt = at;
      batch.isLetIn = limiter.take(kind, at, batch.size);
    }
    return batch.isLetIn;
  }

  /** How long the venue holds a command back between admitting it and carrying it out, µs. */
  holdUs(command: VenueCommand): number {
    if (!this.#holds) return 0;
    const { takerDelayUs, makerDelayUs, cancelDelayUs } = this.#profile;
    switch (command.kind) {
      case "PlaceOrder":
        return command.timeInForce === "POST_ONLY" ? makerDelayUs : takerDelayUs;
      case "AmendOrder":
        return this.#isPostOnly(command.instrument, command.orderId) ? makerDelayUs : takerDelayUs;
      case "CancelOrder":
      case "CancelAll":
        return cancelDelayUs;
      case "ReportAccount":
      case "ScheduleCancel":
        return 0;
      default:
        return command satisfies never;
    }
  }

  /** What can be said of a new order by itself and the grid: its id, kind, price and size. Claims the id. */
  refuseForm(command: PlaceOrder, desk: InstrumentDesk): RefusalReason | undefined {
    if (!this.#used.claim(command.orderId)) return "duplicate-order-id";
    const { market, rules } = desk;
    const touch = command.side === "bid" ? market.bestAsk() : market.bestBid();
    return rules.refuse(command, touch, desk.fillable(command));
  }

  /**
   * A cancel-all is refused for each order it would have reached. A report is not answered: who waits for an answer
   * knows what its absence means.
   */
  #refuseForRate(command: VenueCommand, at: TimeUs): void {
    if (command.kind === "ReportAccount") return;
    if (command.kind === "ScheduleCancel") {
      this.#unscheduled(this.#profile.words["rate-limited"] ?? "rate-limited", at);
      return;
    }
    for (const desk of this.#desks) {
      if (command.instrument !== undefined && command.instrument !== desk.instrument.id) continue;
      if (command.kind !== "CancelAll") {
        desk.refuse(command.orderId, REQUEST_OF[command.kind], "rate-limited", at);
        continue;
      }
      for (const { orderId } of desk.market.orders()) {
        desk.refuse(orderId, "cancel", "rate-limited", at);
      }
    }
  }

  #isPostOnly(id: InstrumentId, orderId: OrderId): boolean {
    const order = this.#desk(id)
      ?.market.orders()
      .find((each) => each.orderId === orderId);
    return order?.timeInForce === "POST_ONLY";
  }

  #desk(id: InstrumentId): InstrumentDesk | undefined {
    return this.#desks.find((desk) => desk.instrument.id === id);
  }
}

function mostOf(rule: BatchRule, kind: BatchCommand["kind"]): number {
  if (kind === "PlaceOrder") return rule.placeMax;
  return kind === "AmendOrder" ? rule.amendMax : rule.cancelMax;
}

const REQUEST_OF = {
  PlaceOrder: "place",
  CancelOrder: "cancel",
  AmendOrder: "amend",
} as const satisfies Readonly<Record<string, RequestKind>>;
