// Warning → stop → emergency: how far each graded rule's fact has come, looked at when something changed it.
// A warning is told; a stop is told, and the rule refuses what makes it worse; an emergency halts the bot, and only a
// person lifts a halt. Going back a step is told too. Source: hedge bot V2, "Graduated Response".

import type { Event } from "../domain/event.ts";
import type { AlertSeverity } from "../ports/alert-sink.ts";
import type { ResponseLevel, RiskRule, RiskView } from "./risk-rule.ts";

/** What is to be told of a rule; to people too, where it has a severity. */
export type Notice = Readonly<{ severity: AlertSeverity | undefined; rule: string; text: string }>;

const SEVERITY: Readonly<Record<ResponseLevel, AlertSeverity>> = {
  warning: "warning",
  stop: "error",
  emergency: "emergency",
};

export class GraduatedResponse {
  readonly #rules: readonly RiskRule[];
  readonly #levels: (ResponseLevel | undefined)[];
  #notices: Notice[] = [];

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

  takeNotices(): readonly Notice[] {
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
      this.#notices.push(
        grade === undefined
          ? { severity: undefined, rule: rule.name, text: `${rule.name}: ${before} is over` }
          : {
              severity: SEVERITY[grade.level],
              rule: rule.name,
              text: `${rule.name} ${grade.level}: ${grade.reason}`,
            },
      );
      if (grade?.level === "emergency") emergency ??= `${rule.name}: ${grade.reason}`;
    });
    return emergency;
  }
}
