// Incident R15, kill-switch-and-daily-loss: the day's loss passes its limit with a position open. What is held is closed
// and nothing is entered until the next UTC day, which begins with what is left.

import { expect, test } from "vitest";
import type { Strategy } from "../../src/ports/strategy.ts";
import { barInstrument, barsOf, MINUTE_US } from "../support/bars.ts";
import { drawnBars, EAGER, runMacd, tallyOf } from "../support/macd-rig.ts";

const DAY_US = 1_440 * MINUTE_US;
const settings = { ...EAGER, session: { ...EAGER.session, dailyLoss: "0.01" } };

/** A day as an onlooker sees it: when its loss passed 1 %, with what held, and what was asked for afterwards. */
type Day = {
  start: bigint;
  lostAt: number | undefined;
  held: number;
  exits: number;
  entries: number;
};

/** Reads the account at each bar, before the bot does, and sorts the bot's orders into before and after the loss. */
function watched(make: () => Strategy, days: Map<number, Day>): Strategy {
  const bot = make();
  return {
    name: bot.name,
    wants: bot.wants,
    decide(event, view) {
      const number = Math.floor(view.now / DAY_US);
      const equity = view.account(0 as never).equity();
      const empty = { start: equity, lostAt: undefined, held: 0, exits: 0, entries: 0 };
      const day = days.get(number) ?? empty;
      if (event.kind === "BarClosed") days.set(number, day);
      const lost = (day.start - equity) * 100n >= day.start;
      if (event.kind === "BarClosed" && lost && day.lostAt === undefined) {
        day.lostAt = view.now;
        day.held = view.position(0 as never).lots;
      }
      const commands = bot.decide(event, view);
      for (const each of commands) {
        if (each.kind !== "PlaceOrder" || day.lostAt === undefined) continue;
        if (each.reduceOnly) day.exits += 1;
        else day.entries += 1;
      }
      return commands;
    },
    save: () => bot.save(),
    restore: (saved) => bot.restore(saved),
  };
}

test("R15: after the daily loss what is held is closed, and nothing is entered that day", () => {
  const days = new Map<number, Day>();
  // Some days, from an hour that is no boundary of anything.
  const firstOpenAt = 100 * DAY_US + 7 * 60 * MINUTE_US;
  const source = barsOf(drawnBars(11, 8_000), { firstOpenAt });
  const run = runMacd([{ spec: barInstrument, source }], {
    settings,
    around: (make) => watched(make, days),
  });
  const lost = [...days.values()].filter((day) => day.lostAt !== undefined);
  expect(lost.length).toBeGreaterThan(2);
  expect(lost.some((day) => day.held !== 0)).toBe(true);
  for (const day of lost) {
    expect(day.entries).toBe(0);
    if (day.held !== 0) expect(day.exits).toBeGreaterThan(0);
  }
  const tally = tallyOf(run.saved);
  expect(tally.get("exit: daily-loss")).toBeGreaterThan(0);
  expect(tally.get("refused: daily-loss")).toBeGreaterThan(0);
  // A day after a lost one is traded again.
  const numbers = [...days.keys()].filter((number) => days.get(number - 1)?.lostAt !== undefined);
  const tradedAgain = run.commands.some(
    ({ at, command }) =>
      command.kind === "PlaceOrder" &&
      !command.reduceOnly &&
      numbers.includes(Math.floor(at / DAY_US)),
  );
  expect(tradedAgain).toBe(true);
});
