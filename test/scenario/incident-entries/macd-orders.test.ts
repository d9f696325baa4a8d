// The MACD bot's orders: what is taken for done, for held, for filled, and what a backtest may not give away.

import { describe, expect, test } from "vitest";
import { hyperliquid } from "../../../sim/exchange/profiles/hyperliquid.ts";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";
import { priceTicks } from "../../../src/domain/units.ts";
import type { RiskConfig } from "../../../src/risk/risk-config.ts";
import { barInstrument } from "../../support/bars.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";
import { sealedEntries } from "../../support/crash-bench.ts";
import { MacdDesk } from "../../support/macd-desk.ts";
import { EAGER } from "../../support/macd-rig.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";
import { VenueRig } from "../../support/venue-rig.ts";

function kept(risk: RiskConfig = {}): BotBench {
  const reconciliation = { ...MACHINERY_DEFAULTS.reconciliation, drift: "adopt" as const };
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined };
  const bench = new BotBench(risk, benchInstruments(), {
    durability: "write-ahead",
    machinery: { ...machinery, reconciliation },
  });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

const report = (bench: BotBench, lots: number) => {
  bench.now += 5_000_000;
  const positions = lots === 0 ? [] : [{ instrument: 0, lots }];
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: [] });
};

/** The venue reports so many lots and no order, and knows none to cancel, until that is believed. */
const reportGone = (bench: BotBench, lots: number) => {
  for (let time = 0; time < 6; time += 1) {
    report(bench, lots);
    if (!bench.open[0]?.startsWith("1 cancelling")) continue;
    bench.venue("OrderRefused", 1, { request: "cancel", reason: "unknown-order", text: "" });
  }
};

const book = () => new TapeBuilder().snapshot(0, ["bid", 1000, 5000], ["ask", 1001, 5000]);

const placed = (bench: BotBench) =>
  bench.sent.flatMap((each) => (each.kind === "PlaceOrder" ? [each.orderId] : []));

describe("what an answer is worth", () => {
  test("R18 rejected-order-read-as-success: refused by the venue it leaves its words, and no position or order", () => {
    const rig = new VenueRig(book(), hyperliquid);
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 1 });
    expect(rig.lines).toEqual(["refused 1 place min-notional"]);
    expect(rig.texts[0]).not.toBe("");
    const bench = kept();
    bench.place(1);
    bench.venue("OrderRefused", 1, { request: "place", reason: "min-notional", text: "no" });
    expect([bench.lots, bench.open]).toEqual([0, []]);
  });

  test("R24 timeout-retry-doubles-entry: executed with its reply lost, it is adopted; no second entry was sent", () => {
    const bench = kept();
    bench.place(1);
    bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
    expect(bench.open).toEqual(["1 unknown 0/10"]);
    reportGone(bench, 10);
    expect([bench.lots, placed(bench)]).toEqual([10, [1]]);
    bench.place(1);
    expect(placed(bench)).toEqual([1]);
  });

  test("R25 absent-from-open-orders-means-filled: 0.4 of 1.0 filled, then cancelled by the venue: 0.4, by its fills", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    bench.fill(1, 4, 4);
    reportGone(bench, 4);
    expect([bench.lots, bench.open]).toEqual([4, []]);
  });

  test("R27 small-quantity-change-ignored: 0.96 instead of 1.00 is taken over to the lot", () => {
    const bench = kept();
    bench.place(1, { size: 1000 });
    bench.fill(1, 1000, 1000);
    bench.close(1, 1000, "filled");
    for (let time = 0; time < 2; time += 1) report(bench, 960);
    expect(bench.lots).toBe(960);
  });
});

describe("what is sent", () => {
  test.each([3, 7, 11])(
    "R19 close-sent-on-the-wrong-side: every exit of a wild life reduces (seed %i)",
    (seed) => {
      const desk = new MacdDesk(seed, EAGER, false);
      for (let minute = 0; minute < 1_500; minute += 1) desk.minute(minute % 3 === 0);
      expect(desk.exits).toBeGreaterThan(0);
      expect(desk.faults).toEqual([]);
    },
  );

  test("R19 close-sent-on-the-wrong-side: reduce-only on the side that adds is refused by the venue", () => {
    const rig = new VenueRig(book(), hyperliquid);
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 200 });
    rig.place(20, { id: 2, side: "bid", tick: 1001, lots: 200, reduceOnly: true });
    expect(rig.texts.at(-1)).toContain("Reduce only order would increase position");
  });

  test("R20 market-order-type-unknown: refused where there are none; an IOC through the touch is taken", () => {
    const rig = new VenueRig(book(), { marketOrders: false });
    rig.place(10, { id: 1, side: "bid", lots: 10, timeInForce: "IOC" });
    rig.place(20, { id: 2, side: "bid", tick: 1011, lots: 10, timeInForce: "IOC" });
    expect(rig.lines).toEqual([
      "refused 1 place unsupported",
      "accepted 2",
      "filled 2 10@1001 taker fee 0",
      "closed 2 filled 10",
    ]);
  });

  test("R23 fixed-three-decimal-size: 1.234 where a lot is 0.01 is refused, and no config can say it", () => {
    const rig = new VenueRig(book(), hyperliquid, { spec: { lotSize: "0.01" } });
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 123.4 });
    expect(rig.lines).toEqual(["refused 1 place off-lot"]);
    const units = new UnitReader();
    units.lots("size", "1.234", { ...barInstrument, lotSize: "0.01" });
    expect(units.problems).toHaveLength(1);
  });

  test("R17 trading-on-expired-cache: on a price 301 s old nothing is entered, and a way out still passes", () => {
    const bench = kept({ staleData: { ttlUs: 300_000_000 } });
    for (const each of bench.books) each.updatedAt = bench.now as never;
    bench.tell({ kind: "BookChanged", instrument: 0, bid: 999, ask: 1001 });
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.now += 301_000_000;
    bench.place(2);
    bench.place(3, { side: "ask", reduceOnly: true });
    expect([bench.refusals, placed(bench)]).toEqual([["stale-data"], [1, 3]]);
  });

  test.each([
    ["a size of 0", { lots: 0 }, "min-size"],
    ["a price of −100", { tick: -100 }, "off-tick"],
    ["a price off the grid", { tick: 1000.5 }, "off-tick"],
  ])("R14 response-sanity-vectors: %s is taken by no venue here", (_, wrong, reason) => {
    const rig = new VenueRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 1000, lots: 10, ...wrong });
    expect(rig.lines).toEqual([`refused 1 place ${reason}`]);
  });

  test("R14 response-sanity-vectors: a price that is no whole number of ticks is no price", () => {
    expect(() => priceTicks(50_000.5)).toThrow();
    expect(priceTicks(50_000)).toBe(50_000);
  });
});

describe("what a backtest may not give away", () => {
  test("R28 backtest-slippage-favours-shorts: a short pays the spread both times, as a long does", () => {
    const tape = () => book().snapshot(50, ["bid", 900, 5000], ["ask", 901, 5000]);
    const rig = new VenueRig(tape());
    rig.place(10, { id: 1, side: "ask", lots: 10, timeInForce: "IOC" });
    rig.place(60, { id: 2, side: "bid", lots: 10, timeInForce: "IOC" });
    const prices = rig.events.flatMap((event) =>
      event.kind === "OrderFilled" ? [event.price] : [],
    );
    expect(prices).toEqual([1000, 901]);
  });
});

describe("a record", () => {
  test("R30 audit-chain-tamper: one byte changed, or an entry cut out, and nothing after it is believed", () => {
    const bench = kept();
    for (let id = 1; id <= 10; id += 1) {
      bench.place(id);
      bench.fill(id, 10, 10);
    }
    bench.journal.flush();
    const whole = bench.storage.snapshot();
    const entries = sealedEntries(whole);
    const read = (bytes: Uint8Array) => {
      try {
        return sealedEntries(bytes);
      } catch {
        return [];
      }
    };
    for (let at = 200; at < whole.length - 40; at += 97) {
      const changed = whole.slice();
      changed[at] = (changed[at] as number) ^ 1;
      const cut = new Uint8Array([...whole.slice(0, at), ...whole.slice(at + 30)]);
      for (const bytes of [changed, cut]) {
        const kept = read(bytes);
        expect(kept.length).toBeLessThan(entries.length);
        expect(kept).toEqual(entries.slice(0, kept.length));
      }
    }
  });
});
