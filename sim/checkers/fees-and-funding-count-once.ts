// X7 (simulation-testing.md §10.4): a fill's fee is booked with the fill and never again; a settlement is booked once,
// however often it is told. Asked of the bot's books after each.

import type { FundingPaid, OrderFilled } from "../../src/domain/event.ts";
import { accountScales, venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";

export const feesAndFundingCountOnce: CheckerMaker = {
  id: "X7",
  sentence: "Fees and funding are attributed once.",
  watch(scene, violate) {
    const scales = accountScales(scene);
    const fees = venuesOf(scene).map(() => 0n);
    const funding = venuesOf(scene).map(() => 0n);
    /** Moments of the settlements that were told. */
    const settled = scene.instruments.map(() => new Set<number>());
    /** Settlements up to then may or may not be on record: a failing disk was all that knew of them. */
    const unsureUpTo = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    /** The settlement a process died at: booked or not, nobody outside knows. */
    let unsureAt = Number.NaN;
    const look = (venue: number) => {
      const account = scene.belief?.account(venue as never);
      if (account === undefined) return;
      fees[venue] = account.fees;
      funding[venue] = account.funding;
    };
    const judgeFee = (event: OrderFilled, venue: number) => {
      const account = scene.belief?.account(venue as never);
      if (account === undefined || scene.log.trades.hearing === "never said") return;
      const paid = account.fees - (fees[venue] as bigint);
      const due = BigInt(event.fee) * (scales[event.instrument]?.perUnit ?? 0n);
      // Whether the fill was booked at all is B2's; a fee comes with it, or not at all.
      const { hearing } = scene.log.trades;
      const isOnce = hearing !== "again" && paid === due;
      if (!isOnce && paid !== 0n)
        violate(`trade ${event.tradeId}: ${paid} units of fee were booked`);
    };
    const judgeFunding = (event: FundingPaid, venue: number) => {
      const account = scene.belief?.account(venue as never);
      if (account === undefined) return;
      if (event.venueAt === unsureAt) return;
      const told = settled[event.instrument] as Set<number>;
      const isNew = !told.has(event.venueAt);
      const booked = account.funding - (funding[venue] as bigint);
      const due = BigInt(event.amount) * (scales[event.instrument]?.perUnit ?? 0n);
      if (booked === 0n && event.venueAt <= (unsureUpTo[event.instrument] as number)) return;
      told.add(event.venueAt);
      if (booked === (isNew ? due : 0n)) return;
      violate(`funding of instrument ${event.instrument}: ${booked} units booked, ${due} due`);
    };
    return {
      heard(event) {
        if (event.kind !== "OrderFilled" && event.kind !== "FundingPaid") return;
        const venue = scene.log.venueOf(event.instrument);
        if (event.kind === "OrderFilled") judgeFee(event, venue);
        else judgeFunding(event, venue);
        look(venue);
      },
      crashed(during) {
        if (during?.kind === "FundingPaid") unsureAt = during.venueAt;
        // What a failing disk lost may be booked again.
        if (!scene.log.mayHaveForgotten) return;
        for (const { id } of scene.instruments) {
          const told = settled[id] as Set<number>;
          unsureUpTo[id] = Math.max(unsureUpTo[id] as number, ...told);
          told.clear();
        }
      },
      began() {
        for (const venue of venuesOf(scene)) look(venue);
      },
    };
  },
};
