// Profit and drawdown on the finest series seen: every book change and every fill.
// What is reported as money is summed exactly, in tick-lots and ledger units, and brought to one scale at the end.
// The running equity that drawdown reads is a double of whole units: exact up to 2^53 units (nine million dollars of
// position on a venue's usual grid), beyond that as fine as a double is; the same on every engine either way.

import type { Instrument } from "../domain/instrument.ts";
import { ExactSum } from "./exact-sum.ts";
import type { MoneyScale } from "./money-scale.ts";

/** What one instrument moved. */
class Flow {
  /** Ticks × lots received for sales less paid for purchases. */
  readonly cash = new ExactSum();
  readonly turnover = new ExactSum();
  /** Ledger units; fees above zero were paid, funding above zero was received. */
  readonly fees = new ExactSum();
  readonly funding = new ExactSum();
}

/** One instrument's share, units; fees below zero when more was paid than rebated. */
export type EquityPart = Readonly<{
  trading: bigint;
  unrealised: bigint;
  fees: bigint;
  funding: bigint;
  turnover: bigint;
  net: bigint;
}>;

export class EquityTrack {
  /** Signed lots and the sum of both sides of the last touch (two mids), per instrument. 0: no book yet. */
  readonly lots: Float64Array;
  readonly mid2: Float64Array;
  readonly firstMid2: Float64Array;
  readonly #scale: MoneyScale;
  readonly #flows: readonly Flow[];
  /** What is held at its average price, ticks × lots, signed as the position. */
  readonly #cost: Float64Array;
  /** Units of half a tick × one lot and of one ledger unit, as doubles for the hot path. */
  readonly #perHalfTickLot: Float64Array;
  readonly #perLedgerUnit: Float64Array;
  /** Marked value of each position and of all, units; together with the cash it is the profit so far. */
  readonly #value: Float64Array;
  #valueSum = 0;
  #cash = 0;
  #peak = 0;
  #peakOfMax = 0;
  #maxDrawdown = 0;

  constructor(instruments: readonly Instrument[], scale: MoneyScale) {
    const count = instruments.length;
    this.#scale = scale;
    this.#flows = instruments.map(() => new Flow());
    this.lots = new Float64Array(count);
    this.mid2 = new Float64Array(count);
    this.firstMid2 = new Float64Array(count);
    this.#value = new Float64Array(count);
    this.#cost = new Float64Array(count);
    this.#perHalfTickLot = Float64Array.from(scale.perTickLot, (units) => Number(units / 2n));
    this.#perLedgerUnit = Float64Array.from(scale.perLedgerUnit, Number);
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
    const flow = this.#flows[instrument] as Flow;
    const signed = sign * lots;
    flow.cash.addProduct(price, -signed);
    flow.turnover.addProduct(Math.abs(price), lots);
    flow.fees.add(fee);
    this.#cash -=
      signed * price * 2 * (this.#perHalfTickLot[instrument] as number) +
      fee * (this.#perLedgerUnit[instrument] as number);
    this.#moveCost(instrument, signed, price);
    this.lots[instrument] = (this.lots[instrument] as number) + signed;
    if (this.mid2[instrument] === 0) this.mid2[instrument] = 2 * price;
    this.#revalue(instrument);
  }

  /** Funding received (> 0) or paid, in the instrument's ledger units. */
  settle(instrument: number, amount: number): void {
    (this.#flows[instrument] as Flow).funding.add(amount);
    this.#cash += amount * (this.#perLedgerUnit[instrument] as number);
    this.#judge();
  }

  /** Below zero when more was paid than rebated. */
  get fees(): bigint {
    return -this.#inLedgerUnits((flow) => flow.fees);
  }

  get funding(): bigint {
    return this.#inLedgerUnits((flow) => flow.funding);
  }

  get turnover(): bigint {
    return this.#inTickLots((flow) => flow.turnover);
  }

  /** Everything gained and lost by price, exact; open positions at the last mid. */
  get trading(): bigint {
    return this.#inTickLots((flow) => flow.cash) + this.#openValue();
  }

  /** The part of `trading` that is still open: value less average cost, to the nearest unit. */
  get unrealised(): bigint {
    let units = 0;
    for (let index = 0; index < this.lots.length; index += 1) units += this.#openGain(index);
    return BigInt(Math.round(units));
  }

  /** What each instrument came to; the parts sum to the whole, `unrealised` to the nearest unit of each. */
  parts(): readonly EquityPart[] {
    return this.#flows.map((flow, index) => {
      const tickLot = this.#scale.perTickLot[index] as bigint;
      const ledger = this.#scale.perLedgerUnit[index] as bigint;
      const trading = flow.cash.value * tickLot + this.#openValueOf(index);
      const fees = -flow.fees.value * ledger;
      const funding = flow.funding.value * ledger;
      const unrealised = BigInt(Math.round(this.#openGain(index)));
      const turnover = flow.turnover.value * tickLot;
      return { trading, unrealised, fees, funding, turnover, net: trading + fees + funding };
    });
  }

  /** Profit of any kind since the start. */
  get net(): bigint {
    return this.trading + this.fees + this.funding;
  }

  /** The same as a double of whole units, at hand at any moment. */
  get running(): number {
    return this.#cash + this.#valueSum;
  }

  /** Largest fall from a peak (the start is one), in units, and the peak's profit it fell from. */
  get maxDrawdown(): Readonly<{ units: bigint; peak: bigint }> {
    return { units: BigInt(this.#maxDrawdown), peak: BigInt(this.#peakOfMax) };
  }

  /** How far below its peak the profit is now. */
  get finalDrawdown(): bigint {
    return BigInt(this.#peak - this.running);
  }

  #openValue(): bigint {
    let sum = 0n;
    for (let index = 0; index < this.lots.length; index += 1) sum += this.#openValueOf(index);
    return sum;
  }

  #openValueOf(instrument: number): bigint {
    const halves =
      BigInt(this.lots[instrument] as number) * BigInt(this.mid2[instrument] as number);
    return (halves * (this.#scale.perTickLot[instrument] as bigint)) / 2n;
  }

  /** Value less average cost of what is held, units. */
  #openGain(instrument: number): number {
    const value = (this.lots[instrument] as number) * (this.mid2[instrument] as number);
    const gain = value - 2 * (this.#cost[instrument] as number);
    return gain * (this.#perHalfTickLot[instrument] as number);
  }

  #inTickLots(part: (flow: Flow) => ExactSum): bigint {
    return this.#sum(part, this.#scale.perTickLot);
  }

  #inLedgerUnits(part: (flow: Flow) => ExactSum): bigint {
    return this.#sum(part, this.#scale.perLedgerUnit);
  }

  #sum(part: (flow: Flow) => ExactSum, units: readonly bigint[]): bigint {
    return this.#flows.reduce(
      (sum, flow, index) => sum + part(flow).value * (units[index] as bigint),
      0n,
    );
  }

  /** Average cost: adding grows it at the price, closing takes its share out, crossing zero starts anew. */
  #moveCost(instrument: number, change: number, price: number): void {
    const held = this.lots[instrument] as number;
    const cost = this.#cost[instrument] as number;
    const after = held + change;
    if (held === 0 || held > 0 === change > 0) this.#cost[instrument] = cost + change * price;
    else if (after === 0) this.#cost[instrument] = 0;
    else if (after > 0 === held > 0) this.#cost[instrument] = (cost / held) * after;
    else this.#cost[instrument] = after * price;
  }

  #revalue(instrument: number): void {
    const halves = (this.lots[instrument] as number) * (this.mid2[instrument] as number);
    const value = halves * (this.#perHalfTickLot[instrument] as number);
    this.#valueSum += value - (this.#value[instrument] as number);
    this.#value[instrument] = value;
    this.#judge();
  }

  #judge(): void {
    const profit = this.running;
    if (profit > this.#peak) this.#peak = profit;
    else if (this.#peak - profit > this.#maxDrawdown) {
      this.#maxDrawdown = this.#peak - profit;
      this.#peakOfMax = this.#peak;
    }
  }
}
