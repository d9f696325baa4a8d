// Profit and drawdown on the finest series seen: every book change and every fill.
// Sums of money are exact (BigInt). The running equity that drawdown reads is a double of whole units: exact up to
// 2^53 units, and beyond that as fine as a double is, the same on every engine.

import type { Instrument } from "../domain/instrument.ts";
import type { MoneyScale } from "./money-scale.ts";

export class EquityTrack {
  /** Signed lots and the sum of both sides of the last touch (two mids), per instrument. 0: no book yet. */
  readonly lots: Float64Array;
  readonly mid2: Float64Array;
  readonly firstMid2: Float64Array;
  /** Exact, in units of the scale. */
  fees = 0n;
  funding = 0n;
  turnover = 0n;
  #cash = 0n;
  /** What is held, at its average price: Σ price × lots in units, per instrument; signed as the position. */
  readonly #cost: bigint[];
  readonly #scale: MoneyScale;
  /** Units of half a tick × one lot, per instrument, as a double for the hot path. */
  readonly #perHalfTickLot: Float64Array;
  /** Marked value of each position and of all, units; together with the cash it is the profit so far. */
  readonly #value: Float64Array;
  #valueSum = 0;
  #cashNumber = 0;
  #peak = 0;
  #peakOfMax = 0;
  #maxDrawdown = 0;

  constructor(instruments: readonly Instrument[], scale: MoneyScale) {
    const count = instruments.length;
    this.#scale = scale;
    this.lots = new Float64Array(count);
    this.mid2 = new Float64Array(count);
    this.firstMid2 = new Float64Array(count);
    this.#value = new Float64Array(count);
    this.#cost = new Array<bigint>(count).fill(0n);
    this.#perHalfTickLot = Float64Array.from(scale.perTickLot, (units) => Number(units / 2n));
  }

  /** A new touch: `mid2` is bid + ask, in ticks. */
  mark(instrument: number, mid2: number): void {
    if (this.mid2[instrument] === mid2) return;
    this.mid2[instrument] = mid2;
    if (this.firstMid2[instrument] === 0) this.firstMid2[instrument] = mid2;
    if (this.lots[instrument] !== 0) this.#revalue(instrument);
  }

  /** Money in and position moved by one fill. `fee` > 0 is paid, in the instrument's ledger units. */
  fill(instrument: number, sign: 1 | -1, price: number, lots: number, fee: number): void {
    const perTickLot = this.#scale.perTickLot[instrument] as bigint;
    const notional = BigInt(price) * BigInt(lots) * perTickLot;
    const paid = BigInt(fee) * (this.#scale.perLedgerUnit[instrument] as bigint);
    this.turnover += notional < 0n ? -notional : notional;
    this.fees -= paid;
    this.#moveCash(-notional * BigInt(sign) - paid);
    this.#moveCost(instrument, sign * lots, BigInt(price) * perTickLot);
    this.lots[instrument] = (this.lots[instrument] as number) + sign * lots;
    if (this.mid2[instrument] === 0) this.mid2[instrument] = 2 * price;
    this.#revalue(instrument);
  }

  /** Funding received (> 0) or paid, in the instrument's ledger units. */
  settle(instrument: number, amount: number): void {
    const units = BigInt(amount) * (this.#scale.perLedgerUnit[instrument] as bigint);
    this.funding += units;
    this.#moveCash(units);
    this.#judge();
  }

  /** Everything gained and lost by price, exact; open positions at the last mid. */
  get trading(): bigint {
    return this.#cash - this.fees - this.funding + this.#openValue();
  }

  /** The part of `trading` that is still open: value less average cost. Cost is cut to whole units at each close. */
  get unrealised(): bigint {
    return this.#cost.reduce((sum, cost) => sum - cost, this.#openValue());
  }

  /** Profit of any kind since the start. */
  get net(): bigint {
    return this.#cash + this.#openValue();
  }

  /** Largest fall from a peak (the start is one), in units, and the peak's profit it fell from. */
  get maxDrawdown(): Readonly<{ units: bigint; peak: bigint }> {
    return { units: BigInt(this.#maxDrawdown), peak: BigInt(this.#peakOfMax) };
  }

  /** How far below its peak the profit is now. */
  get finalDrawdown(): bigint {
    return BigInt(this.#peak - (this.#cashNumber + this.#valueSum));
  }

  #openValue(): bigint {
    let sum = 0n;
    for (let index = 0; index < this.lots.length; index += 1) {
      const halves = BigInt(this.lots[index] as number) * BigInt(this.mid2[index] as number);
      sum += (halves * (this.#scale.perTickLot[index] as bigint)) / 2n;
    }
    return sum;
  }

  #moveCash(units: bigint): void {
    this.#cash += units;
    this.#cashNumber = Number(this.#cash);
  }

  /** Average cost: adding grows it at the price, closing takes its share out, crossing zero starts anew. */
  #moveCost(instrument: number, change: number, pricePerLot: bigint): void {
    const held = this.lots[instrument] as number;
    const cost = this.#cost[instrument] as bigint;
    const after = held + change;
    if (held === 0 || held > 0 === change > 0) {
      this.#cost[instrument] = cost + BigInt(change) * pricePerLot;
    } else if (after === 0 || after > 0 === held > 0) {
      this.#cost[instrument] = (cost * BigInt(after)) / BigInt(held);
    } else {
      this.#cost[instrument] = BigInt(after) * pricePerLot;
    }
  }

  #revalue(instrument: number): void {
    const halves = (this.lots[instrument] as number) * (this.mid2[instrument] as number);
    const value = halves * (this.#perHalfTickLot[instrument] as number);
    this.#valueSum += value - (this.#value[instrument] as number);
    this.#value[instrument] = value;
    this.#judge();
  }

  #judge(): void {
    const profit = this.#cashNumber + this.#valueSum;
    if (profit > this.#peak) this.#peak = profit;
    else if (this.#peak - profit > this.#maxDrawdown) {
      this.#maxDrawdown = this.#peak - profit;
      this.#peakOfMax = this.#peak;
    }
  }
}
