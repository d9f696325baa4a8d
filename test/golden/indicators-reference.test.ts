// Every indicator against published reference tables on 502 daily bars, to 1e-9 of the value. The tables are recordings of
// another library's outputs (see the recordings' README), computed there over whole arrays, not as a stream.
// Seeding agrees on every bar, so nothing is left out: a null in the table is a bar of our warm-up, and the other way round.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Adx } from "../../src/indicators/adx.ts";
import { Atr } from "../../src/indicators/atr.ts";
import { BollingerBands } from "../../src/indicators/bollinger-bands.ts";
import { DirectionalMovement } from "../../src/indicators/directional-movement.ts";
import { Donchian } from "../../src/indicators/donchian.ts";
import { Ema } from "../../src/indicators/ema.ts";
import { Macd } from "../../src/indicators/macd.ts";
import { RollingMoments } from "../../src/indicators/rolling-moments.ts";
import { Rsi } from "../../src/indicators/rsi.ts";
import { Sma } from "../../src/indicators/sma.ts";
import { TrueRange } from "../../src/indicators/true-range.ts";
import { WilderAverage } from "../../src/indicators/wilder-average.ts";
import type { VolumeBar } from "../support/indicator-cases.ts";
import { indicatorCases } from "../support/indicator-cases.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";

const BARS = 502;
const RELATIVE_MAX = 1e-9;

type Row = Readonly<Record<string, number | string | null>>;

const folder = join(recordings ?? "", "indicator-reference-skender");

function table(name: string): readonly Row[] {
  const file = join(folder, "results", `${name}.standard.json`);
  return JSON.parse(readFileSync(file, "utf8")) as readonly Row[];
}

function quotes(name: string): readonly VolumeBar[] {
  const lines = readFileSync(join(folder, "quotes", `${name}.csv`), "utf8")
    .trim()
    .split(/\r?\n/);
  return lines.slice(1).map((line) => {
    const [, , high, low, close, volume] = line.split(",").map(Number);
    return { high, low, close, volume } as VolumeBar;
  });
}

/** Holds one column of a table against a stream; `undefined` of ours must be null of theirs. */
function agree(rows: readonly Row[], column: string, ours: readonly (number | undefined)[]): void {
  expect(rows.length).toBe(BARS);
  expect(ours.length).toBe(BARS);
  let compared = 0;
  rows.forEach((row, bar) => {
    const theirs = row[column];
    const mine = ours[bar];
    if (theirs === null || mine === undefined) {
      expect({ bar, column, mine }).toEqual({ bar, column, mine: theirs ?? undefined });
      return;
    }
    const apart = Math.abs(mine - (theirs as number));
    const relative = apart === 0 ? 0 : apart / Math.abs(theirs as number);
    if (!(relative <= RELATIVE_MAX))
      expect({ bar, column, mine }).toEqual({ bar, column, mine: theirs });
    compared += 1;
  });
  expect(compared).toBeGreaterThan(BARS / 2);
}

describe.skipIf(recordings === undefined)(`reference tables${needsRecordings}`, () => {
  const bars = recordings === undefined ? [] : quotes("default");
  const closes = bars.map((bar) => bar.close);

  /** The stream's values of one column, plain numbers as the readings are reused. */
  function stream<Input, Output>(
    inputs: readonly Input[],
    update: (input: Input) => Output | undefined,
    column: (output: Output) => number,
  ): readonly (number | undefined)[] {
    return inputs.map((input) => {
      const output = update(input);
      return output === undefined ? undefined : column(output);
    });
  }

  const itself = (value: number): number => value;

  test.each([
    ["sma", () => new Sma(20)],
    ["ema", () => new Ema(20)],
    ["smma", () => new WilderAverage(20)],
    ["rsi", () => new Rsi(14)],
  ] as const)("%s agrees on every bar", (name, make) => {
    const indicator = make();
    agree(
      table(name),
      name,
      stream(closes, (close) => indicator.update(close), itself),
    );
  });

  test.each([
    ["tr", () => new TrueRange()],
    ["atr", () => new Atr(14)],
  ] as const)("%s agrees on every bar", (name, make) => {
    const indicator = make();
    agree(
      table(name),
      name,
      stream(bars, (bar) => indicator.update(bar), itself),
    );
  });

  test.each([
    ["macd", "line"],
    ["signal", "signal"],
    ["histogram", "histogram"],
  ] as const)("macd's column %s agrees from the bar all three are there", (column, field) => {
    const macd = new Macd({ fast: 12, slow: 26, signal: 9 });
    const ours = stream(
      closes,
      (close) => macd.update(close),
      (reading) => reading[field],
    );
    // The table gives the line alone for 8 bars before the signal; ours waits for the signal.
    const rows = table("macd").map((row) => (row.signal === null ? { [column]: null } : row));
    agree(rows, column, ours);
  });

  test("macd's two averages and its line agree from their own first bars", () => {
    const rows = table("macd");
    const fast = new Ema(12);
    const slow = new Ema(26);
    const fasts = closes.map((close) => fast.update(close));
    const slows = closes.map((close) => slow.update(close));
    agree(rows, "fastEma", fasts);
    agree(rows, "slowEma", slows);
    const lines = slows.map((value, bar) =>
      value === undefined ? undefined : (fasts[bar] as number) - value,
    );
    agree(rows, "macd", lines);
  });

  test.each([
    ["pdi", "plusDi"],
    ["mdi", "minusDi"],
    ["dx", "dx"],
  ] as const)("directional movement's %s agrees on every bar", (column, field) => {
    const movement = new DirectionalMovement(14);
    agree(
      table("adx"),
      column,
      stream(
        bars,
        (bar) => movement.update(bar),
        (reading) => reading[field],
      ),
    );
  });

  test("adx agrees on every bar, and carries both directions", () => {
    const rows = table("adx");
    const adx = new Adx(14);
    agree(
      rows,
      "adx",
      stream(
        bars,
        (bar) => adx.update(bar),
        (reading) => reading.adx,
      ),
    );
    expect(adx.value?.plusDi).toBeCloseTo(rows.at(-1)?.pdi as number, 10);
    expect(adx.value?.minusDi).toBeCloseTo(rows.at(-1)?.mdi as number, 10);
  });

  test.each([
    ["sma", "mean"],
    ["upperBand", "upper"],
    ["lowerBand", "lower"],
    ["width", "width"],
    ["percentB", "percentB"],
  ] as const)("bollinger bands' %s agrees on every bar", (column, field) => {
    const bands = new BollingerBands({ period: 20, deviations: 2 });
    agree(
      table("bb"),
      column,
      stream(
        closes,
        (close) => bands.update(close),
        (reading) => reading[field],
      ),
    );
  });

  test("the standard deviation agrees on every bar", () => {
    const moments = new RollingMoments(14);
    const ours = closes.map((close) => {
      moments.push(close);
      return moments.full ? Math.sqrt(moments.variance) : undefined;
    });
    agree(table("stdev"), "stdDev", ours);
  });

  test.each([
    ["upperBand", "upper"],
    ["lowerBand", "lower"],
    ["centerline", "middle"],
  ] as const)(
    "donchian's %s agrees with the table, which leaves the present bar out",
    (column, field) => {
      const channel = new Donchian(20);
      const ours = bars.map((bar) => {
        const before = channel.value?.[field];
        channel.update(bar);
        return before;
      });
      agree(table("donchian"), column, ours);
    },
  );

  test("averages of volume agree: the percentage volume oscillator is made of them", () => {
    const fast = new Ema(12);
    const slow = new Ema(26);
    const signal = new Ema(9);
    const pvo: (number | undefined)[] = [];
    const signals: (number | undefined)[] = [];
    for (const { volume } of bars) {
      const fastValue = fast.update(volume);
      const slowValue = slow.update(volume);
      const both = fastValue !== undefined && slowValue !== undefined;
      const value = both ? 100 * ((fastValue - slowValue) / slowValue) : undefined;
      pvo.push(value);
      signals.push(value === undefined ? undefined : signal.update(value));
    }
    agree(table("pvo"), "pvo", pvo);
    agree(table("pvo"), "signal", signals);
  });

  test.each(["zeros", "_issue0859.adx.nan", "toobig", "max", "penny", "bitcoin", "intraday"])(
    "quotes %s, awkward ones, give finite values and as many as the warm-up leaves",
    (name) => {
      const awkward = quotes(name);
      for (const { name: indicator, make } of indicatorCases) {
        const stream_ = make();
        let values = 0;
        for (const bar of awkward) {
          const value = stream_.update(bar);
          if (value === undefined) continue;
          values += 1;
          if (!value.every(Number.isFinite)) expect.unreachable(`${indicator} said ${value}`);
        }
        expect([indicator, values]).toEqual([indicator, awkward.length - stream_.warmupBars + 1]);
      }
    },
  );
});
