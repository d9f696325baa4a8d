// A run's requests once more, each at the moment it reached its venue, with nobody deciding: the same world in which one
// order may be different. What that order comes to there is what the difference was worth, all else being equal.

import type { CancelOrder, VenueCommand } from "../../src/domain/command.ts";
import type { CloseReason, Event, OrderFilled, RefusalReason } from "../../src/domain/event.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import type { RequestSent } from "../../src/ports/truth.ts";
import type { Market, VenueOrder } from "../exchange/market.ts";
import { RANK_ARRIVAL } from "./booked.ts";
import type { Feed } from "./feed.ts";
import type { Scenario } from "./scenario.ts";
import { ScenarioRun } from "./scenario-run.ts";
import type { Listener, Stage, Staging } from "./staging.ts";

/** How one order is different. */
export type OrderChange = Readonly<{
  orderId: OrderId;
  /** Its price is one tick better: a bid higher, an ask lower. */
  tickBetter?: boolean;
  /** It reaches the venue this much sooner. */
  soonerUs?: number;
  /** It is never cancelled. */
  leftStanding?: boolean;
}>;

/** What the order came to, as its venue knows it. */
export type ReplayedOrder = Readonly<{
  fills: readonly OrderFilled[];
  /** Why it ended, undefined while it stands. */
  end: CloseReason | RefusalReason | undefined;
}>;

export class RequestReplay {
  readonly #run: ScenarioRun;
  readonly #staging: RequestStaging;

  /** `requests` in the order they were sent. The run stops as soon as the order is over. */
  constructor(
    scenario: Scenario,
    hasher: () => Hasher,
    requests: readonly RequestSent[],
    change: OrderChange,
  ) {
    const staging = new RequestStaging(requests, change, () => this.#run.stop());
    const strategy = () => ({
      name: "nobody",
      wants: [],
      decide: () => [],
      save: () => null,
      restore: () => undefined,
    });
    const silent = { ...scenario, strategy, risk: {}, machinery: undefined };
    this.#staging = staging;
    this.#run = new ScenarioRun(silent, { hasher }, staging);
  }

  /** Runs about `rowBudget` rows further; true when the order's end, or the run's, is known. */
  advance(rowBudget: number): boolean {
    return this.#run.advance(rowBudget);
  }

  get outcome(): ReplayedOrder {
    return this.#staging;
  }
}

class RequestStaging implements Staging, ReplayedOrder {
  readonly fills: OrderFilled[] = [];
  end: CloseReason | RefusalReason | undefined;
  readonly tap = {
    sent: (): void => undefined,
    said: (_venue: VenueId, event: Event): void => this.#said(event),
    arrives: (_exchange: unknown, command: VenueCommand): VenueCommand => command,
    arrived: (): void => undefined,
    watched: (market: Market): Market =>
      this.#change.leftStanding === true ? sparing(market, this.#change.orderId) : market,
  };
  readonly #requests: readonly RequestSent[];
  readonly #change: OrderChange;
  readonly #over: () => void;

  constructor(requests: readonly RequestSent[], change: OrderChange, over: () => void) {
    this.#requests = requests;
    this.#change = change;
    this.#over = over;
  }

  feedClock<Clock>(_instrument: unknown, clock: Clock): Clock {
    return clock;
  }

  feed(_instrument: unknown, plain: Feed): Feed {
    return plain;
  }

  begins({ queue, startsAt }: Stage): Listener {
    const side = this.#requests.find(({ command }) => this.#isPlace(command))?.command;
    const better = side?.kind === "PlaceOrder" && side.side === "ask" ? -1 : 1;
    for (const request of this.#requests) {
      const { command, arrivesAt } = request;
      const sooner = this.#isPlace(command) ? (this.#change.soonerUs ?? 0) : 0;
      const at = Math.max(startsAt, arrivesAt - sooner) as TimeUs;
      queue.push(at, RANK_ARRIVAL, this.#changed(command, better));
    }
    return { hear: () => undefined, finish: () => "" };
  }

  strike(): void {
    // Nothing is struck: the world is as it was.
  }

  #changed(command: VenueCommand, better: 1 | -1): VenueCommand {
    const { orderId, tickBetter } = this.#change;
    if (tickBetter !== true) return command;
    if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return command;
    if (command.orderId !== orderId || command.price === undefined) return command;
    return { ...command, price: (command.price + better) as PriceTicks };
  }

  #isPlace(command: VenueCommand): boolean {
    return command.kind === "PlaceOrder" && command.orderId === this.#change.orderId;
  }

  #said(event: Event): void {
    if (!("orderId" in event) || event.orderId !== this.#change.orderId) return;
    if (event.kind === "OrderFilled") this.fills.push(event);
    else if (event.kind === "OrderClosed") this.#ended(event.reason);
    else if (event.kind === "OrderRefused" && event.request === "place") this.#ended(event.reason);
  }

  #ended(reason: CloseReason | RefusalReason): void {
    this.end = reason;
    this.#over();
  }
}

/** The same market, in which nobody's cancel reaches the order; what a venue ends of its own accord still ends. */
function sparing(market: Market, spared: OrderId): Market {
  const isOurs = (reason: CloseReason) => reason === "cancelled" || reason === "scheduled-cancel";
  return {
    instrument: market.instrument,
    get rows(): number {
      return market.rows ?? 0;
    },
    nextAt: () => market.nextAt(),
    hasOrders: () => market.hasOrders(),
    advance: (limit) => market.advance(limit),
    place: (order: VenueOrder, at) => market.place(order, at),
    cancel: (id: CancelOrder["orderId"], reason, at) =>
      id === spared && isOurs(reason) ? false : market.cancel(id, reason, at),
    amend: (id, price, size: SizeLots, at) => market.amend(id, price, size, at),
    orders: () => market.orders(),
    bestBid: () => market.bestBid(),
    bestAsk: () => market.bestAsk(),
    mark: () => market.mark(),
  };
}
