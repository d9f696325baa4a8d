// What a campaign knows of the bot it runs, and a checker cannot read off its orders: what belongs together, how much
// it means to have out, how long it may take. All of it is optional: a fact that is not given is not held against it.

/** What the bot means to have at an instrument. */
export type QuoteFacts = Readonly<{
  instrument: number;
  /** Most lots it means to have resting on one side at a time. */
  sideLotsMax?: number | undefined;
  /** One order a price and side is one intent: true for ladders and touch quoters. */
  onePerPrice?: boolean | undefined;
  /** Quotes whenever its book is good: something of it rests, or is asked for, at least this often, µs. */
  quotesWithinUs?: number | undefined;
}>;

/** Two legs that hedge each other; lots times units compare. */
export type HedgeFacts = Readonly<{
  primary: number;
  hedge: number;
  primaryUnitsPerLot: number;
  hedgeUnitsPerLot: number;
  /** What one order brings at the most: the next one waits until it is hedged. No bound when absent. */
  orderUnits?: number | undefined;
  /** More net exposure than this, in units, needs an end … */
  exposureMaxUnits: number;
  /** … within this time of its beginning, while nothing else is wrong, µs. */
  withinUs: number;
  /** … within this time where no fault strikes at all; `withinUs` when absent, µs. */
  steadyWithinUs?: number | undefined;
  /** The same with a venue out of reach, µs. */
  troubledWithinUs: number;
  /** What may be left when the bot rests: less than a lot of the coarser leg, or its least order, in units. */
  restUnits: number;
  /** On a leg it asks for one order at a time: for the next once it knows, or was told twice, what became of the last. */
  oneAtATime?: boolean | undefined;
}>;

/** A ladder of resting orders. */
export type GridFacts = Readonly<{
  instrument: number;
  /** Lots of its smallest rung: what is less is no whole rung. */
  levelLots: number;
  /**
   * Where the rungs stand from the centre, and the lots traded once all up to that one are taken. A rung that stands
   * elsewhere was kept off the touch, one of which less is taken in all is open still: neither is held to its price.
   */
  rungs?: readonly Readonly<{ offsetTicks: number; takenLots: number }>[] | undefined;
  /** Its orders only rest: each of them is post-only. */
  restsOnly?: boolean | undefined;
}>;

/** A decider on closed bars. */
export type BarFacts = Readonly<{
  instrument: number;
  /** The bars its decisions are made on, µs. */
  periodUs: number;
  /** Of them, this many are closed before the first order. */
  warmUpBars: number;
  /** One position at a time: it enters with nothing open or held, and whatever closes only reduces. */
  oneAtATime?: boolean | undefined;
}>;

export type BotFacts = Readonly<{
  quotes?: readonly QuoteFacts[] | undefined;
  hedges?: readonly HedgeFacts[] | undefined;
  grids?: readonly GridFacts[] | undefined;
  bars?: readonly BarFacts[] | undefined;
  /** Most requests in any window; every bot has such a bound, see no-request-storm for the one that always holds. */
  requests?: Readonly<{ countMax: number; windowUs: number }> | undefined;
  /** So many refusals in a row, nothing taken in between, are no back-off. */
  refusals?: Readonly<{ countMax: number; windowUs: number }> | undefined;
  /** Must be flat when it was stopped. */
  flatAtEnd?: boolean | undefined;
}>;
