// The whole decider, told bars by hand under a belief set by hand: nothing is ever filled here.

import { describe, expect, test } from "vitest";
import type { Command } from "../../../../src/domain/command.ts";
import type { BarClosed } from "../../../../src/domain/event.ts";
import type { Instrument } from "../../../../src/domain/instrument.ts";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import {
  durationUs,
  instrumentId,
  priceTicks,
  sizeLots,
  timeUs,
  venueId,
} from "../../../../src/domain/units.ts";
import type { HealthView, View } from "../../../../src/ports/view.ts";
import { createMacd } from "../../../../strategies/macd/macd.ts";
import type { Trade } from "../../../../strategies/macd/trade.ts";
import { barInstrument, MINUTE_US } from "../../../support/bars.ts";
import { belief, fakeInstrument, fakeView } from "../../../support/fake-view.ts";
import { drawnBars, EAGER, macdConfig } from "../../../support/macd-rig.ts";

const BARS = 600;
const rows = drawnBars(3, BARS);

type Told = Readonly<{
  lateUs?: number;
  repeats?: number;
  degradation?: HealthView["degradation"];
  linkUp?: boolean;
  /** A bot that is saved and restored after every bar. */
  restarts?: boolean;
  equity?: bigint;
  beside?: Instrument;
  settings?: Readonly<Record<string, unknown>>;
}>;

/** A finer instrument on the same venue: the account is then kept in units a hundredth as large. */
const finer = instrumentOf(
  { ...barInstrument, tickSize: "0.00001", lotSize: "0.00001" },
  instrumentId(1),
  venueId(0),
);

const tell = (options: Told = {}): readonly Command[] => tellAll(options).commands;

/** Tells the bot every bar, of the longer period first, and gathers what it commands, and the trades it plans. */
function tellAll(options: Told = {}) {
  const { lateUs = 0, repeats = 1, degradation = "normal", linkUp = true } = options;
  const instruments =
    options.beside === undefined ? [fakeInstrument] : [fakeInstrument, options.beside];
  const config = macdConfig({ ...EAGER, ...options.settings }, [fakeInstrument]);
  let bot = createMacd(config, instruments);
  const state = { ...belief(), bid: 99_999, ask: 100_001 };
  const base = fakeView(state);
  const account = {
    ...base.account(venueId(0)),
    equity: () => options.equity ?? 10_000_000_000_000n,
  };
  const view: View = {
    get now() {
      return timeUs(state.now);
    },
    instrument: base.instrument,
    book: base.book,
    position: base.position,
    openOrders: base.openOrders,
    account: () => account,
    health: { linkUp: () => linkUp, staleness: () => 0, degradation },
  };
  const commands: Command[] = [];
  const plans: Trade[] = [];
  const hear = (bar: BarClosed): void => {
    const given = bot.decide(bar, view);
    const saved = JSON.stringify(bot.save());
    if (given.length > 0) plans.push(JSON.parse(saved).coins[0].keeper.trade);
    commands.push(...given);
    if (options.restarts !== true) return;
    bot = createMacd(config, instruments);
    bot.restore(JSON.parse(saved));
  };
  rows.forEach((_, index) => {
    const closesAt = (index + 1) * MINUTE_US;
    state.now = closesAt + lateUs;
    const bars = (index + 1) % 3 === 0 ? [barOf(index - 2, 3), barOf(index, 1)] : [barOf(index, 1)];
    for (const bar of bars) {
      const event = { ...bar, at: timeUs(state.now), venueAt: timeUs(closesAt) };
      for (let time = 0; time < repeats; time += 1) hear(event);
    }
  });
  return { commands, plans };
}

function barOf(from: number, count: number): BarClosed {
  const part = rows.slice(from, from + count);
  return {
    kind: "BarClosed",
    at: timeUs(0),
    venueAt: timeUs(0),
    instrument: instrumentId(0),
    periodUs: durationUs(count * MINUTE_US),
    open: priceTicks(part[0]?.[0] ?? 0),
    high: priceTicks(Math.max(...part.map((row) => row[1]))),
    low: priceTicks(Math.min(...part.map((row) => row[2]))),
    close: priceTicks(part.at(-1)?.[3] ?? 0),
    volume: sizeLots(part.reduce((sum, row) => sum + row[4], 0)),
  };
}

const lotsOf = (commands: readonly Command[]) =>
  commands.map((each) => (each.kind === "PlaceOrder" ? each.size : each.kind));

describe("a MACD bot", () => {
  test("hears longer bars before shorter ones, so that a trend is known before the signal", () => {
    const config = macdConfig({ higher: [4, 12], period: "1h", check: "5m" }, [fakeInstrument]);
    const hours = (count: number) => count * 3_600_000_000;
    expect(createMacd(config, [fakeInstrument]).wants).toEqual([
      { instrument: 0, bars: [hours(12), hours(4), 300_000_000, hours(1)] },
    ]);
  });

  test("enters with a market order of at least one lot, not reduce-only", () => {
    const commands = tell();
    expect(commands.length).toBeGreaterThan(10);
    for (const each of commands) {
      expect(each).toMatchObject({ kind: "PlaceOrder", price: undefined, reduceOnly: false });
    }
  });

  test("takes each bar once: one told twice changes nothing", () => {
    expect(tell({ repeats: 2 })).toEqual(tell());
    expect(tell({ repeats: 2, restarts: true })).toEqual(tell());
  });

  test("sizes by the account's own unit, however fine the instruments beside it make that", () => {
    expect(tell({ beside: finer, equity: 1_000_000_000_000_000n })).toEqual(tell());
  });

  test("plans a wider stop in a volatile market, and a nearer target without a full trend", () => {
    const regime = { ...EAGER.regime, volatileAtr: "0.001", volatileStop: "1" };
    const usual = tellAll({ settings: { regime } }).plans;
    const wide = tellAll({ settings: { regime: { ...regime, volatileStop: "2" } } }).plans;
    const targets = { rangingAdx: 0, trendingAdx: 100, transitionTarget: "0.75" };
    const near = tellAll({ settings: { regime: { ...regime, ...targets } } }).plans;
    expect(usual.length).toBeGreaterThan(10);
    expect(wide.map((each) => each.riskTicks)).toEqual(usual.map((each) => 2 * each.riskTicks));
    expect(new Set(near.map((each) => each.targetRPermille))).toEqual(new Set([1_500]));
    expect(new Set(usual.map((each) => each.targetRPermille))).toContain(2_000);
  });

  test("respects the warm-up: with one indicator longer than the tape it never speaks", () => {
    const settings = { indicators: { ...EAGER.indicators, bollinger: BARS + 1 } };
    expect(tell({ settings })).toEqual([]);
    expect(tell({ settings: { higher: [3, 200] } })).toEqual([]);
  });

  test("R17: enters on no bar that is told too late", () => {
    expect(tell({ lateUs: 300_000_000 })).toEqual(tell());
    expect(tell({ lateUs: 300_000_001 })).toEqual([]);
  });

  test("R01: trades smaller while degraded, and as before once that is over", () => {
    const [whole, half] = [lotsOf(tell()), lotsOf(tell({ degradation: "degraded" }))];
    expect(half.length).toBe(whole.length);
    half.forEach((lots, index) => {
      const full = whole[index] as number;
      expect(Math.abs((lots as number) - full / 2)).toBeLessThan(1);
    });
  });

  test.each(["critical", "emergency"] as const)("R02: enters nothing while %s", (degradation) => {
    expect(tell({ degradation })).toEqual([]);
  });

  test("enters nothing while its venue's link is down", () => {
    expect(tell({ linkUp: false })).toEqual([]);
  });

  test("enters on the side it is told to alone", () => {
    const sides = (direction: string) => [
      ...new Set(tell({ settings: { direction } }).map((each) => "side" in each && each.side)),
    ];
    expect([sides("long"), sides("short")]).toEqual([["bid"], ["ask"]]);
  });

  test("stands a post-only entry on its own side of the touch, or further out", () => {
    const coins = [{ instrument: "0", postOnlyOffset: "0.3" }];
    const settings = { coins, orders: { entry: "post-only" } };
    const prices = tell({ settings }).map((each) =>
      each.kind === "PlaceOrder" ? [each.side, each.price, each.timeInForce] : [],
    );
    expect(prices).toContainEqual(["bid", 99_996, "POST_ONLY"]);
    expect(prices).toContainEqual(["ask", 100_004, "POST_ONLY"]);
  });

  test("R20: reaches beyond the touch with a limit where a venue has no market orders", () => {
    const commands = tell({ settings: { orders: { entry: "ioc", slippage: "0.01" } } });
    const prices = commands.map((each) =>
      each.kind === "PlaceOrder" ? [each.side, each.price, each.timeInForce] : [],
    );
    expect(prices).toContainEqual(["bid", 101_001, "IOC"]);
    expect(prices).toContainEqual(["ask", 99_000, "IOC"]);
  });
});

describe("a config that contradicts itself is refused", () => {
  const config = macdConfig({}, [fakeInstrument]);
  const [coin] = config.coins;
  if (coin === undefined) throw new Error("expected a coin");
  const spot = instrumentOf({ ...barInstrument, contract: "spot" }, instrumentId(0), venueId(0));

  test.each([
    { name: "no instrument", coins: [], sentence: "has an instrument" },
    { name: "one not in the run", coins: [{ ...coin, instrument: 3 }], sentence: "is in the run" },
    { name: "one named twice", coins: [coin, coin], sentence: "by one entry" },
    { name: "periods that do not fit", coins: [{ ...coin, periodUs: 7 }], sentence: "multiple" },
    {
      name: "a trend of the same bars",
      coins: [{ ...coin, higherMultiples: [1] }],
      sentence: "twice",
    },
  ])("$name", ({ coins, sentence }) => {
    expect(() => createMacd({ ...config, coins }, [fakeInstrument])).toThrow(sentence);
  });

  test("selling short what is spot", () => {
    expect(() => createMacd(config, [spot])).toThrow("can only be traded long");
    expect(createMacd({ ...config, coins: [{ ...coin, direction: "long" }] }, [spot]).name).toBe(
      "macd",
    );
  });
});
