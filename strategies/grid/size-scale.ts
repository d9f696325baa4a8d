// How large a grid's rungs are, given what is held: the side that would add to it shrinks, the side that takes it
// back grows. Source: the bot that "Grid Trading Bot Architecture" describes (its size scaling; the document names it
// and gives no formula).

import type { GridInventory } from "./grid-config.ts";

/** The growing side keeps at least this share of its size … */
const LEAST_PERMILLE = 300;
/** … and the other side grows to at most this. */
const MOST_PERMILLE = 1_200;

/** Sizes of both sides in thousandths of the configured ones; 1000 each up to the soft limit. */
export function sizePermilles(
  position: number,
  positionMaxLots: number,
  inventory: GridInventory | undefined,
): Readonly<{ bid: number; ask: number }> {
  if (inventory === undefined) return { bid: 1000, ask: 1000 };
  const heldPermille = Math.floor((Math.abs(position) * 1000) / positionMaxLots);
  const excess = Math.max(0, heldPermille - inventory.skewSoftPermille);
  const grows = Math.max(LEAST_PERMILLE, 1000 - excess);
  const shrinks = Math.min(MOST_PERMILLE, 1000 + Math.floor(excess / 2));
  return position > 0 ? { bid: grows, ask: shrinks } : { bid: shrinks, ask: grows };
}
