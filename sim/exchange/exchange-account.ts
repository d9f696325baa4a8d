// The venue's truth about our account: positions, cash, and whether there is margin for more.
// Cash is exact. Margin compares doubles of ledger units: the comparison's rounding is below 1e-9 of the amounts
// and the same on every engine (only + − × are used), so no decision depends on the machine.

import { assert } from "../../src/domain/assert.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { RateE8, Side } from "../../src/domain/units.ts";
import { rateOf, unitsOf } from "./fee.ts";
import type { VenueProfile } from "./profile.ts";

const E8 = 100_000_000;

/** One instrument of the account. */
export type Holding = {
  readonly instrument: Instrument;
  /** Ledger units of the account in one tick × lot. */
  readonly unitsPerTickLot: number;
  lots: number;
  /** Lots of our resting orders, by side: what margin must also cover. */
  openBids: number;
  openAsks: number;
  /** Last price the venue would mark at, ticks; 0 before the first. */
  mark: number;
};

export class ExchangeAccount {
  /** Ledger units are 10^-decimals of the quote currency. */
  readonly decimals: number;
  readonly holdings: readonly Holding[];
  readonly #profile: VenueProfile;
  #cash: bigint;

  constructor(profile: VenueProfile, instruments: readonly Instrument[], startingCash: bigint) {
    this.#profile = profile;
    this.decimals = instruments.reduce((most, each) => Math.max(most, each.moneyDecimals), 0);
    this.holdings = instruments.map((instrument) => ({
      instrument,
      unitsPerTickLot: scaled(instrument.moneyPerTickLot, this.decimals - instrument.moneyDecimals),
      lots: 0,
      openBids: 0,
      openAsks: 0,
      mark: 0,
    }));
    this.#cash = startingCash;
  }

  get cash(): bigint {
    return this.#cash;
  }

  /** Cash comes or goes past every market: a transfer. */
  transfer(units: bigint): void {
    this.#cash += units;
  }

  /** Books a fill and its fee; returns the fee in ledger units of the instrument. */
  fill(holding: Holding, side: Side, price: number, lots: number, rate: RateE8): number {
    const sign = side === "bid" ? 1 : -1;
    const exact = BigInt(unitsOf(price, lots, holding.unitsPerTickLot));
    const fee = rateOf(unitsOf(price, lots, holding.instrument.moneyPerTickLot), rate);
    const scale = holding.unitsPerTickLot / holding.instrument.moneyPerTickLot;
    this.#cash += BigInt(-sign) * exact - BigInt(fee * scale);
    holding.lots += sign * lots;
    assert(Number.isSafeInteger(holding.lots), "a position is a safe integer");
    return fee;
  }

  /** Settles funding at `mark`: longs pay a positive rate. Returns what we received, ledger units of the instrument. */
  funding(holding: Holding, rateE8: number, mark: number): number {
    const value = unitsOf(mark, holding.lots, holding.instrument.moneyPerTickLot);
    const received = -rateOf(value, rateE8);
    const scale = holding.unitsPerTickLot / holding.instrument.moneyPerTickLot;
    this.#cash += BigInt(received * scale);
    return received === 0 ? 0 : received;
  }

  /** Cash and everything held, at the marks. */
  equity(): number {
    let units = Number(this.#cash);
    for (const each of this.holdings) units += each.lots * each.mark * each.unitsPerTickLot;
    return units;
  }

  /** Could this order be carried with all that may still fill? Reducing orders always can. */
  canCarry(holding: Holding, side: Side, lots: number, price: number): boolean {
    if (holding.instrument.contract === "spot") return this.#canPay(holding, side, lots, price);
    const margin = this.#profile.margin;
    if (margin === undefined || reduces(holding, side, lots)) return true;
    let needed = 0;
    for (const each of this.holdings) {
      const bids = each.openBids + (each === holding && side === "bid" ? lots : 0);
      const asks = each.openAsks + (each === holding && side === "ask" ? lots : 0);
      const worst = Math.max(Math.abs(each.lots + bids), Math.abs(each.lots - asks));
      const at = each === holding ? Math.max(price, each.mark) : each.mark;
      needed += worst * at * each.unitsPerTickLot;
    }
    return (needed * margin.initial) / E8 <= this.equity();
  }

  /** Why an order that cannot be carried is refused: spot has no margin, it pays from what is there. */
  lacks({ instrument }: Holding): "insufficient-balance" | "insufficient-margin" {
    return instrument.contract === "spot" ? "insufficient-balance" : "insufficient-margin";
  }

  /** Is equity below what the venue asks to stay open? */
  mustLiquidate(): boolean {
    const margin = this.#profile.margin;
    if (margin === undefined) return false;
    let held = 0;
    for (const each of this.holdings) {
      if (each.instrument.contract === "spot") continue;
      held += Math.abs(each.lots) * each.mark * each.unitsPerTickLot;
    }
    return held > 0 && this.equity() < (held * margin.maintenance) / E8;
  }

  /** Spot: buys are paid from cash, sales from what is held, counting what rests already. */
  #canPay(holding: Holding, side: Side, lots: number, price: number): boolean {
    if (side === "ask") return holding.openAsks + lots <= holding.lots;
    let promised = lots * price * holding.unitsPerTickLot;
    for (const each of this.holdings) promised += each.openBids * each.mark * each.unitsPerTickLot;
    return promised <= Number(this.#cash);
  }
}

/** An order that can only bring the position nearer to flat, counting what already rests on its side. */
function reduces(holding: Holding, side: Side, lots: number): boolean {
  return side === "bid"
    ? holding.openBids + lots <= -holding.lots
    : holding.openAsks + lots <= holding.lots;
}

function scaled(units: number, decimals: number): number {
  let value = units;
  for (let i = 0; i < decimals; i += 1) value *= 10;
  assert(Number.isSafeInteger(value), "a tick × lot in ledger units is a safe integer");
  return value;
}
