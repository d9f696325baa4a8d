// Warning → stop → emergency: how far each graded rule's fact has come, looked at when something changed it.
// A warning is told; a stop is told, and the rule refuses what makes it worse; an emergency halts the bot, and only a
// person lifts a halt. Going back a step is told too. Source: hedge bot V2, "Graduated Response".

import type { Event } from "../domain/event.ts";
import type { RiskRule, RiskView } from "./risk-engine.ts";

export type ResponseLevel = "warning" | "stop" | "emergency";

/** How bad it is, with the numbers; undefined where nothing is. */
export type Grade = Readonly<{ level: ResponseLevel; reason: string }>;

export class GraduatedResponse {
  readonly #rules: readonly RiskRule[];
  readonly #levels: (ResponseLevel | undefined)[];
  #notices: string[] = [];

  constructor(rules: readonly RiskRule[]) {
    this.#rules = rules;
    this.#levels = rules.map(() => undefined);
  }

  /** Grades anew when the event may have changed a grade; returns the reason of an emergency that began. */
  observe(event: Event, view: RiskView): string | undefined {
    switch (event.kind) {
      case "OrderFilled":
      case "FundingPaid":
      case "AccountReported":
      case "TimerFired":
        return this.#gradeAll(view);
      default:
        return undefined;
    }
  }

  takeNotices(): readonly string[] {
    const notices = this.#notices;
    if (notices.length > 0) this.#notices = [];
    return notices;
  }

  #gradeAll(view: RiskView): string | undefined {
    let emergency: string | undefined;
    this.#rules.forEach((rule, index) => {
      const grade = rule.grade?.(view);
      const before = this.#levels[index];
      if (grade?.level === before) return;
      this.#levels[index] = grade?.level;
      if (grade === undefined) this.#notices.push(`${rule.name}: ${before} is over`);
      else this.#notices.push(`alert: ${rule.name} ${grade.level}: ${grade.reason}`);
      if (grade?.level === "emergency") emergency ??= `${rule.name}: ${grade.reason}`;
    });
    return emergency;
  }
}
