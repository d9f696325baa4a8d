// Several coins in one bot do what each does alone, and one that breaks takes none of the others with it. Oracle: identity
// with runs of a single coin over the same world. By hand and on two recordings of one exchange at the same hours.

import { afterAll, describe, expect, test } from "vitest";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { strategyGroup } from "../../src/bot/strategy-group.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import type { GridConfig } from "../../strategies/grid/grid-config.ts";
import { gridConfig } from "../support/grid-config.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { constantLatency, testHasher } from "../support/run-rig.ts";
import { TapeBuilder, TEST_INSTRUMENT } from "../support/tape-builder.ts";

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

type Coin = Readonly<{ market: Scenario["instruments"][number]; config: GridConfig }>;
type Make = (instruments: readonly Instrument[], configs: readonly GridConfig[]) => Strategy;

/** What became of each coin's orders, order ids by their rank within the coin, and what people were told. */
function runOf(coins: readonly Coin[], make: Make, until?: TimeUs) {
  const stories: string[][] = coins.map(() => []);
  const ranks = new Map<number, number>();
  const notes: string[] = [];
  const placed = coins.map(() => 0);
  /** Lots of each coin's orders not yet over. */
  const open = coins.map(() => new Map<number, number>());
  const command = (given: Command): void => {
    if (given.kind !== "PlaceOrder") return;
    ranks.set(given.orderId, (placed[given.instrument] as number)++);
    open[given.instrument]?.set(given.orderId, given.size);
  };
  const event = (told: Event): void => {
    if (!("orderId" in told)) return;
    const { at: _at, orderId, instrument, ...rest } = told as Extract<Event, { orderId: unknown }>;
    const of = open[instrument] as Map<number, number>;
    if (told.kind === "OrderClosed") of.delete(orderId);
    if (told.kind === "OrderRefused" && told.request === "place") of.delete(orderId);
    if (told.kind === "OrderFilled" && told.cumulative === of.get(orderId)) of.delete(orderId);
    // A trade's number is the venue's own count, which others move.
    const line = { ...rest, tradeId: 0, order: ranks.get(orderId) };
    (stories[instrument] as string[]).push(JSON.stringify(line));
  };
  const scenario: Scenario = {
    seed: "coins",
    venues: [...new Set(coins.map(({ market }) => market.venue))].map((name) => ({
      name,
      profile: generic,
      latency: constantLatency(15_000, 10_000),
      startingCash: "10000000",
    })),
    instruments: coins.map(({ market }) => market),
    fillModel: { kind: "power", family: 3, n: 3 },
    strategy: (instruments) =>
      make(
        instruments,
        coins.map(({ config }) => config),
      ),
    risk: {},
    facts: {},
    ...(until === undefined ? {} : { until }),
  };
  const note = (text: string): void => void notes.push(text);
  const observer = { event, command, refusal: () => undefined, note };
  const { digest } = new ScenarioRun(scenario, { hasher: testHasher, observer }).finish();
  return { stories, notes, open: open.map(({ size }) => size), digest };
}

const only =
  (coin: number): Make =>
  (instruments, configs) =>
    createGrid(configs[coin] as GridConfig, instruments);

/** All coins; the first breaks a promise at its look number `breaksAt`. */
const together =
  (breaksAt = Number.POSITIVE_INFINITY): Make =>
  (instruments, configs) => {
    const ids = new OrderIds();
    const members = configs.map((config, index) => {
      const grid = createGrid(config, instruments, ids);
      return { name: `coin ${index}`, strategy: index === 0 ? breaking(grid, breaksAt) : grid };
    });
    return strategyGroup("grid", members, instruments, ids);
  };

function breaking(inner: Strategy, at: number): Strategy {
  let looks = 0;
  return {
    name: inner.name,
    wants: inner.wants,
    decide(event, view) {
      looks += 1;
      if (looks > at) throw new Error("the grid lost count");
      return inner.decide(event, view);
    },
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
}

function holdsFor(coins: readonly Coin[], until?: TimeUs): void {
  const whole = runOf(coins, together(), until);
  coins.forEach((_coin, index) => {
    const alone = runOf(coins, only(index), until);
    expect(alone.stories[index]?.length).toBeGreaterThan(40);
    expect(alone.stories[index]?.some((line) => line.includes("OrderFilled"))).toBe(true);
    expect(whole.stories[index]).toEqual(alone.stories[index]);
  });
  expect(whole.notes).toEqual([]);
  const broken = runOf(coins, together(60), until);
  expect(broken.stories[1]).toEqual(whole.stories[1]);
  const [before = [], after = []] = [whole.stories[0], broken.stories[0]];
  expect(after.length).toBeLessThan(before.length);
  expect(broken.notes).toEqual(["alert: coin 0 is halted: the grid lost count; coin 1 goes on"]);
  expect(runOf(coins, together(60), until).digest).toBe(broken.digest);
  // Its orders are off the book, the other's are still worked.
  expect(broken.open[0]).toBe(0);
  expect(broken.open[1]).toBe(whole.open[1]);
}

/** A touch that wanders by `stride` ticks a step, and prints that run through it. */
function wandering(stride: number): Coin["market"]["recording"] {
  const tape = new TapeBuilder();
  for (let step = 0; step < 400; step += 1) {
    const mid = 10_000 + stride * (step % 40 < 20 ? step % 40 : 40 - (step % 40));
    const at = 1_000_000 + step * 200_000;
    tape.snapshot(at, ["bid", mid - 1, 50], ["ask", mid + 1, 50]);
    tape.print(at + 50_000, step % 2 === 0 ? "bid" : "ask", step % 2 === 0 ? mid + 8 : mid - 8, 5);
  }
  return { kind: "levels", source: tape.build() };
}

describe("coins side by side", () => {
  test.each([
    ["one venue", ["alpha", "alpha"]],
    ["two venues", ["alpha", "beta"]],
  ])("on %s: each does what it does alone, and breaks alone", (_where, venues) => {
    holdsFor(
      [3, 7].map((stride, instrument) => ({
        market: {
          spec: { ...TEST_INSTRUMENT, symbol: `C${instrument}-PERP` },
          venue: venues[instrument] as string,
          recording: wandering(stride),
        },
        config: gridConfig({ instrument, halfSpreadTicks: 4, spacingTicks: 4 }),
      })),
    );
  });

  test.skipIf(recordings === undefined)(
    `on recordings of BTC and ETH: each does what it does alone, and breaks alone${needsRecordings}`,
    async () => {
      const recorded = [await tapes.open("binance-btc"), await tapes.open("binance-eth")];
      const coins = recorded.map(({ spec, recording }, instrument) => ({
        market: { spec, venue: "binance", recording },
        // A rung is 5 USD of BTC, 0.30 USD of ETH.
        config: gridConfig({
          instrument,
          halfSpreadTicks: instrument === 0 ? 50 : 30,
          spacingTicks: instrument === 0 ? 50 : 30,
          driftTicks: instrument === 0 ? 50 : 30,
          requoteUs: 500_000,
        }),
      }));
      const starts = recorded.map(({ recording }) =>
        recording.kind === "bars" ? 0 : recording.source.header.firstReceivedAt,
      );
      holdsFor(coins, (Math.max(...starts) + 300_000_000) as TimeUs);
    },
  );
});
