// Bars out of the prints a bot receives, for recordings that are not bars already: books with trades, orders.
// A print belongs to the period it is received in, [start, end), counted from the epoch in UTC; a bar is told at its
// end and never before, so it can hold nothing of what comes after. Constant work a print for each period wanted.
// What is told of a period nobody traded in, and of one the recording shows a part of, is told in docs/TAPES.md.

import type { BarClosed } from "../../src/domain/event.ts";
import type {
  DurationUs,
  InstrumentId,
  PriceTicks,
  SizeLots,
  TimeUs,
} from "../../src/domain/units.ts";
import type { Want } from "../../src/ports/strategy.ts";

/** A bar in the making. */
type Building = {
  readonly periodUs: DurationUs;
  closesAt: number;
  open: number;
  high: number;
  low: number;
  volume: number;
  printed: boolean;
  /** The recording shows its period from the start. */
  whole: boolean;
  /** The recording was broken at some time in it: that nobody traded is not known. */
  broken: boolean;
};

/** Whoever is told of bars, and what is known: nothing before the first receipt, nothing after the last. */
type PrintBarsParts = Readonly<{
  instrument: InstrumentId;
  header: Readonly<{ firstReceivedAt: number; lastReceivedAt: number }>;
  tell: (bar: BarClosed) => void;
}>;

/** The bars a strategy wants of a recording; undefined when it wants none, which costs nothing then. */
export function printBarsOf(want: Want | undefined, parts: PrintBarsParts): PrintBars | undefined {
  const periods = want?.bars ?? [];
  return periods.length === 0 ? undefined : new PrintBars(periods, parts);
}

export class PrintBars {
  /** In the order they are wanted: of bars that end together, the first is told first. */
  readonly #building: readonly Building[];
  readonly #instrument: InstrumentId;
  readonly #lastAt: number;
  readonly #tell: (bar: BarClosed) => void;
  #nextAt: number;
  #close: number | undefined;
  #broken = false;

  constructor(periods: readonly DurationUs[], { instrument, header, tell }: PrintBarsParts) {
    const firstAt = header.firstReceivedAt;
    this.#instrument = instrument;
    this.#lastAt = header.lastReceivedAt;
    this.#tell = tell;
    this.#building = periods.map((periodUs) => ({
      periodUs,
      closesAt: (Math.floor(firstAt / periodUs) + 1) * periodUs,
      open: 0,
      high: 0,
      low: 0,
      volume: 0,
      printed: false,
      whole: firstAt % periodUs === 0,
      broken: false,
    }));
    this.#nextAt = this.#leastEnd();
  }

  /** When the next period ends, Infinity when none does before the recording. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /** A print received at `at`; times ascend. */
  print(at: number, price: number, size: number): void {
    if (at >= this.#nextAt) this.pass(at);
    this.#close = price;
    for (const bar of this.#building) {
      if (!bar.printed) {
        bar.printed = true;
        bar.open = price;
        bar.high = price;
        bar.low = price;
        bar.volume = size;
        continue;
      }
      if (price > bar.high) bar.high = price;
      if (price < bar.low) bar.low = price;
      bar.volume += size;
    }
  }

  /** The recording is broken from here on. */
  broke(at: number): void {
    this.pass(at);
    this.#broken = true;
    for (const bar of this.#building) bar.broken = true;
  }

  /** The feed has restated itself: what is not told from here on has not happened. */
  restated(at: number): void {
    this.pass(at);
    this.#broken = false;
  }

  /** Tells the bars that have ended by `at`, in the order of their ends. */
  pass(at: number): void {
    while (this.#nextAt <= at) {
      const endsAt = this.#nextAt;
      for (const bar of this.#building) if (bar.closesAt === endsAt) this.#end(bar);
      this.#nextAt = this.#leastEnd();
    }
  }

  #end(bar: Building): void {
    const quiet = !bar.printed && !bar.broken;
    if (bar.whole && this.#close !== undefined && (bar.printed || quiet)) {
      this.#tell(this.#barOf(bar, this.#close));
    }
    bar.closesAt += bar.periodUs;
    bar.printed = false;
    bar.whole = true;
    bar.broken = this.#broken;
  }

  /** Of a period nobody traded in: a flat bar at the last price, without volume. */
  #barOf(bar: Building, close: number): BarClosed {
    const at = bar.closesAt as TimeUs;
    return {
      kind: "BarClosed",
      at,
      venueAt: at,
      instrument: this.#instrument,
      periodUs: bar.periodUs,
      open: (bar.printed ? bar.open : close) as PriceTicks,
      high: (bar.printed ? bar.high : close) as PriceTicks,
      low: (bar.printed ? bar.low : close) as PriceTicks,
      close: close as PriceTicks,
      volume: (bar.printed ? bar.volume : 0) as SizeLots,
    };
  }

  #leastEnd(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const bar of this.#building) least = Math.min(least, bar.closesAt);
    return least <= this.#lastAt ? least : Number.POSITIVE_INFINITY;
  }
}
