// Whether a recorded feed rounds its prices, told from how often its book was locked.

import type { TapeSource } from "../../src/ports/tape-source.ts";

/** Above this share of locked books per thousand rows a feed is taken to round its prices. */
const LOCKED_PER_MILLE = 5;

/** A feed that rounds prices shows locked books that never were: see docs/FILLS.md, "Feeds that round". */
export function feedRoundsPrices(source: TapeSource): boolean {
  const { lockedBooks, rows } = source.header;
  return lockedBooks * 1000 > rows * LOCKED_PER_MILLE;
}
