// What a MACD bot is told. Whole numbers with their unit last: permille are thousandths of a plain factor, prices are
// ticks, and what an indicator is compared with is in the unit of `MarketReading`. Defaults, each with where it is known
// from, stand in src/config/macd-config.ts and docs/bots/macd.md.

/** Periods of the indicators, in bars of the signal period. */
export type IndicatorPeriods = Readonly<{
  fast: number;
  slow: number;
  signal: number;
  adx: number;
  rsi: number;
  atr: number;
  /** Bars over which the ATR is averaged, to tell a wild market from its own usual one. */
  atrAverage: number;
  bollinger: number;
  bollingerDeviationsPermille: number;
  volume: number;
}>;

/** What a crossing must be confirmed by. */
export type FilterConfig = Readonly<{
  /** A long needs an RSI below the first, a short one above the second. */
  rsiLongMaxMilli: number;
  rsiShortMinMilli: number;
  /** How far towards its own band the close may be: 1000 is at the band, for a short mirrored. */
  percentBMaxPermille: number;
  /** Bands narrower than this part of the price are a market asleep; 0 asks for nothing. */
  bandWidthMinPermille: number;
  /** ATR against its own average: beyond it the market is too wild. */
  atrRatioMaxPermille: number;
  /** Volume against its average: below the first it does not confirm, above the second it is a climax. */
  volumeMinPermille: number;
  volumeMaxPermille: number;
  /** The directional index of the trade's side must be the greater one. */
  directional: boolean;
}>;

/** Where a regime begins, and what it changes. */
export type RegimeConfig = Readonly<{
  /** ADX from here on is a trend; below `rangingAdxMilli` there is none, and nothing is entered. */
  trendingAdxMilli: number;
  rangingAdxMilli: number;
  /** Between the two: size and target against those of a trend. */
  transitionSizePermille: number;
  transitionTargetPermille: number;
  /** From this ATR ratio on the market is volatile: the stop stands this much further away. */
  volatileAtrRatioPermille: number;
  volatileStopPermille: number;
}>;

/** How much is bought. Parts of the account's equity. */
export type SizingConfig = Readonly<{
  /** What may be lost between entry and stop. */
  riskPermille: number;
  /** Margin of an ordinary position; times leverage it is its value. */
  basePermille: number;
  /** Margin of the largest position. */
  maxPermille: number;
  leverage: number;
  /** An absolute limit in lots; undefined: none. */
  lotsMax: number | undefined;
  /** Size while the bot is degraded. */
  degradedPermille: number;
}>;

/** A part of the position is closed `atRPermille` thousandths of the risk away from the entry. */
export type TakeProfitLevel = Readonly<{ atRPermille: number; sharePermille: number }>;

/** How a position ends. R is the distance from entry to the first stop. */
export type ExitConfig = Readonly<{
  /** Distance of the stop, in ATR. */
  stopAtrPermille: number;
  stopTicksMin: number;
  /** In the order they are reached. */
  takeProfits: readonly TakeProfitLevel[];
  /** All that is left is closed here, in R. */
  targetRPermille: number;
  /** The stop moves to the entry here, in R; undefined: never. */
  breakEvenRPermille: number | undefined;
  /** Profit, as a part of the entry price, from which on the stop trails; undefined: never. */
  trailing:
    | Readonly<{ activationPermille: number; distancePermille: number; stepPermille: number }>
    | undefined;
  holdingMaxUs: number;
  /** The MACD crossing back closes the position. */
  onOppositeCross: boolean;
  /** "touch": judged at each change of the touch too, where the recording has a book. */
  watch: "bars" | "touch";
}>;

/** How orders are sent. "ioc": a limit `slippagePermille` beyond the touch, for venues without market orders. */
export type OrderConfig = Readonly<{
  entry: "market" | "ioc" | "post-only";
  exit: "market" | "ioc";
  slippagePermille: number;
  /** A post-only entry stands so far from the touch. */
  offsetTicks: number;
  /** What has not filled by then is cancelled. */
  entryTimeoutUs: number;
  /** Waits after an exit that left the position as it was: the first, doubling up to the longest. */
  exitRetry: Readonly<{ waitUs: number; waitMaxUs: number }>;
}>;

/** What one instrument may do in a day, and after losses. */
export type SessionConfig = Readonly<{
  tradesMax: number;
  /** So many losses in a row, and nothing is entered for `coolDownUs`. */
  lossesMax: number;
  coolDownUs: number;
}>;

/** Limits of a venue's account in a UTC day, parts of its equity when the day began; undefined: none. */
export type DailyConfig = Readonly<{
  lossMaxPermille: number | undefined;
  profitMaxPermille: number | undefined;
}>;

/** One instrument, with everything that is decided about it. */
export type MacdCoinConfig = Readonly<{
  /** Index in the order of the run's instruments. */
  instrument: number;
  direction: "both" | "long" | "short";
  /** Bars of this length make signals. */
  periodUs: number;
  /** Bars of this length are looked at for exits; the signal period is a multiple of it. */
  checkUs: number;
  /** The trend on bars so many times longer must agree. */
  higherMultiples: readonly number[];
  /** A crossing may be entered on its own bar and the ones after it, so many in all. */
  signalBars: number;
  /** A bar told later than this is not entered on. */
  lateUs: number;
  periods: IndicatorPeriods;
  filters: FilterConfig;
  regime: RegimeConfig;
  sizing: SizingConfig;
  exits: ExitConfig;
  orders: OrderConfig;
  session: SessionConfig;
}>;

export type MacdBotConfig = Readonly<{
  coins: readonly MacdCoinConfig[];
  daily: DailyConfig;
}>;
