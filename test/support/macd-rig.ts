// A MACD bot on bars, in a whole run: config from the file's own schema, markets drawn or recorded, and everything it
// commanded with the moment it did.

import { generic } from "../../sim/exchange/profiles/generic.ts";
import type { RunResult, Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { UnitReader } from "../../src/config/unit-reader.ts";
import type { Command, PlaceOrder } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { kit } from "../../strategies/macd/kit.ts";
import { createMacd } from "../../strategies/macd/macd.ts";
import type { MacdBotConfig } from "../../strategies/macd/macd-config.ts";
import type { BarRow } from "./bars.ts";
import { barInstrument } from "./bars.ts";
import { constantLatency, testHasher } from "./run-rig.ts";

/** The config a file with these settings makes, for instruments "0", "1", …; problems fail. */
export function macdConfig(
  settings: Readonly<Record<string, unknown>> = {},
  specs: readonly InstrumentSpec[] = [barInstrument],
): MacdBotConfig {
  const units = new UnitReader();
  const named = specs.map((spec, index) => ({ name: `${index}`, spec }));
  const coins = named.map(({ name }) => ({ instrument: name }));
  const config = kit.toConfig(kit.schema.parse({ coins, ...settings }), named, units);
  if (config === undefined || units.problems.length > 0) {
    throw new Error(JSON.stringify(units.problems));
  }
  return config;
}

/** Settings under which a bot trades often: signals on each bar, few filters, short indicators. */
export const EAGER = {
  period: "1m",
  check: "1m",
  higher: [3],
  indicators: { fast: 3, slow: 6, signal: 3, adx: 3, rsi: 5, atr: 4, atrAverage: 5, bollinger: 5 },
  filters: { rsiLongMax: 100, rsiShortMin: 0, percentBMax: "3", volumeMin: "0", volumeMax: "20" },
  regime: { rangingAdx: 0, trendingAdx: 10 },
  orders: { entryTimeout: "2m" },
  exits: { holdingMax: "20m" },
  session: { tradesMax: 1000, lossesMax: 3, coolDown: "10m" },
} as const;

export type MacdMarket = Readonly<{ spec: InstrumentSpec; source: BarSource }>;

/** A command and when it was given. */
export type Given = Readonly<{ at: number; command: Command }>;

export type MacdRun = Readonly<{
  result: RunResult;
  commands: readonly Given[];
  refusals: number;
  events: readonly Event[];
  /** The bot as it was when the run ended. */
  saved: JsonValue;
}>;

export type MacdRunOptions = Readonly<{
  settings?: Readonly<Record<string, unknown>>;
  /** Around the strategy: a restart at each event, say. */
  around?: (make: () => Strategy) => Strategy;
  startingCash?: string;
  risk?: Scenario["risk"];
  /** Keeps every event told; off for long runs. */
  keepEvents?: boolean;
  spreadTicks?: number;
}>;

/** All instruments on one venue, one bot. */
export function runMacd(markets: readonly MacdMarket[], options: MacdRunOptions = {}): MacdRun {
  const specs = markets.map(({ spec }) => spec);
  const config = macdConfig(options.settings, specs);
  const commands: Given[] = [];
  const events: Event[] = [];
  let refusals = 0;
  const observer: JournalObserver = {
    event: (event) => {
      if (options.keepEvents === true) events.push(event);
    },
    command: (command, at) => commands.push({ at, command }),
    refusal: () => {
      refusals += 1;
    },
    note: () => undefined,
  };
  let bot: Strategy | undefined;
  const scenario: Scenario = {
    seed: "macd",
    venues: [
      {
        name: "venue",
        profile: generic,
        latency: constantLatency(50_000, 50_000),
        startingCash: options.startingCash ?? "100000",
      },
    ],
    instruments: markets.map(({ spec, source }) => ({
      spec,
      venue: "venue",
      recording: {
        kind: "bars",
        source,
        spreadTicks: options.spreadTicks ?? 2,
        volumeShareMaxBps: 1_000,
        arrivalGraceUs: 1_000_000,
      },
    })),
    fillModel: { kind: "risk-averse" },
    strategy: (instruments) => {
      const make = () => createMacd(config, instruments);
      bot = options.around === undefined ? make() : options.around(make);
      return bot;
    },
    risk: options.risk ?? {},
    facts: {},
  };
  const result = new ScenarioRun(scenario, { hasher: testHasher, observer }).finish();
  if (bot === undefined) throw new Error("expected the run to make its bot");
  return { result, commands, refusals, events, saved: bot.save() };
}

/** A bot that is saved, thrown away and restored after each event; `told` sees each saved text. */
export function restarted(make: () => Strategy, told: (text: string) => void): Strategy {
  let bot = make();
  return {
    name: bot.name,
    wants: bot.wants,
    decide(event: Event, view: View): readonly Command[] {
      const commands = bot.decide(event, view);
      const text = JSON.stringify(bot.save());
      told(text);
      bot = make();
      bot.restore(JSON.parse(text) as JsonValue);
      return commands;
    },
    save: () => bot.save(),
    restore: (saved) => bot.restore(saved),
  };
}

/** What became of a coin's crossings and trades, by reason. */
export function tallyOf(saved: JsonValue, coin = 0): ReadonlyMap<string, number> {
  const state = saved as { readonly coins: readonly { readonly tally: [string, number][] }[] };
  return new Map(state.coins[coin]?.tally ?? []);
}

export function placed(run: MacdRun): readonly PlaceOrder[] {
  return run.commands.flatMap(({ command }) => (command.kind === "PlaceOrder" ? [command] : []));
}

/** Bars of a market that drifts, turns, bursts and stands still; the same for the same seed. */
export function drawnBars(seed: number, count: number, start = 100_000): readonly BarRow[] {
  let state = seed >>> 0;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  let price = start;
  let drift = 0;
  let reach = 60;
  return Array.from({ length: count }, () => {
    if (draw(12) === 0) drift = draw(121) - 60;
    if (draw(30) === 0) reach = draw(4) === 0 ? 0 : 20 + draw(300);
    const open = price;
    const close = Math.max(
      1_000,
      open + (reach === 0 ? 0 : drift + draw(reach + 1) - draw(reach + 1)),
    );
    const high = Math.max(open, close) + draw(reach + 1);
    const low = Math.max(1, Math.min(open, close) - draw(reach + 1));
    price = close;
    return [open, high, low, close, reach === 0 ? 0 : 50_000 + draw(400_000)] as const;
  });
}
