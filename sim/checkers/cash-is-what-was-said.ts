// E1 (simulation-testing.md §10.1): a replayed market has one account, so what the others gained cannot be counted.
// What can: the venue's cash equals what it began with and everything it has said of trades, fees and funding since.
// Positions have the same identity under X1.

import { signOf } from "../../src/domain/units.ts";
import { accountScales, venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";

export const cashIsWhatWasSaid: CheckerMaker = {
  id: "E1",
  sentence:
    "A venue's cash is what it began with and what it has said of trades, fees and funding.",
  watch(scene, violate) {
    const scales = accountScales(scene);
    const cash = venuesOf(scene).map((venue) => scene.exchange(venue).account.cash);
    return {
      says(event, venue) {
        if (event.kind !== "OrderFilled" && event.kind !== "FundingPaid") return;
        const scale = scales[event.instrument];
        if (scale === undefined) return;
        const change =
          event.kind === "FundingPaid"
            ? BigInt(event.amount) * scale.perUnit
            : BigInt(-signOf(event.side) * event.price) * BigInt(event.size) * scale.perTickLot -
              BigInt(event.fee) * scale.perUnit;
        const expected = (cash[venue] as bigint) + change;
        cash[venue] = expected;
        const actual = scene.exchange(venue).account.cash;
        if (actual === expected) return;
        cash[venue] = actual;
        violate(`venue ${venue} holds ${actual} units, what was said comes to ${expected}`);
      },
      intervened(venue) {
        cash[venue] = scene.exchange(venue).account.cash;
      },
    };
  },
};
