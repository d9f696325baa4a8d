// Trades as people count them: from flat to flat in one instrument, with everything it cost. A fill that crosses
// flat ends one trip and begins the next, its fee shared by lots. Fees and funding belong to the trip that is open;
// what comes while flat belongs to none and is told apart. Money is in ledger units, as doubles: for statistics.

import type { FundingPaid, OrderFilled } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, TimeUs } from "../domain/units.ts";
import { signOf } from "../domain/units.ts";

export type RoundTrip = Readonly<{
  instrument: InstrumentId;
  side: "long" | "short";
  openedAt: TimeUs;
  closedAt: TimeUs;
  /** Largest position, lots. */
  lotsMax: number;
  fills: number;
  /** Value of all that opened it, ledger units. */
  entryNotional: number;
  fees: number;
  funding: number;
  /** Price gains − fees + funding, ledger units. */
  profit: number;
}>;

/** One instrument's trip that is not over. */
type Open = {
  side: "long" | "short";
  openedAt: TimeUs;
  lots: number;
  lotsMax: number;
  fills: number;
  /** Ticks × lots: received for sales less paid for purchases. */
  cash: number;
  entry: number;
  fees: number;
  funding: number;
};

export class RoundTrips {
  readonly trips: RoundTrip[] = [];
  readonly #instruments: readonly Instrument[];
  readonly #open: (Open | undefined)[];

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#open = instruments.map(() => undefined);
  }

  /** Signed lots of the trip that is open. */
  lots(instrument: InstrumentId): number {
    return this.#open[instrument]?.lots ?? 0;
  }

  filled(event: OrderFilled): void {
    const { instrument, size, fee } = event;
    const held = this.lots(instrument);
    const signed = signOf(event.side) * size;
    const closing = held * signed < 0 ? Math.min(size, Math.abs(held)) : 0;
    if (closing > 0) this.#move(event, signOf(event.side) * closing, (fee * closing) / size);
    const rest = size - closing;
    if (rest > 0) this.#move(event, signOf(event.side) * rest, (fee * rest) / size);
  }

  funded({ instrument, amount }: FundingPaid): void {
    const open = this.#open[instrument];
    if (open !== undefined) open.funding += amount;
  }

  /** Trips not over at the end of a run: they are in no statistic. */
  get stillOpen(): number {
    return this.#open.filter((each) => each !== undefined).length;
  }

  #move({ instrument, price, at }: OrderFilled, signed: number, fee: number): void {
    const open = this.#open[instrument] ?? opened(signed > 0 ? "long" : "short", at);
    this.#open[instrument] = open;
    const opens = open.lots * signed >= 0;
    open.lots += signed;
    open.lotsMax = Math.max(open.lotsMax, Math.abs(open.lots));
    open.fills += 1;
    open.cash -= signed * price;
    open.fees += fee;
    if (opens) open.entry += Math.abs(signed) * price;
    if (open.lots === 0) this.#close(instrument, open, at);
  }

  #close(instrument: InstrumentId, open: Open, closedAt: TimeUs): void {
    const unit = this.#instruments[instrument]?.moneyPerTickLot ?? 0;
    this.#open[instrument] = undefined;
    const { side, openedAt, lotsMax, fills, fees, funding } = open;
    this.trips.push({
      instrument,
      side,
      openedAt,
      closedAt,
      lotsMax,
      fills,
      entryNotional: open.entry * unit,
      fees,
      funding,
      profit: open.cash * unit - fees + funding,
    });
  }
}

function opened(side: "long" | "short", openedAt: TimeUs): Open {
  return { side, openedAt, lots: 0, lotsMax: 0, fills: 0, cash: 0, entry: 0, fees: 0, funding: 0 };
}
