// The slow twin of LevelsMarket, written from docs/FILLS.md and nothing else: maps, sorts and copies everywhere,
// every rule evaluated for every order at every row. It reports in the words of MarketRig.

import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { Side } from "../../src/domain/units.ts";
import type { RigOrder } from "./market-rig.ts";

export type NaiveRow =
  | Readonly<{ row: "depth"; side: Side; tick: number; lots: number; snapshot?: boolean }>
  | Readonly<{ row: "clear" }>
  | Readonly<{ row: "print"; aggressor: Side | undefined; tick: number; lots: number }>;

type Resting = {
  id: number;
  side: Side;
  tick: number;
  size: number;
  filled: number;
  postOnly: boolean;
  ahead: number;
  printed: number;
  unseen: boolean;
};

export class NaiveLevelsMarket {
  readonly reports: string[] = [];
  readonly book: Record<Side, Map<number, number>> = { bid: new Map(), ask: new Map() };
  readonly #taken: Record<Side, Map<number, number>> = { bid: new Map(), ask: new Map() };
  /** In order of arrival. */
  #own: Resting[] = [];
  readonly #model: FillModel;

  constructor(model: FillModel) {
    this.#model = model;
  }

  ahead(id: number): number | undefined {
    return this.#own.find((each) => each.id === id)?.ahead;
  }

  best(side: Side): number | undefined {
    return sorted(side, [...this.book[side].keys()])[0];
  }

  message(rows: readonly NaiveRow[], at: number): void {
    let cleared = false;
    for (const row of rows) {
      if (row.row === "clear") {
        cleared = true;
        for (const side of ["bid", "ask"] as const) {
          this.book[side].clear();
          this.#taken[side].clear();
        }
      } else if (row.row === "depth") {
        this.#depth(row.side, row.tick, row.lots, cleared || row.snapshot === true);
      } else this.#print(row, at);
    }
    if (cleared) this.#restated();
    this.#touch("bid", at);
    this.#touch("ask", at);
  }

  place(order: RigOrder, at: number): void {
    const { id, side, tick, lots } = order;
    const tif = order.timeInForce ?? "GTC";
    const opposite = side === "bid" ? "ask" : "bid";
    const feed = this.#available(opposite).filter(([level]) => reaches(side, tick, level));
    const own = this.#own.some((each) => each.side === opposite && reaches(side, tick, each.tick));
    const total = feed.reduce((sum, [, size]) => sum + size, 0);
    if (tif === "POST_ONLY" && (feed.length > 0 || own)) {
      this.reports.push(`refuse ${id} post-only-would-cross`);
      return;
    }
    if (tif === "IOC" && feed.length === 0) {
      const reason = tick === undefined ? "no-liquidity" : "ioc-no-liquidity";
      this.reports.push(`refuse ${id} ${reason}`);
      return;
    }
    if (tif === "FOK" && total < lots) {
      this.reports.push(`refuse ${id} fok-not-fillable`);
      return;
    }
    this.reports.push(`accept ${id}`);
    this.#takeThenRest({ id, side, tick, size: lots, filled: 0, tif }, at);
  }

  cancel(id: number): boolean {
    const order = this.#own.find((each) => each.id === id);
    if (order === undefined) return false;
    this.#own = this.#own.filter((each) => each !== order);
    this.reports.push(`close ${id} cancelled ${order.filled}`);
    return true;
  }

  amend(id: number, tick: number, size: number, at: number): boolean {
    const order = this.#own.find((each) => each.id === id);
    if (order === undefined) return false;
    const opposite = order.side === "bid" ? "ask" : "bid";
    if (size <= order.filled) {
      this.reports.push(`refuse ${id} min-size`);
      return true;
    }
    if (tick === order.tick && size <= order.size) {
      order.size = size;
      this.reports.push(`accept ${id}`);
      return true;
    }
    const crosses =
      this.#available(opposite).some(([level]) => reaches(order.side, tick, level)) ||
      this.#own.some((each) => each.side === opposite && reaches(order.side, tick, each.tick));
    if (order.postOnly && crosses) {
      this.reports.push(`refuse ${id} post-only-would-cross`);
      return true;
    }
    this.#own = this.#own.filter((each) => each !== order);
    this.reports.push(`accept ${id}`);
    const tif = order.postOnly ? "POST_ONLY" : "GTC";
    this.#takeThenRest({ id, side: order.side, tick, size, filled: order.filled, tif }, at);
    return true;
  }

  #takeThenRest(
    taker: {
      id: number;
      side: Side;
      tick: number | undefined;
      size: number;
      filled: number;
      tif: string;
    },
    at: number,
  ): void {
    const opposite = taker.side === "bid" ? "ask" : "bid";
    while (taker.filled < taker.size) {
      const feed = this.#available(opposite).find(([t]) => reaches(taker.side, taker.tick, t));
      const mine = this.#queue(opposite).find((each) => reaches(taker.side, taker.tick, each.tick));
      if (feed === undefined && mine === undefined) break;
      const samePrice = feed !== undefined && mine !== undefined && feed[0] === mine.tick;
      const feedBetter =
        feed !== undefined && (mine === undefined || better(opposite, feed[0], mine.tick));
      if (feed !== undefined && (feedBetter || (samePrice && (mine as Resting).ahead > 0))) {
        const cap = samePrice ? Math.ceil((mine as Resting).ahead) : feed[1];
        const lots = Math.min(taker.size - taker.filled, feed[1], cap);
        this.#taken[opposite].set(feed[0], (this.#taken[opposite].get(feed[0]) ?? 0) + lots);
        for (const each of this.#own) {
          if (each.side === opposite && each.tick === feed[0]) {
            each.ahead = Math.max(0, each.ahead - lots);
          }
        }
        taker.filled += lots;
        this.reports.push(`fill ${taker.id} ${lots}@${feed[0]} taker t${at}`);
      } else if (mine !== undefined) {
        this.#own = this.#own.filter((each) => each !== mine);
        this.reports.push(`close ${mine.id} self-trade ${mine.filled}`);
      }
    }
    if (taker.filled === taker.size) {
      this.reports.push(`close ${taker.id} filled ${taker.filled}`);
    } else if (taker.tick === undefined) {
      this.reports.push(`close ${taker.id} market-remainder ${taker.filled}`);
    } else if (taker.tif === "IOC" || taker.tif === "FOK") {
      this.reports.push(`close ${taker.id} ioc-remainder ${taker.filled}`);
    } else {
      const { id, side, tick, size, filled } = taker;
      const worst = sorted(side, [...this.book[side].keys()]).at(-1);
      const unseen = worst !== undefined && better(side, worst, tick);
      const ahead = this.#left(side, tick);
      for (const each of this.#own) {
        const isAhead = each.side === side && each.tick === tick && each.unseen;
        if (isAhead && !unseen) Object.assign(each, { unseen: false, ahead });
      }
      this.#own.push({
        id,
        side,
        tick,
        size,
        filled,
        postOnly: taker.tif === "POST_ONLY",
        ahead,
        printed: 0,
        unseen,
      });
    }
  }

  #depth(side: Side, tick: number, lots: number, restated: boolean): void {
    const before = this.book[side].get(tick) ?? 0;
    if (lots === 0) this.book[side].delete(tick);
    else this.book[side].set(tick, lots);
    this.#taken[side].delete(tick);
    const worst = sorted(side, [...this.book[side].keys()]).at(-1);
    const insideDisplay = worst !== undefined && better(side, tick, worst);
    for (const each of this.#own) {
      if (each.side !== side || each.tick !== tick) continue;
      if (each.unseen) {
        if (lots > 0) {
          each.unseen = false;
          each.ahead = lots;
        }
      } else if (restated) {
        if (lots > 0) {
          each.printed = 0;
          each.ahead = Math.min(each.ahead, lots);
        }
      } else if (before > 0 || lots > 0) {
        const was = each.ahead;
        this.#cancelled(each, before, lots);
        if (lots === 0 && !insideDisplay) each.ahead = was;
      }
    }
  }

  #cancelled(each: Resting, before: number, after: number): void {
    const decrease = before - after - each.printed;
    each.printed = 0;
    if (decrease <= 0 || this.#model.kind !== "power") {
      each.ahead = Math.min(each.ahead, after);
      return;
    }
    const front = each.ahead;
    const back = before - front;
    let ratio = this.#model.family === 3 ? front / (front + back) : back / (back + front);
    let p = 1;
    for (let i = 0; i < this.#model.n; i += 1) p *= ratio;
    if (this.#model.family === 3) p = 1 - p;
    if (this.#model.family === 1) {
      ratio = 1;
      let b = 1;
      let f = 1;
      for (let i = 0; i < this.#model.n; i += 1) {
        b *= back;
        f *= front;
      }
      p = b / (b + f);
    }
    if (!Number.isFinite(p)) p = 1;
    const estimate = front - (1 - p) * decrease + Math.min(back - p * decrease, 0);
    each.ahead = Math.max(0, Math.min(estimate, after));
  }

  #restated(): void {
    for (const each of this.#own) {
      const worst = sorted(each.side, [...this.book[each.side].keys()]).at(-1);
      if (each.unseen || worst === undefined || !better(each.side, each.tick, worst)) continue;
      each.printed = 0;
      each.ahead = Math.min(each.ahead, this.book[each.side].get(each.tick) ?? 0);
    }
  }

  #print(row: Extract<NaiveRow, { row: "print" }>, at: number): void {
    const aggressor = row.aggressor ?? this.#infer(row.tick);
    if (aggressor === undefined) return;
    const side = aggressor === "bid" ? "ask" : "bid";
    let used = 0;
    for (const each of this.#queue(side)) {
      if (better(side, row.tick, each.tick)) continue;
      const left = row.lots - used;
      if (this.#model.kind === "optimistic") {
        this.#fill(each, each.size, at);
      } else if (each.tick !== row.tick) {
        if (left > 0) {
          each.ahead = 0;
          used += this.#fill(each, left, at);
        }
      } else if (this.#model.kind !== "pessimistic" && left > 0) {
        each.printed += left;
        const excess = left - each.ahead;
        if (excess <= 0) each.ahead -= left;
        else {
          each.ahead = 0;
          used += this.#fill(each, Math.floor(excess), at);
        }
      }
    }
  }

  #infer(tick: number): Side | undefined {
    const bid = this.best("bid");
    const ask = this.best("ask");
    const locked = bid !== undefined && ask !== undefined && bid >= ask;
    if (!locked && bid !== undefined && tick <= bid) return "ask";
    if (!locked && ask !== undefined && tick >= ask) return "bid";
    const ownBid = this.#queue("bid")[0]?.tick;
    const ownAsk = this.#queue("ask")[0]?.tick;
    if (ownBid !== undefined && tick < ownBid) return "ask";
    if (ownAsk !== undefined && tick > ownAsk) return "bid";
    return undefined;
  }

  #touch(side: Side, at: number): void {
    if (this.#model.kind === "pessimistic") return;
    const opposite = side === "bid" ? "ask" : "bid";
    for (;;) {
      const queue = this.#queue(side);
      const best = queue[0]?.tick;
      const touching = this.#available(opposite)[0];
      if (best === undefined || touching === undefined) return;
      const locked = touching[0] === best && (this.book[side].get(best) ?? 0) > 0;
      if (better(opposite, best, touching[0]) || locked) return;
      let budget = this.#model.kind === "optimistic" ? Number.POSITIVE_INFINITY : touching[1];
      for (const each of queue.filter(({ tick }) => tick === best)) {
        if (budget <= 0) break;
        each.ahead = 0;
        const lots = this.#fill(each, budget, at);
        budget -= lots;
        if (this.#model.kind !== "optimistic") {
          const taken = this.#taken[opposite];
          taken.set(touching[0], (taken.get(touching[0]) ?? 0) + lots);
        }
      }
    }
  }

  #fill(each: Resting, most: number, at: number): number {
    const lots = Math.min(most, each.size - each.filled);
    if (lots <= 0) return 0;
    each.filled += lots;
    this.reports.push(`fill ${each.id} ${lots}@${each.tick} maker t${at}`);
    if (each.filled === each.size) {
      this.#own = this.#own.filter((other) => other !== each);
      this.reports.push(`close ${each.id} filled ${each.filled}`);
    }
    return lots;
  }

  /** Our orders of a side, best price first, then arrival. */
  #queue(side: Side): Resting[] {
    const mine = this.#own.filter((each) => each.side === side);
    return mine.sort((a, b) => (side === "bid" ? b.tick - a.tick : a.tick - b.tick));
  }

  #left(side: Side, tick: number): number {
    return Math.max(0, (this.book[side].get(tick) ?? 0) - (this.#taken[side].get(tick) ?? 0));
  }

  /** Levels of a side with anything left to take, best first. */
  #available(side: Side): [number, number][] {
    return sorted(side, [...this.book[side].keys()])
      .map((tick): [number, number] => [tick, this.#left(side, tick)])
      .filter(([, lots]) => lots > 0);
  }
}

function sorted(side: Side, ticks: number[]): number[] {
  return ticks.sort((a, b) => (side === "bid" ? b - a : a - b));
}

function better(side: Side, tick: number, other: number): boolean {
  return side === "bid" ? tick > other : tick < other;
}

function reaches(side: Side, limit: number | undefined, level: number): boolean {
  return limit === undefined || (side === "bid" ? limit >= level : limit <= level);
}
