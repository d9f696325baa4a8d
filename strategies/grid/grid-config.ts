// What a grid is told. Plain numbers with their unit last, so that a config file maps onto it one to one.
// Percentages are permille, shares of a price are 1e-8, and prices are ticks: nothing here is ever a fraction.
// What may be absent is off when it is.

/** A ladder of resting orders on both sides of a moving centre. */
export type GridConfig = Readonly<{
  /** Index of the instrument to quote, in the order of the run's instruments. */
  instrument: number;
  /** Rungs per side, ≥ 1. */
  levels: number;
  /** What the ladder is centred on: the middle of the touch, or the touch weighted by the opposite sizes. */
  centre: "mid" | "microprice";
  /** Distance of the first rung from the centre, ticks, ≥ 1; half a tick is rounded towards the centre. */
  halfSpreadTicks: number;
  /** Distance between the first and the second rung, ticks, ≥ 1; the least distance where volatility widens it. */
  spacingTicks: number;
  /** Each further distance is this many thousandths of the one before; 1000 keeps the rungs evenly spaced. */
  spacingGrowthPermille: number;
  /** Size of the first rung, lots, ≥ 1. */
  levelLots: number;
  /** Each further rung is this many thousandths of the one before; 1000 keeps the sizes equal. */
  sizeGrowthPermille: number;
  /** The most lots long or short, counting every open order of a side as filled. */
  positionMaxLots: number;
  /** How far the centre moves against a full position, ticks, ≥ 0; in proportion below that. */
  skewTicks: number;
  /** The ladder is rebuilt when the centre has moved by more than this, ticks, ≥ 0. */
  driftTicks: number;
  /** Longest rate at which the book wakes the grid, µs. */
  wakeUs: number;
  /** At least this long between two rounds of orders, µs; 0: every wake-up may send. */
  requoteUs: number;
  /** So many refusals in a row, and the grid pauses. */
  refusalCountMax: number;
  /** How long it pauses, µs. */
  backoffUs: number;
  /** It pauses twice as long each further time, up to this, until something works again; absent: always the same. */
  backoffMaxUs?: number;
  /** Orders placed a second, whatever happens; absent: any number. */
  placesPerSecond?: number;
  /** Built anew as well when the position moved, not by its own fills, by more than this part of itself; absent: 0. */
  positionDriftPermille?: number;
  /** An open order at most so many ticks from a wanted one stands in for it, ≥ 0. */
  repriceTicks?: number;
  /** An order is replaced when it is this old, µs, > 0. */
  orderTtlUs?: number;
  /** No order of less value, 1e-8 of the quote currency. */
  minNotionalE8?: number;
  /** Period of the bars that volatility and trend are measured over, µs; 2 s when absent. */
  barUs?: number;
  volatility?: GridVolatility;
  trend?: GridTrend;
  inventory?: GridInventory;
}>;

/** Spacing = share of the price + weights × (average true range, standard deviation of a bar), within its limits. */
export type GridVolatility = Readonly<{
  /** Bars the true range is averaged over. */
  atrLength: number;
  /** Weight of the newest bar in the variance, thousandths. */
  ewmaAlphaPermille: number;
  /** Both measures begin at this many thousandths of a thousandth of the price. */
  initVolPermille: number;
  atrWeightPermille: number;
  volWeightPermille: number;
  /** Spacing in a market that stands still, 1e-8 of the price. */
  spacingE8: number;
  /** Limits of the spacing, 1e-8 of the price; never less than `spacingTicks`. */
  spacingMinE8: number;
  spacingMaxE8: number;
  /** A bar that moved by more than so many thousandths of a standard deviation takes the grid off; 0: never. */
  circuitSigmaPermille: number;
}>;

/** The centre leans with the trend: fast less slow average of the bars' closes, at most `maxE8` of the price. */
export type GridTrend = Readonly<{ fastEma: number; slowEma: number; maxE8: number }>;

/** Rungs are sized by the inventory when the ladder is centred. */
export type GridInventory = Readonly<{
  /** Above this part of the limit the growing side shrinks and the other side grows. */
  skewSoftPermille: number;
  /** Above this part of the limit the growing side is not quoted at all. */
  skewHardPermille: number;
}>;
