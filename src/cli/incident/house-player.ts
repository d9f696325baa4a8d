// A bot of this house as the player of a script: the real one, with its journal, risk rules and housekeeping.

import { RollingHasher } from "../../../sim/kernel/rolling-hasher.ts";
import { createBot } from "../../bot/create-bot.ts";
import type { MachineryConfig } from "../../bot/machinery-config.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentId, priceTicks, sizeLots, venueId } from "../../domain/units.ts";
import { journalHeader } from "../../journal/journal-header.ts";
import { JournalWriter } from "../../journal/journal-writer.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { Strategy } from "../../ports/strategy.ts";
import type { BookView } from "../../ports/view.ts";
import type { RiskConfig } from "../../risk/risk-config.ts";
import type { Player, Stage } from "./script-play.ts";

export type HouseBot = Readonly<{
  strategy: (instruments: readonly Instrument[]) => Strategy;
  risk: RiskConfig;
  machinery?: MachineryConfig | undefined;
}>;

/** Ten thousand in 1e-8: nothing is refused for want of it. */
const CASH = 1_000_000_000_000n;
const CASH_TEXT = "10000";
/** Displayed at the touch: more than a bot takes. */
const TOUCH_LOTS = 1_000_000;

/** `observer` is told what the bot puts on record. */
export function housePlayer(bot: HouseBot, observer?: JournalObserver): (stage: Stage) => Player {
  return (stage) => {
    const { instruments } = stage;
    const strategy = bot.strategy(instruments);
    const names = new Map(instruments.map(({ venue, venueName }) => [venue, venueName]));
    const venues = [...names].sort(([a], [b]) => a - b);
    const header = journalHeader({
      ...{ strategy: strategy.name, seed: "script", configHash: "", instruments, facts: {} },
      venues: venues.map(([, name]) => ({ name, startingCash: CASH_TEXT })),
    });
    const made = createBot({
      strategy,
      instruments,
      venues: venues.map(([id, name]) => ({ id: venueId(id), name, startingCash: CASH })),
      books: (id) => touchBook(stage, id),
      venue: () => ({ send: stage.send }),
      scheduler: { set: stage.setTimer, clear: stage.clearTimer },
      journal: new JournalWriter({ header, hasher: new RollingHasher(), observer }),
      risk: bot.risk,
      machinery: bot.machinery,
    });
    return {
      handle: (event) => made.handle(event),
      view: made.view,
      believed: (instrument) => made.view.position(instrumentId(instrument)).lots,
      get haltReason() {
        return made.haltReason;
      },
    };
  };
}

/** One level a side, which stands still and is always fresh. */
function touchBook(stage: Stage, id: number): BookView {
  const level = (price: number) => ({ price: priceTicks(price), size: sizeLots(TOUCH_LOTS) });
  return {
    bestBid: () => priceTicks(stage.touch(id).bid),
    bestAsk: () => priceTicks(stage.touch(id).ask),
    sizeAt: (side, price) => {
      const { bid, ask } = stage.touch(id);
      return sizeLots(price === (side === "bid" ? bid : ask) ? TOUCH_LOTS : 0);
    },
    levels: (side) => [level(side === "bid" ? stage.touch(id).bid : stage.touch(id).ask)],
    fresh: true,
    get updatedAt() {
      return stage.now();
    },
  };
}
