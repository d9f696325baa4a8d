// Follows a run through its journal and holds every entry to what can never be otherwise, on any recording and under
// any fill model. It keeps books of its own and shares no code with the exchange, the state or the report.
// For one bot on links that keep their order; the venue's own orders (id 0, liquidations) are followed as money only.

import { Decimal } from "decimal.js";
import type { Command, PlaceOrder } from "../../src/domain/command.ts";
import type {
  Event,
  FundingPaid,
  OrderAccepted,
  OrderClosed,
  OrderFilled,
  OrderRefused,
} from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { PriceTicks, Side, SizeLots } from "../../src/domain/units.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";

/** More than are read is of no use; a broken rule breaks at every event. */
const VIOLATIONS_MAX = 20;
const VENUE_ORDER_ID = 0;
/** Money with more digits than any run has. */
const Exact = Decimal.clone({ precision: 80 });

type Order = {
  readonly placed: PlaceOrder;
  state: "sent" | "open" | "refused" | "closed";
  price: PriceTicks | undefined;
  size: SizeLots;
  filled: number;
};

/** What a venue charges, by venue id; rates in 1e-8. Left out, fees are booked and not judged. */
export type WitnessedFees = readonly Readonly<{ maker: number; taker: number }>[];

/** What one instrument moved, exactly. */
type Flow = { lots: number; ledger: bigint; mid2: number | undefined };

export class RunWitness implements JournalObserver {
  /** What was broken, in order; empty when nothing was. */
  readonly violations: string[] = [];
  readonly fills: OrderFilled[] = [];
  /** Notes of the journal: the bot found something odd. */
  readonly notes: string[] = [];
  readonly #instruments: readonly Instrument[];
  readonly #fees: WitnessedFees;
  readonly #orders = new Map<number, Order>();
  readonly #trades = new Set<string>();
  readonly #flows: readonly Flow[];
  #at = Number.NEGATIVE_INFINITY;
  #nextSeq = 0;
  #lastEvent = -1;

  constructor(instruments: readonly Instrument[], fees: WitnessedFees = []) {
    this.#instruments = instruments;
    this.#fees = fees;
    this.#flows = instruments.map(() => ({ lots: 0, ledger: 0n, mid2: undefined }));
  }

  /** Signed lots of every fill so far. */
  position(instrument: number): number {
    return this.#flow(instrument).lots;
  }

  /** Starting cash, plus every price paid and received, less fees, plus funding, plus what is held at the last mid. */
  equity(startingCash: readonly string[]): Decimal {
    let sum = new Exact(0);
    for (const cash of startingCash) sum = sum.plus(cash);
    this.#instruments.forEach((instrument, id) => {
      const { tickSize, lotSize, contractSize, moneyDecimals } = instrument;
      const { lots, ledger, mid2 = 0 } = this.#flow(id);
      const unit = new Exact(10).toPower(-moneyDecimals);
      sum = sum.plus(unit.times(ledger.toString()));
      const held = new Exact(lots).times(mid2).dividedBy(2);
      sum = sum.plus(held.times(tickSize).times(lotSize).times(contractSize));
    });
    return sum;
  }

  event(event: Event, seq: number): void {
    this.#entry(seq);
    this.#lastEvent = seq;
    this.#hold(event.at >= this.#at, `${event.kind} is learned before the event ahead of it`);
    this.#hold(event.venueAt <= event.at, `${event.kind} is learned before it happened`);
    this.#at = Math.max(this.#at, event.at);
    switch (event.kind) {
      case "OrderAccepted":
        this.#accepted(event);
        break;
      case "OrderRefused":
        this.#refused(event);
        break;
      case "OrderFilled":
        this.#filled(event);
        break;
      case "OrderClosed":
        this.#closed(event);
        break;
      case "FundingPaid":
        this.#funded(event);
        break;
      case "BookChanged":
        if (event.bid === undefined || event.ask === undefined) break;
        this.#flow(event.instrument).mid2 = event.bid + event.ask;
        break;
      case "BarClosed":
        this.#flow(event.instrument).mid2 = 2 * event.close;
        break;
      default:
    }
  }

  command(command: Command, at: number, cause: number, seq: number): void {
    this.#entry(seq);
    this.#answers(command, at, cause, seq);
    if (command.kind !== "PlaceOrder") return;
    const { orderId, price, size } = command;
    this.#hold(!this.#orders.has(orderId), `order ${orderId} is sent under an id used before`);
    this.#orders.set(orderId, { placed: command, state: "sent", price, size, filled: 0 });
  }

  refusal(
    command: Command,
    at: number,
    _rule: string,
    _reason: string,
    cause: number,
    seq: number,
  ): void {
    this.#entry(seq);
    this.#answers(command, at, cause, seq);
  }

  note(text: string, _at: number, seq: number): void {
    this.#entry(seq);
    this.notes.push(text);
  }

  /** Entries are numbered without a gap. */
  #entry(seq: number): void {
    this.#hold(seq === this.#nextSeq, `entry ${seq} follows entry ${this.#nextSeq - 1}`);
    this.#nextSeq = seq + 1;
  }

  /** What a bot asks for answers the event it has just heard, at that event's time. */
  #answers(command: Command, at: number, cause: number, seq: number): void {
    const { kind } = command;
    this.#hold(cause < seq, `${kind} is caused by entry ${cause}, not before its own ${seq}`);
    this.#hold(cause === this.#lastEvent, `${kind} is caused by ${cause}, not by the last event`);
    this.#hold(at === this.#at, `${kind} is sent at ${at}, not when its cause was learned`);
  }

  #accepted(event: OrderAccepted): void {
    const order = this.#orderOf(event);
    if (order === undefined) return;
    const due = event.request === "place" ? "sent" : "open";
    this.#hold(order.state === due, `order ${event.orderId} is accepted while ${order.state}`);
    if (event.request === "place") order.state = "open";
    if (order.placed.price !== undefined) order.price = event.price;
    order.size = event.size;
  }

  #refused(event: OrderRefused): void {
    const order = this.#orderOf(event);
    if (order === undefined || event.request !== "place") return;
    this.#hold(order.state === "sent", `order ${event.orderId} is refused while ${order.state}`);
    order.state = "refused";
  }

  #filled(event: OrderFilled): void {
    this.fills.push(event);
    const heldBefore = this.position(event.instrument);
    this.#book(event);
    const { instrument, side, tradeId, orderId, cumulative, size } = event;
    const venue = this.#instruments[instrument]?.venue;
    const trade = `${venue} ${instrument} ${side} ${tradeId}`;
    this.#hold(!this.#trades.has(trade), `trade ${tradeId} is told twice`);
    this.#trades.add(trade);
    const order = this.#orderOf(event);
    if (order === undefined) return;
    this.#hold(order.state === "open", `order ${orderId} fills while ${order.state}`);
    this.#hold(side === order.placed.side, `order ${orderId} fills on the other side`);
    this.#hold(size > 0, `order ${orderId} fills ${size} lots`);
    const due = order.filled + size;
    this.#hold(cumulative >= order.filled, `cumulative of order ${orderId} falls to ${cumulative}`);
    this.#hold(cumulative === due, `order ${orderId} counts ${cumulative} lots, told were ${due}`);
    this.#hold(cumulative <= order.size, `order ${orderId} fills ${cumulative} of ${order.size}`);
    order.filled = Math.max(order.filled, cumulative);
    this.#judgePrice(event, order);
    this.#judgeFee(event);
    if (!order.placed.reduceOnly) return;
    const held = this.position(instrument);
    const reduced = held * heldBefore >= 0 && Math.abs(held) < Math.abs(heldBefore);
    this.#hold(reduced, `reduce-only order ${orderId} moves ${heldBefore} lots to ${held}`);
  }

  /** The venue's rate of the value, to the nearest ledger unit, halves against us. */
  #judgeFee({ instrument, price, size, liquidity, fee, orderId }: OrderFilled): void {
    const { venue = 0, moneyPerTickLot = 0 } = this.#instruments[instrument] ?? {};
    const rate = this.#fees[venue]?.[liquidity];
    if (rate === undefined) return;
    const exact = new Exact(price).times(size).times(moneyPerTickLot).times(rate).dividedBy(1e8);
    const due = exact.plus(0.5).floor();
    this.#hold(due.eq(fee), `fee of order ${orderId} is ${fee}, due is ${due}`);
  }

  #judgePrice({ orderId, price, liquidity }: OrderFilled, order: Order): void {
    const { side, timeInForce } = order.placed;
    if (order.price === undefined) {
      this.#hold(liquidity === "taker", `market order ${orderId} rests`);
      return;
    }
    const fair = side === "bid" ? price <= order.price : price >= order.price;
    this.#hold(fair, `${side} ${orderId} fills at ${price}, beyond its limit ${order.price}`);
    if (liquidity === "maker") {
      this.#hold(price === order.price, `${orderId} rests at ${order.price}, fills at ${price}`);
      const rests = timeInForce === "GTC" || timeInForce === "POST_ONLY";
      this.#hold(rests, `${timeInForce} order ${orderId} rests`);
    } else this.#hold(timeInForce !== "POST_ONLY", `post-only order ${orderId} takes`);
  }

  #closed(event: OrderClosed): void {
    const order = this.#orderOf(event);
    if (order === undefined) return;
    const { orderId, filled, reason } = event;
    this.#hold(order.state === "open", `order ${orderId} closes while ${order.state}`);
    // A venue whose closing rows do not tell says 0: docs/adr/0013.
    const told = filled === order.filled || (filled === 0 && reason !== "filled");
    this.#hold(told, `order ${orderId} closes with ${filled} lots filled`);
    const whole = order.filled === order.size;
    this.#hold((reason === "filled") === whole, `order ${orderId} closes as ${reason}`);
    const killed = order.placed.timeInForce !== "FOK" || whole || filled === 0;
    this.#hold(killed, `fill-or-kill order ${orderId} closes with ${filled} of ${order.size}`);
    order.state = "closed";
  }

  /** What was held is paid for, at the mark: a long pays a positive rate. Rounded like a fee. */
  #funded({ instrument, lots, mark, rate, amount }: FundingPaid): void {
    const held = this.position(instrument);
    this.#hold(lots === held, `funding is of ${lots} lots, held are ${held}`);
    const perTickLot = this.#instruments[instrument]?.moneyPerTickLot ?? 0;
    const exact = new Exact(lots).times(mark).times(perTickLot).times(rate).dividedBy(1e8);
    const due = exact.plus(0.5).floor().negated();
    this.#hold(due.eq(amount), `funding of ${lots} lots is ${amount}, due is ${due}`);
    this.#flow(instrument).ledger += BigInt(amount);
  }

  #book({ instrument, side, price, size, fee }: OrderFilled): void {
    const flow = this.#flow(instrument);
    const lots = sign(side) * size;
    const perTickLot = BigInt(this.#instruments[instrument]?.moneyPerTickLot ?? 0);
    flow.lots += lots;
    flow.ledger -= BigInt(lots) * BigInt(price) * perTickLot + BigInt(fee);
    flow.mid2 ??= 2 * price;
  }

  /** The order an answer is about. An answer about one that was never sent is a violation of its own. */
  #orderOf(event: OrderAccepted | OrderRefused | OrderFilled | OrderClosed): Order | undefined {
    if (event.orderId === VENUE_ORDER_ID) return undefined;
    const order = this.#orders.get(event.orderId);
    this.#hold(
      order !== undefined,
      `${event.kind} of order ${event.orderId}, which was never sent`,
    );
    return order;
  }

  #flow(instrument: number): Flow {
    const flow = this.#flows[instrument];
    if (flow === undefined) throw new Error(`expected an instrument of the run, was ${instrument}`);
    return flow;
  }

  #hold(holds: boolean, broken: string): void {
    if (holds || this.violations.length === VIOLATIONS_MAX) return;
    this.violations.push(`${broken} (at ${this.#at}, entry ${this.#nextSeq - 1})`);
  }
}

function sign(side: Side): 1 | -1 {
  return side === "bid" ? 1 : -1;
}
