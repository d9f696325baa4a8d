// One view's account: position in lots, cash and turnover in ticks × lots, all whole numbers.
// Each view has its own; ours changes when a response arrives, not when the exchange fills.
// No margin, balance check, funding or liquidation, as published; linear contracts only.
// Source: hftbacktest order fill documentation; 1.7.

import type { CompatOrder } from "./order.ts";

/** The decimals of an instrument and its fee rates, for reading money off whole numbers. */
export type CompatMoney = Readonly<{
  /** One unit of quote currency in ticks × lots × contract size: 10,000 for tick 0.1, lot 0.001. */
  tickLotsPerUnit: number;
  /** Fee as a fraction of the traded value; negative is a rebate. */
  makerFee: number;
  takerFee: number;
}>;

export class CompatAccount {
  positionLots = 0;
  /** Paid and received: − side × tick × lots, summed. */
  cashTickLots = 0;
  makerTickLots = 0;
  takerTickLots = 0;
  /** Fills heard of. */
  fills = 0;
  readonly #money: CompatMoney;

  constructor(money: CompatMoney) {
    this.#money = money;
  }

  /** Books the last execution of an order. */
  apply(order: CompatOrder): void {
    const tickLots = order.executedTick * order.executedLots;
    const sign = order.side === "bid" ? 1 : -1;
    this.positionLots += sign * order.executedLots;
    this.cashTickLots -= sign * tickLots;
    if (order.maker) this.makerTickLots += tickLots;
    else this.takerTickLots += tickLots;
    this.fills += 1;
  }

  /** Money paid and received, fees apart. */
  get balance(): number {
    return this.cashTickLots / this.#money.tickLotsPerUnit;
  }

  /** Fees paid; negative when rebates outweigh them. */
  get fee(): number {
    const { makerFee, takerFee, tickLotsPerUnit } = this.#money;
    return (this.makerTickLots * makerFee + this.takerTickLots * takerFee) / tickLotsPerUnit;
  }

  /** balance + position × mid − fee, the mid given in half ticks (bid + ask). */
  equity(midHalfTicks: number): number {
    return (
      this.balance + (this.positionLots * midHalfTicks) / 2 / this.#money.tickLotsPerUnit - this.fee
    );
  }
}
