// Positions as the venues report them (reconciliation at the start, before each cycle, after an unknown outcome, while
// holding). A report is held against what we know only when the leg is quiet and the report is younger than the newest
// fill; a difference is adopted when two reports in a row say the same, so that no phantom is ever traded on. A position
// in question stays so as long as a broken link, and no longer than the outcome of an order: what it hides may be naked.

import type { AccountReported } from "../../src/domain/event.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import type { Leg } from "./hedge-target.ts";
import { LEGS } from "./hedge-target.ts";
import type { Wait } from "./waits.ts";

/** A venue that reports before the wires are quiet is asked again after this, µs: an answer's way there and back. */
const AGAIN_US = 250_000;

type LegReports = {
  wanted: boolean;
  /** When the last request left; −1 when it has been answered. */
  askedAt: number;
  tries: number;
  /** A position that was reported once and that we do not hold. */
  candidate: number | null;
  /** Since when the position is in question: contradicted by a report, or doubted; −1 while it is not. */
  unsureSince: number;
};

export class AccountReports {
  #legs: [LegReports, LegReports] = [fresh(), fresh()];

  /** Asks for reports until one confirms the position of the leg. */
  want(leg: Leg): void {
    const reports = this.#legs[leg];
    if (reports.wanted) return;
    reports.wanted = true;
    reports.tries = 0;
    reports.askedAt = -1;
  }

  wantAll(): void {
    for (const leg of LEGS) this.want(leg);
  }

  /** Are both positions confirmed, and nothing asked for? */
  get settled(): boolean {
    return !this.#legs[0].wanted && !this.#legs[1].wanted;
  }

  isWanted(leg: Leg): boolean {
    return this.#legs[leg].wanted;
  }

  /** Sends what is due. False when a venue has not answered as often, or been out of reach as long, as it may not. */
  step(desk: HedgeDesk): boolean {
    let answered = true;
    for (const leg of LEGS) {
      const reports = this.#legs[leg];
      const wait = waitOf(leg);
      if (reports.candidate === null && !desk.isDoubted(leg)) reports.unsureSince = -1;
      else if (reports.unsureSince < 0) reports.unsureSince = desk.now;
      if (!reports.wanted) {
        desk.done(wait);
        continue;
      }
      const at = desk.deadline(wait);
      if (at !== undefined && desk.now < at) continue;
      if (!desk.linkUp(leg)) {
        const { reportUs, resolveUs } = desk.config;
        if (reports.unsureSince >= 0 && desk.now >= reports.unsureSince + resolveUs) {
          answered = false;
        }
        desk.wait(wait, desk.now + reportUs);
        continue;
      }
      if (reports.tries >= desk.config.reportTriesMax) {
        answered = false;
        continue;
      }
      reports.tries += 1;
      reports.askedAt = desk.now;
      desk.report(desk.venueOf(leg));
      desk.wait(wait, desk.now + desk.config.reportUs);
    }
    return answered;
  }

  hear(event: AccountReported, desk: HedgeDesk): void {
    for (const leg of LEGS) {
      if (desk.venueOf(leg) === event.venue) this.#hearLeg(leg, event, desk);
    }
  }

  save(): readonly [LegReports, LegReports] {
    return [{ ...this.#legs[0] }, { ...this.#legs[1] }];
  }

  restore(saved: readonly [LegReports, LegReports]): void {
    this.#legs = [{ ...saved[0] }, { ...saved[1] }];
  }

  #hearLeg(leg: Leg, event: AccountReported, desk: HedgeDesk): void {
    const reports = this.#legs[leg];
    if (reports.wanted) {
      // It answered: only silence is held against it.
      reports.tries = 0;
      desk.wait(waitOf(leg), desk.now + AGAIN_US);
    }
    if (!isQuiet(leg, event, desk)) return;
    const id = desk.instruments[leg].id;
    const truth = event.positions.find((each) => each.instrument === id)?.lots ?? 0;
    if (truth !== desk.believed(leg)) {
      if (reports.candidate !== truth) {
        reports.candidate = truth;
        this.want(leg);
        return;
      }
      desk.adopt(leg, truth);
    }
    desk.confirm(leg, event.venueAt);
    reports.candidate = null;
    reports.wanted = false;
  }
}

/** May the report be compared? Not while an order may fill, nor when a fill is as young as the report. */
function isQuiet(leg: Leg, event: AccountReported, desk: HedgeDesk): boolean {
  if (desk.orders.anyOpen(leg)) return false;
  const { lastFillAt } = desk.view.position(desk.instruments[leg].id);
  return lastFillAt === undefined || lastFillAt < event.venueAt;
}

function waitOf(leg: Leg): Wait {
  return leg === 0 ? "report-maker" : "report-taker";
}

function fresh(): LegReports {
  return { wanted: false, askedAt: -1, tries: 0, candidate: null, unsureSince: -1 };
}
