// From one config to another in steps that each change one thing: the way a difference in money is told apart.
// The steps' gains sum to the whole difference exactly; which step a joint effect falls to depends on their order, which
// is always the same one and stands beside the figures.

import { isDeepStrictEqual } from "node:util";
import type { BacktestConfig, InstrumentConfig } from "../../config/backtest-config.ts";

/** What may differ, in the order it is changed. */
export const ASPECTS = [
  "data",
  "rounding",
  "venue rules",
  "latency",
  "queue",
  "fees",
  "funding",
  "parameters",
  "seed",
] as const;
export type Aspect = (typeof ASPECTS)[number];

export const ASPECT_TEXT: Readonly<Record<Aspect, string>> = {
  data: "recordings and span",
  rounding: "least sizes",
  "venue rules": "profiles and starting cash",
  latency: "how long messages take",
  queue: "fill model",
  fees: "own fee tiers",
  funding: "tables of funding rates",
  parameters: "strategy, risk limits, machinery",
  seed: "seed",
};

/** One step: what changes, and the config once it has. */
export type LadderStep = Readonly<{ aspect: Aspect; config: BacktestConfig }>;

/** Only the steps that change something, in order; the last one's config is `to`. Paths in both must be absolute. */
export function configLadder(from: BacktestConfig, to: BacktestConfig): readonly LadderStep[] {
  const steps: LadderStep[] = [];
  let config = from;
  for (const aspect of ASPECTS) {
    const next = MOVES[aspect](config, to);
    if (isDeepStrictEqual(next, config)) continue;
    config = next;
    steps.push({ aspect, config });
  }
  return steps;
}

type Move = (config: BacktestConfig, to: BacktestConfig) => BacktestConfig;

const MOVES: Readonly<Record<Aspect, Move>> = {
  data: (config, to) => {
    const { from: _from, until: _until, ...rest } = config;
    return {
      ...rest,
      ...(to.from === undefined ? {} : { from: to.from }),
      ...(to.until === undefined ? {} : { until: to.until }),
      instruments: to.instruments.map((instrument, index) => {
        const own = config.instruments[index];
        return own === undefined
          ? instrument
          : withPart(withPart(instrument, own, "funding"), own, "minSize");
      }),
    };
  },
  rounding: (config, to) => ({
    ...config,
    instruments: config.instruments.map((each, index) =>
      withPart(each, to.instruments[index] ?? each, "minSize"),
    ),
  }),
  "venue rules": (config, to) => ({
    ...config,
    venues: to.venues.map((venue, index) => {
      const own = config.venues[index];
      if (own === undefined) return venue;
      const { fees: _fees, ...rest } = venue;
      return {
        ...rest,
        latency: own.latency,
        ...(own.fees === undefined ? {} : { fees: own.fees }),
      };
    }),
  }),
  latency: (config, to) => ({
    ...config,
    venues: config.venues.map((venue, index) => ({
      ...venue,
      latency: to.venues[index]?.latency ?? venue.latency,
    })),
  }),
  queue: (config, to) => ({ ...config, fillModel: to.fillModel }),
  fees: (config, to) => ({ ...config, venues: to.venues }),
  funding: (config, to) => ({ ...config, instruments: to.instruments }),
  parameters: (config, to) => {
    const { machinery: _machinery, ...rest } = config;
    return {
      ...rest,
      strategy: to.strategy,
      risk: to.risk,
      ...(to.machinery === undefined ? {} : { machinery: to.machinery }),
    };
  },
  seed: (_config, to) => to,
};

/** `instrument` with one part as `other` has it, absent where it is absent there. */
function withPart(
  instrument: InstrumentConfig,
  other: InstrumentConfig,
  part: "funding" | "minSize",
): InstrumentConfig {
  const { [part]: _, ...rest } = instrument;
  const value = other[part];
  return value === undefined ? rest : { ...rest, [part]: value };
}
