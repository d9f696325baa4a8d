// The MACD bot's coins, each failing alone. Oracle: the bot that holds all of them itself, command by command; order ids and
// the account's daily limits are shared in both, so that not a number may differ.

import { expect, test } from "vitest";
import { strategyGroup } from "../../src/bot/strategy-group.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { createMacdCoins } from "../../strategies/macd/macd.ts";
import { barInstrument, barsOf } from "../support/bars.ts";
import { drawnBars, EAGER, macdConfig, restarted, runMacd } from "../support/macd-rig.ts";

const BARS = 1_500;
const markets = [1, 2].map((seed) => ({
  spec: { ...barInstrument, symbol: `C${seed}/USD` },
  source: barsOf(drawnBars(seed, BARS)),
}));
const specs = markets.map(({ spec }) => spec);
const instruments: readonly Instrument[] = specs.map((spec, id) =>
  instrumentOf(spec, instrumentId(id), venueId(0)),
);

/** All coins; the first breaks a promise at its event number `breaksAt`. */
function together(breaksAt = Number.POSITIVE_INFINITY): Strategy {
  const ids = new OrderIds();
  const parts = createMacdCoins(macdConfig(EAGER, specs), instruments, ids);
  let heard = 0;
  const members = parts.map((part, index) => {
    const decide: Strategy["decide"] = (event, view) => {
      if (index === 0 && ++heard > breaksAt) throw new Error("the bot lost count");
      return part.decide(event, view);
    };
    const { name, wants } = part;
    const strategy = { name, wants, decide, save: () => part.save() };
    const restore: Strategy["restore"] = (saved) => part.restore(saved);
    return { name: `coin ${index}`, strategy: { ...strategy, restore } };
  });
  return strategyGroup("macd", members, instruments, ids);
}

const whole = runMacd(markets, { settings: EAGER });

test("coins in parts do what one bot of all of them does, restarted at each event too", () => {
  const traded = [0, 1].map((id) =>
    whole.commands.filter(({ command }) => "instrument" in command && command.instrument === id),
  );
  for (const commands of traded) expect(commands.length).toBeGreaterThan(20);
  const parts = runMacd(markets, { settings: EAGER, around: () => together() });
  expect(parts.commands).toEqual(whole.commands);
  expect(parts.result.digest).toBe(whole.result.digest);
  const around = () => restarted(together, () => undefined);
  expect(runMacd(markets, { settings: EAGER, around }).result.digest).toBe(whole.result.digest);
});

test("one that breaks is cancelled, and the other trades on", () => {
  const broken = runMacd(markets, { settings: EAGER, around: () => together(700) });
  const since = (run: typeof whole, id: number) => {
    const at = broken.commands.find(({ command }) => command.kind === "CancelAll")?.at ?? 0;
    return run.commands.filter(
      (each) =>
        each.at > at && each.command.kind === "PlaceOrder" && each.command.instrument === id,
    ).length;
  };
  expect(since(whole, 0)).toBeGreaterThan(10);
  expect(since(broken, 0)).toBe(0);
  expect(since(broken, 1)).toBeGreaterThan(10);
});
