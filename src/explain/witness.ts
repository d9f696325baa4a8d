// A strategy with somebody beside it who sees what it saw, and what it decided. It hears and answers as it always does.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { InstrumentId, TimeUs } from "../domain/units.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { HealthView, View } from "../ports/view.ts";

/** What the bot believed about one instrument at a moment. Prices are ticks, sizes lots, money ledger units. */
export type Glimpse = Readonly<{
  at: TimeUs;
  bid: number | undefined;
  bidLots: number;
  ask: number | undefined;
  askLots: number;
  fresh: boolean;
  stalenessUs: number;
  position: number;
  costTickLots: number;
  openBidLots: number;
  openAskLots: number;
  openOrders: number;
  cash: bigint;
  realised: bigint;
  fees: bigint;
  linkUp: boolean;
  degradation: HealthView["degradation"];
}>;

export function glimpseOf(view: View, id: InstrumentId): Glimpse {
  const book = view.book(id);
  const [bid, ask] = [book.bestBid(), book.bestAsk()];
  const { lots, costTickLots } = view.position(id);
  const { venue } = view.instrument(id);
  const { cash, realised, fees } = view.account(venue);
  const open = view.openOrders(id);
  let openBidLots = 0;
  let openAskLots = 0;
  for (const { side, size, filled } of open) {
    if (side === "bid") openBidLots += size - filled;
    else openAskLots += size - filled;
  }
  return {
    at: view.now,
    bid,
    bidLots: bid === undefined ? 0 : book.sizeAt("bid", bid),
    ask,
    askLots: ask === undefined ? 0 : book.sizeAt("ask", ask),
    fresh: book.fresh,
    stalenessUs: view.health.staleness(id),
    position: lots,
    costTickLots,
    openBidLots,
    openAskLots,
    openOrders: open.length,
    cash,
    realised,
    fees,
    linkUp: view.health.linkUp(venue),
    degradation: view.health.degradation,
  };
}

/** Told of each decision once it is made and before anything of it is carried out. */
export type Witness = (event: Event, view: View, commands: readonly Command[]) => void;

/** The strategy, watched. */
export function witnessed(strategy: Strategy, saw: Witness): Strategy {
  const { name, wants, hedgedPair } = strategy;
  return {
    name,
    wants,
    ...(hedgedPair === undefined ? {} : { hedgedPair }),
    get revision() {
      return strategy.revision;
    },
    decide(event, view) {
      const commands = strategy.decide(event, view);
      saw(event, view, commands);
      return commands;
    },
    save: () => strategy.save(),
    restore: (saved) => strategy.restore(saved),
    ...(strategy.takeNotes === undefined ? {} : { takeNotes: () => strategy.takeNotes?.() }),
  };
}
