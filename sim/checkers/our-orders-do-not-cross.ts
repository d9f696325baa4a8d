// E4 (simulation-testing.md §10.1): after matching, the book is neither crossed nor locked. Recorded books are what they
// are (feeds that round show locked ones); what must hold of them is that no bid of ours rests at or above an ask of ours,
// and that a book that was made, not recorded, does not cross.

import type { InstrumentId } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

export const ourOrdersDoNotCross: CheckerMaker = {
  id: "E4",
  sentence: "Once a venue has matched, no resting bid of ours meets a resting ask of ours.",
  watch(scene, violate) {
    const look = (instrument: InstrumentId) => {
      const live = scene.log.live[instrument] as OrderFact[];
      let bid = Number.NEGATIVE_INFINITY;
      let ask = Number.POSITIVE_INFINITY;
      for (const order of live) {
        if (order.price === undefined) continue;
        if (order.side === "bid") bid = Math.max(bid, order.price);
        else ask = Math.min(ask, order.price);
      }
      if (bid >= ask) violate(`instrument ${instrument}: our bid ${bid} meets our ask ${ask}`);
    };
    return {
      arrived(command) {
        if (command.kind === "PlaceOrder" || command.kind === "AmendOrder") {
          look(command.instrument);
        }
      },
    };
  },
};
