// L3 (simulation-testing.md §10.3): once nothing strikes any more a bot that quotes quotes again: something of it rests or
// is asked for, or it has declared a halt. With a venue gone for ever it may rightly open nothing anywhere.

import type { InstrumentId } from "../../src/domain/units.ts";
import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker, Watched } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

export const quotingResumes: CheckerMaker = {
  id: "L3",
  sentence: "Quoting resumes once the trouble is over, or a halt is declared.",
  watch(scene, violate) {
    const quotes = (scene.facts.quotes ?? []).filter((each) => each.quotesWithinUs !== undefined);
    const venues = venuesOf(scene);
    const sentAt = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    // A bot that hears of no book has no reason to look: its time runs to the last one it heard of.
    const toldAt = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    if (quotes.length === 0) return {};
    return {
      noticed(event) {
        if (event.kind === "BookChanged") toldAt[event.instrument] = scene.now;
      },
      sent(command) {
        if (command.kind === "PlaceOrder") sentAt[command.instrument] = scene.now;
      },
      second() {
        if (scene.belief === undefined || scene.stoppedAt !== undefined) return;
        if (scene.haltReason !== undefined || venues.some((venue) => scene.isGone(venue))) return;
        for (const { instrument, quotesWithinUs = 0 } of quotes) {
          const rests = (scene.log.live[instrument] as OrderFact[]).some((each) => each.isOurs);
          const isGood = hasTwoSides(scene, instrument);
          // Its time begins again whenever it has no reason to complain.
          const isFirst = sentAt[instrument] === Number.NEGATIVE_INFINITY;
          if (rests || !isGood || isFirst)
            sentAt[instrument] = Math.max(scene.now, sentAt[instrument] as number);
          if (toldAt[instrument] === Number.NEGATIVE_INFINITY) continue;
          const idle = (toldAt[instrument] as number) - (sentAt[instrument] as number);
          if (Math.min(idle, scene.log.healedUs()) <= quotesWithinUs) continue;
          violate(`nothing rests on instrument ${instrument} nor was asked for, ${idle} µs`);
        }
      },
    };
  },
};

/** Of truth: to read the bot's own book at a moment the bot does not look would move it. */
function hasTwoSides(scene: Watched, instrument: number): boolean {
  const { markets } = scene.exchange(scene.log.venueOf(instrument as InstrumentId));
  const market = markets.find((each) => each.instrument.id === instrument);
  return market?.bestBid() !== undefined && market.bestAsk() !== undefined;
}
