// L5 (simulation-testing.md §10.3): a bot that goes on asking gets somewhere: of many requests within a minute of working
// wires one is taken, filled or ends something; or it has declared a halt.

import type { CheckerMaker } from "./checker.ts";

const WINDOW_US = 60_000_000;
/** So many orders and cancels without any effect are no patience. */
const IDLE_MAX = 200;

export const noLivelock: CheckerMaker = {
  id: "L5",
  sentence: "A bot that goes on asking moves something, or declares a halt.",
  watch(scene, violate) {
    /** In the present minute. */
    let asked = 0;
    let countedFrom = Number.NEGATIVE_INFINITY;
    let movedAt = Number.NEGATIVE_INFINITY;
    return {
      sent(command) {
        if (command.kind !== "ReportAccount") asked += 1;
      },
      says(event) {
        if (event.kind === "OrderRefused" || event.kind === "AccountReported") return;
        asked = 0;
        movedAt = scene.now;
      },
      second() {
        const isOver = asked <= IDLE_MAX && scene.now - countedFrom >= WINDOW_US;
        if (isOver || scene.log.healedUs() < 0) {
          asked = 0;
          countedFrom = scene.now;
        }
        if (asked <= IDLE_MAX || scene.haltReason !== undefined) return;
        const lasts = Math.min(scene.now - movedAt, scene.log.healedUs());
        if (lasts > WINDOW_US) violate(`${asked} requests in ${lasts} µs, and nothing moved`);
      },
    };
  },
};
