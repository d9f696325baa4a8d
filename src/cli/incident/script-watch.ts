// What is asked of a bot while a script is played against it: the same as of the log it was cut from. Belief is held
// against truth whenever nothing is on a wire.

import { Decimal } from "decimal.js";
import type { PlaceOrder } from "../../domain/command.ts";
import { stepsToDecimal } from "../../domain/decimal.ts";
import { EXPOSED_US_MAX } from "../../incident/exposure-watch.ts";
import type { ScriptedDesk } from "./scripted-desk.ts";

export type PlayedBroken = Readonly<{
  id: string;
  name: string;
  /** µs from the beginning of the play. */
  afterUs: number;
  leg: string | undefined;
  text: string;
}>;

/** 5 %, as the hardening plan has it. */
const TOLERANCE_DIVISOR = 20;

type Side = PlaceOrder["side"];

export class ScriptWatch {
  readonly broken: PlayedBroken[] = [];
  readonly #desks: readonly ScriptedDesk[];
  /** Units of the finer leg's lot in one lot of each. */
  readonly #unitsPerLot: readonly number[];
  readonly #unit: string;
  readonly #told = new Set<string>();
  /** The order of a leg that was placed last. */
  readonly #last = new Map<ScriptedDesk, Readonly<{ orderId: number; side: Side }>>();
  /** Orders whose end the bot has heard of. */
  readonly #ended = new Set<number>();
  #largestUnits = 0;
  #exposedSince: number | undefined;

  constructor(desks: readonly ScriptedDesk[]) {
    this.#desks = desks;
    const [first] = desks;
    this.#unitsPerLot = desks.map(({ leg }) => leg.unitsPerLot);
    this.#unit = new Decimal(first?.instrument.lotSize ?? 1)
      .dividedBy(first?.leg.unitsPerLot ?? 1)
      .toFixed();
  }

  broke(afterUs: number, id: string, name: string, text: string, leg?: string): void {
    const key = `${id} ${name} ${leg}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.broken.push({ id, name, afterUs, leg, text });
  }

  /**
   * An order leaves: does it take the place of one that ended with a part filled, as the bot has heard, for more than was
   * left of that? A bot that knows of the fill may have reasons to; one that believes another position has none.
   */
  placed(
    afterUs: number,
    desk: ScriptedDesk,
    order: PlaceOrder,
    believed: (instrument: number) => number,
  ): void {
    const index = this.#desks.indexOf(desk);
    const units = order.size * (this.#unitsPerLot[index] as number);
    this.#largestUnits = Math.max(this.#largestUnits, units);
    const last = this.#last.get(desk);
    const before = desk.order(last?.orderId);
    this.#last.set(desk, order);
    if (before === undefined || last?.side !== order.side || !this.#ended.has(last.orderId)) return;
    const left = before.size - before.filled;
    if (before.filled === 0 || left === 0 || order.size <= left) return;
    if (believed(order.instrument) === desk.truth) return;
    const { lotSize } = desk.instrument;
    const text =
      `${stepsToDecimal(left, lotSize)} was left of an order, ` +
      `${stepsToDecimal(order.size, lotSize)} was placed in its stead`;
    this.broke(afterUs, "B4", "replaced-at-more-than-was-left", text, desk.leg.leg);
  }

  /** The bot hears that an order is over. */
  ended(orderId: number): void {
    this.#ended.add(orderId);
  }

  /** Nothing is on its way: what is believed is what is. */
  quiet(afterUs: number, believed: (instrument: number) => number): void {
    for (const { instrument, truth, leg } of this.#desks) {
      const belief = believed(instrument.id);
      if (belief === truth) continue;
      const [held, thought] = [truth, belief].map((each) =>
        stepsToDecimal(each, instrument.lotSize),
      );
      const text = `the bot believes ${thought}, the venue holds ${held}`;
      this.broke(afterUs, "B1", "belief-against-fills", text, leg.leg);
    }
  }

  /** How long one leg stands alone. */
  second(afterUs: number): void {
    if (this.#desks.length !== 2) return;
    const net = this.#desks.reduce(
      (sum, { truth }, index) => sum + truth * (this.#unitsPerLot[index] as number),
      0,
    );
    if (Math.abs(net) * TOLERANCE_DIVISOR <= this.#largestUnits) this.#exposedSince = undefined;
    else this.#exposedSince ??= afterUs;
    const since = this.#exposedSince;
    if (since === undefined || afterUs - since <= EXPOSED_US_MAX) return;
    const seconds = EXPOSED_US_MAX / 1_000_000;
    const text = `the two legs differ by ${stepsToDecimal(net, this.#unit)} for more than ${seconds} s`;
    this.broke(since, "B6", "one-leg-stood-alone", text);
  }
}
