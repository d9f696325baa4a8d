// The MACD bot over nine months of recorded five-minute candles of five coins, on one account: the same digest twice,
// belief equal to the venue's truth at the end, and no sight of the future in a real market either.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunParts } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { planBacktest } from "../../src/cli/run/backtest-plan.ts";
import { openBars } from "../../src/data/bars/bars-file.ts";
import { importCandles } from "../../src/data/candles/candles-import.ts";
import type { BarBatch } from "../../src/domain/bar-tape.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { MacdMarket } from "../support/macd-rig.ts";
import { placed, restarted, runMacd, tallyOf } from "../support/macd-rig.ts";
import { QuietReport } from "../support/quiet-report.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { testHasher } from "../support/run-rig.ts";

/** Tick and lot are those of the recording's own entry. */
const COINS = [
  ["BTC", "0.01", "0.00001"],
  ["ETH", "0.01", "0.0001"],
  ["SOL", "0.01", "0.001"],
  ["XRP", "0.0001", "1"],
  ["DOGE", "0.00001", "1"],
] as const;

/** Signals on five-minute bars, the trend on hours: the recording's own period, so that there are many trades. */
const FAST = { period: "5m" };

let folder: string;
let markets: readonly MacdMarket[];

async function imported([coin, tickSize, lotSize]: (typeof COINS)[number]): Promise<MacdMarket> {
  const out = join(folder, `${coin}.arrow`);
  const file = join(recordings ?? "", `binance-spot-candles-2024/${coin}_USDT-5m.csv.gz`);
  // As a linear contract, so that the bot may sell first.
  const instrument = {
    venueName: "binance-spot",
    symbol: `${coin}USDT`,
    contract: "linear" as const,
    base: coin,
    quote: "USDT",
    tickSize,
    lotSize,
    contractSize: "1",
  };
  await importCandles({ file, out, instrument, volumeOffLot: "round-down" });
  const source = openBars(out);
  return { spec: source.header.instrument, source };
}

/** The first `count` bars of a recording, and nothing of the rest. */
function firstBars(source: BarSource, count: number): BarSource {
  const batches: BarBatch[] = [];
  let left = count;
  for (let index = 0; index < source.batchCount && left > 0; index += 1) {
    const batch = source.batch(index);
    const rows = Math.min(left, batch.rows);
    batches.push({ ...batch, rows });
    left -= rows;
  }
  const lastOpenAt = source.header.firstOpenAt + (count - 1) * source.header.periodUs;
  return {
    header: { ...source.header, bars: count, lastOpenAt },
    batchCount: batches.length,
    batch: (index) => batches[index] as BarBatch,
  };
}

describe.skipIf(recordings === undefined)(
  `the MACD bot on recorded candles${needsRecordings}`,
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "rehearse-macd-"));
      markets = await Promise.all(COINS.map(imported));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each([
      { name: "the users' own periods, hours with checks each five minutes", settings: {} },
      { name: "five minutes confirmed by hours", settings: FAST },
    ])("gives one digest, twice, on $name", ({ settings }) => {
      const run = runMacd(markets, { settings, spreadTicks: 2 });
      expect(run.result).toMatchObject({ complete: true });
      expect(run.result.rows).toBeGreaterThan(359_000);
      expect(run.refusals).toBe(0);
      for (const [coin] of COINS.entries()) {
        expect(tallyOf(run.saved, coin).get("entries") ?? 0).toBeGreaterThan(0);
      }
      const orders = placed(run);
      expect(orders.filter((each) => !each.reduceOnly).length).toBeGreaterThan(20);
      expect(runMacd(markets, { settings, spreadTicks: 2 }).result).toEqual(run.result);
    });

    test("believes at the end what the venue says is so", () => {
      const instruments = markets.map(({ spec }, id) =>
        instrumentOf(spec, instrumentId(id), venueId(0)),
      );
      const ends = markets.map(({ source: { header } }) => header.lastOpenAt + header.periodUs);
      const bots: QuietReport[] = [];
      const around = (make: () => Strategy): Strategy => {
        const bot = new QuietReport(make(), instruments, Math.max(...ends) - 500_000);
        bots.push(bot);
        return bot;
      };
      runMacd(markets, { settings: FAST, around });
      expect(bots.map(({ reports, differences }) => [reports, differences])).toEqual([[1, []]]);
    });

    test("runs the example of the docs, on a tape made as they say", async () => {
      const file = join(folder, "macd-candles.json");
      copyFileSync(resolve(import.meta.dirname, "../../examples/macd-candles.json"), file);
      copyFileSync(join(folder, "BTC.arrow"), join(folder, "btc-5m.arrow"));
      const plan = await planBacktest(readFileSync(file, "utf8"), file);
      let fills = 0;
      const nothing = () => undefined;
      const event = ({ kind }: Event) => {
        if (kind === "OrderFilled") fills += 1;
      };
      const observer = { event, command: nothing, refusal: nothing, note: nothing };
      const run = (parts: Pick<RunParts, "observer">) =>
        new ScenarioRun(plan.scenario(plan.fillModel), { hasher: testHasher, ...parts }).finish();
      const result = run({ observer });
      expect(result).toMatchObject({ complete: true, rows: 71_769 });
      expect(fills).toBeGreaterThan(10);
      expect(run({})).toEqual(result);
      plan.close();
    });

    test("runs the five coins of the docs to the orders and fills that the page shows", async () => {
      const file = join(folder, "macd-five-coins.json");
      copyFileSync(resolve(import.meta.dirname, "../../examples/macd-five-coins.json"), file);
      for (const [coin] of COINS) {
        copyFileSync(join(folder, `${coin}.arrow`), join(folder, `${coin.toLowerCase()}-5m.arrow`));
      }
      const plan = await planBacktest(readFileSync(file, "utf8"), file);
      const counts = { orders: 0, fills: 0 };
      const nothing = () => undefined;
      const observer = {
        event: ({ kind }: Event) => {
          if (kind === "OrderFilled") counts.fills += 1;
        },
        command: ({ kind }: Command) => {
          if (kind === "PlaceOrder") counts.orders += 1;
        },
        refusal: nothing,
        note: nothing,
      };
      const scenario = plan.scenario(plan.fillModel);
      const result = new ScenarioRun(scenario, { hasher: testHasher, observer }).finish();
      expect(result).toMatchObject({ complete: true, rows: 359_623 });
      const page = readFileSync(resolve(import.meta.dirname, "../../docs/bots/macd.md"), "utf8");
      expect(page).toContain(`${counts.orders} placed, ${counts.orders} accepted`);
      expect(page).toMatch(new RegExp(`^Fills +${counts.fills} `, "m"));
      plan.close();
    });

    test("gives the same commands when the tape ends where they were given", () => {
      const whole = runMacd(markets, { settings: FAST });
      for (const bars of [9_999, 30_000, 54_321]) {
        const cut = markets.map(({ spec, source }) => ({ spec, source: firstBars(source, bars) }));
        const { header } = (cut[0] as MacdMarket).source;
        const cutAt = header.lastOpenAt + header.periodUs;
        const before = whole.commands.filter(({ at }) => at <= cutAt);
        expect(before.length).toBeGreaterThan(20);
        expect(runMacd(cut, { settings: FAST }).commands).toEqual(before);
      }
    });

    test("gives the same digest when it is restarted after each event", () => {
      const months = markets.map(({ spec, source }) => ({
        spec,
        source: firstBars(source, 3_000),
      }));
      const whole = runMacd(months, { settings: FAST });
      const around = (make: Parameters<typeof restarted>[0]) => restarted(make, () => undefined);
      const cut = runMacd(months, { settings: FAST, around });
      expect(cut.result).toEqual(whole.result);
      expect(placed(cut).length).toBeGreaterThan(20);
    });
  },
);
