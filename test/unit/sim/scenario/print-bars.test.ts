// Bars built from prints in whole runs: the same as a naive twin's and as published minutes, told at their end and never
// before, and of no effect on whatever else a bot hears.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScenarioRun } from "../../../../sim/scenario/scenario-run.ts";
import { eachBar } from "../../../../src/data/bars/bars-collect.ts";
import { readCandles } from "../../../../src/data/candles/candles-csv.ts";
import { DecimalGrid } from "../../../../src/data/fields/decimal-grid.ts";
import type { BarClosed, Event } from "../../../../src/domain/event.ts";
import { durationUs, instrumentId } from "../../../../src/domain/units.ts";
import type { BookWake } from "../../../../src/ports/strategy.ts";
import type { TapeSource } from "../../../../src/ports/tape-source.ts";
import type { OrderTapeLine } from "../../../support/order-tapes.ts";
import { orderTapeInstrument, orderTapeOf } from "../../../support/order-tapes.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";
import { runRig, scenarioOf, testHasher } from "../../../support/run-rig.ts";
import { ScriptedStrategy } from "../../../support/scripted-strategy.ts";
import { TapeBuilder } from "../../../support/tape-builder.ts";

const MINUTE_US = 60_000_000;
const SECOND_US = 1_000_000;

type Asked = Readonly<{ bars?: readonly number[]; book?: BookWake; trades?: boolean }>;

function strategyFor({ bars = [], book, trades = false }: Asked): ScriptedStrategy {
  const want = { instrument: instrumentId(0), bars: bars.map(durationUs), trades };
  return new ScriptedStrategy({ wants: [book === undefined ? want : { ...want, book }] });
}

function heard(tape: TapeSource, asked: Asked, from?: number): readonly Event[] {
  const strategy = strategyFor(asked);
  const scenario = scenarioOf([{ tape }], strategy);
  const begun = from === undefined ? scenario : { ...scenario, from: from as never };
  new ScenarioRun(begun, { hasher: testHasher }).finish();
  return strategy.heard.filter((each) => each.kind !== "LinkChanged" || each.at > 0);
}

const isBar = (event: Event): event is BarClosed => event.kind === "BarClosed";
const row = ({ at, periodUs, open, high, low, close, volume }: BarClosed) =>
  [at, periodUs, open, high, low, close, volume] as const;
const bars = (events: readonly Event[]) => events.filter(isBar).map(row);

/** Prints as [received, ticks, lots]. */
type Prints = readonly (readonly [number, number, number])[];

function tapeOf(prints: Prints, endsAt: number): TapeSource {
  const builder = new TapeBuilder().depth(0, ["bid", 99, 5], ["ask", 101, 5]);
  for (const [at, price, size] of prints) builder.print(at, "bid", price, size);
  return builder.depth(endsAt, ["bid", 98, 5]).build(7);
}

/** Each period on its own, by looking at every print: what the fast one must come to. */
function naive(prints: Prints, periodUs: number, endsAt: number): (readonly number[])[] {
  const rows: (readonly number[])[] = [];
  for (let end = periodUs; end <= endsAt; end += periodUs) {
    const inside = prints.filter(([at]) => at >= end - periodUs && at < end);
    const before = prints.filter(([at]) => at < end).at(-1);
    if (before === undefined) continue;
    const flat = before[1];
    const prices = inside.length === 0 ? [flat] : inside.map(([, price]) => price);
    const volume = inside.reduce((sum, [, , size]) => sum + size, 0);
    rows.push([
      end,
      periodUs,
      prices[0] as number,
      Math.max(...prices),
      Math.min(...prices),
      prices.at(-1) as number,
      volume,
    ]);
  }
  return rows;
}

const drawnPrints = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 90, max: 110 }), fc.nat(9)), {
    minLength: 1,
    maxLength: 80,
  })
  .map((drawn) => {
    let at = 0;
    return drawn.map(([wait, price, size]) => {
      at += wait % 5 === 0 ? 0 : wait;
      return [at, price, size + 1] as const;
    });
  });

describe("bars of a recording of prints", () => {
  test("are what a naive count of the prints comes to, for every period at once", () => {
    let told = 0;
    fc.assert(
      fc.property(drawnPrints, fc.nat(500), (prints, rest) => {
        const endsAt = (prints.at(-1)?.[0] ?? 0) + rest;
        const periods = [300, 100, 70];
        const events = heard(tapeOf(prints, endsAt), { bars: periods });
        const all = periods.flatMap((periodUs) => naive(prints, periodUs, endsAt));
        const order = ([at, period]: readonly number[]) =>
          (at as number) * 10 + periods.indexOf(period as number);
        expect(bars(events)).toEqual(all.sort((a, b) => order(a) - order(b)));
        told += all.length;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(told).toBeGreaterThan(4_000);
  });

  test("are told at their end, after the prints before it and before those at it", () => {
    const tape = tapeOf(
      [
        [10, 100, 1],
        [99, 101, 2],
        [100, 102, 4],
        [199, 103, 8],
      ],
      250,
    );
    const events = heard(tape, { bars: [100], trades: true });
    expect(events.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "TradePrinted 10",
      "TradePrinted 99",
      "BarClosed 100",
      "TradePrinted 100",
      "TradePrinted 199",
      "BarClosed 200",
    ]);
    expect(bars(events)).toEqual([
      [100, 100, 100, 101, 100, 101, 3],
      [200, 100, 102, 103, 102, 103, 12],
    ]);
  });

  test("hold nothing of the future: cut off, every bar up to the cut is the same", () => {
    fc.assert(
      fc.property(drawnPrints, fc.nat(), (prints, pick) => {
        const last = prints.at(-1)?.[0] ?? 0;
        const cutAt = pick % (last + 1);
        const whole = bars(heard(tapeOf(prints, last + 100), { bars: [100, 30] }));
        const past = prints.filter(([at]) => at <= cutAt);
        const cut = bars(heard(tapeOf(past, cutAt), { bars: [100, 30] }));
        expect(cut).toEqual(whole.filter(([at]) => at <= cutAt));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  test("change nothing of what else is heard", () => {
    const wakes: readonly (BookWake | undefined)[] = [
      { on: "every-message" },
      { on: "touch" },
      { on: "interval", everyUs: durationUs(90) },
      undefined,
    ];
    for (const book of wakes) {
      for (const trades of [true, false]) {
        const builder = new TapeBuilder();
        for (let at = 0; at < 3_000; at += 37) {
          if (at % 5 === 0) builder.print(at, "ask", 100 + (at % 7), 1);
          builder.depth(at + 11, ["bid", 90 + (at % 4), 5], ["ask", 110 - (at % 3), at % 2]);
        }
        const tape = builder.build();
        const others = (asked: readonly number[]) => {
          const wants = book === undefined ? { trades } : { trades, book };
          return heard(tape, { ...wants, bars: asked }).filter((each) => !isBar(each));
        };
        expect(others([70, 210])).toEqual(others([]));
      }
    }
  });

  test("begin with the first period the recording shows whole", () => {
    const builder = new TapeBuilder().depth(130, ["bid", 99, 5]);
    const tape = builder
      .print(150, "bid", 100, 1)
      .print(250, "bid", 105, 1)
      .print(300, "bid", 1, 1);
    expect(bars(heard(tape.build(), { bars: [100, 200] }))).toEqual([
      [300, 100, 105, 105, 105, 105, 1],
    ]);
  });

  test("of a run that begins in the middle know what was recorded before", () => {
    const tape = tapeOf(
      [
        [10, 100, 1],
        [120, 90, 1],
        [180, 95, 1],
      ],
      400,
    );
    const events = heard(tape, { bars: [200], book: { on: "every-message" } }, 150);
    expect(bars(events)).toEqual([
      [200, 200, 100, 100, 90, 95, 3],
      [400, 200, 95, 95, 95, 95, 0],
    ]);
  });

  test("are flat where nobody traded, and not told where nobody knows", () => {
    const builder = new TapeBuilder().depth(0, ["bid", 99, 5]).print(50, "bid", 100, 3);
    builder.gap(250).snapshot(420, ["bid", 99, 5]).print(450, "bid", 104, 1);
    const events = heard(builder.depth(700, ["bid", 98, 1]).build(), { bars: [100] });
    // Quiet in [100, 200); broken from 250 to 420; a print in [400, 500) is told of; quiet after it.
    expect(bars(events)).toEqual([
      [100, 100, 100, 100, 100, 100, 3],
      [200, 100, 100, 100, 100, 100, 0],
      [500, 100, 104, 104, 104, 104, 1],
      [600, 100, 104, 104, 104, 104, 0],
      [700, 100, 104, 104, 104, 104, 0],
    ]);
    expect(events.filter(({ kind }) => kind === "LinkChanged")).toHaveLength(2);
  });

  test("come before the link's news of the same moment", () => {
    const builder = new TapeBuilder().depth(0, ["bid", 99, 5]).print(50, "bid", 100, 3);
    builder.gap(100).print(150, "bid", 101, 1).snapshot(200, ["bid", 99, 5]);
    const events = heard(builder.depth(250, ["bid", 98, 1]).build(), { bars: [100] });
    expect(events.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "BarClosed 100",
      "LinkChanged 100",
      "BarClosed 200",
      "LinkChanged 200",
    ]);
  });

  test("keep no bot waiting for the end of a gap", () => {
    const builder = new TapeBuilder().depth(0, ["bid", 99, 5]).gap(90);
    builder.print(130, "bid", 101, 1).snapshot(140, ["bid", 99, 5]).depth(170, ["bid", 98, 1]);
    const events = heard(builder.build(), { bars: [100] });
    expect(events.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "LinkChanged 100",
      "LinkChanged 140",
    ]);
  });

  test("end with their recording, though another of the run goes on", () => {
    const strategy = strategyFor({ bars: [100] });
    const short = tapeOf([[10, 100, 1]], 250);
    runRig([{ tape: short }, { tape: tapeOf([[10, 100, 1]], 900), venue: "other" }], strategy);
    expect(bars(strategy.heard).map(([at]) => at)).toEqual([100, 200]);
  });

  test("of single orders count executions, hidden ones too", () => {
    const lines: readonly OrderTapeLine[] = [
      { at: 0, what: "add", side: "ask", ref: 1, price: 100, lots: 9 },
      { at: 40, what: "execute", side: "ask", ref: 1, price: 100, lots: 2 },
      { at: 60, what: "hidden", side: "bid", price: 98, lots: 5 },
      { at: 130, what: "reduce", side: "ask", ref: 1, price: 100, lots: 1 },
      { at: 240, what: "execute", side: "ask", ref: 1, price: 100, lots: 6 },
      { at: 300, what: "add", side: "ask", ref: 2, price: 100, lots: 9 },
    ];
    const strategy = strategyFor({ bars: [100], trades: true, book: { on: "every-message" } });
    const scenario = scenarioOf([{ tape: tapeOf([], 0) }], strategy);
    const recording = { kind: "orders" as const, source: orderTapeOf(lines) };
    const instruments = [{ spec: orderTapeInstrument, venue: "test", recording }];
    new ScenarioRun({ ...scenario, instruments }, { hasher: testHasher }).finish();
    expect(bars(strategy.heard)).toEqual([
      [100, 100, 100, 100, 98, 98, 7],
      [200, 100, 98, 98, 98, 98, 0],
      [300, 100, 100, 100, 100, 100, 6],
    ]);
    const books = strategy.heard.filter(({ kind }) => kind === "BookChanged");
    expect(books.map(({ at }) => at)).toEqual([0, 40, 60, 130, 240, 300]);
  });
});

test.skipIf(recordings === undefined)(
  `bars of recorded prints are the published minutes${needsRecordings}`,
  async () => {
    const set = join(recordings ?? "", "freqtrade-trades-and-candles");
    const instrument = { ...orderTapeInstrument, tickSize: "0.00000001", lotSize: "1" };
    const { bars: published } = await readCandles(join(set, "XRP_ETH-1m.csv.gz"), { instrument });
    const text = gunzipSync(readFileSync(join(set, "XRP_ETH-trades.json.gz"))).toString();
    const trades = JSON.parse(text) as [number, string, null, string, number, number, number][];
    const ticks = new DecimalGrid(instrument.tickSize);
    const builder = new TapeBuilder();
    // The recording is known from the start of its first minute to the end of its last.
    const first = Math.floor((trades[0]?.[0] ?? 0) / 60_000) * MINUTE_US;
    builder.depth(first, ["bid", 1, 1]);
    for (const [at, , , , price, amount] of trades) {
      const bytes = Buffer.from(price.toFixed(8));
      builder.print(at * 1_000, undefined, ticks.steps(bytes, 0, bytes.length), amount);
    }
    const last = Math.ceil((trades.at(-1)?.[0] ?? 0) / 60_000) * MINUTE_US;
    const tape = builder.depth(last + SECOND_US, ["bid", 1, 1]).build();
    const told = bars(heard(tape, { bars: [MINUTE_US] }));
    const traded = told.filter(([, , , , , , volume]) => volume > 0);
    const expected = [...eachBar(published)].map(
      ({ openAt, open, high, low, close, volume }) =>
        [openAt + MINUTE_US, MINUTE_US, open, high, low, close, volume] as const,
    );
    expect(expected).toHaveLength(2_469);
    expect(traded).toEqual(expected);
    expect(told).toHaveLength((last - first) / MINUTE_US);
  },
);
