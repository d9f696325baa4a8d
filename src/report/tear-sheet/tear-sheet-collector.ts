// Watches a journal as it is written, or as it is read back, and gathers what a tear sheet shows.
// Memory is bounded by the number of points a picture can hold, however long the run; round trips alone grow with it.

import type { Command } from "../../domain/command.ts";
import type { Event, OrderFilled } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { InstrumentId, TimeUs } from "../../domain/units.ts";
import { signOf } from "../../domain/units.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { OrderRested, TruthObserver } from "../../ports/truth.ts";
import { EquityTrack } from "../equity-track.ts";
import { Markouts } from "../markouts.ts";
import { MoneyScale } from "../money-scale.ts";
import type { RoundTrip } from "../round-trips.ts";
import { RoundTrips } from "../round-trips.ts";
import { returnStatistics } from "../statistics/return-statistics.ts";
import { tradeStatistics } from "../statistics/trade-statistics.ts";
import type { SummaryContext } from "../summary-collector.ts";
import { UnhedgedExposure } from "../unhedged-exposure.ts";
import { Calendar } from "./calendar.ts";
import type { CurvePoints } from "./curve.ts";
import { Curve } from "./curve.ts";
import { Drawdowns } from "./drawdowns.ts";
import { cashOf } from "./equity-curve.ts";
import { OrderLives } from "./order-lives.ts";
import { ProfitSplit } from "./profit-split.ts";
import { ShownFills } from "./shown-fills.ts";
import type { InstrumentSheet, TearSheet } from "./tear-sheet.ts";

/** Horizons of the markout curve, seconds. */
const CURVE_SECONDS = [0.1, 1, 10, 60] as const;
/** Crypto trades every day of the year. */
const DAYS_A_YEAR = 365;

/** What is kept of one instrument. */
class Sight {
  readonly mid = new Curve();
  readonly position = new Curve();
  readonly fills = new ShownFills();
  bid: number | undefined;
  ask: number | undefined;
  lots = 0;
}

export class TearSheetCollector implements JournalObserver, TruthObserver {
  readonly #instruments: readonly Instrument[];
  readonly #cash: number;
  readonly #unit: number;
  readonly #equityTrack: EquityTrack;
  readonly #sights: readonly Sight[];
  readonly #equity = new Curve();
  readonly #drawdown = new Curve();
  #drawdowns: Drawdowns | undefined;
  #calendar: Calendar | undefined;
  readonly #trips: RoundTrips;
  readonly #lives = new OrderLives();
  readonly #markouts: Markouts;
  readonly #split: ProfitSplit;
  readonly #unhedged: UnhedgedExposure | undefined;
  readonly #exposed = new Curve();
  readonly #scale: MoneyScale;

  constructor(context: SummaryContext) {
    const { instruments } = context;
    this.#instruments = instruments;
    const scale = new MoneyScale(instruments);
    this.#scale = scale;
    this.#unit = Number(scale.unitsOf("1"));
    this.#cash = cashOf(context.startingCash, scale);
    this.#equityTrack = new EquityTrack(instruments, scale);
    this.#sights = instruments.map(() => new Sight());
    this.#trips = new RoundTrips(instruments);
    const first = Number(scale.perTickLot[0] ?? 1n);
    const weights = scale.perTickLot.map((units) => Number(units) / first);
    this.#markouts = new Markouts(weights, CURVE_SECONDS);
    this.#split = new ProfitSplit(scale);
    const { hedgedPair } = context;
    if (hedgedPair !== undefined) this.#unhedged = new UnhedgedExposure(hedgedPair, instruments);
  }

  event(event: Event): void {
    if (this.#calendar === undefined) this.#begin(event.at);
    switch (event.kind) {
      case "BookChanged":
        this.#touched(event.instrument, event.bid, event.ask, event.at);
        break;
      case "BarClosed":
        this.#barClosed(event.instrument, event.close, event.at);
        break;
      case "OrderFilled":
        this.#filled(event);
        break;
      case "OrderAccepted":
        this.#lives.accepted(event);
        break;
      case "OrderRefused":
        this.#lives.refused(event);
        break;
      case "OrderClosed":
        this.#lives.closed(event);
        break;
      case "FundingPaid":
        this.#trips.funded(event);
        this.#equityTrack.settle(event.instrument, event.amount);
        this.#valued(event.at);
        break;
      default:
        break;
    }
  }

  command(command: Command, at: TimeUs): void {
    if (command.kind !== "PlaceOrder") return;
    const { bid, ask } = this.#sight(command.instrument);
    this.#lives.command(command, at, command.side === "bid" ? bid : ask);
  }

  /** Only where orders come to rest is asked, so nothing is followed and a run costs what it did. */
  watches(): boolean {
    return false;
  }

  learn(): void {
    // See watches.
  }

  rested({ orderId, ahead }: OrderRested): void {
    this.#lives.rested(orderId, ahead);
  }

  refusal(): void {
    // What risk refused never was an order; the summary counts it by rule.
  }

  /** What it came to; the collector is not to be told more. */
  sheet(startedAt: TimeUs, endedAt: TimeUs): TearSheet {
    this.#sights.forEach((sight, index) => {
      this.#pass(index, endedAt + 1);
      sight.position.add(endedAt, sight.lots);
    });
    const mid = this.#sights[0]?.mid.points() ?? new Curve().points();
    if (this.#calendar === undefined) this.#begin(startedAt);
    this.#valued(endedAt);
    const days = this.#calendar?.days() ?? [];
    return {
      startedAt,
      endedAt,
      startingCash: this.#cash,
      equity: this.#equity.points(),
      buyAndHold: held(mid, this.#cash),
      drawdown: this.#drawdown.points(),
      worstDrawdowns: this.#drawdowns?.worst() ?? [],
      instruments: this.#sights.map((sight, index) => this.#instrumentSheet(sight, index)),
      split: this.#split.result(this.#equityTrack),
      ...(this.#unhedged === undefined ? {} : { exposed: this.#exposed.points() }),
      markouts: CURVE_SECONDS.map((seconds, horizon) => ({
        seconds,
        maker: this.#markouts.result(horizon, "maker"),
        taker: this.#markouts.result(horizon, "taker"),
        bought: this.#markouts.result(horizon, "bought"),
        sold: this.#markouts.result(horizon, "sold"),
      })),
      orders: this.#lives.facts(),
      days,
      months: this.#calendar?.months() ?? [],
      hours: this.#calendar?.hours() ?? [],
      trips: this.#trips.trips,
      tripsOpen: this.#trips.stillOpen,
      statistics: {
        returns: returnStatistics({
          returns: days.map(({ start, end }) => end / start - 1),
          periodsPerYear: DAYS_A_YEAR,
          period: "day",
        }),
        trades: tradeStatistics(this.#trips.trips.map((trip) => this.#trade(trip))),
      },
    };
  }

  /** The first event of a run is its begin. */
  #begin(at: TimeUs): void {
    this.#drawdowns = new Drawdowns(this.#cash, at);
    this.#calendar = new Calendar(this.#cash, at);
    this.#equity.add(at, this.#cash);
    this.#drawdown.add(at, 0);
    for (const { position } of this.#sights) position.add(at, 0);
  }

  #touched(id: InstrumentId, bid: number | undefined, ask: number | undefined, at: number): void {
    const sight = this.#sight(id);
    this.#pass(id, at);
    sight.bid = bid;
    sight.ask = ask;
    if (bid === undefined || ask === undefined) return;
    sight.mid.add(at, (bid + ask) / 2);
    this.#equityTrack.mark(id, bid + ask);
    this.#unhedged?.mark(id, bid + ask, at);
    if (sight.lots !== 0) this.#valued(at);
  }

  #barClosed(id: InstrumentId, close: number, at: number): void {
    const sight = this.#sight(id);
    if (sight.bid !== undefined) return;
    sight.mid.add(at, close);
    this.#equityTrack.mark(id, 2 * close);
    this.#valued(at);
  }

  #filled(event: OrderFilled): void {
    const { instrument, at, price, size, fee } = event;
    const sign = signOf(event.side);
    const sight = this.#sight(instrument);
    const maker = event.liquidity === "maker";
    this.#pass(instrument, at);
    this.#markouts.fill(instrument, at, price, sign * size, maker);
    const fill = { instrument, at, price, signedLots: sign * size };
    this.#split.fill(fill, this.#equityTrack.mid2[instrument] as number);
    this.#equityTrack.fill(instrument, sign, price, size, fee);
    this.#trips.filled(event);
    this.#lives.filled(event);
    this.#unhedged?.fill(event);
    sight.lots += sign * size;
    sight.position.add(at, sight.lots);
    sight.fills.add({ at, price, size, buys: sign > 0, maker });
    this.#valued(at);
  }

  #valued(at: number): void {
    const value = this.#cash + this.#equityTrack.running / this.#unit;
    this.#equity.add(at, value);
    this.#calendar?.add(at, value);
    this.#drawdown.add(at, -(this.#drawdowns?.add(at, value) ?? 0));
    if (this.#unhedged !== undefined) this.#exposed.add(at, this.#unhedged.notional);
  }

  #pass(instrument: number, at: number): void {
    const mid2 = this.#equityTrack.mid2[instrument] as number;
    this.#markouts.passed(instrument, at, mid2);
    this.#split.passed(instrument, at, mid2);
  }

  #instrumentSheet(sight: Sight, index: number): InstrumentSheet {
    const { venueName = "", symbol = "" } = this.#instruments[index] ?? {};
    return {
      name: `${venueName} ${symbol}`,
      mid: sight.mid.points(),
      position: sight.position.points(),
      fills: sight.fills.shown,
      fillsSeen: sight.fills.seen,
    };
  }

  #trade(trip: RoundTrip) {
    const perUnit = Number(this.#scale.perLedgerUnit[trip.instrument] ?? 1n) / this.#unit;
    return {
      profit: trip.profit * perUnit,
      returnRatio: trip.entryNotional === 0 ? 0 : trip.profit / trip.entryNotional,
      seconds: (trip.closedAt - trip.openedAt) / 1_000_000,
      side: trip.side,
    };
  }

  #sight(id: InstrumentId): Sight {
    const sight = this.#sights[id];
    if (sight === undefined) throw new Error(`expected an instrument of the run, was ${id}`);
    return sight;
  }
}

/** What `cash` would be worth had it bought at the first of `mid`. */
function held(mid: CurvePoints, cash: number): CurvePoints {
  const first = mid.value[0] ?? 1;
  return { ...mid, value: mid.value.map((each) => (cash * each) / first) };
}
