// E10 (simulation-testing.md §10.1): a taking order of ours never passes over an order of ours that stands in its way,
// and when the two meet the venue ends the one its rule names.

import type { OrderId } from "../../src/domain/units.ts";
import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

const NONE = -1 as OrderId;

export const weDoNotTradeWithOurselves: CheckerMaker = {
  id: "E10",
  sentence:
    "No order of ours trades through or with another, and the prescribed one of the two ends.",
  watch(scene, violate) {
    let arriving = NONE;
    return {
      arrives(command) {
        const names = command.kind === "PlaceOrder" || command.kind === "AmendOrder";
        arriving = names ? command.orderId : NONE;
      },
      arrived() {
        arriving = NONE;
      },
      says(event, venue) {
        if (event.kind === "OrderClosed" && event.reason === "self-trade") {
          const rule = scene.profile(venue).selfTrade;
          const isTaker = event.orderId === arriving;
          const wrong = rule === "expire-maker" ? isTaker : rule === "expire-taker" && !isTaker;
          if (wrong) violate(`order ${event.orderId} ended by self-trade, the rule is ${rule}`);
        }
        if (event.kind !== "OrderFilled" || event.liquidity !== "taker") return;
        const sign = signOf(event.side);
        for (const each of scene.log.live[event.instrument] as OrderFact[]) {
          if (each.side === event.side || each.price === undefined) continue;
          if (sign * each.price >= sign * event.price) continue;
          violate(`order ${event.orderId} took at ${event.price}, past our own ${each.orderId}`);
        }
      },
    };
  },
};
