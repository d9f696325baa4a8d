// B7 (simulation-testing.md §10.2): what adds risk leaves only once its record is safe on the disk; and what a process
// that begins again believes is what the lost one believed, before or after the event it died at. Its strategy has the
// mind that was on record, the timers that were set fire, and nothing is believed of a journal from a turned bit on.

import type { Event } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";

export const recordBeforeEffect: CheckerMaker = {
  id: "B7",
  sentence:
    "Nothing that adds risk leaves before its record is durable, and the record tells belief, mind and timers again.",
  watch(scene, violate) {
    const heard = new Float64Array(scene.instruments.length);
    const memory = new Float64Array(scene.instruments.length);
    let during: Event | undefined;
    let wasLost = false;
    const keep = (column: Float64Array) => {
      const { belief } = scene;
      if (belief === undefined) return;
      for (const { id } of scene.instruments) column[id] = belief.position(id).lots;
    };
    return {
      sent(command) {
        if (scene.durable !== false) return;
        if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return;
        violate(`${command.kind} of order ${command.orderId} left before its record was durable`);
      },
      heard(event) {
        if (event.kind !== "BarClosed") keep(heard);
      },
      crashed(event) {
        wasLost = true;
        during = event;
        memory.set(heard);
        keep(memory);
      },
      forgot(what) {
        if (!scene.log.mayHaveForgotten) violate(what);
      },
      began() {
        const { belief } = scene;
        if (belief === undefined || !wasLost) return;
        wasLost = false;
        // A disk that failed kept nothing of late: the bot knew, and asks its venues.
        if (scene.log.mayHaveForgotten) {
          keep(heard);
          return;
        }
        for (const { id } of scene.instruments) {
          const lots = belief.position(id).lots;
          const before = heard[id] as number;
          const after = before + lotsOf(during, id);
          if (lots === before || lots === after || lots === memory[id]) continue;
          const { unheardBids, unheardAsks } = scene.log.trades;
          const most = before + (unheardBids[id] as number);
          const least = before - (unheardAsks[id] as number);
          if (isTakenOver(during, id, [least, before, most], lots)) continue;
          violate(`instrument ${id}: ${lots} lots told again, believed were ${before} or ${after}`);
        }
        keep(heard);
      },
    };
  },
};

function lotsOf(event: Event | undefined, instrument: number): number {
  if (event?.kind !== "OrderFilled" || event.instrument !== instrument) return 0;
  return signOf(event.side) * event.size;
}

/**
 * What a bot takes over of the report it died at is on record before it is believed, order by order: no more than the
 * report says, or than fills on their way explain.
 */
function isTakenOver(
  during: Event | undefined,
  id: number,
  [least, before, most]: readonly [number, number, number],
  lots: number,
): boolean {
  if (during?.kind !== "AccountReported") return false;
  const reported = during.positions.find((each) => each.instrument === id)?.lots ?? 0;
  return Math.min(before, reported, least) <= lots && lots <= Math.max(before, reported, most);
}
