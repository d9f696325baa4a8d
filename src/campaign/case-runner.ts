// Runs cases of one bot, one after another: draws a case from its seed, runs it as a trial, sums up its verdict. Each run
// is hashed; one in twenty is run twice, and the two must agree to the last byte.

import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import type { PlanMix } from "../../sim/faults/draw-plan.ts";
import type { MomentLog } from "../../sim/faults/moments.ts";
import { KeyedRng, randomSite } from "../../sim/kernel/keyed-rng.ts";
import type { Trial, Verdict } from "../../sim/scenario/trial.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import type { Hasher } from "../ports/storage.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import { verdictText } from "./case-outcome.ts";
import { CaseTrials } from "./case-trial.ts";
import type { FuzzBot } from "./fuzz-bot.ts";
import type { CaseSpace, DrawnCase, FuzzCase } from "./fuzz-case.ts";
import { drawCase } from "./fuzz-case.ts";
import { messagesOf } from "./market-messages.ts";

const SITE_TWICE = randomSite("campaign.twice");
/** Source: FoundationDB runs 5 % of its simulations twice and compares. */
const TWICE_ONE_IN = 20;

export type CaseRunnerParts = Readonly<{
  bot: FuzzBot;
  space: CaseSpace;
  checkers: readonly CheckerMaker[];
  hasher: () => Hasher;
}>;

export class CaseRunner {
  readonly #parts: CaseRunnerParts;
  readonly #trials: CaseTrials;

  constructor(parts: CaseRunnerParts) {
    this.#parts = parts;
    this.#trials = new CaseTrials(parts);
  }

  /** The case of a seed. */
  draw(seed: string): DrawnCase {
    return drawCase(this.#parts.bot, seed, this.#parts.space);
  }

  /** The case of a seed, drawn and run. */
  seed(seed: string): CaseOutcome {
    const drawn = this.draw(seed);
    const outcome = this.outcome(drawn, drawn.mix);
    const word = new KeyedRng(seed).uint32(SITE_TWICE, 0, 0);
    if (word % TWICE_ONE_IN !== 0) return outcome;
    const again = this.outcome(drawn, drawn.mix).digest;
    return again === outcome.digest ? outcome : { ...outcome, differs: again };
  }

  /** What a case comes to; `moments` is told of its counted faults, and may hold them. */
  outcome(told: FuzzCase, mix: PlanMix, moments?: MomentLog): CaseOutcome {
    let verdict: Verdict;
    try {
      verdict = runTrial({ ...this.#trials.trial(told), moments });
    } catch (error) {
      return this.#crashed(told, mix, error as Error);
    }
    const { violations, faults, cells, events, acts, lives, haltReason } = verdict;
    const sum = (field: "fired" | "effective"): number =>
      faults.reduce((total, each) => total + each[field], 0);
    return {
      seed: told.seed,
      mix,
      digest: this.#hash(verdictText(verdict)),
      violations,
      crash: undefined,
      differs: undefined,
      planned: told.plan.length,
      fired: sum("fired"),
      effective: sum("effective"),
      kinds: Object.fromEntries(faults.map((each) => [each.kind, [each.fired, each.effective]])),
      cells: Object.fromEntries(cells),
      events,
      acts,
      lives,
      halted: haltReason !== undefined,
      simulatedUs: verdict.endedAt - this.#parts.bot.startUs,
    };
  }

  /** Runs a case to its verdict. @throws when the run itself cannot go on. */
  run(told: FuzzCase): Verdict {
    return runTrial(this.#trials.trial(told));
  }

  /** Messages of the case's markets, after their first books. */
  marketEvents(told: FuzzCase): number {
    const { scenario, endAt } = this.#trials.trial(told);
    const until = this.#parts.bot.startUs + endAt;
    return scenario.instruments.reduce((sum, { recording }) => {
      return recording.kind === "levels" ? sum + messagesOf(recording.source, until) : sum;
    }, 0);
  }

  /** Runs a case with these checkers instead; how it broke off, if it did, is for `outcome` to say. */
  listen(
    told: FuzzCase,
    checkers: readonly CheckerMaker[],
    ears: Pick<Trial, "observer" | "struck"> = {},
  ): Verdict | undefined {
    try {
      return runTrial({ ...this.#trials.trial(told), checkers, ...ears });
    } catch {
      return undefined;
    }
  }

  /** A broken promise of ours is a failure like any other: its seed repeats it. */
  #crashed(told: FuzzCase, mix: PlanMix, error: Error): CaseOutcome {
    const crash = `${error.name}: ${error.message}`;
    const crashedAt = this.#lastSeen(told);
    return {
      ...(crashedAt === undefined ? {} : { crashedAt }),
      seed: told.seed,
      mix,
      digest: this.#hash(crash),
      violations: [],
      crash,
      differs: undefined,
      planned: told.plan.length,
      fired: 0,
      effective: 0,
      kinds: {},
      cells: {},
      events: 0,
      acts: 0,
      lives: 0,
      halted: false,
      simulatedUs: 0,
    };
  }

  /** The last second a run that breaks off was seen in: it is run once more, and only watched. */
  #lastSeen(told: FuzzCase): number | undefined {
    let at: number | undefined;
    const watch: CheckerMaker["watch"] = (scene) => ({
      second: () => {
        at = scene.now;
      },
    });
    this.listen(told, [{ id: "last-seen", sentence: "A run is seen each second.", watch }]);
    return at;
  }

  #hash(text: string): string {
    const hasher = this.#parts.hasher();
    hasher.update(new TextEncoder().encode(text));
    return hasher.digest();
  }
}
