// Longer bars out of shorter ones, and bars out of prints. Periods are counted from the epoch, in UTC.
// A bar is called complete only when the recording shows its whole period; the two ends of a recording often do not.

import { assert } from "../../domain/assert.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { BarOrigin, BarValues } from "./bars-collect.ts";
import { BarCollector, eachBar } from "./bars-collect.ts";

type OpenBar = { -readonly [Key in keyof BarValues]: BarValues[Key] };

/**
 * Bars of `periodUs`, a whole multiple of the source's own period. Bars the source lacks are taken for quiet ones.
 * A bar is incomplete when one of its parts is, when the recording begins inside it, or when it ends inside it.
 */
export function resampleBars(source: BarSource, periodUs: number): BarSource {
  const { header } = source;
  assert(
    periodUs > 0 && periodUs % header.periodUs === 0,
    `a longer period is a multiple of ${header.periodUs} µs, was ${periodUs}`,
  );
  const { instrument, importer, sources } = header;
  const collector = new BarCollector({ instrument, importer, sources, periodUs });
  let bar: OpenBar | undefined;
  for (const part of eachBar(source)) {
    const openAt = part.openAt - (part.openAt % periodUs);
    if (bar !== undefined && bar.openAt !== openAt) {
      collector.add(bar);
      bar = undefined;
    }
    if (bar === undefined) {
      const cutOff = part.openAt === header.firstOpenAt && part.openAt !== openAt;
      bar = { ...part, openAt, complete: part.complete && !cutOff };
      continue;
    }
    widen(bar, part);
  }
  if (bar !== undefined) {
    const endsAt = header.lastOpenAt + header.periodUs;
    collector.add({ ...bar, complete: bar.complete && endsAt === bar.openAt + periodUs });
  }
  return collector.finish();
}

/** Builds bars from prints in ascending time. A period without a print has no bar, and the last one is incomplete. */
export class BarsFromTrades {
  readonly #periodUs: number;
  readonly #collector: BarCollector;
  #bar: OpenBar | undefined;

  constructor(origin: BarOrigin) {
    this.#periodUs = origin.periodUs;
    this.#collector = new BarCollector(origin);
  }

  /** One print: when it happened (µs), at how many ticks, of how many lots. */
  trade(at: number, price: number, size: number): void {
    const openAt = at - (at % this.#periodUs);
    const bar = this.#bar;
    if (bar !== undefined && bar.openAt === openAt) {
      widen(bar, { openAt, open: price, high: price, low: price, close: price, volume: size });
      return;
    }
    if (bar !== undefined) this.#collector.add(bar);
    this.#bar = {
      openAt,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: size,
      complete: true,
    };
  }

  /** The bars; the last is complete when the recording is known to reach `until`, past its close. */
  finish(until = Number.NEGATIVE_INFINITY): BarSource {
    const bar = this.#bar;
    if (bar !== undefined) {
      this.#collector.add({ ...bar, complete: until >= bar.openAt + this.#periodUs });
    }
    return this.#collector.finish();
  }
}

function widen(bar: OpenBar, part: Omit<BarValues, "complete"> & { complete?: boolean }): void {
  if (part.high > bar.high) bar.high = part.high;
  if (part.low < bar.low) bar.low = part.low;
  bar.close = part.close;
  bar.volume += part.volume;
  if (part.complete === false) bar.complete = false;
}
