// The matching engine's naive twin: one plain list of orders, sorted anew whenever somebody wants to trade.
// Slow and obvious; it tells the same lines as the public workload writes them.

export type NaiveOrder = {
  readonly id: number;
  readonly side: 0 | 1;
  price: number;
  quantity: number;
  /** When it joined its queue. */
  arrival: number;
};

export class NaiveOrderBook {
  readonly lines: string[] = [];
  #orders: NaiveOrder[] = [];
  #sequence = -1;

  place(side: 0 | 1, id: number, price: number, quantity: number, immediate: boolean): void {
    this.#sequence += 1;
    this.#say(0, side, id, price, quantity);
    const taker = { id, side, price, quantity, arrival: this.#sequence };
    this.#trade(taker);
    if (taker.quantity === 0) return;
    if (immediate) this.#say(2, side, id, price);
    else this.#orders.push(taker);
  }

  cancel(id: number): void {
    this.#sequence += 1;
    const order = this.#orders.find((candidate) => candidate.id === id);
    if (order === undefined) {
      this.#say(4, id);
      return;
    }
    this.#orders = this.#orders.filter((candidate) => candidate !== order);
    this.#say(2, order.side, id, order.price);
  }

  modify(id: number, price: number, quantity: number): void {
    this.#sequence += 1;
    const order = this.#orders.find((candidate) => candidate.id === id);
    if (order === undefined) {
      this.#say(5, id);
      return;
    }
    this.#orders = this.#orders.filter((candidate) => candidate !== order);
    const taker = { ...order, price, quantity, arrival: this.#sequence };
    this.#trade(taker);
    this.#say(3, order.side, id, price, quantity);
    if (taker.quantity > 0) this.#orders.push(taker);
  }

  /** The side's orders, best price first, oldest first within a price. */
  resting(side: 0 | 1): { id: number; price: number; quantity: number }[] {
    return this.#queue(side).map(({ id, price, quantity }) => ({ id, price, quantity }));
  }

  #queue(side: 0 | 1): NaiveOrder[] {
    const better = side === 0 ? -1 : 1;
    return this.#orders
      .filter((order) => order.side === side)
      .sort((left, right) => better * (left.price - right.price) || left.arrival - right.arrival);
  }

  #trade(taker: NaiveOrder): void {
    for (const maker of this.#queue(taker.side === 0 ? 1 : 0)) {
      const crosses = taker.side === 0 ? maker.price <= taker.price : maker.price >= taker.price;
      if (taker.quantity === 0 || !crosses) break;
      const traded = Math.min(maker.quantity, taker.quantity);
      this.#say(1, maker.price, traded, maker.id, taker.id);
      maker.quantity -= traded;
      taker.quantity -= traded;
    }
    this.#orders = this.#orders.filter((order) => order.quantity > 0);
  }

  #say(kind: number, ...fields: number[]): void {
    this.lines.push([kind, this.#sequence, ...fields].join(","));
  }
}
