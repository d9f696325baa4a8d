// Where one leg stands while a timeline is walked: what its fills add up to, what of them the bot has counted, and the
// orders that may still matter. Exact decimals.

import { Decimal } from "decimal.js";
import type { TimelineEvent } from "./timeline.ts";

/** Sums of sixteen-digit doubles that a bot printed differ by less. */
const DUST = new Decimal("1e-8");

export type KnownOrder = {
  readonly order: string;
  readonly side: "buy" | "sell" | undefined;
  size: Decimal | undefined;
  filled: Decimal;
  isOver: boolean;
};

export class LegState {
  readonly name: string;
  /** By fills, from what the venue last reported; 0 where it never did, as such bots begin. */
  truth = new Decimal(0);
  /** Did the venue tell of fills here at all? If not, only its reports say what is held. */
  hasFills = false;
  reported: Decimal | undefined;
  /** Orders the bot took for filled since the last report, signed. */
  assumed = new Decimal(0);
  /** Of each side: filled, and counted by the bot. */
  readonly filled = { buy: new Decimal(0), sell: new Decimal(0) };
  readonly booked = { buy: new Decimal(0), sell: new Decimal(0) };
  readonly orders = new Map<string, KnownOrder>();
  /** Cancelled with something filled, whose place another order has not yet taken. */
  cancelled: KnownOrder | undefined;
  /** Signed fills of orders that were cancelled, oldest first: what is easily forgotten. */
  readonly cancelledFills: { order: string; lots: Decimal }[] = [];
  /** Truth when an order was last asked for, and its size. */
  intent: { truth: Decimal; size: Decimal | undefined } | undefined;
  /** What belief and truth last differed by, so that one difference is told once. */
  difference = new Decimal(0);

  constructor(name: string) {
    this.name = name;
  }

  fill(side: "buy" | "sell", size: Decimal): void {
    this.hasFills = true;
    this.truth = this.truth.plus(signed(side, size));
    this.filled[side] = this.filled[side].plus(size);
  }

  order(event: TimelineEvent): KnownOrder {
    const id = event.order ?? "";
    const known = this.orders.get(id);
    if (known !== undefined) return known;
    const made: KnownOrder = {
      ...{ order: id, side: event.side, size: undefined, filled: new Decimal(0), isOver: false },
    };
    this.orders.set(id, made);
    return made;
  }
}

export function signed(side: "buy" | "sell", size: Decimal): Decimal {
  return side === "buy" ? size : size.negated();
}

export function isDust(value: Decimal): boolean {
  return value.abs().lessThanOrEqualTo(DUST);
}

/** "+1.33": signed, as short as it is exact. */
export function signedText(value: Decimal): string {
  const text = value.toDecimalPlaces(10).toFixed();
  return value.isNegative() || value.isZero() ? text : `+${text}`;
}
