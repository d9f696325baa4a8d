// What a journal tells of orders, in the form two runs are held against each other in: every order with when it was sent,
// taken, cancelled and over, and every fill once, however often it was told. From entries alone: a live bot's journal and
// a simulated one read alike.

import type { Command, PlaceOrder, TimeInForce } from "../../domain/command.ts";
import type { Event, OrderFilled, RefusalReason } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Side, TimeUs } from "../../domain/units.ts";
import { signOf } from "../../domain/units.ts";
import type { JournalEntry } from "../../ports/journal.ts";

export type ToldFill = Readonly<{
  /** Learned, and happened, µs. */
  at: number;
  venueAt: number;
  price: number;
  lots: number;
  /** Ledger units, above zero paid. */
  fee: number;
  maker: boolean;
}>;

export type ToldOrder = {
  readonly orderId: number;
  readonly instrument: number;
  readonly side: Side;
  readonly timeInForce: TimeInForce;
  /** Ticks as first asked for; undefined: a market order. */
  readonly price: number | undefined;
  readonly lots: number;
  readonly sentAt: number;
  amended: boolean;
  /** By the venue's clock, but for `answeredAt`, when we knew. */
  acceptedAt: number | undefined;
  answeredAt: number | undefined;
  closedAt: number | undefined;
  cancelSentAt: number | undefined;
  refusal: Readonly<{ at: number; reason: RefusalReason }> | undefined;
  fills: ToldFill[];
};

export type ToldRun = Readonly<{
  instruments: readonly Instrument[];
  /** In the order they were sent. */
  orders: readonly ToldOrder[];
  /** Fills of orders this journal never sent: by hand, or from before it began. */
  foreign: readonly OrderFilled[];
  /** Ledger units received, and signed lots at the end, one an instrument. */
  funding: readonly bigint[];
  lots: readonly number[];
  /** Bid + ask of the last touch, ticks; 0: no price was ever seen. */
  mid2: readonly number[];
  startedAt: TimeUs;
  endedAt: TimeUs;
  /** Fills that were told more than once, and left out. */
  repeated: number;
}>;

/** Reads it whole. `told`, if any, hears every entry but the repeated fills. */
export function toldRun(
  entries: Iterable<JournalEntry>,
  instruments: readonly Instrument[],
  told: (entry: JournalEntry) => void = () => undefined,
): ToldRun {
  const reading = new Reading(instruments);
  for (const entry of entries) if (reading.take(entry)) told(entry);
  return reading.run();
}

class Reading {
  readonly #instruments: readonly Instrument[];
  readonly #orders = new Map<number, ToldOrder>();
  readonly #foreign: OrderFilled[] = [];
  readonly #trades = new Set<string>();
  readonly #funding: bigint[];
  readonly #lots: number[];
  readonly #mid2: number[];
  readonly #hasBook: boolean[];
  #startedAt: TimeUs | undefined;
  #endedAt = 0 as TimeUs;
  #repeated = 0;

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#funding = instruments.map(() => 0n);
    this.#lots = instruments.map(() => 0);
    this.#mid2 = instruments.map(() => 0);
    this.#hasBook = instruments.map(() => false);
  }

  /** False for a fill that was told before. */
  take(entry: JournalEntry): boolean {
    const at = entry.kind === "event" ? entry.event.at : entry.at;
    this.#startedAt ??= at;
    if (at > this.#endedAt) this.#endedAt = at;
    if (entry.kind === "command") this.#sent(entry.command, at);
    return entry.kind === "event" ? this.#heard(entry.event) : true;
  }

  run(): ToldRun {
    return {
      instruments: this.#instruments,
      orders: [...this.#orders.values()],
      foreign: this.#foreign,
      funding: this.#funding,
      lots: this.#lots,
      mid2: this.#mid2,
      startedAt: this.#startedAt ?? (0 as TimeUs),
      endedAt: this.#endedAt,
      repeated: this.#repeated,
    };
  }

  #sent(command: Command, at: number): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#orders.set(command.orderId, orderOf(command, at));
        break;
      case "AmendOrder": {
        const order = this.#orders.get(command.orderId);
        if (order !== undefined) order.amended = true;
        break;
      }
      case "CancelOrder": {
        const order = this.#orders.get(command.orderId);
        if (order !== undefined) order.cancelSentAt ??= at;
        break;
      }
      default:
        break;
    }
  }

  #heard(event: Event): boolean {
    switch (event.kind) {
      case "BookChanged":
        if (event.bid === undefined || event.ask === undefined) break;
        this.#hasBook[event.instrument] = true;
        this.#mid2[event.instrument] = event.bid + event.ask;
        break;
      case "BarClosed":
        if (this.#hasBook[event.instrument] === true) break;
        this.#mid2[event.instrument] = 2 * event.close;
        break;
      case "OrderAccepted": {
        const order = this.#orders.get(event.orderId);
        if (order === undefined || order.acceptedAt !== undefined) break;
        order.acceptedAt = event.venueAt;
        order.answeredAt = event.at;
        break;
      }
      case "OrderRefused": {
        const order = this.#orders.get(event.orderId);
        if (order === undefined || event.request !== "place") break;
        order.refusal = { at: event.at, reason: event.reason };
        break;
      }
      case "OrderClosed": {
        const order = this.#orders.get(event.orderId);
        if (order !== undefined) order.closedAt = event.venueAt;
        break;
      }
      case "FundingPaid": {
        const before = this.#funding[event.instrument] ?? 0n;
        this.#funding[event.instrument] = before + BigInt(event.amount);
        break;
      }
      case "OrderFilled":
        return this.#filled(event);
      default:
        break;
    }
    return true;
  }

  #filled(event: OrderFilled): boolean {
    const { instrument, orderId, tradeId, side, at, venueAt, price, size, fee } = event;
    const trade = `${instrument} ${orderId} ${side} ${tradeId}`;
    if (this.#trades.has(trade)) {
      this.#repeated += 1;
      return false;
    }
    this.#trades.add(trade);
    this.#lots[instrument] = (this.#lots[instrument] ?? 0) + signOf(side) * size;
    if (this.#mid2[instrument] === 0) this.#mid2[instrument] = 2 * price;
    const maker = event.liquidity === "maker";
    const order = this.#orders.get(orderId);
    if (order === undefined) this.#foreign.push(event);
    else order.fills.push({ at, venueAt, price, lots: size, fee, maker });
    return true;
  }
}

function orderOf(command: PlaceOrder, sentAt: number): ToldOrder {
  const { orderId, instrument, side, timeInForce, price, size } = command;
  return {
    orderId,
    instrument,
    side,
    timeInForce,
    price,
    lots: size,
    sentAt,
    amended: false,
    acceptedAt: undefined,
    answeredAt: undefined,
    closedAt: undefined,
    cancelSentAt: undefined,
    refusal: undefined,
    fills: [],
  };
}
