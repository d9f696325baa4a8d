// The sum of a campaign: outcomes go in by the order of their seeds, whichever thread they came from, and what comes out
// is the same for any number of threads.

import type { Hasher } from "../ports/storage.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import { isFailure } from "./case-outcome.ts";

export type KindTotals = Readonly<{ fired: number; effective: number; seeds: number }>;

export type CampaignSummary = Readonly<{
  seeds: number;
  /** Of every outcome's digest, in the order of the seeds. */
  digest: string;
  failures: readonly CaseOutcome[];
  failed: number;
  planned: number;
  fired: number;
  effective: number;
  events: number;
  acts: number;
  crashes: number;
  halted: number;
  simulatedUs: number;
  mixes: Readonly<Record<string, number>>;
  kinds: Readonly<Record<string, KindTotals>>;
  cells: Readonly<Record<string, number>>;
}>;

/** Failures kept whole; beyond, they are counted alone. */
const FAILURES_KEPT_MAX = 1_000;

export class CampaignTotals {
  readonly #hasher: Hasher;
  readonly #failures: CaseOutcome[] = [];
  readonly #mixes = new Map<string, number>();
  readonly #kinds = new Map<string, { fired: number; effective: number; seeds: number }>();
  readonly #cells = new Map<string, number>();
  #failed = 0;
  readonly #sums = {
    seeds: 0,
    planned: 0,
    fired: 0,
    effective: 0,
    events: 0,
    acts: 0,
    crashes: 0,
    halted: 0,
    simulatedUs: 0,
  };

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  get seeds(): number {
    return this.#sums.seeds;
  }

  get failed(): number {
    return this.#failed;
  }

  get fired(): number {
    return this.#sums.fired;
  }

  /** The next seed's outcome. */
  add(outcome: CaseOutcome): void {
    const sums = this.#sums;
    sums.seeds += 1;
    sums.planned += outcome.planned;
    sums.fired += outcome.fired;
    sums.effective += outcome.effective;
    sums.events += outcome.events;
    sums.acts += outcome.acts;
    sums.crashes += Math.max(0, outcome.lives - 1);
    sums.halted += outcome.halted ? 1 : 0;
    sums.simulatedUs += outcome.simulatedUs;
    this.#hasher.update(new TextEncoder().encode(outcome.digest));
    increase(this.#mixes, outcome.mix, 1);
    for (const [kind, [fired, effective]] of Object.entries(outcome.kinds)) {
      const total = this.#kinds.get(kind) ?? { fired: 0, effective: 0, seeds: 0 };
      total.fired += fired;
      total.effective += effective;
      total.seeds += fired > 0 ? 1 : 0;
      this.#kinds.set(kind, total);
    }
    for (const [cell, times] of Object.entries(outcome.cells)) increase(this.#cells, cell, times);
    if (!isFailure(outcome)) return;
    this.#failed += 1;
    if (this.#failures.length < FAILURES_KEPT_MAX) this.#failures.push(outcome);
  }

  summary(): CampaignSummary {
    const { seeds, ...sums } = this.#sums;
    return {
      seeds,
      digest: this.#hasher.digest(),
      failures: this.#failures,
      failed: this.#failed,
      ...sums,
      mixes: sorted(this.#mixes),
      kinds: sorted(this.#kinds),
      cells: sorted(this.#cells),
    };
  }
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
