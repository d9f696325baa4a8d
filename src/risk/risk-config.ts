// What a bot may be limited to. Everything is optional: a limit that is absent is not checked and costs nothing.
// Sizes are lots of the instrument, times µs of the run's clock, money 1e-8 of the quote currency: one scale for
// every instrument and venue (a pegged dollar counts as a dollar).

/** Limits of one instrument; integers. */
export type InstrumentLimits = Readonly<{
  /** Index of the instrument, in the order of the run's instruments. */
  instrument: number;
  /** Most lots long or short, counting every order that may still fill. */
  positionLotsMax?: number | undefined;
  /** Most lots in one order. */
  orderLotsMax?: number | undefined;
  /** Most orders not yet over, those of unknown outcome included. */
  openOrdersMax?: number | undefined;
  /** Most money (1e-8) the worst-case position may be worth, at the price of the order. */
  notionalMaxE8?: bigint | undefined;
}>;

/** The limits of one bot. */
export type RiskConfig = Readonly<{
  instruments?: readonly InstrumentLimits[] | undefined;
  /** At most `ordersMax` new orders and amends in any `windowUs`, all instruments together. */
  orderVelocity?: Readonly<{ ordersMax: number; windowUs: number }> | undefined;
  /** No new risk on a book that is not fresh, or was last received more than `ttlUs` ago. */
  staleData?: Readonly<{ ttlUs: number }> | undefined;
  /** Halts once equity, all venues together, is `limitE8` or more below its peak. */
  drawdown?: Readonly<{ limitE8: bigint }> | undefined;
  /** No new risk until the next UTC day once equity has changed this much since the day began; both positive. */
  dailyPnl?:
    | Readonly<{ lossMaxE8?: bigint | undefined; profitMaxE8?: bigint | undefined }>
    | undefined;
}>;
