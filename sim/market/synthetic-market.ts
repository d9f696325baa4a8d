// A market of our own making: two venues trade one instrument around one hidden fair price, everything from a seed.
// For the first run without a download, for tests, and for worlds no recording has. It is not evidence: a strategy that
// earns here has learnt our round numbers. What it ignores is listed in synthetic-venue.ts; its figures, measured on
// the sample's 25 minutes, are in datasets/README.md.

import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import { KeyedRng, randomSite } from "../kernel/keyed-rng.ts";
import { Draws } from "./synthetic-draws.ts";
import type { RowSink } from "./synthetic-feed.ts";
import type { SyntheticVenueConfig } from "./synthetic-venue.ts";
import { SyntheticVenue } from "./synthetic-venue.ts";

/** Everything a synthetic market depends on; the same config gives the same rows, byte for byte. */
export type SyntheticMarketConfig = Readonly<{
  seed: string;
  /** First venue time, µs since the epoch. */
  startUs: number;
  durationUs: number;
  /** The first best bid, ticks. */
  startPriceTicks: number;
  /** One funding settlement, if it lies within the span; µs since the epoch. */
  fundingAtUs: number;
  fundingRateE8: number;
}>;

/** The two venues, in the order of their sinks. */
export const SYNTHETIC_VENUES = ["alpha", "beta"] as const;

const VENUES: readonly SyntheticVenueConfig[] = [
  {
    // The busier venue: most prices are made here.
    eventMeanUs: 20_000,
    publishEveryUs: 100_000,
    publishOffsetUs: 0,
    sizeBits: 12,
    carefulTicks: 1,
    latency: { baseUs: 4_000, meanExtraUs: 1_500, spikeOneIn: 400, spikeUs: 60_000 },
  },
  {
    // The follower: fewer events, so it learns the fair price later, shows less and stands wider.
    eventMeanUs: 45_000,
    publishEveryUs: 50_000,
    publishOffsetUs: 17_000,
    sizeBits: 11,
    carefulTicks: 4,
    latency: { baseUs: 18_000, meanExtraUs: 6_000, spikeOneIn: 200, spikeUs: 150_000 },
  },
];

/** The fair price is kept in thousandths of a tick. */
const MILLI = 1000;
/** Calm: five moves a second of 5.6 ticks on average, about 18 ticks in √s: one percent of 60,000 in a day. */
const MOVE_MEAN_US = 200_000;
const MOVE_MEAN_MILLI = 5_600;
/** A burst multiplies the rate of everything by 3 and moves by 2. */
const BURST_RATE = 3;
const BURST_MOVE = 2;
const CALM_MEAN_US = 75_000_000;
const BURST_MEAN_US = 7_000_000;
/** A venue falls silent once in so many events, for 1 to 4 seconds. */
const SILENCE_ONE_IN = 8_000;
const MARK_EVERY_US = 3_000_000;

/** The instrument both venues trade: tick 0.1, lot 0.001, a linear perpetual in "USD". */
export function syntheticInstrument(venueName: string): InstrumentSpec {
  return {
    venueName,
    symbol: "RHS-PERP",
    contract: "linear",
    base: "RHS",
    quote: "USD",
    tickSize: "0.1",
    lotSize: "0.001",
    contractSize: "1",
  };
}

/** The hidden fair price: a driftless walk of jumps that come faster and wider in a burst. */
class FairPrice {
  readonly #draws: Draws;
  #milli: number;
  #moveAt: number;
  #turnAt: number;
  #burst = false;

  constructor(draws: Draws, ticks: number, at: number) {
    this.#draws = draws;
    this.#milli = ticks * MILLI + MILLI / 2;
    this.#moveAt = at + draws.exponential(MOVE_MEAN_US);
    this.#turnAt = at + draws.exponential(CALM_MEAN_US);
  }

  get ticks(): number {
    return Math.floor(this.#milli / MILLI);
  }

  get burst(): boolean {
    return this.#burst;
  }

  advance(at: number): void {
    while (Math.min(this.#moveAt, this.#turnAt) <= at) {
      if (this.#turnAt <= this.#moveAt) this.#turn();
      else this.#move();
    }
  }

  #turn(): void {
    this.#burst = !this.#burst;
    this.#turnAt += 1 + this.#draws.exponential(this.#burst ? BURST_MEAN_US : CALM_MEAN_US);
  }

  #move(): void {
    const size = this.#draws.exponential(MOVE_MEAN_MILLI) * (this.#burst ? BURST_MOVE : 1);
    this.#milli += this.#draws.below(2) === 0 ? size : -size;
    const mean = this.#burst ? MOVE_MEAN_US / BURST_RATE : MOVE_MEAN_US;
    this.#moveAt += 1 + this.#draws.exponential(Math.floor(mean));
  }
}

/**
 * Writes the rows of both venues into their sinks: an opening snapshot, depth, prints, marks and one funding row.
 * A sink's rows ascend by both clocks; rows of the two venues come interleaved by venue time of their events.
 */
export function generateSyntheticMarket(
  config: SyntheticMarketConfig,
  sinks: readonly RowSink[],
): void {
  const rng = new KeyedRng(config.seed);
  const fair = new FairPrice(
    new Draws(rng, randomSite("synthetic.fair"), 0),
    config.startPriceTicks,
    config.startUs,
  );
  const desks = VENUES.map((venue, index) => {
    const sink = sinks[index] ?? ignore;
    const draws = new Draws(rng, randomSite("synthetic.flow"), index);
    const feedDraws = new Draws(rng, randomSite("synthetic.feed"), index);
    const clock = new Draws(rng, randomSite("synthetic.clock"), index);
    return new VenueDesk(
      venue,
      new SyntheticVenue(venue, { sink, draws, feedDraws }),
      clock,
      config,
    );
  });
  const end = config.startUs + config.durationUs;
  for (;;) {
    const next = desks.reduce((best, desk) => (desk.nextAt < best.nextAt ? desk : best));
    if (next.nextAt > end) break;
    fair.advance(next.nextAt);
    next.step(fair);
  }
  for (const desk of desks) desk.finish(end);
}

/** One venue with its clock: when its next event, mark and funding are due. */
class VenueDesk {
  readonly #config: SyntheticVenueConfig;
  readonly #market: SyntheticMarketConfig;
  readonly #venue: SyntheticVenue;
  readonly #clock: Draws;
  #eventAt: number;
  #markAt: number;
  #fundingAt: number;

  constructor(
    config: SyntheticVenueConfig,
    venue: SyntheticVenue,
    clock: Draws,
    market: SyntheticMarketConfig,
  ) {
    this.#config = config;
    this.#market = market;
    this.#venue = venue;
    this.#clock = clock;
    this.#eventAt = market.startUs + clock.exponential(config.eventMeanUs);
    this.#markAt = market.startUs + MARK_EVERY_US;
    this.#fundingAt = market.fundingAtUs;
    venue.open(market.startPriceTicks, market.startUs);
  }

  get nextAt(): number {
    return Math.min(this.#eventAt, this.#markAt, this.#fundingAt);
  }

  step(fair: FairPrice): void {
    const at = this.nextAt;
    this.#venue.publishUntil(at);
    if (at === this.#fundingAt) {
      this.#venue.feed.funding(fair.ticks, this.#market.fundingRateE8, at);
      this.#fundingAt = Number.POSITIVE_INFINITY;
    } else if (at === this.#markAt) {
      this.#venue.feed.mark(fair.ticks, at);
      this.#markAt += MARK_EVERY_US;
    } else {
      this.#venue.step(fair.ticks, at);
      const mean = Math.floor(this.#config.eventMeanUs / (fair.burst ? BURST_RATE : 1));
      const silence = this.#clock.oneIn(SILENCE_ONE_IN)
        ? 1_000_000 + 1000 * this.#clock.below(3000)
        : 0;
      this.#eventAt = at + 1 + this.#clock.exponential(mean) + silence;
    }
  }

  finish(at: number): void {
    this.#venue.publishUntil(at);
    this.#venue.feed.publish(at);
  }
}

function ignore(): void {}
