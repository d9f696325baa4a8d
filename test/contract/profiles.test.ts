// Each venue profile held to the venue's published facts, typed from its documents and not from the code:
// what it charges, what it takes, what it refuses and in which words. Prices in ticks of 0.1, sizes in lots of 0.001
// (tick × lot is 1e-4 USD) unless a test says otherwise.
// Sources: Hyperliquid docs (tick-and-lot-size, error-responses, order-book, self-trade-prevention, fees);
// Binance USD-M docs (filters, error codes, fees, funding).

import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { OrderRules } from "../../sim/exchange/order-rules.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { binanceUsdm } from "../../sim/exchange/profiles/binance-usdm.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { hyperliquid } from "../../sim/exchange/profiles/hyperliquid.ts";
import { profileNames, profileOf } from "../../sim/exchange/profiles/profiles.ts";
import type { PlaceOrder, TimeInForce } from "../../src/domain/command.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import {
  instrumentId,
  orderId,
  type PriceTicks,
  type SizeLots,
  venueId,
} from "../../src/domain/units.ts";
import { TapeBuilder, TEST_INSTRUMENT } from "../support/tape-builder.ts";
import type { Place } from "../support/venue-rig.ts";
import { VenueRig } from "../support/venue-rig.ts";

const PROFILES = [generic, hyperliquid, binanceUsdm];
const HOUR_US = 3_600_000_000;

const book = () =>
  new TapeBuilder().snapshot(0, ["bid", 1000, 5000], ["bid", 999, 5000], ["ask", 1001, 5000]);

const on = (profile: VenueProfile, cash = 10n ** 15n) => new VenueRig(book(), profile, { cash });

/** The venue's words for the last of these orders, or "taken". */
function answer(profile: VenueProfile, ...orders: readonly Omit<Place, "id">[]): string {
  const rig = on(profile);
  orders.forEach((order, index) => {
    rig.place(10 + index, { id: index + 1, ...order });
  });
  const refused = rig.events.findLast((event) => event.kind === "OrderRefused");
  return refused?.orderId === orders.length ? refused.text : "taken";
}

const buy = (tick: number, lots: number, timeInForce: TimeInForce = "GTC") =>
  ({ side: "bid", tick, lots, timeInForce }) as const;
const sell = (tick: number, lots: number, reduceOnly = false) =>
  ({ side: "ask", tick, lots, reduceOnly }) as const;

describe("facts of each venue", () => {
  test.each([
    // name, maker and taker in bps, funding in hours, least notional, open orders, figures
    ["generic", 2, 5, 8, "5", 1000, undefined],
    ["hyperliquid", 1.5, 4.5, 1, "10", 1000, 5],
    ["binance-usdm", 2, 5, 8, "5", 200, undefined],
    ["grvt", 2, 5, 8, "100", undefined, undefined],
    ["lighter", 0, 0, 1, "10", 1500, undefined],
    ["lighter-premium", 0.4, 2.8, 1, "10", 1500, undefined],
    ["extended", 0, 2.5, 1, undefined, undefined, undefined],
  ])(
    "%s charges, settles and limits as published",
    (name, maker, taker, hours, min, open, figures) => {
      const profile = profileOf(name);
      expect(profile?.fees).toEqual({ maker: maker * 10_000, taker: taker * 10_000 });
      expect(profile?.funding?.intervalUs).toBe(hours * HOUR_US);
      expect(profile?.minNotional).toBe(min);
      expect(profile?.openOrdersMax).toBe(open);
      expect(profile?.significantFigures).toBe(figures);
    },
  );

  test.each(PROFILES)("$name charges its fees on what really fills", (profile) => {
    const rig = new VenueRig(book().print(20, "ask", 998, 9999), profile);
    rig.place(10, { id: 1, ...buy(1000, 200) }).to(20);
    rig.place(30, { id: 2, ...buy(1001, 200) });
    const fees = rig.events.flatMap((event) => (event.kind === "OrderFilled" ? [event.fee] : []));
    // 200 lots at 100.0 USD are 20 USD: 2e9 ledger units; 20.02 USD the taker.
    const bps = { generic: [2, 5], hyperliquid: [1.5, 4.5], "binance-usdm": [2, 5] }[profile.name];
    expect(fees).toEqual([200_000 * (bps?.[0] ?? 0), 200_200 * (bps?.[1] ?? 0)]);
  });

  test("the list of venues knows each by its name", () => {
    for (const profile of PROFILES) expect(profileOf(profile.name)).toBe(profile);
    for (const name of profileNames) expect(profileOf(name)?.name).toBe(name);
    expect(profileOf("nowhere")).toBeUndefined();
  });

  test("fill-or-kill exists on Binance and not on Hyperliquid, market orders are taken on all", () => {
    expect(answer(binanceUsdm, buy(1001, 500, "FOK"))).toBe("taken");
    expect(answer(hyperliquid, buy(1001, 500, "FOK"))).toBe(
      "Failed to deserialize the JSON body into the target type",
    );
    for (const profile of PROFILES) {
      expect(answer(profile, { side: "bid", lots: 500, timeInForce: "IOC" })).toBe("taken");
    }
  });

  test.each(PROFILES)(
    "$name expires the resting order of a self-trade, free of fees",
    (profile) => {
      const rig = new VenueRig(new TapeBuilder().snapshot(0, ["bid", 1000, 5000]), profile);
      rig.place(10, { id: 1, ...sell(1001, 500) }).place(11, { id: 2, ...buy(1001, 500) });
      expect(rig.lines).toEqual(["accepted 1", "accepted 2", "closed 1 self-trade 0"]);
    },
  );

  test("a smaller amend keeps its place on Binance and goes to the back on Hyperliquid", () => {
    const filled = (profile: VenueProfile) => {
      // 5,000 lots stand before the order, 1,000 join behind it; a sale of 5,400 then reaches 400 beyond the first.
      const tape = book().depth(15, ["bid", 1000, 6000]).print(20, "ask", 1000, 5400);
      const rig = new VenueRig(tape, profile);
      rig
        .place(10, { id: 1, ...buy(1000, 500) })
        .amend(16, 1, 1000, 300)
        .to(20);
      return rig.lines.filter((line) => line.startsWith("filled")).length;
    };
    expect([filled(binanceUsdm), filled(hyperliquid)]).toEqual([1, 0]);
  });

  test("an IOC that finds nothing is refused by Hyperliquid, taken and expired by Binance", () => {
    const lines = (profile: VenueProfile) =>
      on(profile).place(10, { id: 1, ...buy(1000, 500, "IOC") }).lines;
    expect(lines(hyperliquid)).toEqual(["refused 1 place ioc-no-liquidity"]);
    expect(lines(binanceUsdm)).toEqual(["accepted 1", "closed 1 ioc-remainder 0"]);
  });
});

describe("prices of Hyperliquid", () => {
  const TICK = "Price must be divisible by tick size.";

  // Decimals: at most 6 − szDecimals on perpetuals, 8 − szDecimals on spot: that is the instrument's tick.
  test.each([
    ["123456", 6, 0, "ok"],
    ["12345.6", 6, 0, TICK],
    ["1234.5", 6, 0, "ok"],
    ["1234.56", 6, 0, TICK],
    ["123456", 6, 5, "ok"],
    ["12345.6", 6, 5, TICK],
    ["1234.5", 6, 5, "ok"],
    ["1234.56", 6, 5, TICK],
    ["0.001234", 6, 0, "ok"],
    ["0.0012345", 6, 0, TICK],
    ["0.01234", 6, 1, "ok"],
    ["0.012345", 6, 1, TICK],
    ["0.0001234", 8, 0, "ok"],
    ["0.0001234", 8, 1, "ok"],
    ["0.0001234", 8, 3, TICK],
  ])("%s with %i decimals less szDecimals %i: %s", (price, decimals, szDecimals, expected) => {
    const tickSize = new Decimal(10).toPower(szDecimals - decimals).toFixed();
    const spec = { ...TEST_INSTRUMENT, tickSize, lotSize: "1" };
    const rules = new OrderRules(hyperliquid, instrumentOf(spec, instrumentId(0), venueId(0)));
    const reason = rules.refuse(orderAt(new Decimal(price).dividedBy(tickSize).toNumber()), 0, 0);
    const touch = { bid: undefined, ask: undefined };
    expect(reason === undefined ? "ok" : rules.words(reason, touch)).toBe(expected);
  });

  function orderAt(ticks: number): PlaceOrder {
    return {
      kind: "PlaceOrder",
      instrument: instrumentId(0),
      orderId: orderId(1),
      side: "bid",
      price: ticks as PriceTicks,
      size: 1_000_000 as SizeLots,
      timeInForce: "GTC",
      reduceOnly: false,
    };
  }
});

describe("the least notional", () => {
  test("Hyperliquid asks for $10, and exempts only a reduce-only order that closes the position", () => {
    const least = "Order must have minimum value of $10.";
    expect(answer(hyperliquid, buy(1000, 99))).toBe(least);
    expect(answer(hyperliquid, buy(1000, 100))).toBe("taken");
    expect(answer(hyperliquid, buy(1001, 120), sell(1000, 100), sell(1000, 20, true))).toBe(
      "taken",
    );
    expect(answer(hyperliquid, buy(1001, 120), sell(1000, 100), sell(1000, 19, true))).toBe(least);
  });

  test("Binance asks for 5 and exempts every reduce-only order", () => {
    const least =
      "-4164 Order's notional must be no smaller than 5 (unless you choose reduce only)";
    expect(answer(binanceUsdm, buy(1000, 49))).toBe(least);
    expect(answer(binanceUsdm, buy(1000, 50))).toBe("taken");
    expect(answer(binanceUsdm, buy(1001, 120), sell(1000, 1, true))).toBe("taken");
  });
});

describe("exact words", () => {
  test("Hyperliquid's post-only refusal names the touch as its documents do", () => {
    const words = (tickSize: string, bid: number, ask: number) => {
      const tape = new TapeBuilder().snapshot(0, ["bid", bid, 500], ["ask", ask, 500]);
      const rig = new VenueRig(tape, hyperliquid, { spec: { tickSize, lotSize: "1" } });
      rig.place(10, { id: 1, ...buy(ask, 1000, "POST_ONLY") });
      return rig.texts[0];
    };
    const said = "Post only order would have immediately matched, bbo was";
    expect(words("0.0001", 12_345, 12_346)).toBe(`${said} 1.2345@1.2346.`);
    // A whole number has no decimal point, whatever the grid.
    expect(words("0.1", 909_010, 909_020)).toBe(`${said} 90901@90902.`);
    expect(words("0.00001", 56_057, 56_086)).toBe(`${said} 0.56057@0.56086.`);
  });

  test.each<[rule: string, hyper: string, binance: string, ...orders: Omit<Place, "id">[]]>([
    [
      "an off-tick price",
      "Price must be divisible by tick size.",
      "-4014 Price not increased by tick size.",
      buy(999.5, 500),
    ],
    [
      "an off-lot size",
      "Order has invalid size",
      "-4023 Qty not increased by step size.",
      buy(999, 500.5),
    ],
    ["no size", "Order has zero size.", "-4003 Quantity less than or equal to zero.", buy(999, 0)],
    [
      "a post-only that would match",
      "Post only order would have immediately matched, bbo was 100@100.1.",
      "-5022 Due to the order could not be executed as maker, the Post Only order will be rejected.",
      buy(1001, 500, "POST_ONLY"),
    ],
    [
      "a fill-or-kill too large",
      "Failed to deserialize the JSON body into the target type",
      "-5021 Due to the order could not be filled immediately, the FOK order has been rejected.",
      buy(1001, 5001, "FOK"),
    ],
    [
      "reduce-only without a position",
      "Reduce only order would increase position.",
      "-2022 ReduceOnly Order is rejected.",
      sell(1001, 500, true),
    ],
    [
      "reduce-only on the position's own side",
      "Reduce only order would increase position.",
      "-2022 ReduceOnly Order is rejected.",
      sell(1000, 500),
      sell(1001, 500, true),
    ],
    [
      "more than margin carries",
      "Insufficient margin to place order.",
      "-2019 Margin is insufficient.",
      buy(1000, 100_000_000_000),
    ],
  ])("%s", (_rule, hyper, binance, ...orders) => {
    expect(answer(hyperliquid, ...orders)).toBe(hyper);
    expect(answer(binanceUsdm, ...orders)).toBe(binance);
  });

  test("a market order into an empty side, an IOC at no price", () => {
    const texts = (profile: VenueProfile) => {
      const rig = new VenueRig(new TapeBuilder().snapshot(0, ["bid", 1000, 5000]), profile);
      rig.place(10, { id: 1, side: "bid", lots: 500, timeInForce: "IOC" });
      return rig.place(11, { id: 2, ...buy(1000, 500, "IOC") }).texts;
    };
    expect(texts(hyperliquid)).toEqual([
      "No liquidity available for market order.",
      "Order could not immediately match against any resting orders.",
    ]);
    expect(texts(binanceUsdm)).toEqual(["-2020 Unable to fill."]);
  });

  test("a cancel of an unknown order, a repeated id, one open order too many", () => {
    const texts = (profile: VenueProfile) => {
      const rig = on(profile).cancel(10, 9);
      for (let id = 1; id <= (profile.openOrdersMax ?? 0) + 1; id += 1) {
        rig.place(11, { id, ...buy(900, 200) });
      }
      return rig.place(12, { id: 1, ...buy(900, 200) }).texts;
    };
    expect(texts(hyperliquid)).toEqual([
      "Order was never placed, already canceled, or filled.",
      "Too many open orders.",
      "duplicate-order-id",
    ]);
    expect(texts(binanceUsdm)).toEqual([
      "-2011 Unknown order sent.",
      "-2025 Reach max open order limit.",
      "-4116 ClientOrderId is duplicated.",
    ]);
  });

  test.each(profileNames)("%s leaves no hole in its words", (name) => {
    const profile = profileOf(name) ?? generic;
    const instrument = instrumentOf(TEST_INSTRUMENT, instrumentId(0), venueId(0));
    const rules = new OrderRules(profile, instrument);
    for (const reason of Object.keys(profile.words) as RefusalReason[]) {
      expect(rules.words(reason, { bid: 1, ask: undefined })).not.toMatch(/[{}]/);
    }
  });
});
