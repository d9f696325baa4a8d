// The benchmarks there are, by name. Each file of this folder holds a family and is loaded with the registry.

import { candleBenchmarks } from "./candles.ts";
import { fuzzBenchmarks } from "./fuzz.ts";
import type { Benchmark } from "./harness.ts";
import { matchingBenchmarks } from "./matching.ts";
import { importBenchmarks } from "./raw-import.ts";
import { synth1Benchmarks } from "./synth-1.ts";

export const benchmarks: readonly Benchmark[] = [
  ...synth1Benchmarks,
  ...matchingBenchmarks,
  ...importBenchmarks,
  ...candleBenchmarks,
  ...fuzzBenchmarks,
];
