// How long a message takes, as data. Every latency is a whole number of µs, and a draw is a pure
// function of one 32-bit chance and the time of sending: no shared generator, no transcendental
// function. Loss, repeats and outages are faults, not latencies.

import { assert } from "../../src/domain/assert.ts";
import type { TimeUs } from "../../src/domain/units.ts";

/** Always the same. */
export type ConstantLatency = Readonly<{ kind: "constant"; us: number }>;
/** Every whole µs from `minUs` to `maxUs`, both included, equally likely. */
export type UniformLatency = Readonly<{ kind: "uniform"; minUs: number; maxUs: number }>;
/**
 * Drawn from a distribution given by its quantiles, linear between them: [[0, …], …, [1, …]],
 * ascending.
 */
export type QuantileLatency = Readonly<{
  kind: "quantiles";
  points: readonly (readonly [quantile: number, us: number])[];
}>;
/**
 * Measured: [time, latency] rows ascending in time, linear between rows, the edge row's value
 * outside them.
 */
export type RecordedLatency = Readonly<{
  kind: "recorded";
  rows: readonly (readonly [atUs: number, us: number])[];
}>;

export type LatencySpec = ConstantLatency | UniformLatency | QuantileLatency | RecordedLatency;

/** The latencies of one venue: ours to it by kind of request, and its answers back. */
export type LinkLatency = Readonly<{
  place: LatencySpec;
  cancel: LatencySpec;
  amend: LatencySpec;
  response: LatencySpec;
  /**
   * May a later message arrive before an earlier one? By default each direction keeps its order.
   */
  overtaking?: boolean;
}>;

/** A spec made ready to be asked. */
export interface Latency {
  /** µs for a message sent at `sentAt`; `chance` is a uniform 32-bit whole number. */
  sample(sentAt: TimeUs, chance: number): number;
  /** No sample is ever below this: how far a simulation may look ahead. */
  readonly minUs: number;
  /** Does a sample depend on chance? */
  readonly isDrawn: boolean;
}

const WORD = 0x1_0000_0000;

/** An hour: a longer latency is an outage, and a slip of units (ns for µs) is caught here. */
const LATENCY_MAX_US = 3_600_000_000;

/**
 * Makes a spec ready.
 * @throws {BrokenPromise} when a spec is malformed (not whole µs ≥ 0, not ascending); config has
 * judged it before.
 */
export function latencyOf(spec: LatencySpec): Latency {
  switch (spec.kind) {
    case "constant":
      return constant(spec.us);
    case "uniform":
      return uniform(spec.minUs, spec.maxUs);
    case "quantiles":
      return quantiles(spec.points);
    case "recorded":
      return recorded(spec.rows);
    default:
      return spec satisfies never;
  }
}

/** A lower bound of every latency the spec can give, µs. */
export function minLatencyUs(spec: LatencySpec): number {
  return latencyOf(spec).minUs;
}

/**
 * The lower bound of a venue's answers, µs: nothing that happens there is known here any sooner.
 */
export function minResponseUs(latency: LinkLatency): number {
  return minLatencyUs(latency.response);
}

function constant(us: number): Latency {
  assertWholeUs(us);
  return { minUs: us, isDrawn: false, sample: () => us };
}

function uniform(minUs: number, maxUs: number): Latency {
  assertWholeUs(minUs);
  assertWholeUs(maxUs);
  assert(minUs <= maxUs, `a uniform latency has min ≤ max, was ${minUs} > ${maxUs}`);
  const span = maxUs - minUs + 1;
  return {
    minUs,
    isDrawn: true,
    sample: (_sentAt, chance) => minUs + Math.floor((chance * span) / WORD),
  };
}

function quantiles(points: readonly (readonly [number, number])[]): Latency {
  assertAscending(points, "quantile");
  const xs = Float64Array.from(points, ([quantile]) => quantile);
  const ys = Float64Array.from(points, ([, us]) => us);
  assert(xs[0] === 0 && xs[xs.length - 1] === 1, "quantiles run from 0 to 1");
  for (let index = 1; index < ys.length; index += 1) {
    assert((ys[index - 1] as number) <= (ys[index] as number), "quantile latencies do not descend");
  }
  return {
    minUs: ys[0] as number,
    isDrawn: true,
    sample: (_sentAt, chance) => interpolated(xs, ys, chance / WORD),
  };
}

function recorded(rows: readonly (readonly [number, number])[]): Latency {
  assertAscending(rows, "time");
  const xs = Float64Array.from(rows, ([atUs]) => atUs);
  const ys = Float64Array.from(rows, ([, us]) => us);
  return {
    minUs: ys.reduce((least, us) => Math.min(least, us)),
    isDrawn: false,
    sample: (sentAt) => interpolated(xs, ys, sentAt),
  };
}

/**
 * The value at `x` on the line between the two points around it, towards the left value in whole
 * µs.
 */
function interpolated(xs: Float64Array, ys: Float64Array, x: number): number {
  const last = xs.length - 1;
  if (x <= (xs[0] as number)) return ys[0] as number;
  if (x >= (xs[last] as number)) return ys[last] as number;
  let left = 0;
  let right = last;
  while (right - left > 1) {
    const middle = (left + right) >> 1;
    if ((xs[middle] as number) <= x) left = middle;
    else right = middle;
  }
  const x1 = xs[left] as number;
  const y1 = ys[left] as number;
  const rise = (ys[right] as number) - y1;
  return y1 + Math.trunc((rise * (x - x1)) / ((xs[right] as number) - x1));
}

function assertWholeUs(us: number): void {
  assert(Number.isSafeInteger(us) && us >= 0, `a latency is whole µs ≥ 0, was ${us}`);
  assert(us <= LATENCY_MAX_US, `a latency is at most an hour, was ${us} µs`);
}

function assertAscending(points: readonly (readonly [number, number])[], name: string): void {
  assert(points.length > 0, `a latency by ${name} has at least one point`);
  let before = Number.NEGATIVE_INFINITY;
  for (const [x, us] of points) {
    assert(x > before, `latency points ascend strictly in ${name}, was ${x} after ${before}`);
    assertWholeUs(us);
    before = x;
  }
}
