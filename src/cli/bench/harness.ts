// Measures a benchmark: prepares it outside the clock, runs it several times, reports best and median.
// Says what a row is, and checks that every run came to the same result: a fast wrong answer is no answer.

/** What is measured. `prepare` is outside the clock. */
export type Benchmark = Readonly<{
  name: string;
  /** What it is, for the table. */
  text: string;
  /** What is counted: "rows", "messages", "bars", "levels". */
  unit: string;
  /** The figure it is held against, units a second; undefined: none. */
  target?: number;
  prepare(): BenchmarkCase | Promise<BenchmarkCase>;
}>;

/** One prepared benchmark. */
export interface BenchmarkCase {
  /** Units of one run. */
  readonly count: number;
  /** Does the work; what it returns is outside the clock and must be the same every time. */
  run(): (() => string) | Promise<() => string>;
  /** Undoes what a run left, outside the clock. */
  reset?(): void;
  close?(): void;
}

export type Measurement = Readonly<{
  name: string;
  text: string;
  unit: string;
  target: number | undefined;
  runs: number;
  count: number;
  bestPerSecond: number;
  medianPerSecond: number;
  bestNsPerUnit: number;
  /** Highest resident memory of this process so far, MB. */
  peakRssMb: number;
  digest: string;
}>;

/**
 * Runs before the counted ones: the engine compiles a replay loop for good only in its second run. Nor is garbage
 * collected by force between runs: that throws the compiled code away with it, and halves every figure.
 */
const WARM_UP_RUNS = 2;

/** Warms up and then runs `runs` times. @throws when two runs do not come to the same result. */
export async function measure(benchmark: Benchmark, runs: number): Promise<Measurement> {
  const prepared = await benchmark.prepare();
  const { count } = prepared;
  const seconds: number[] = [];
  let digest: string | undefined;
  try {
    for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
      const startedAt = performance.now();
      const result = await prepared.run();
      if (run >= 0) seconds.push((performance.now() - startedAt) / 1_000);
      const came = result();
      digest ??= came;
      if (came !== digest) throw new Error(`expected the result ${digest}, was ${came}`);
      prepared.reset?.();
    }
  } finally {
    prepared.close?.();
  }
  seconds.sort((a, b) => a - b);
  const best = seconds[0] as number;
  const { name, text, unit, target } = benchmark;
  return {
    name,
    text,
    unit,
    target,
    runs,
    count,
    bestPerSecond: count / best,
    medianPerSecond: count / median(seconds),
    bestNsPerUnit: (best * 1e9) / count,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
    digest: digest as string,
  };
}

/** Of numbers in ascending order. */
function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const high = sorted[middle] as number;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] as number) + high) / 2;
}
