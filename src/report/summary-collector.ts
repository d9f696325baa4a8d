// Watches a journal as it is written, or as it is read back, and says at the end what the run came to.
// Streaming: memory follows the open orders and the fills of the last minute. A book change costs a few array reads.

import type { Command } from "../domain/command.ts";
import type { HedgedPair } from "../domain/common-units.ts";
import { stepsToDecimal } from "../domain/decimal.ts";
import type { Event, OrderFilled } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { TimeUs } from "../domain/units.ts";
import { signOf } from "../domain/units.ts";
import type { JournalEntry, JournalObserver } from "../ports/journal.ts";
import { coinSummaries, partPnl } from "./coin-summaries.ts";
import { currencyOf } from "./currency.ts";
import type { EquityPart } from "./equity-track.ts";
import { EquityTrack } from "./equity-track.ts";
import { ExactSum } from "./exact-sum.ts";
import { Inventory } from "./inventory.ts";
import { MARKOUT_SECONDS, Markouts } from "./markouts.ts";
import { MoneyScale } from "./money-scale.ts";
import { OrderTally } from "./order-tally.ts";
import type { InstrumentSummary, Measured, Summary } from "./summary.ts";
import { ratioOf } from "./summary.ts";
import { UnhedgedExposure } from "./unhedged-exposure.ts";

/** What a journal does not say of itself. */
export type SummaryContext = Readonly<{
  instruments: readonly Instrument[];
  /** Decimal strings, one a venue. */
  startingCash: readonly string[];
  /** Two instruments that are held against each other, where the strategy says so. */
  hedgedPair?: HedgedPair | undefined;
}>;

/** When the run began and ended, and whether it saw its recording through. */
export type SummarySpan = Readonly<{ startedAt: TimeUs; endedAt: TimeUs; complete: boolean }>;

export class SummaryCollector implements JournalObserver {
  readonly #instruments: readonly Instrument[];
  readonly #startingCash: bigint;
  readonly #scale: MoneyScale;
  readonly #equity: EquityTrack;
  readonly #tally: OrderTally;
  readonly #inventory: Inventory;
  readonly #markouts: Markouts;
  readonly #fills: Float64Array;
  /** Bid + ask of the last touch received, ticks; 0 before the first. */
  readonly #touch2: Float64Array;
  #makerFills = 0;
  readonly #makerTickLots: readonly ExactSum[];
  readonly #raceTickLots: readonly ExactSum[];
  readonly #unhedged: UnhedgedExposure | undefined;

  constructor(context: SummaryContext) {
    const { instruments, hedgedPair } = context;
    this.#instruments = instruments;
    this.#unhedged =
      hedgedPair === undefined ? undefined : new UnhedgedExposure(hedgedPair, instruments);
    this.#scale = new MoneyScale(instruments);
    this.#startingCash = context.startingCash.reduce(
      (sum, cash) => sum + this.#scale.unitsOf(cash),
      0n,
    );
    this.#equity = new EquityTrack(instruments, this.#scale);
    this.#tally = new OrderTally(instruments.length);
    this.#inventory = new Inventory(instruments.length);
    const first = Number(this.#scale.perTickLot[0] ?? 1n);
    this.#markouts = new Markouts(this.#scale.perTickLot.map((units) => Number(units) / first));
    this.#fills = new Float64Array(instruments.length);
    this.#touch2 = new Float64Array(instruments.length);
    this.#makerTickLots = instruments.map(() => new ExactSum());
    this.#raceTickLots = instruments.map(() => new ExactSum());
  }

  /** One entry of a journal read back. */
  entry(entry: JournalEntry): void {
    if (entry.kind === "event") this.event(entry.event);
    else if (entry.kind === "command") this.command(entry.command, entry.at);
    else if (entry.kind === "refusal") this.refusal(entry.command, entry.at, entry.rule);
  }

  event(event: Event): void {
    switch (event.kind) {
      case "BookChanged": {
        const { instrument, bid, ask } = event;
        this.#markouts.passed(instrument, event.at, this.#touch2[instrument] as number);
        if (bid !== undefined && ask !== undefined) {
          this.#touch2[instrument] = bid + ask;
          this.#equity.mark(instrument, bid + ask);
          this.#unhedged?.mark(instrument, bid + ask, event.at);
        }
        break;
      }
      case "BarClosed":
        // Where there is no book, a bar's close is what there is; too coarse for markouts.
        if (this.#touch2[event.instrument] === 0) {
          this.#equity.mark(event.instrument, 2 * event.close);
        }
        break;
      case "OrderFilled":
        this.#filled(event);
        break;
      case "OrderAccepted":
        this.#tally.acceptedBy(event);
        break;
      case "OrderRefused":
        this.#tally.refusedBy(event);
        break;
      case "OrderClosed":
        this.#tally.closedBy(event);
        break;
      case "OrderUnknown":
        this.#tally.unknown += 1;
        break;
      case "FundingPaid":
        this.#equity.settle(event.instrument, event.amount);
        break;
      default:
        break;
    }
  }

  command(command: Command, at: TimeUs): void {
    this.#tally.command(command, at);
  }

  refusal(_command: Command, _at: TimeUs, rule: string): void {
    this.#tally.refusedByRisk(rule);
  }

  /** What it came to. The collector may go on afterwards only from `span.endedAt`. */
  summary(span: SummarySpan): Summary {
    const { startedAt, endedAt } = span;
    for (let index = 0; index < this.#instruments.length; index += 1) {
      this.#markouts.passed(index, endedAt + 1, this.#touch2[index] as number);
    }
    const tally = this.#tally;
    const fills = this.#fills.reduce((sum, count) => sum + count, 0);
    const durationUs = endedAt - startedAt;
    return {
      complete: span.complete,
      startedAtUs: startedAt,
      endedAtUs: endedAt,
      currency: currencyOf(this.#instruments).label,
      pnl: this.#pnl(),
      drawdown: this.#drawdown(),
      turnover: this.#scale.text(this.#equity.turnover),
      orders: {
        placed: tally.placed,
        accepted: tally.accepted,
        resting: tally.resting,
        postOnly: tally.postOnly,
        cancels: tally.cancels,
        amends: tally.amends,
        unknown: tally.unknown,
        liquidated: tally.liquidated,
      },
      fills: {
        count: fills,
        maker: this.#makerFills,
        taker: fills - this.#makerFills,
        makerShare: this.#makerShare(),
      },
      fillRateByCount: ratioOf(tally.restingFilled, tally.resting, "no order rested"),
      refusals: {
        venue: sorted(tally.venueRefusals),
        risk: sorted(tally.riskRefusals),
        postOnlyRate: ratioOf(tally.postOnlyRefused, tally.postOnly, "no post-only order was sent"),
      },
      races: { count: tally.races, notional: this.#scale.text(this.#notional(this.#raceTickLots)) },
      markouts: MARKOUT_SECONDS.map((seconds, horizon) => ({
        seconds,
        maker: this.#markouts.result(horizon, "maker"),
        taker: this.#markouts.result(horizon, "taker"),
      })),
      timeInMarket: ratioOf(this.#inventory.inMarketUs(endedAt), durationUs, "no time passed"),
      instruments: this.#instruments.map((instrument, index) =>
        this.#instrumentSummary(instrument, index, span),
      ),
      coins: coinSummaries(this.#instruments, this.#equity.parts(), this.#fills, this.#scale),
      ...(this.#unhedged === undefined ? {} : { unhedged: this.#unhedged.result(endedAt) }),
    };
  }

  #filled(event: OrderFilled): void {
    const { instrument, price, size, at } = event;
    const sign = signOf(event.side);
    const maker = event.liquidity === "maker";
    if (maker) {
      this.#makerFills += 1;
      this.#makerTickLots[instrument]?.addProduct(price, size);
    }
    if (this.#tally.filledBy(event)) this.#raceTickLots[instrument]?.addProduct(price, size);
    this.#fills[instrument] = (this.#fills[instrument] as number) + 1;
    this.#markouts.passed(instrument, at, this.#touch2[instrument] as number);
    this.#markouts.fill(instrument, at, price, sign * size, maker);
    this.#equity.fill(instrument, sign, price, size, event.fee);
    this.#inventory.move(instrument, sign * size, at);
    this.#unhedged?.fill(event);
  }

  #pnl(): Summary["pnl"] {
    const equity = this.#equity;
    const text = (units: bigint): string => this.#scale.text(units);
    const start = this.#startingCash;
    return {
      startingCash: text(start),
      finalEquity: text(start + equity.net),
      net: text(equity.net),
      trading: text(equity.trading),
      unrealised: text(equity.unrealised),
      fees: text(equity.fees),
      funding: text(equity.funding),
      returnRatio: start === 0n ? 0 : Number(equity.net) / Number(start),
    };
  }

  #drawdown(): Summary["drawdown"] {
    const { units, peak } = this.#equity.maxDrawdown;
    const from = this.#startingCash + peak;
    return {
      max: this.#scale.text(units),
      maxRatio: from > 0n ? Number(units) / Number(from) : 0,
      final: this.#scale.text(this.#equity.finalDrawdown),
    };
  }

  #notional(tickLots: readonly ExactSum[]): bigint {
    return tickLots.reduce(
      (sum, each, index) => sum + each.value * (this.#scale.perTickLot[index] as bigint),
      0n,
    );
  }

  #makerShare(): Measured {
    const total = this.#equity.turnover;
    if (total === 0n) return { value: null, samples: 0, why: "no fills" };
    const samples = this.#fills.reduce((sum, count) => sum + count, 0);
    return { value: Number(this.#notional(this.#makerTickLots)) / Number(total), samples };
  }

  #instrumentSummary(instrument: Instrument, index: number, span: SummarySpan): InstrumentSummary {
    const inventory = this.#inventory;
    const mean = inventory.meanLots(index, span.startedAt, span.endedAt);
    const size = (lots: number): string => stepsToDecimal(lots, instrument.lotSize);
    const first = this.#equity.firstMid2[index] as number;
    const last = this.#equity.mid2[index] as number;
    const part = this.#equity.parts()[index] as EquityPart;
    return {
      name: `${instrument.venueName} ${instrument.symbol}`,
      venue: instrument.venueName,
      symbol: instrument.symbol,
      fills: this.#fills[index] as number,
      turnover: this.#scale.text(part.turnover),
      pnl: partPnl(part, this.#scale),
      finalPosition: size(inventory.lots[index] as number),
      maxInventory: size(inventory.maxLots[index] as number),
      meanInventory: mean * Number(instrument.lotSize),
      fillRateByLots: ratioOf(
        this.#tally.filledLots[index] as number,
        this.#tally.acceptedLots[index] as number,
        "no order rested",
      ),
      marketMoveBps:
        first === 0
          ? { value: null, samples: 0, why: "no price was seen" }
          : { value: ((last - first) * 10_000) / first, samples: 2 },
    };
  }
}

/** Counts in the order of their names, so that the same run gives the same JSON. */
function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const names = [...counts.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, counts.get(name) as number]));
}
