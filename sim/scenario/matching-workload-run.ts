// Runs the public matching workload through the matching engine: for its golden test and for `rehearse bench`.
// Timing belongs to the caller; nothing here reads a clock.

import { MatchReports } from "../exchange/order-book/match-reports.ts";
import { MatchingEngine } from "../exchange/order-book/matching-engine.ts";
import type { MatchingMessages, MatchingScenario } from "../market/matching-workload.ts";
import {
  MESSAGE_ASK,
  MESSAGE_CANCEL,
  MESSAGE_IOC,
  MESSAGE_KIND,
  MESSAGE_NEW,
  matchingMessages,
} from "../market/matching-workload.ts";

/** More than the workload's busiest scenario reports (2,211,931), so that the list never grows during a run. */
const REPORTS_EXPECTED = 2_300_000;

/** A scenario made ready; `run` may be called again and again, each time from an empty book. */
export type MatchingWorkload = Readonly<{
  scenario: MatchingScenario;
  messages: MatchingMessages;
  /** What the last run reported. */
  reports: MatchReports;
  /** Gives every message to the engine; returns the number of messages. The part worth timing. */
  run(): number;
  /** Empties the book and the reports; must come between two runs. */
  reset(): void;
}>;

/** Draws a scenario's messages and an engine whose ranges hold them all. */
export function prepareMatchingWorkload(scenario: MatchingScenario): MatchingWorkload {
  const messages = matchingMessages(scenario);
  const reports = new MatchReports(REPORTS_EXPECTED);
  const range = { priceMin: 1, priceMax: messages.priceMax, idMax: messages.idMax };
  const engine = new MatchingEngine(range, reports);
  return {
    scenario,
    messages,
    reports,
    run() {
      applyMessages(engine, messages);
      return messages.count;
    },
    reset() {
      engine.reset();
      reports.reset();
    },
  };
}

/** Runs a scenario once from an empty book. */
export function runMatchingWorkload(scenario: MatchingScenario): MatchingWorkload {
  const workload = prepareMatchingWorkload(scenario);
  workload.run();
  return workload;
}

function applyMessages(engine: MatchingEngine, messages: MatchingMessages): void {
  const { count, meta, quantity, id, price } = messages;
  for (let i = 0; i < count; i += 1) {
    const bits = meta[i] as number;
    const kind = bits & MESSAGE_KIND;
    const order = id[i] as number;
    if (kind === MESSAGE_CANCEL) {
      engine.cancel(order);
    } else if (kind === MESSAGE_NEW) {
      const side = (bits & MESSAGE_ASK) === 0 ? 0 : 1;
      const immediate = (bits & MESSAGE_IOC) !== 0;
      engine.place(side, order, price[i] as number, quantity[i] as number, immediate);
    } else {
      engine.modify(order, price[i] as number, quantity[i] as number);
    }
  }
}
