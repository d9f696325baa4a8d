// A recorded book order by order: what rests at each price, oldest first, and how much of it we have taken.
// Prices stand in a sorted list whose best is last, so that work near the touch moves little; any price is allowed.
// The feed is the truth: it says what was executed and cancelled, nothing here matches.

/** A recorded order. `arrival` places it among everyone, ours included: smaller stands ahead. */
export type FeedOrder = {
  readonly orderRef: number;
  readonly level: FeedLevel;
  readonly arrival: number;
  /** Lots that rest by the feed's word, ≥ 1. */
  left: number;
  /** Of those, lots our own orders took: gone for us, though the feed still shows them. */
  taken: number;
};

/** A price with orders. `lots` and `taken` are the sums over `orders`, which stand oldest first. */
export type FeedLevel = {
  readonly side: 0 | 1;
  readonly price: number;
  readonly orders: Set<FeedOrder>;
  lots: number;
  taken: number;
};

/** Rows about orders that are not here, by what the row said. */
export type FeedSurprises = {
  unknownOrders: number;
  /** ADD rows whose order rested already: the older one is dropped. */
  repeatedOrders: number;
  /** Rows that took more lots off an order than it had. */
  oversizedRows: number;
};

export class OrderLevelBook {
  readonly surprises: FeedSurprises = { unknownOrders: 0, repeatedOrders: 0, oversizedRows: 0 };
  readonly #sides = [new LevelLadder(0), new LevelLadder(1)] as const;
  readonly #orders = new Map<number, FeedOrder>();

  /** Adds an order; returns it. */
  add(side: 0 | 1, orderRef: number, price: number, lots: number, arrival: number): FeedOrder {
    const repeated = this.#orders.get(orderRef);
    if (repeated !== undefined) {
      this.surprises.repeatedOrders += 1;
      this.#remove(repeated);
    }
    const level = this.#sides[side].levelAt(price);
    const order: FeedOrder = { orderRef, level, arrival, left: lots, taken: 0 };
    level.orders.add(order);
    level.lots += lots;
    this.#orders.set(orderRef, order);
    return order;
  }

  /** The resting order of that number; counts the surprise when there is none. */
  find(orderRef: number): FeedOrder | undefined {
    const order = this.#orders.get(orderRef);
    if (order === undefined) this.surprises.unknownOrders += 1;
    return order;
  }

  /** Takes lots off an order by the feed's word; without any left it is gone. */
  reduce(order: FeedOrder, lots: number): void {
    if (lots > order.left) this.surprises.oversizedRows += 1;
    if (lots >= order.left) {
      this.#remove(order);
      return;
    }
    const level = order.level;
    order.left -= lots;
    level.lots -= lots;
    if (order.taken <= order.left) return;
    level.taken -= order.taken - order.left;
    order.taken = order.left;
  }

  /** Takes an order away whole. */
  delete(order: FeedOrder): void {
    this.#remove(order);
  }

  /** Forgets every order, and what we took. */
  clear(): void {
    this.#orders.clear();
    for (const side of this.#sides) side.clear();
  }

  /** Marks lots of a recorded order as taken by us. */
  take(order: FeedOrder, lots: number): void {
    order.taken += lots;
    order.level.taken += lots;
  }

  /** Best level, or the best after `worseThan`; undefined when there is none. */
  level(side: 0 | 1, worseThan?: number): FeedLevel | undefined {
    return this.#sides[side].next(worseThan);
  }

  /** The level at a price, undefined when nothing rests there. */
  levelAt(side: 0 | 1, price: number): FeedLevel | undefined {
    return this.#sides[side].find(price);
  }

  #remove(order: FeedOrder): void {
    const level = order.level;
    level.orders.delete(order);
    level.lots -= order.left;
    level.taken -= order.taken;
    this.#orders.delete(order.orderRef);
    if (level.orders.size === 0) this.#sides[level.side].remove(level);
  }
}

/** One side's levels. Prices are kept as ranks (an ask's rank is −price): the best is the highest, on both sides. */
class LevelLadder {
  readonly #side: 0 | 1;
  readonly #ranks: number[] = [];
  readonly #levels = new Map<number, FeedLevel>();

  constructor(side: 0 | 1) {
    this.#side = side;
  }

  find(price: number): FeedLevel | undefined {
    return this.#levels.get(price);
  }

  /** The level at a price, made if need be. */
  levelAt(price: number): FeedLevel {
    const found = this.#levels.get(price);
    if (found !== undefined) return found;
    const level: FeedLevel = { side: this.#side, price, orders: new Set(), lots: 0, taken: 0 };
    const rank = this.#rank(price);
    this.#ranks.splice(this.#countBelow(rank), 0, rank);
    this.#levels.set(price, level);
    return level;
  }

  next(worseThan: number | undefined): FeedLevel | undefined {
    const count =
      worseThan === undefined ? this.#ranks.length : this.#countBelow(this.#rank(worseThan));
    const rank = this.#ranks[count - 1];
    return rank === undefined ? undefined : this.#levels.get(this.#rank(rank));
  }

  remove(level: FeedLevel): void {
    this.#levels.delete(level.price);
    this.#ranks.splice(this.#countBelow(this.#rank(level.price)), 1);
  }

  clear(): void {
    this.#ranks.length = 0;
    this.#levels.clear();
  }

  /** Its own inverse. 0 − price: an ask at 0 must not rank as −0. */
  #rank(price: number): number {
    return this.#side === 0 ? price : 0 - price;
  }

  /** How many ranks are below `rank`. */
  #countBelow(rank: number): number {
    const ranks = this.#ranks;
    let low = 0;
    let high = ranks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranks[middle] as number) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
