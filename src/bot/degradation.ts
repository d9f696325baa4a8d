// How far the bot is from well: Normal → Degraded → Critical → Emergency, from facts, and back one step at a time once
// they have been better for a while. Degraded: smaller orders. Critical: exits only. Emergency: cancel and halt, and
// only a person leads back. Source: DESIGN §8 ResilienceManager, §9 ruling 5.

import { assert } from "../domain/assert.ts";
import type { TimeUs } from "../domain/units.ts";
import type { AlertSeverity } from "../ports/alert-sink.ts";
import type { HealthView } from "../ports/view.ts";
import type { Notice } from "../risk/graduated-response.ts";
import type { Posture } from "../risk/risk-engine.ts";

export type DegradationLevel = HealthView["degradation"];

export type DegradationConfig = Readonly<{
  /** Of what is asked for, at Degraded. */
  degradedSizeBps: number;
  /** A link down this long is critical. */
  linkDownCriticalUs: number;
  /** Critical this long without a break is an emergency; absent: never. */
  criticalEmergencyUs?: number | undefined;
  /** Facts must be better this long before a step back. */
  calmUs: number;
}>;

export const DEGRADATION_DEFAULTS: DegradationConfig = {
  degradedSizeBps: 5000,
  linkDownCriticalUs: 30_000_000,
  calmUs: 5_000_000,
};

export type DegradationFacts = Readonly<{
  halted: boolean;
  /** For how long the longest broken link is down; 0 when all are up. */
  linkDownUs: number;
  /** An account was asked for and is older than it may be. */
  accountStale: boolean;
  /** A breaker is not closed. */
  breakerOpen: boolean;
  diskFails: boolean;
  deadManExpired: boolean;
  /** After a restart, until every venue has told its account and no order is unknown. */
  recovering: boolean;
}>;

const SEVERITY: Readonly<Record<DegradationLevel, AlertSeverity | undefined>> = {
  normal: undefined,
  degraded: "warning",
  critical: "error",
  emergency: "emergency",
};

const ORDER: readonly DegradationLevel[] = ["normal", "degraded", "critical", "emergency"];

export class Degradation {
  readonly #config: DegradationConfig;
  #level: DegradationLevel = "normal";
  #why = "";
  #criticalSince: number | undefined;
  /** Since when the facts have been better than the level. */
  #calmSince: number | undefined;

  constructor(config: DegradationConfig) {
    const { degradedSizeBps } = config;
    const isShare = degradedSizeBps > 0 && degradedSizeBps <= 10_000;
    assert(isShare, `degraded sizes are a share of what is asked, was ${degradedSizeBps}`);
    this.#config = config;
  }

  get level(): DegradationLevel {
    return this.#level;
  }

  get reason(): string {
    return this.#why;
  }

  /** A change of level in words; for the worse it is an alert, with the reason. */
  noticeAfter(before: DegradationLevel): Notice {
    const text = `degradation is ${this.#level}, was ${before}`;
    const isWorse = ORDER.indexOf(this.#level) > ORDER.indexOf(before);
    return isWorse
      ? { severity: SEVERITY[this.#level], rule: "degradation", text: `${text}: ${this.#why}` }
      : { severity: undefined, rule: "degradation", text };
  }

  /** What may be risked at this level; undefined at normal. A halt speaks for itself at emergency. */
  get posture(): Posture | undefined {
    if (this.#level === "normal") return undefined;
    const sizeShareBps = this.#level === "degraded" ? this.#config.degradedSizeBps : 0;
    return { rule: "degradation", reason: `${this.#level}: ${this.#why}`, sizeShareBps };
  }

  /** Takes in the facts of a moment; true when the level changed. */
  judge(facts: DegradationFacts, now: TimeUs): boolean {
    const [asked, why] = this.#levelOf(facts, now);
    const before = this.#level;
    const isWorse = ORDER.indexOf(asked) > ORDER.indexOf(before);
    if (isWorse) this.#take(asked, why, now);
    else if (asked === before) this.#calmSince = undefined;
    else this.#easeOff(asked, why, now);
    return this.#level !== before;
  }

  #easeOff(asked: DegradationLevel, why: string, now: TimeUs): void {
    if (this.#level === "emergency" || asked === this.#level) return;
    this.#calmSince ??= now;
    if (now - this.#calmSince < this.#config.calmUs) return;
    const step = ORDER[ORDER.indexOf(this.#level) - 1] as DegradationLevel;
    this.#take(step, step === asked ? why : `was ${this.#level} a moment ago`, now);
  }

  #take(level: DegradationLevel, why: string, now: TimeUs): void {
    this.#level = level;
    this.#why = why;
    this.#calmSince = undefined;
    if (level !== "critical") this.#criticalSince = undefined;
    else this.#criticalSince ??= now;
  }

  #levelOf(facts: DegradationFacts, now: TimeUs): readonly [DegradationLevel, string] {
    if (facts.halted) return ["emergency", "halted"];
    const critical = this.#critical(facts);
    const { criticalEmergencyUs } = this.#config;
    const since = this.#criticalSince;
    if (critical !== undefined && since !== undefined && criticalEmergencyUs !== undefined) {
      if (now - since >= criticalEmergencyUs) {
        return ["emergency", `critical for ${now - since} µs: ${critical}`];
      }
    }
    if (critical !== undefined) return ["critical", critical];
    if (facts.linkDownUs > 0) return ["degraded", "a link is down"];
    if (facts.breakerOpen) return ["degraded", "a circuit breaker is open"];
    return ["normal", ""];
  }

  #critical(facts: DegradationFacts): string | undefined {
    if (facts.diskFails) return "the disk does not take the journal";
    if (facts.recovering) return "recovering: not every venue has told its account";
    if (facts.deadManExpired) return "nothing was heard for too long";
    // DESIGN §9 ruling 5: what is stale serves display and exits, and opens nothing.
    if (facts.accountStale) return "the account is older than its time to live";
    const { linkDownUs } = facts;
    const tooLong = linkDownUs > 0 && linkDownUs >= this.#config.linkDownCriticalUs;
    return tooLong ? `a link is down for ${linkDownUs} µs` : undefined;
  }
}
