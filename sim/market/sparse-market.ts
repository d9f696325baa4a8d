// A sparse market for fuzzing: one or two venues trade one instrument around one hidden fair price, about one event a
// second, from a seed, in well under a millisecond an hour. Its buffers serve one world after another.
// It is there to be lived through, not to earn in: shapes are measured (sparse-shapes.ts), their play together is not.

import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import { KeyedRng, randomSite } from "../kernel/keyed-rng.ts";
import { drawnMove } from "./sparse-shapes.ts";
import type { MarketShock } from "./sparse-shocks.ts";
import { SparseShocks } from "./sparse-shocks.ts";
import { SparseTape } from "./sparse-tape.ts";
import type { SparseVenueConfig } from "./sparse-venue.ts";
import { SparseVenue } from "./sparse-venue.ts";

/** Seconds of the world, `from` included, `until` not. */
export type SecondRange = readonly [from: number, until: number];

export type SparseMarketConfig = Readonly<{
  seed: string;
  /** First moment, µs since the epoch: a whole second. */
  startUs: number;
  seconds: number;
  /** The fair price at first, ticks. */
  startPriceTicks: number;
  /** Root mean square of a second's move, ticks. */
  moveTicks: number;
  /** One a tape. */
  venues: readonly Readonly<{ instrument: InstrumentSpec; flow: SparseVenueConfig }>[];
  /** What the plan does to the market. */
  shocks: readonly MarketShock[];
  /** Seconds in which nothing happens but the last mark: what is left out of a failing world. */
  quiet: readonly SecondRange[];
}>;

const SECOND_US = 1_000_000;
const SITE_GATE = randomSite("sparse.fair.gate");
const SITE_MOVE = randomSite("sparse.fair.move");
const SITE_BURST = randomSite("sparse.fair.burst");
/** One minute in eight moves three times as much. */
const BURST_ONE_IN = 8;
const BURST_MOVE = 3;

/** Makes worlds, one at a time: the tapes of a world are overwritten by the next. */
export class SparseMarket {
  readonly #venues: SparseVenue[] = [];
  #fair = new Float64Array(0);

  generate(config: SparseMarketConfig): readonly TapeSource[] {
    const rng = new KeyedRng(config.seed);
    this.#walk(config, rng);
    return config.venues.map(({ instrument, flow }, index) => {
      const venue = this.#venue(index);
      const shocks = new SparseShocks(config.shocks, index, config.seconds);
      const fairTicks = this.#fair[0] as number;
      venue.open(flow, { rng, shocks, fairTicks, at: config.startUs });
      this.#flow(venue, shocks, config);
      venue.close(config.startUs + config.seconds * SECOND_US);
      venue.tape.end(instrument);
      return venue.tape;
    });
  }

  #flow(venue: SparseVenue, shocks: SparseShocks, config: SparseMarketConfig): void {
    let pushed = 0;
    let range = 0;
    for (let second = 0; second < config.seconds; second += 1) {
      pushed += shocks.push(second);
      while ((config.quiet[range]?.[1] ?? config.seconds) <= second) range += 1;
      if ((config.quiet[range]?.[0] ?? config.seconds) <= second) continue;
      const fair = Math.max(1, Math.floor((this.#fair[second] as number) + pushed));
      venue.second(second, config.startUs + second * SECOND_US, fair);
    }
  }

  /** The fair price of each second, in fractions of a tick; it stays in a band in which no price is near zero. */
  #walk(config: SparseMarketConfig, rng: KeyedRng): void {
    const { seconds, startPriceTicks, moveTicks } = config;
    if (this.#fair.length < seconds) this.#fair = new Float64Array(seconds);
    const least = startPriceTicks / 2;
    const most = startPriceTicks * 2;
    let price = startPriceTicks + 0.5;
    for (let second = 0; second < seconds; second += 1) {
      const burst = rng.uint32(SITE_BURST, 0, Math.floor(second / 60)) % BURST_ONE_IN === 0;
      const gate = rng.uint32(SITE_GATE, 0, second);
      if ((gate & 3) === 0) {
        const move = drawnMove(gate, rng.uint32(SITE_MOVE, 0, second));
        price += move * moveTicks * (burst ? BURST_MOVE : 1);
        price = Math.min(most, Math.max(least, price));
      }
      this.#fair[second] = price;
    }
  }

  #venue(index: number): SparseVenue {
    const made = this.#venues[index];
    if (made !== undefined) return made;
    const venue = new SparseVenue(new SparseTape(), index);
    this.#venues.push(venue);
    return venue;
  }
}
