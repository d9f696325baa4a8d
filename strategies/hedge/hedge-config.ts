// What a hedge bot is told. Plain numbers with their unit last, so that a config file maps onto it one to one.
// Sizes are lots of the maker's instrument, prices ticks, times µs; nothing here is ever a fraction.

/** One leg: an instrument, and what its venue will not take. */
export type HedgeLegConfig = Readonly<{
  /** Index of the instrument, in the order of the run's instruments. */
  instrument: number;
  /** Tokens in one unit of the instrument: 1000 for kTOSHI where the other leg trades TOSHI; ≥ 1. */
  baseMultiplier: number;
  /** Least size of an order, lots, ≥ 1. */
  lotsMin: number;
  /** Least value of an order, price ticks × lots; 0: none. */
  notionalMinTickLots: number;
}>;

/** How patiently a hedge is worked before it goes to market. Source: hedge manager flow, 4.1.3.1. */
export type HedgeTactic = Readonly<{
  /** Limit orders before the market order, ≥ 1. */
  retriesMax: number;
  /** All limit attempts together, µs; each may stand for its share of it. */
  timeoutUs: number;
  /** Between an attempt that ended and the next, µs. */
  backoffUs: number;
  /** So many attempts stand inside the spread before the touch is taken. */
  insideRetries: number;
}>;

export type HedgeConfig = Readonly<{
  maker: HedgeLegConfig;
  taker: HedgeLegConfig;
  /** Of the bot's own draws: directions, delays, holding times. */
  seed: number;
  cycles: number;
  /** Of the maker's leg: long buys there and sells on the taker's venue. */
  direction: "long" | "short" | "random";
  /** Limit on the maker's leg alone, or post-only limits on both until one fills. */
  opening: "maker-taker" | "both-limits";
  /** The most in one order of the maker's leg, lots; the taker's orders are bounded by the same exposure. */
  orderLots: number;
  /** What a cycle builds up, lots. */
  cycleLots: number;
  /** The most the maker's leg may hold, lots. */
  positionMaxLots: number;
  /** "inside": one tick off the other side, the documents' price. "touch": joins the own side. */
  makerPrice: "inside" | "touch";
  /** A maker order older than this and no longer at the best price is cancelled, µs. */
  makerOrderUs: number;
  /** After a refused maker order, doubling with each one in a row, µs. */
  makerBackoffUs: number;
  makerBackoffMaxUs: number;
  /** An opening order refused for want of balance makes the next one this much smaller, bps of it, ≥ 1. */
  shortageCutBps: number;
  /** Building up gives up after this and holds what there is, µs. */
  buildUs: number;
  holdMinUs: number;
  holdMaxUs: number;
  /** Winding down by maker orders; then both legs are closed at market, µs. */
  windDownUs: number;
  /** Drawn before a cycle, when flat and only then, µs. */
  delayMinUs: number;
  delayMaxUs: number;
  hedgeMode: "aggressive-limit" | "market";
  opens: HedgeTactic;
  reduces: HedgeTactic;
  /** A resting hedge is moved once its price is this many ticks behind; ≥ 1. */
  repriceTicks: number;
  /** At least this long between two moves, doubling with each, µs. */
  repriceUs: number;
  repriceCountMax: number;
  /** Market orders in a row that leave something over before the hedge has failed, ≥ 1. */
  marketTriesMax: number;
  /** How far through the touch an IOC "market" order may go, bps; 0: a true market order. */
  marketSlippageBps: number;
  /** Each further try goes this much further, bps. */
  marketSlippageStepBps: number;
  /** Of max(order size, cycle quantity); more, for longer than the grace, is a breach. */
  imbalanceBps: number;
  imbalanceGraceUs: number;
  /** Exposure beyond this many order sizes is an emergency at once. */
  criticalFactor: number;
  /** No new maker order while either book is wider than this, bps of its bid. */
  spreadMaxBps: number;
  /** No new maker order, and none left standing, while either book is older than this, µs. */
  staleUs: number;
  /** A request not answered within this is of unknown outcome, µs. */
  answerUs: number;
  /** An order not in a report counts as absent only when the report is this much younger than its last request, µs. */
  settleUs: number;
  /** An outcome still unknown after this is an emergency, µs. */
  resolveUs: number;
  /** A report not answered within this is asked for again, µs. */
  reportUs: number;
  reportTriesMax: number;
  /** While holding, both accounts are read this often, µs. */
  monitorUs: number;
  /** What to do with balanced positions found at the start; unbalanced ones are always flattened. */
  startup: "adopt" | "flatten";
  /** Longest rate at which a book wakes the bot, µs. */
  wakeUs: number;
}>;
