// Do the fills of a run fit into its recording? A naive second reading of the tape, by the venue's clock: what was
// printed, what touched, and what was displayed bounds what our orders can have got at each moment.
// It shares no code with the markets; its books are maps.

import type { OrderFilled } from "../../src/domain/event.ts";
import { ORDER_ADD, ORDER_EXECUTE, ORDER_HIDDEN } from "../../src/domain/order-tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_LOCAL_ONLY,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

/** Lots that reached a price at one moment; bids fill from supply at or below theirs, asks at or above. */
type Supply = Readonly<{ price: number; lots: number }>;
type Supplies = Readonly<Record<"bid" | "ask", Supply[]>>;

/**
 * - queue: all fills of a moment together get no more than was printed at or through them, or touched them.
 * - strict: the same, and only of prints strictly through them (the pessimistic model).
 * - touched: something was printed at or through them, or touched them (the optimistic model fills whole orders).
 */
export type BudgetRule = "queue" | "strict" | "touched";

/** What does not fit, a sentence each. `fills` are of one instrument, in the order they were told. */
export function fillsBeyondLevels(
  source: TapeSource,
  fills: readonly OrderFilled[],
  rule: BudgetRule,
): readonly string[] {
  const pending = byVenueTime(fills);
  const replay = new LevelReplay(rule);
  const problems: string[] = [];
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      if ((meta & META_LOCAL_ONLY) !== 0) continue;
      const at = batch.venueAt[row] as number;
      while ((pending[0]?.at ?? at) < at) problems.push(...replay.judge(pending.shift()));
      replay.row(
        meta,
        batch.price[row] as number,
        batch.size[row] as number,
        pending[0]?.at === at ? pending[0] : undefined,
      );
    }
  }
  for (const moment of pending) problems.push(...replay.judge(moment));
  return problems;
}

/** The same over an order tape, makers only: executions at or through the price, and arriving orders that reach it. */
export function fillsBeyondOrders(
  source: OrderTapeSource,
  fills: readonly OrderFilled[],
): readonly string[] {
  const pending = byVenueTime(fills);
  const problems: string[] = [];
  let supplies: Supplies = { bid: [], ask: [] };
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const at = batch.venueAt[row] as number;
      while ((pending[0]?.at ?? at) < at) {
        problems.push(...beyond(pending.shift(), supplies, "queue"));
        supplies = { bid: [], ask: [] };
      }
      if (pending[0]?.at !== at) continue;
      const supply = { price: batch.price[row] as number, lots: batch.size[row] as number };
      const meta = batch.meta[row] as number;
      const side = (meta & META_ASK) === 0 ? "bid" : "ask";
      const kind = meta & META_KIND;
      if (kind === ORDER_EXECUTE || kind === ORDER_HIDDEN) supplies[side].push(supply);
      else if (kind === ORDER_ADD) supplies[side === "bid" ? "ask" : "bid"].push(supply);
    }
  }
  for (const moment of pending) problems.push(...beyond(moment, supplies, "queue"));
  return problems;
}

/** What filled at one venue time, and how far our resting orders reached into the market then. */
type Moment = Readonly<{
  at: number;
  fills: readonly OrderFilled[];
  highestBid: number;
  lowestAsk: number;
}>;

function byVenueTime(fills: readonly OrderFilled[]): Moment[] {
  const moments = new Map<number, OrderFilled[]>();
  for (const fill of fills) {
    const there = moments.get(fill.venueAt);
    if (there === undefined) moments.set(fill.venueAt, [fill]);
    else there.push(fill);
  }
  return [...moments]
    .map(([at, of]) => ({
      at,
      fills: of,
      highestBid: Math.max(
        ...of.map(({ side, price }) => (side === "bid" ? price : Number.NEGATIVE_INFINITY)),
      ),
      lowestAsk: Math.min(
        ...of.map(({ side, price }) => (side === "ask" ? price : Number.POSITIVE_INFINITY)),
      ),
    }))
    .sort((a, b) => a.at - b.at);
}

class LevelReplay {
  readonly #rule: BudgetRule;
  readonly #sides = [new Map<number, number>(), new Map<number, number>()] as const;
  /** What our takers took of a level since the feed last spoke of it. */
  readonly #taken = [new Map<number, number>(), new Map<number, number>()] as const;
  #supplies: Supplies = { bid: [], ask: [] };
  /** The message that is being read changed the book. */
  #bookSpoke = false;

  constructor(rule: BudgetRule) {
    this.#rule = rule;
  }

  /** `watched`: what filled us at this row's time, if anything did. */
  row(meta: number, price: number, lots: number, watched: Moment | undefined): void {
    const code = (meta & META_ASK) === 0 ? 0 : 1;
    const kind = meta & META_KIND;
    if (kind === ROW_DEPTH) {
      this.#bookSpoke = true;
      this.#taken[code].delete(price);
      if (lots === 0) this.#sides[code].delete(price);
      else this.#sides[code].set(price, lots);
    } else if (kind === ROW_CLEAR) {
      for (const side of [...this.#sides, ...this.#taken]) side.clear();
    } else if (watched !== undefined && (kind === ROW_TRADE || kind === ROW_TRADE_UNKNOWN)) {
      // A seller's print reaches bids. Where the feed does not say who took, it may have been either.
      if (kind === ROW_TRADE_UNKNOWN || code === 1) this.#supplies.bid.push({ price, lots });
      if (kind === ROW_TRADE_UNKNOWN || code === 0) this.#supplies.ask.push({ price, lots });
    }
    if ((meta & META_LAST) === 0) return;
    if (this.#bookSpoke && watched !== undefined && this.#rule !== "strict") this.#touch(watched);
    this.#bookSpoke = false;
  }

  /** Levels of the other side that stand at our fills' prices, or through them, now that a message has ended. */
  #touch({ highestBid, lowestAsk }: Moment): void {
    for (const [price, lots] of this.#sides[1]) {
      if (price <= highestBid) this.#supplies.bid.push({ price, lots });
    }
    for (const [price, lots] of this.#sides[0]) {
      if (price >= lowestAsk) this.#supplies.ask.push({ price, lots });
    }
  }

  /** All rows of the moment are in. */
  judge(moment: Moment | undefined): readonly string[] {
    const problems = beyond(moment, this.#supplies, this.#rule);
    this.#supplies = { bid: [], ask: [] };
    return [...problems, ...(moment?.fills ?? []).flatMap((fill) => this.#take(fill))];
  }

  /** A taker gets what its level displays, less what takers before it got of the same display. */
  #take({ liquidity, side, price, size, venueAt }: OrderFilled): readonly string[] {
    if (liquidity !== "taker") return [];
    const code = side === "bid" ? 1 : 0;
    const displayed = this.#sides[code].get(price) ?? 0;
    const taken = (this.#taken[code].get(price) ?? 0) + size;
    this.#taken[code].set(price, taken);
    if (taken <= displayed) return [];
    return [`${taken} lots taken at ${price} at ${venueAt}, displayed were ${displayed}`];
  }
}

/**
 * Supply that reaches a price reaches every better one of ours, so the sets are nested: all fills fit when, for each
 * price, those at it or harder to reach fit into what reached it.
 */
function beyond(
  moment: Moment | undefined,
  supplies: Supplies,
  rule: BudgetRule,
): readonly string[] {
  const problems: string[] = [];
  for (const side of ["bid", "ask"] as const) {
    const makers = (moment?.fills ?? []).filter(
      (fill) => fill.liquidity === "maker" && fill.side === side,
    );
    for (const price of new Set(makers.map((fill) => fill.price as number))) {
      const harder = (other: number): boolean => (side === "bid" ? other <= price : other >= price);
      const reaches = (other: number): boolean =>
        harder(other) && (rule !== "strict" || other !== price);
      const got = makers.reduce((sum, each) => sum + (harder(each.price) ? each.size : 0), 0);
      const there = supplies[side].reduce((sum, s) => sum + (reaches(s.price) ? s.lots : 0), 0);
      if (rule === "touched" ? there > 0 : got <= there) continue;
      problems.push(`${got} lots of ${side}s filled at ${price} at ${moment?.at}, ${there} came`);
    }
  }
  return problems;
}
