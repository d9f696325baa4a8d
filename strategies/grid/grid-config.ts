// What a grid is told. Plain numbers with their unit last, so that a config file maps onto it one to one.
// Percentages are permille and prices are ticks: nothing here is ever a fraction.

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
  /** Distance between the first and the second rung, ticks, ≥ 1. */
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
  /** So many refusals in a row for one reason, and the grid pauses. */
  refusalCountMax: number;
  /** How long it pauses, µs. */
  backoffUs: number;
}>;
