// E2 (simulation-testing.md §10.1): each fill's fee is the venue's rate of its value, rounded halves up, and no more.
// The counterparty's half is the recorded market's and not kept. Worked out in BigInt, by another way than the venue's.

import type { OrderFilled } from "../../src/domain/event.ts";
import type { CheckerMaker } from "./checker.ts";

const TWO_E8 = 200_000_000n;
const E8 = 100_000_000n;
/** The venue's own orders in our name: a liquidation, which costs its fee besides. */
const LIQUIDATION = 0;

export const aFillPaysItsFee: CheckerMaker = {
  id: "E2",
  sentence: "A fill pays the venue's rate of its value, rounded once.",
  watch(scene, violate) {
    return {
      says(event, venue) {
        if (event.kind !== "OrderFilled") return;
        const { fees, liquidationFee } = scene.profile(venue);
        const side = event.liquidity === "maker" ? fees.maker : fees.taker;
        const rate = event.orderId === LIQUIDATION ? side + liquidationFee : side;
        const expected = feeOf(event, scene.instruments[event.instrument]?.moneyPerTickLot, rate);
        if (BigInt(event.fee) === expected) return;
        violate(`trade ${event.tradeId} of venue ${venue} cost ${event.fee}, not ${expected}`);
      },
    };
  },
};

function feeOf(fill: OrderFilled, perTickLot: number | undefined, rate: number): bigint {
  const value = BigInt(fill.price) * BigInt(fill.size) * BigInt(perTickLot ?? 0);
  const twice = 2n * value * BigInt(rate) + E8;
  const towardsZero = twice / TWO_E8;
  return twice < 0n && twice % TWO_E8 !== 0n ? towardsZero - 1n : towardsZero;
}
