// The order-level market's naive twin: one flat list of everybody's orders, filtered and sorted for every question.
// Slow and obvious. It keeps the rules of sim/exchange/order-level-market.ts and tells its reports as lines.

export type NaiveRules = Readonly<{
  selfTrade: "expire-maker" | "expire-taker" | "expire-both";
  amend: "keep-when-smaller" | "back";
}>;

export type NaiveOwn = {
  readonly id: number;
  readonly side: 0 | 1;
  price: number | undefined;
  size: number;
  filled: number;
  readonly timeInForce: "GTC" | "IOC" | "FOK" | "POST_ONLY";
};

type Entry = {
  readonly side: 0 | 1;
  readonly price: number;
  readonly arrival: number;
  /** Of a recorded order. */
  readonly ref: number | undefined;
  left: number;
  taken: number;
  readonly own: NaiveOwn | undefined;
};

export class NaiveOrderLevelMarket {
  readonly told: string[] = [];
  readonly #rules: NaiveRules;
  #entries: Entry[] = [];
  #arrivals = 0;

  constructor(rules: NaiveRules) {
    this.#rules = rules;
  }

  feedAdd(side: 0 | 1, ref: number, price: number, lots: number): void {
    const entry = this.#enter({ side, price, ref, left: lots, taken: 0, own: undefined });
    entry.taken = this.#fill(other(side), price, Number.POSITIVE_INFINITY, lots);
  }

  feedReduce(ref: number, lots: number): void {
    const entry = this.#entries.find((candidate) => candidate.ref === ref);
    if (entry === undefined) return;
    entry.left -= lots;
    entry.taken = Math.min(entry.taken, entry.left);
    this.#entries = this.#entries.filter((candidate) => candidate.own || candidate.left > 0);
  }

  feedExecute(side: 0 | 1, ref: number, price: number, lots: number): void {
    const entry = this.#entries.find((candidate) => candidate.ref === ref);
    this.#fill(side, price, entry?.arrival ?? Number.NEGATIVE_INFINITY, lots);
    this.feedReduce(ref, lots);
  }

  feedHidden(side: 0 | 1, price: number, lots: number): void {
    this.#fill(side, price, Number.POSITIVE_INFINITY, lots);
  }

  place(order: NaiveOwn): void {
    const refusal = this.#refusal(order);
    if (refusal !== undefined) {
      this.told.push(`refused ${order.id} ${refusal}`);
      return;
    }
    this.told.push(`accepted ${order.id}`);
    this.#takeThenRest(order);
  }

  cancel(id: number): void {
    const entry = this.#entries.find(({ own }) => own?.id === id);
    if (entry === undefined) return;
    this.#drop(entry);
    this.told.push(`closed ${id} cancelled`);
  }

  amend(id: number, price: number, size: number): void {
    const entry = this.#entries.find(({ own }) => own?.id === id);
    if (entry?.own === undefined) return;
    const order = entry.own;
    const keeps =
      this.#rules.amend === "keep-when-smaller" && price === order.price && size <= order.size;
    let refusal = size <= order.filled ? "min-size" : undefined;
    if (refusal === undefined && !keeps) refusal = this.#refusal({ ...order, price, size });
    if (refusal !== undefined) {
      this.told.push(`refused ${id} ${refusal}`);
      return;
    }
    order.price = price;
    order.size = size;
    this.told.push(`accepted ${id}`);
    if (keeps) return;
    this.#drop(entry);
    this.#takeThenRest(order);
  }

  /** Own orders as "id filled/size@price, ahead", ascending by id. */
  ownOrders(): string[] {
    return this.#entries
      .filter((entry) => entry.own !== undefined)
      .sort((left, right) => (left.own?.id ?? 0) - (right.own?.id ?? 0))
      .map((entry) => {
        const ahead = this.#entries.filter(
          (peer) =>
            peer.own === undefined &&
            peer.side === entry.side &&
            peer.price === entry.price &&
            peer.arrival < entry.arrival,
        );
        const lots = ahead.reduce((sum, peer) => sum + peer.left - peer.taken, 0);
        const { id, filled, size, price } = entry.own as NaiveOwn;
        return `${id} ${filled}/${size}@${price}, ${lots}`;
      });
  }

  best(side: 0 | 1): number | undefined {
    return this.#queue(side, (entry) => entry.own === undefined)[0]?.price;
  }

  /** Matching entries of a side, best price first, then by arrival. */
  #queue(side: 0 | 1, wanted: (entry: Entry) => boolean): Entry[] {
    const sign = side === 0 ? -1 : 1;
    return this.#entries
      .filter((entry) => entry.side === side && wanted(entry))
      .sort((left, right) => sign * (left.price - right.price) || left.arrival - right.arrival);
  }

  #enter(entry: Omit<Entry, "arrival">): Entry {
    this.#arrivals += 1;
    const entered = { ...entry, arrival: this.#arrivals };
    this.#entries.push(entered);
    return entered;
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((candidate) => candidate !== entry);
  }

  /** Our orders a taker down to `price` would have met before someone who arrived at `arrival`. */
  #fill(side: 0 | 1, price: number, arrival: number, lots: number): number {
    let left = lots;
    for (const entry of this.#queue(side, (candidate) => candidate.own !== undefined)) {
      const better = side === 0 ? entry.price > price : entry.price < price;
      const ahead = entry.price === price && entry.arrival <= arrival;
      if (left === 0 || !(better || ahead)) break;
      const order = entry.own as NaiveOwn;
      const filled = Math.min(left, order.size - order.filled);
      order.filled += filled;
      left -= filled;
      this.told.push(`filled ${order.id} ${filled}@${entry.price} maker`);
      if (order.filled < order.size) continue;
      this.#drop(entry);
      this.told.push(`closed ${order.id} filled`);
    }
    return lots - left;
  }

  /** Everyone the order could meet, in the order it would. */
  #met(order: NaiveOwn): Entry[] {
    return this.#queue(other(order.side), (entry) => {
      if (entry.own === undefined && entry.taken === entry.left) return false;
      if (order.price === undefined) return true;
      return order.side === 0 ? entry.price <= order.price : entry.price >= order.price;
    });
  }

  #refusal(order: NaiveOwn): string | undefined {
    const met = this.#met(order);
    const feed = met.filter((entry) => entry.own === undefined);
    if (order.timeInForce === "POST_ONLY" && met.length > 0) return "post-only-would-cross";
    if (order.timeInForce === "IOC" && feed.length === 0) {
      return order.price === undefined ? "no-liquidity" : "ioc-no-liquidity";
    }
    if (order.timeInForce !== "FOK") return undefined;
    const ours = met.find((entry) => entry.own !== undefined);
    const stops = ours !== undefined && this.#rules.selfTrade !== "expire-maker";
    const before = feed.filter((entry) => {
      if (!stops) return true;
      return order.side === 0 ? entry.price < ours.price : entry.price > ours.price;
    });
    const lots = before.reduce((sum, entry) => sum + entry.left - entry.taken, 0);
    return lots >= order.size - order.filled ? undefined : "fok-not-fillable";
  }

  #takeThenRest(order: NaiveOwn): void {
    const closed = this.#take(order);
    if (closed !== undefined) this.told.push(`closed ${order.id} ${closed}`);
    else if (order.price !== undefined) {
      const { side, price } = order;
      this.#enter({ side, price, ref: undefined, left: 0, taken: 0, own: order });
    }
  }

  #take(order: NaiveOwn): string | undefined {
    let level: number | undefined;
    let lots = 0;
    const tell = (): void => {
      if (lots > 0) this.told.push(`filled ${order.id} ${lots}@${level} taker`);
      lots = 0;
    };
    for (const entry of this.#met(order)) {
      if (order.filled === order.size) break;
      if (entry.own !== undefined || entry.price !== level) tell();
      level = entry.price;
      if (entry.own !== undefined) {
        if (this.#rules.selfTrade !== "expire-taker") {
          this.#drop(entry);
          this.told.push(`closed ${entry.own.id} self-trade`);
        }
        if (this.#rules.selfTrade !== "expire-maker") return "self-trade";
        continue;
      }
      const taken = Math.min(entry.left - entry.taken, order.size - order.filled);
      entry.taken += taken;
      order.filled += taken;
      lots += taken;
    }
    tell();
    if (order.filled === order.size) return "filled";
    if (order.price === undefined) return "market-remainder";
    return order.timeInForce === "GTC" || order.timeInForce === "POST_ONLY"
      ? undefined
      : "ioc-remainder";
  }
}

function other(side: 0 | 1): 0 | 1 {
  return side === 0 ? 1 : 0;
}
