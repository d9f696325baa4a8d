// What a gap in money between two runs is made of, from their journals alone: orders of one are held against those of the
// other, and every lot that only one of them traded, or at another price, goes to one cause. No run is made for it, so it
// works for a live journal. Causes sum to the gap, and what no rule explains is stated as the residual.

import type { Instrument } from "../../domain/instrument.ts";
import { signOf } from "../../domain/units.ts";
import type { OrderPair, PairedOrders } from "./pair-orders.ts";
import { pairOrders } from "./pair-orders.ts";
import type { Grid } from "./run-units.ts";
import { gridOf, moneyOf, textOfMoney } from "./run-units.ts";
import type { ToldFill, ToldOrder, ToldRun } from "./told-run.ts";
import { whyNotBoth } from "./why-not-both.ts";

/** In the order they are told. */
export const GAP_CAUSES = [
  "data",
  "latency",
  "queue",
  "fees",
  "funding",
  "rounding",
  "parameters",
  "followed",
] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

export type Gap = Readonly<{
  /** Second less first, decimal strings that sum to the whole with the residual. */
  parts: Readonly<Record<GapCause, string>>;
  residual: string;
  paired: PairedOrders;
  /** When a matched order first fared otherwise, µs; undefined: never. */
  partedAt: number | undefined;
}>;

export type GapQuestion = Readonly<{
  first: ToldRun;
  second: ToldRun;
  /** Net profits, decimal strings. */
  net: readonly [string, string];
  /** Is it known that both bots decide alike? Then another decision comes from what was heard, and when. */
  sameBot: boolean;
}>;

/** The instruments of both must be the same ones in the same order, on whatever grids. */
export function attributeGap(question: GapQuestion): Gap {
  return new Ledger(question).gap();
}

type Run = "first" | "second";

/** Lots of one fill that the other run has no twin for. */
type Leftover = Readonly<{ fill: ToldFill; quantity: bigint }>;

class Ledger {
  readonly #runs: Readonly<Record<Run, ToldRun>>;
  readonly #grids: Readonly<Record<Run, readonly Grid[]>>;
  readonly #net: readonly [string, string];
  readonly #sameBot: boolean;
  readonly #sums = new Map<GapCause, bigint>(GAP_CAUSES.map((cause) => [cause, 0n]));
  /** Both runs were there between these. */
  readonly #from: number;
  readonly #to: number;
  #partedAt = Number.POSITIVE_INFINITY;

  constructor({ first, second, net, sameBot }: GapQuestion) {
    this.#runs = { first, second };
    const grids = (instruments: readonly Instrument[]): readonly Grid[] => instruments.map(gridOf);
    this.#grids = { first: grids(first.instruments), second: grids(second.instruments) };
    this.#net = net;
    this.#sameBot = sameBot;
    this.#from = Math.max(first.startedAt, second.startedAt);
    this.#to = Math.min(first.endedAt, second.endedAt);
  }

  gap(): Gap {
    this.#marks();
    this.#fundings();
    const paired = pairOrders(this.#within("first"), this.#within("second"), (order, run) =>
      order.price === undefined
        ? undefined
        : BigInt(order.price) * this.#grid(run, order.instrument).tick,
    );
    const inTime = [...paired.pairs].sort((one, other) => sentAt(one) - sentAt(other));
    for (const pair of inTime) this.#judge(pair);
    const alone = [
      ...paired.firstOnly.map((order) => ({ run: "first" as const, order })),
      ...paired.secondOnly.map((order) => ({ run: "second" as const, order })),
    ].sort((one, other) => one.order.sentAt - other.order.sentAt);
    for (const { run, order } of alone) this.#alone(run, order);
    const explained = [...this.#sums.values()].reduce((sum, each) => sum + each, 0n);
    const whole = moneyOf(this.#net[1]) - moneyOf(this.#net[0]);
    const text = (cause: GapCause): string => textOfMoney(this.#sums.get(cause) ?? 0n);
    return {
      parts: Object.fromEntries(GAP_CAUSES.map((cause) => [cause, text(cause)])) as Gap["parts"],
      residual: textOfMoney(whole - explained),
      paired,
      partedAt: Number.isFinite(this.#partedAt) ? this.#partedAt : undefined,
    };
  }

  /** What the first run held at its end, at the other's last mid instead of its own. */
  #marks(): void {
    const { first } = this.#runs;
    first.lots.forEach((lots, index) => {
      const grid = this.#grid("first", index);
      const own = BigInt(first.mid2[index] ?? 0) * grid.tick;
      this.#add("data", BigInt(lots) * grid.lot * (this.#mid(index) - own));
    });
  }

  #fundings(): void {
    for (const run of ["first", "second"] as const) {
      this.#runs[run].funding.forEach((amount, index) => {
        this.#gained(run, "funding", amount * this.#grid(run, index).ledger);
      });
    }
  }

  /** The orders of a run with the fills of the time both were there; the others' worth is data. */
  #within(run: Run): readonly ToldOrder[] {
    return this.#runs[run].orders.flatMap((order) => {
      const inside = order.fills.filter(({ at }) => at >= this.#from && at <= this.#to);
      for (const fill of order.fills) {
        if (!inside.includes(fill)) this.#gained(run, "data", this.#worth(run, order, fill));
      }
      const isThere = order.sentAt >= this.#from && order.sentAt <= this.#to;
      return isThere || inside.length > 0 ? [{ ...order, fills: inside }] : [];
    });
  }

  #judge(pair: OrderPair): void {
    const { first, second } = pair;
    const paid = (run: Run, order: ToldOrder): bigint =>
      order.fills.reduce((sum, { fee }) => sum + this.#feeOf(run, order, fee), 0n);
    this.#add("fees", paid("first", first) - paid("second", second));
    const left = this.#common(pair);
    this.#leftovers("first", first, second, left.first);
    this.#leftovers("second", second, first, left.second);
    const refused = first.refusal?.at ?? second.refusal?.at;
    if ((first.refusal === undefined) !== (second.refusal === undefined)) this.#part(refused);
  }

  /** Lots both traded: another price of theirs has its cause. Returns what is left of either. */
  #common({ first, second }: OrderPair): Readonly<Record<Run, readonly Leftover[]>> {
    const queues = {
      first: this.#quantities("first", first),
      second: this.#quantities("second", second),
    };
    const sign = BigInt(signOf(first.side));
    const cause = this.#priceCause(first, second);
    for (;;) {
      const [one] = queues.first;
      const [other] = queues.second;
      if (one === undefined || other === undefined) return queues;
      const quantity = one.quantity < other.quantity ? one.quantity : other.quantity;
      const was = BigInt(one.fill.price) * this.#grid("first", first.instrument).tick;
      const is = BigInt(other.fill.price) * this.#grid("second", second.instrument).tick;
      this.#add(cause, sign * quantity * 2n * (was - is));
      if (was !== is) this.#part(Math.min(one.fill.at, other.fill.at));
      take(queues.first, quantity);
      take(queues.second, quantity);
    }
  }

  #quantities(run: Run, order: ToldOrder): Leftover[] {
    const { lot } = this.#grid(run, order.instrument);
    return order.fills.map((fill) => ({ fill, quantity: BigInt(fill.lots) * lot }));
  }

  /** Why two orders that are one idea traded at other prices. */
  #priceCause(first: ToldOrder, second: ToldOrder): GapCause {
    const [one, other] = [
      this.#grid("first", first.instrument).tick,
      this.#grid("second", second.instrument).tick,
    ];
    const was = first.price === undefined ? undefined : BigInt(first.price) * one;
    const is = second.price === undefined ? undefined : BigInt(second.price) * other;
    if (was === is && !first.amended && !second.amended) return "latency";
    const decision = this.#decision(sentAt({ first, second }));
    if (was === undefined || is === undefined || one === other) return decision;
    const coarser = one > other ? one : other;
    return absolute(was - is) <= coarser ? "rounding" : decision;
  }

  /** A bot that decides alike decides otherwise on what it heard otherwise: late, or of its own orders. */
  #decision(at: number): GapCause {
    if (!this.#sameBot) return "parameters";
    return at < this.#partedAt ? "latency" : "followed";
  }

  /** What only one of a pair traded: because it asked for more, or because the other was not there, or stood behind. */
  #leftovers(run: Run, order: ToldOrder, other: ToldOrder, left: readonly Leftover[]): void {
    const otherRun = run === "first" ? "second" : "first";
    const { lot } = this.#grid(run, order.instrument);
    const { lot: otherLot } = this.#grid(otherRun, other.instrument);
    let more = BigInt(order.lots) * lot - BigInt(other.lots) * otherLot;
    const coarser = lot > otherLot ? lot : otherLot;
    const decision = this.#decision(Math.min(order.sentAt, other.sentAt));
    const sizeCause = lot !== otherLot && more <= coarser ? "rounding" : decision;
    for (const { fill, quantity } of [...left].reverse()) {
      this.#part(fill.at);
      const asked = more > 0n ? (quantity < more ? quantity : more) : 0n;
      more -= asked;
      if (asked > 0n) this.#moved(run, sizeCause, order, { fill, quantity: asked });
      const rest = quantity - asked;
      if (rest > 0n) {
        const why = whyNotBoth(order, other, fill);
        const cause = why === "decision" ? decision : why;
        this.#moved(run, cause, order, { fill, quantity: rest });
      }
    }
  }

  /** An order that only one run sent: another decision, or what followed once they had parted. */
  #alone(run: Run, order: ToldOrder): void {
    const cause = order.sentAt < this.#partedAt ? this.#decision(order.sentAt) : "followed";
    for (const fill of order.fills) {
      this.#gained(run, cause, this.#worth(run, order, fill));
      this.#part(fill.at);
    }
  }

  /** The worth of lots of a matched order, whose fee stood with the fees. */
  #moved(run: Run, cause: GapCause, order: ToldOrder, { fill, quantity }: Leftover): void {
    const { lot } = this.#grid(run, order.instrument);
    const fee = this.#feeOf(run, order, fill.fee);
    const share = (fee * quantity) / (BigInt(fill.lots) * lot);
    this.#gained(run, cause, this.#byPrice(run, order, { fill, quantity }) - share);
    this.#gained(run, "fees", share);
  }

  /** What a fill made by the end, its fee included. */
  #worth(run: Run, order: ToldOrder, fill: ToldFill): bigint {
    const { lot } = this.#grid(run, order.instrument);
    const quantity = BigInt(fill.lots) * lot;
    return this.#byPrice(run, order, { fill, quantity }) - this.#feeOf(run, order, fill.fee);
  }

  /** From its price to the second run's last mid. */
  #byPrice(run: Run, { instrument, side }: ToldOrder, { fill, quantity }: Leftover): bigint {
    const price = BigInt(fill.price) * this.#grid(run, instrument).tick;
    return BigInt(signOf(side)) * quantity * (this.#mid(instrument) - 2n * price);
  }

  /** Twice the last mid of the second run; of the first where the second saw no price, and so traded nothing. */
  #mid(instrument: number): bigint {
    const { first, second } = this.#runs;
    const mid2 = second.mid2[instrument] ?? 0;
    if (mid2 !== 0) return BigInt(mid2) * this.#grid("second", instrument).tick;
    return BigInt(first.mid2[instrument] ?? 0) * this.#grid("first", instrument).tick;
  }

  #feeOf(run: Run, { instrument }: ToldOrder, fee: number): bigint {
    return BigInt(fee) * this.#grid(run, instrument).ledger;
  }

  #gained(run: Run, cause: GapCause, money: bigint): void {
    this.#add(cause, run === "second" ? money : -money);
  }

  #add(cause: GapCause, money: bigint): void {
    this.#sums.set(cause, (this.#sums.get(cause) ?? 0n) + money);
  }

  #part(at: number | undefined): void {
    if (at !== undefined && at < this.#partedAt) this.#partedAt = at;
  }

  #grid(run: Run, instrument: number): Grid {
    return this.#grids[run][instrument] as Grid;
  }
}

function sentAt({ first, second }: OrderPair): number {
  return Math.min(first.sentAt, second.sentAt);
}

function take(queue: Leftover[], quantity: bigint): void {
  const [head] = queue;
  if (head === undefined) return;
  if (head.quantity === quantity) queue.shift();
  else queue[0] = { ...head, quantity: head.quantity - quantity };
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
