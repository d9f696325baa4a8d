// B2 (simulation-testing.md §10.2): a fill heard for the first time moves the believed position by just its lots, or by
// none where a report, or its order's end, had it and it was taken over from there (whether it was, B1 sees); heard again,
// after a crash too, it moves nothing. None is lost: at the end belief is the sum of what the venue has said.

import type { OrderFilled } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";

/** What a bot may keep of orders that are over (order-tracker.ts); older fills it rightly does not book. */
const REMEMBERED_MAX = 1000;

export const noFillAppliedTwice: CheckerMaker = {
  id: "B2",
  sentence: "No fill is applied twice, and none is lost.",
  watch(scene, violate) {
    const { log } = scene;
    const lots = new Float64Array(scene.instruments.length);
    let newest = 0;
    const look = () => {
      const { belief } = scene;
      if (belief === undefined) return;
      for (const { id } of scene.instruments) lots[id] = belief.position(id).lots;
    };
    const judge = (event: OrderFilled, before: number, after: number) => {
      const { hearing } = log.trades;
      const signed = signOf(event.side) * event.size;
      const expected = hearing === "first" ? signed : 0;
      if (after - before === expected) return;
      const isOpen = hearing === "perhaps" || hearing === "counted";
      if (isOpen && after - before === signed) return;
      if (hearing === "never said" || event.orderId < newest - REMEMBERED_MAX) return;
      const moved = `moved ${after - before} lots, not ${expected}`;
      violate(`trade ${event.tradeId}, heard ${hearing}, ${moved} on ${event.instrument}`);
    };
    return {
      sent(command) {
        if (command.kind === "PlaceOrder") newest = Math.max(newest, command.orderId);
      },
      heard(event) {
        if (event.kind === "BarClosed") return;
        if (event.kind === "OrderFilled" && scene.belief !== undefined) {
          const after = scene.belief.position(event.instrument).lots;
          judge(event, lots[event.instrument] as number, after);
        }
        look();
      },
      began: look,
      ended() {
        if (scene.belief === undefined) return;
        for (const { id, venue } of scene.instruments) {
          if (scene.isGone(venue) || log.healedUs() < SETTLED_US) continue;
          const believed = scene.belief.position(id).lots;
          const missing = scene.trueLots(id) - believed;
          if (missing === 0 || scene.inFlight(venue) > 0) continue;
          violate(`instrument ${id}: ${missing} lots of fills are lost at the end`);
        }
      },
    };
  },
};

/** After this long without trouble nothing may be missing, µs. */
const SETTLED_US = 60_000_000;
