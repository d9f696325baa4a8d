// The MACD bot on a recorded book: bars built from its prints, stops judged on every change of the touch. Each exit it sends
// between bars is compared with a naive reading of the touch and of what the bot had saved before.

import { expect, test } from "vitest";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { resolveDataset } from "../../src/data/manifest.ts";
import { openTape } from "../../src/data/tapes/tape-reader.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { createMacd } from "../../strategies/macd/macd.ts";
import type { Trade } from "../../strategies/macd/trade.ts";
import { macdConfig } from "../support/macd-rig.ts";
import { constantLatency, testHasher } from "../support/run-rig.ts";

const SETTINGS = {
  period: "5s",
  check: "1s",
  higher: [2],
  indicators: { fast: 3, slow: 6, signal: 3, adx: 3, rsi: 5, atr: 4, atrAverage: 5, bollinger: 5 },
  filters: { rsiLongMax: 100, rsiShortMin: 0, percentBMax: "3", volumeMin: "0", volumeMax: "20" },
  regime: { rangingAdx: 0 },
  exits: {
    stopAtr: "0.3",
    onOppositeCross: false,
    takeProfits: [],
    target: "5000",
    breakEven: "never",
    trailing: "never",
  },
  session: { tradesMax: 1000, lossesMax: 100 },
};

type Touch = Readonly<{ stopped: boolean; sent: boolean }>;

/** Runs the sample's first venue, and says of each touch heard whether it met the stop and whether an exit was sent. */
function touches(watch: "bars" | "touch") {
  const tape = openTape(resolveDataset("sample-alpha").path);
  const spec = tape.header.instrument;
  const config = macdConfig({ ...SETTINGS, exits: { ...SETTINGS.exits, watch } }, [spec]);
  const heard: Touch[] = [];
  let entries = 0;
  const isExit = (each: Command) => each.kind === "PlaceOrder" && each.reduceOnly;
  const scenario = {
    seed: "macd",
    venues: [
      {
        name: "alpha",
        profile: generic,
        latency: constantLatency(50_000, 50_000),
        startingCash: "100000",
      },
    ],
    instruments: [{ spec, venue: "alpha", recording: { kind: "levels" as const, source: tape } }],
    fillModel: { kind: "risk-averse" as const },
    strategy: (instruments: Parameters<typeof createMacd>[1]): Strategy => {
      const bot = createMacd(config, instruments);
      return {
        name: bot.name,
        wants: [{ instrument: 0 as never, bars: bot.wants[0]?.bars ?? [], book: { on: "touch" } }],
        decide(event, view) {
          const saved = bot.save() as unknown as { coins: { keeper: { trade: Trade | null } }[] };
          const trade = saved.coins[0]?.keeper.trade ?? null;
          const commands = bot.decide(event, view);
          entries += commands.filter((each) => each.kind === "PlaceOrder" && !isExit(each)).length;
          if (event.kind !== "BookChanged" || event.bid === undefined || event.ask === undefined) {
            return commands;
          }
          // Not the first look at an entry: its stop is set there, and judged at once.
          if (trade === null || !trade.entered || trade.exitReason !== null) return commands;
          const price = trade.direction > 0 ? event.bid : event.ask;
          const stopped = trade.direction * (trade.stopTicks - price) >= 0;
          heard.push({ stopped, sent: commands.some(isExit) });
          return commands;
        },
        save: () => bot.save(),
        restore: (state) => bot.restore(state),
      };
    },
    risk: {},
    facts: {},
  };
  const result = new ScenarioRun(scenario, { hasher: testHasher }).finish();
  tape.close();
  return { heard, entries, digest: result.digest };
}

test("an exit is sent at the first touch that meets the stop, and at no other", () => {
  const { heard, entries } = touches("touch");
  expect(entries).toBeGreaterThan(5);
  expect(heard.filter(({ stopped }) => stopped).length).toBeGreaterThan(2);
  expect(heard.filter(({ stopped, sent }) => stopped !== sent)).toEqual([]);
});

test("judged on bars alone, a touch sends nothing", () => {
  const { heard, entries } = touches("bars");
  expect(entries).toBeGreaterThan(5);
  expect(heard.filter(({ sent }) => sent)).toEqual([]);
});

test("gives one digest, twice", () => {
  expect(touches("touch").digest).toBe(touches("touch").digest);
});
