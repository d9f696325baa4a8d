// Cuts a list down while something keeps failing: leaves out halves, then quarters, down to one at a time, as long as what
// is left still fails. Source: Zeller, Hildebrandt, "Simplifying and isolating failure-inducing input" (2002).

/** How many more times may be tried. */
export type Budget = { left: number };

/**
 * A list of which no single item can be left out, if the budget reaches; the order is kept.
 * @param fails asked for lists shorter than `items`, which fails itself
 */
export function ddmin<Item>(
  items: readonly Item[],
  fails: (rest: readonly Item[]) => boolean,
  budget: Budget,
): readonly Item[] {
  let kept = items;
  let size = kept.length;
  while (size >= 1 && kept.length > 0) {
    let shrunk = false;
    for (let start = 0; start < kept.length && budget.left > 0; ) {
      const rest = [...kept.slice(0, start), ...kept.slice(start + size)];
      budget.left -= 1;
      if (fails(rest)) {
        kept = rest;
        shrunk = true;
      } else start += size;
    }
    if (budget.left <= 0) return kept;
    if (size === 1 && !shrunk) return kept;
    size = size === 1 ? 1 : Math.max(1, Math.min(Math.ceil(size / 2), kept.length));
  }
  return kept;
}
