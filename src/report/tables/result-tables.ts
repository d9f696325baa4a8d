// Fills, orders, positions and equity of a run as tables, for other tools. Prices and sizes are in the venue's units as
// doubles (the decimal a tick or a lot stands for), beside them the exact whole numbers; money is in the currency.

import { Decimal } from "decimal.js";
import type { Command, PlaceOrder } from "../../domain/command.ts";
import type { Event, OrderFilled } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TimeUs } from "../../domain/units.ts";
import { signOf } from "../../domain/units.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import { EquityTrack } from "../equity-track.ts";
import { MoneyScale } from "../money-scale.ts";
import type { SummaryContext } from "../summary-collector.ts";
import type { ResultTable } from "./result-table.ts";
import { TableRows } from "./result-table.ts";

const FILLS = {
  at: "time",
  venue_at: "time",
  instrument: "text",
  order_id: "integer",
  trade_id: "integer",
  side: "text",
  price: "number",
  price_ticks: "integer",
  size: "number",
  size_lots: "integer",
  liquidity: "text",
  fee: "number",
  position: "number",
} as const;

const ORDERS = {
  order_id: "integer",
  instrument: "text",
  side: "text",
  type: "text",
  time_in_force: "text",
  reduce_only: "text",
  price: "number",
  size: "number",
  sent_at: "time",
  accepted_at: "time",
  first_fill_at: "time",
  ended_at: "time",
  filled: "number",
  outcome: "text",
} as const;

const POSITIONS = { at: "time", instrument: "text", position: "number", lots: "integer" } as const;

const EQUITY = { at: "time", equity: "number", drawdown: "number" } as const;

type OpenOrder = {
  readonly order: PlaceOrder;
  readonly sentAt: number;
  price: number | undefined;
  size: number;
  filled: number;
  acceptedAt: number | undefined;
  firstFillAt: number | undefined;
};

export class ResultTables implements JournalObserver {
  readonly #units: readonly InstrumentUnits[];
  readonly #fills = new TableRows("fills", FILLS);
  readonly #orders = new TableRows("orders", ORDERS);
  readonly #positions = new TableRows("positions", POSITIONS);
  readonly #equity = new TableRows("equity", EQUITY);
  readonly #open = new Map<number, OpenOrder>();
  readonly #track: EquityTrack;
  readonly #scale: MoneyScale;
  readonly #unit: number;
  readonly #cash: number;
  #peak: number;

  constructor(context: SummaryContext) {
    this.#units = context.instruments.map(unitsOf);
    this.#scale = new MoneyScale(context.instruments);
    this.#unit = Number(this.#scale.unitsOf("1"));
    this.#track = new EquityTrack(context.instruments, this.#scale);
    this.#cash = context.startingCash.reduce(
      (sum, cash) => sum + Number(this.#scale.unitsOf(cash)) / this.#unit,
      0,
    );
    this.#peak = this.#cash;
  }

  event(event: Event): void {
    switch (event.kind) {
      case "BookChanged": {
        const { instrument, bid, ask, at } = event;
        if (bid !== undefined && ask !== undefined) this.#mark(instrument, bid + ask, at);
        break;
      }
      case "BarClosed":
        this.#mark(event.instrument, 2 * event.close, event.at);
        break;
      case "OrderAccepted": {
        const open = this.#open.get(event.orderId);
        if (open === undefined) break;
        open.acceptedAt ??= event.at;
        if (open.price !== undefined) open.price = event.price;
        open.size = event.size;
        break;
      }
      case "OrderRefused":
        if (event.request === "place") this.#end(event.orderId, event.at, event.reason);
        break;
      case "OrderFilled":
        this.#filled(event);
        break;
      case "OrderClosed":
        this.#end(event.orderId, event.at, event.reason);
        break;
      case "FundingPaid":
        this.#track.settle(event.instrument, event.amount);
        this.#valued(event.at);
        break;
      default:
        break;
    }
  }

  command(command: Command, at: TimeUs): void {
    if (command.kind !== "PlaceOrder") return;
    const { price, size } = command;
    this.#open.set(command.orderId, {
      order: command,
      sentAt: at,
      price,
      size,
      filled: 0,
      acceptedAt: undefined,
      firstFillAt: undefined,
    });
  }

  refusal(): void {
    // What risk refused never was an order; the journal has it.
  }

  /** The tables, orders that are still open included. */
  tables(): readonly ResultTable[] {
    for (const id of [...this.#open.keys()]) this.#end(id, undefined, "open");
    const all = [this.#fills, this.#orders, this.#positions, this.#equity];
    return all.map((each) => each.table());
  }

  #filled(event: OrderFilled): void {
    const { instrument, at, venueAt, orderId, tradeId, side, price, size, liquidity, fee } = event;
    const sign = signOf(side);
    this.#track.fill(instrument, sign, price, size, fee);
    const lots = this.#track.lots[instrument] as number;
    const units = this.#unitsOf(instrument);
    const { name } = units;
    this.#fills.add({
      at,
      venue_at: venueAt,
      instrument: name,
      order_id: orderId,
      trade_id: tradeId,
      side: sign > 0 ? "buy" : "sell",
      price: units.price(price),
      price_ticks: price,
      size: units.size(size),
      size_lots: size,
      liquidity,
      fee: (fee * Number(this.#scale.perLedgerUnit[instrument] ?? 1n)) / this.#unit,
      position: units.size(lots),
    });
    this.#positions.add({ at, instrument: name, position: units.size(lots), lots });
    const open = this.#open.get(orderId);
    if (open !== undefined) {
      open.filled += size;
      open.firstFillAt ??= at;
    }
    this.#valued(at);
  }

  #end(id: number, at: number | undefined, outcome: string): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const { order, sentAt, price, size, filled, acceptedAt, firstFillAt } = open;
    const units = this.#unitsOf(order.instrument);
    const { name } = units;
    this.#orders.add({
      order_id: id,
      instrument: name,
      side: order.side === "bid" ? "buy" : "sell",
      type: order.price === undefined ? "market" : "limit",
      time_in_force: order.timeInForce,
      reduce_only: order.reduceOnly ? "yes" : "no",
      price: price === undefined ? undefined : units.price(price),
      size: units.size(size),
      sent_at: sentAt,
      accepted_at: acceptedAt,
      first_fill_at: firstFillAt,
      ended_at: at,
      filled: units.size(filled),
      outcome,
    });
  }

  #mark(instrument: number, mid2: number, at: number): void {
    if (this.#track.mid2[instrument] === mid2) return;
    this.#track.mark(instrument, mid2);
    if (this.#track.lots[instrument] !== 0) this.#valued(at);
  }

  #valued(at: number): void {
    const equity = this.#cash + this.#track.running / this.#unit;
    this.#peak = Math.max(this.#peak, equity);
    this.#equity.add({ at, equity, drawdown: equity - this.#peak });
  }

  #unitsOf(index: number): InstrumentUnits {
    const units = this.#units[index];
    if (units === undefined) throw new Error(`expected an instrument of the run, was ${index}`);
    return units;
  }
}

/** Whole ticks and lots to the doubles nearest to their decimals. */
type InstrumentUnits = Readonly<{
  name: string;
  price: (ticks: number) => number;
  size: (lots: number) => number;
}>;

function unitsOf({ tickSize, lotSize, venueName, symbol }: Instrument): InstrumentUnits {
  return { name: `${venueName} ${symbol}`, price: scaled(tickSize), size: scaled(lotSize) };
}

/** Times a decimal, rounded once: 599951 steps of 0.1 are 59995.1, where a product of doubles is a little more. */
function scaled(step: string): (steps: number) => number {
  const decimal = new Decimal(step);
  const power = Number(new Decimal(10).toPower(decimal.decimalPlaces()));
  const whole = decimal.times(power).toNumber();
  return (steps) => (steps * whole) / power;
}
