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

/** Two legs that hedge each other. Units make their lots comparable: lot size × contract size, as integers. */
export type LegPair = Readonly<{
  left: number;
  right: number;
  leftUnitsPerLot: number;
  rightUnitsPerLot: number;
  /** Units of one order at most; what is compared with the whole cycle for the tolerance. */
  orderUnits: number;
}>;

/** Stops what widens an imbalance past `toleranceBps` of max(order, cycle); warns from `warnBps` on. */
export type ImbalanceConfig = Readonly<{
  pairs: readonly LegPair[];
  /** 500 is the documents' 5 %. */
  toleranceBps: number;
  warnBps?: number | undefined;
}>;

/** The emergency: a pair is out of balance by more than this many orders. */
export type CriticalSizeConfig = Readonly<{
  pairs: readonly LegPair[];
  /** 10 in the documents. */
  multiple: number;
}>;

/** Net exposure of a group as a share of its gross. */
export type ExposureSkewConfig = Readonly<{
  instruments: readonly number[];
  netOfGrossBpsMax: number;
  /** Below this gross exposure (1e-8) a share says nothing. */
  grossMinE8: bigint;
}>;

/** Funding paid, less what was received, since the UTC day began. */
export type FundingBleedConfig = Readonly<{
  instruments: readonly number[];
  paidMaxE8: bigint;
  /** Warns from this share of the limit on. */
  warnBps?: number | undefined;
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
  imbalance?: ImbalanceConfig | undefined;
  criticalSize?: CriticalSizeConfig | undefined;
  exposureSkew?: ExposureSkewConfig | undefined;
  fundingBleed?: FundingBleedConfig | undefined;
}>;
