// Hands the seeds of a campaign to workers and gives their outcomes back in the order of the seeds, so that what is
// summed up does not depend on how many workers there are. One job runs in this thread, between looks at Ctrl-C.

import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { CaseOutcome } from "../../campaign/case-outcome.ts";
import type { FuzzJob } from "./fuzz-job.ts";
import type { JobRunner } from "./job-runner.ts";

/** Seeds of one message to a worker: few enough that a slow one holds nobody up, many enough that messages are cheap. */
const CHUNK = 16;
/** Chunks that may lie finished while an earlier one is not. */
const AHEAD_MAX = 64;

export type SeedPoolParts = Readonly<{
  job: FuzzJob;
  /** Runs in this thread when there is one job. */
  runner: JobRunner["runner"];
  jobs: number;
  from: number;
  count: number;
  /** Asked between chunks: true when no further seed is to begin. */
  stopAsked: () => boolean;
  /** In the order of the seeds. */
  take: (outcome: CaseOutcome) => void;
}>;

/**
 * Room for what is young, MB: the objects of several worlds, most of which are over when it is full. The engine's own
 * 16 are full once a world, while all of it is alive. Workers begun from here on have it.
 */
const YOUNG_MB = 32;

/** Runs the seeds from..from + count − 1, or as many as there is time for. */
export async function runSeeds(parts: SeedPoolParts): Promise<void> {
  if (parts.jobs === 1) return runHere(parts);
  return new WorkerPool(parts).run();
}

async function runHere({ runner, from, count, stopAsked, take }: SeedPoolParts): Promise<void> {
  for (let index = 0; index < count && !stopAsked(); index += 1) {
    if (index % CHUNK === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    take(withAmbientTrap(() => runner.seed(String(from + index))));
  }
}

class WorkerPool {
  readonly #parts: SeedPoolParts;
  /** Chunks that are done, by their number, until their turn comes. */
  readonly #finished = new Map<number, readonly CaseOutcome[]>();
  readonly #workers: readonly Worker[];
  /** The chunk a worker is at. */
  readonly #at = new Map<Worker, number>();
  readonly #idle: Worker[] = [];
  #handedOut = 0;
  #taken = 0;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(parts: SeedPoolParts) {
    this.#parts = parts;
    setFlagsFromString(`--min-semi-space-size=${YOUNG_MB}`);
    setFlagsFromString(`--max-semi-space-size=${YOUNG_MB}`);
    this.#workers = Array.from({ length: parts.jobs }, () => this.#worker(parts.job));
  }

  async run(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
    } finally {
      await Promise.all(this.#workers.map((worker) => worker.terminate()));
    }
  }

  #worker(job: FuzzJob): Worker {
    // Named as it lies beside this file, built or not.
    const file = import.meta.url.endsWith(".ts") ? "./fuzz-worker.ts" : "./fuzz-worker.js";
    const worker = new Worker(new URL(file, import.meta.url), { workerData: job });
    worker.on("error", (error) => this.#reject(error as Error));
    worker.on("message", (message: "ready" | readonly CaseOutcome[]) => {
      if (message !== "ready") this.#done(worker, message);
      this.#idle.push(worker);
      this.#handOut();
    });
    return worker;
  }

  /** Every idle worker gets a chunk, unless all are handed out or the slowest is too far behind. */
  #handOut(): void {
    const { from, count, stopAsked } = this.#parts;
    while (this.#idle.length > 0 && this.#handedOut - this.#taken < AHEAD_MAX) {
      const first = this.#handedOut * CHUNK;
      if (first >= count || stopAsked()) break;
      const worker = this.#idle.pop() as Worker;
      const length = Math.min(CHUNK, count - first);
      this.#at.set(worker, this.#handedOut);
      this.#handedOut += 1;
      worker.postMessage(Array.from({ length }, (_, index) => String(from + first + index)));
    }
    if (this.#at.size === 0) this.#resolve();
  }

  #done(worker: Worker, outcomes: readonly CaseOutcome[]): void {
    this.#finished.set(this.#at.get(worker) as number, outcomes);
    this.#at.delete(worker);
    for (;;) {
      const next = this.#finished.get(this.#taken);
      if (next === undefined) return;
      this.#finished.delete(this.#taken);
      this.#taken += 1;
      for (const outcome of next) this.#parts.take(outcome);
    }
  }
}
