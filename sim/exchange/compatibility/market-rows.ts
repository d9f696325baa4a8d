// The recorded flow the compatibility engine replays: level changes and prints as columns, in ns.
// Each row is seen by both views, so one order must serve both clocks: exchNs and localNs ascend.
// Left out: rows for one view only, clears and best-price rows of the published format (1.1).

/** Columns of equal length; a row's time of exchange, and the time it reaches us. */
export type MarketRows = Readonly<{
  rows: number;
  /** ROW_DEPTH: lots is the level's new absolute size. ROW_TRADE: lots is the traded size. */
  kind: Uint8Array;
  /** 0 the bid (a trade: the buyer initiated), 1 the ask (the seller). */
  side: Uint8Array;
  tick: Int32Array;
  lots: Int32Array;
  exchNs: Float64Array;
  localNs: Float64Array;
}>;

/** Value of the side column for a bid or a buyer. */
export const ROW_SIDE_BID = 0;
