// The venues that answer before they know (GRVT, Lighter, Extended), held to their published facts, typed from their
// documents and not from the code. Prices in ticks of 0.1, sizes in lots of 0.001 (tick × lot is 1e-4 USD).
// Sources: GRVT SDK (order status, reject reasons) and error codes; Lighter docs (account types, rate limits) and
// error codes; Extended docs (order status reasons, error codes, rate limits, fees).

import { describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { extended } from "../../sim/exchange/profiles/extended.ts";
import { grvt } from "../../sim/exchange/profiles/grvt.ts";
import { lighter, lighterPremium } from "../../sim/exchange/profiles/lighter.ts";
import { profileOf } from "../../sim/exchange/profiles/profiles.ts";
import type { Command, TimeInForce } from "../../src/domain/command.ts";
import type { InstrumentId, OrderId, PriceTicks, SizeLots } from "../../src/domain/units.ts";
import { cancel, constantLatency, place, runRig, story } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";
import type { Place } from "../support/venue-rig.ts";
import { VenueRig } from "../support/venue-rig.ts";

const PROFILES = [grvt, lighter, lighterPremium, extended];

const book = () =>
  new TapeBuilder().snapshot(0, ["bid", 1000, 5000], ["bid", 999, 5000], ["ask", 1001, 5000]);

const on = (profile: VenueProfile, tape = book()) => new VenueRig(tape, profile);

const buy = (tick: number, lots: number, timeInForce: TimeInForce = "GTC") =>
  ({ side: "bid", tick, lots, timeInForce }) as const;
const sell = (tick: number, lots: number, reduceOnly = false) =>
  ({ side: "ask", tick, lots, reduceOnly }) as const;

type Order = Omit<Place, "id">;

/** What the venue says of the last of these orders: its words, the reason it closed at once, or "taken". */
function answer(profile: VenueProfile, ...orders: readonly Order[]): string {
  const rig = on(profile);
  orders.forEach((order, index) => {
    rig.place(10 + index, { id: index + 1, ...order });
  });
  const last = rig.events.at(-1);
  if (last?.kind === "OrderRefused" && last.orderId === orders.length) return last.text;
  if (last?.kind === "OrderClosed" && last.filled === 0) return `closed: ${last.reason}`;
  return "taken";
}

type Case = [rule: string, words: string, ...orders: Order[]];

/** Orders every one of these venues judges; what each says comes from its own table. */
const ORDERS = {
  tick: [buy(999.5, 2000)],
  lot: [buy(999, 2000.5)],
  zero: [buy(999, 0)],
  post: [buy(1001, 2000, "POST_ONLY")],
  ioc: [buy(1000, 2000, "IOC")],
  fok: [buy(1001, 5001, "FOK")],
  reduce: [sell(1001, 2000, true)],
  margin: [buy(1000, 100_000_000_000)],
} as const;

const GRVT: Case[] = [
  ["a price off the tick", "2064 Invalid limit price tick", ...ORDERS.tick],
  ["a size off the lot", "2065 Order size too granular", ...ORDERS.lot],
  ["no size", "2062 Order size smaller than min size", ...ORDERS.zero],
  ["99.90 USD", "min-notional", buy(1000, 999)],
  ["100 USD", "taken", buy(1000, 1000)],
  ["dust that reduces", "min-notional", buy(1001, 2000), sell(1000, 1, true)],
  ["a post-only that would match", "FAIL_POST_ONLY", ...ORDERS.post],
  ["an IOC that finds nothing", "closed: ioc-remainder", ...ORDERS.ioc],
  ["a fill-or-kill too large", "FOK_CANCEL", ...ORDERS.fok],
  ["a fill-or-kill that fits", "taken", buy(1001, 5000, "FOK")],
  ["reduce-only without a position", "FAIL_REDUCE_ONLY", ...ORDERS.reduce],
  ["more than margin carries", "2080 Insufficient margin to create order", ...ORDERS.margin],
];

const LIGHTER: Case[] = [
  ["a size off the lot", "21701 invalid base amount", ...ORDERS.lot],
  ["9.99 USD", "21706 invalid order base or quote amount", buy(999, 100)],
  ["10 USD", "taken", buy(1000, 100)],
  ["a post-only that would match", "closed: post-only-would-cross", ...ORDERS.post],
  ["an IOC that finds nothing", "closed: ioc-remainder", ...ORDERS.ioc],
  ["fill-or-kill", "21705 invalid time in force", ...ORDERS.fok],
  ["reduce-only, no position", "21732 reduce only increases position", ...ORDERS.reduce],
  ["too much", "21739 not enough margin to create the order", ...ORDERS.margin],
];

const EXTENDED: Case[] = [
  ["a price off the step", "1124 price step", ...ORDERS.tick],
  ["a size off the step", "1121 size step", ...ORDERS.lot],
  ["a size below the least", "1120 quantity below the minimum", ...ORDERS.zero],
  ["one lot, worth 10 cents", "taken", buy(1000, 1)],
  ["a post-only that would match", "POST_ONLY_FAILED", ...ORDERS.post],
  ["an IOC that finds nothing", "closed: ioc-remainder", ...ORDERS.ioc],
  ["fill-or-kill", "unsupported", ...ORDERS.fok],
  ["reduce-only without a position", "REDUCE_ONLY_FAILED", ...ORDERS.reduce],
  ["too much", "1140 New order cost exceeds available balance", ...ORDERS.margin],
];

describe("what each says of an order", () => {
  test.each(GRVT)("GRVT: %s", (_rule, words, ...orders) => {
    expect(answer(grvt, ...orders)).toBe(words);
  });
  test.each(LIGHTER)("Lighter, both accounts: %s", (_rule, words, ...orders) => {
    expect(answer(lighter, ...orders)).toBe(words);
    expect(answer(lighterPremium, ...orders)).toBe(words);
  });
  test.each(EXTENDED)("Extended: %s", (_rule, words, ...orders) => {
    expect(answer(extended, ...orders)).toBe(words);
  });

  test("market orders are taken by all, an empty side gives none", () => {
    const text = (profile: VenueProfile) => {
      const rig = on(profile, new TapeBuilder().snapshot(0, ["bid", 1000, 5000]));
      return rig.place(10, { id: 1, side: "bid", lots: 2000, timeInForce: "IOC" }).texts[0];
    };
    for (const profile of PROFILES) {
      expect(answer(profile, { side: "bid", lots: 2000, timeInForce: "IOC" })).toBe("taken");
    }
    expect(PROFILES.map(text)).toEqual([
      "IOC_CANCEL",
      "canceled-not-enough-liquidity",
      "canceled-not-enough-liquidity",
      "NO_LIQUIDITY",
    ]);
  });

  test("an unknown order, a repeated id, an amend", () => {
    const said = (profile: VenueProfile) =>
      on(profile)
        .cancel(10, 9)
        .place(11, { id: 1, ...buy(999, 2000) })
        .place(12, { id: 1, ...buy(999, 2000) })
        .amend(13, 1, 998, 2000).texts;
    expect(said(grvt)).toEqual([
      "1004 RESOURCE_NOT_FOUND",
      "OVERLAPPING_CLIENT_ORDER_ID",
      "1003 malformed",
    ]);
    expect(said(lighter)).toEqual([
      "21600 not an active limit order",
      "21728 client order index already exists",
    ]);
    expect(said(extended)).toEqual(["unknown-order", "1134 Duplicate Order"]);
  });

  test("the taker of a self-trade goes on GRVT and Extended, the resting order on Lighter", () => {
    const ends = (profile: VenueProfile) =>
      on(profile, new TapeBuilder().snapshot(0, ["bid", 990, 5000]))
        .place(10, { id: 1, ...sell(1001, 2000) })
        .place(11, { id: 2, ...buy(1001, 2000) })
        .lines.at(-1);
    expect(PROFILES.map(ends)).toEqual([
      "closed 2 self-trade 0",
      "closed 1 self-trade 0",
      "closed 1 self-trade 0",
      "closed 2 self-trade 0",
    ]);
  });

  test.each([
    [lighter, 1000, "21717 max active orders"],
    [extended, 200, "1126 max open orders"],
  ])("$name takes so many open orders in one market", (profile, most, words) => {
    const rig = on({ ...profile, rateLimits: [] });
    for (let id = 1; id <= most; id += 1) rig.place(10, { id, ...buy(900, 200) });
    expect(rig.texts).toEqual([]);
    expect(rig.place(11, { id: most + 1, ...buy(900, 200) }).texts).toEqual([words]);
  });
});

describe("what each charges and allows", () => {
  test.each([
    [grvt, 2, 5],
    [lighter, 0, 0],
    [lighterPremium, 0.4, 2.8],
    [extended, 0, 2.5],
  ])("$name charges its fees on what really fills", (profile, maker, taker) => {
    const rig = on(profile, book().print(20, "ask", 998, 9999));
    rig.place(10, { id: 1, ...buy(1000, 2000) }).to(20);
    rig.place(30, { id: 2, ...buy(1001, 2000) });
    const fees = rig.events.flatMap((event) => (event.kind === "OrderFilled" ? [event.fee] : []));
    // 2,000 lots at 100.0 USD are 200 USD: 2e10 ledger units, a basis point of it 2e6; 200.2 USD the taker.
    expect(fees).toEqual([Math.round(2_000_000 * maker), Math.round(2_002_000 * taker)]);
  });

  test.each([
    // name, orders at once in an idle account, µs until the next
    ["grvt", 1200, 50_000, "1006 rate limit"],
    ["lighter", 60, 1_000_000, "23000 Too Many Requests!"],
    ["lighter-premium", 4000, 15_000, "23000 Too Many Requests!"],
    ["extended", 1000, 60_000, "HTTP 429"],
    ["hyperliquid", 1200, 50_000, "HTTP 429"],
    ["binance-usdm", 300, 33_334, "-1015 Too many new orders."],
  ])("%s takes %i orders at once, then one in %i µs", (name, burst, us, words) => {
    const profile = profileOf(name) as VenueProfile;
    const rig = on(profile);
    const order = buy(1000, 2000, "IOC");
    for (let id = 1; id <= burst; id += 1) rig.place(1000, { id, ...order });
    expect(rig.texts.filter((text) => text === words)).toEqual([]);
    rig.place(1000, { id: burst + 1, ...order }).place(999 + us, { id: burst + 2, ...order });
    expect(rig.texts.filter((text) => text === words)).toEqual([words, words]);
    rig.place(1000 + us, { id: burst + 3, ...order });
    expect(rig.texts.filter((text) => text === words)).toEqual([words, words]);
  });

  test("a partly filled order that is cancelled tells what it filled", () => {
    for (const profile of PROFILES) {
      const rig = on(profile, book().print(20, "ask", 1000, 6000));
      rig.place(10, { id: 1, ...buy(1000, 2000) }).cancel(21, 1);
      expect(rig.lines.at(-1)).toBe("closed 1 cancelled 1000");
    }
    const rig = on(profileOf("hyperliquid") as VenueProfile, book().print(20, "ask", 1000, 6000));
    rig.place(10, { id: 1, ...buy(1000, 2000) }).cancel(21, 1);
    expect(rig.lines.at(-1)).toBe("closed 1 cancelled 0");
    expect(rig.report(22).positions[0]?.lots).toBe(1000);
  });
});

describe("how long each holds a request back", () => {
  const MS = 1000;
  const amend: Command = {
    kind: "AmendOrder",
    instrument: 0 as InstrumentId,
    orderId: 1 as OrderId,
    price: 998 as PriceTicks,
    size: 2000 as SizeLots,
  };

  test.each([
    [grvt, 25 * MS, 0, 0],
    [lighter, 300 * MS, 200 * MS, 200 * MS],
    [lighterPremium, 200 * MS, 0, 0],
    [extended, 0, 0, 0],
  ])("$name: takers %i µs, makers %i, cancels %i", (profile, taker, maker, cancels) => {
    const bot = new ScriptedStrategy({
      at: [
        [1000, [place(1, "bid", 999, 2000), place(2, "bid", 999, 2000, "POST_ONLY")]],
        [400_000, [cancel(2)]],
        [800_000, profile.amend === "unsupported" ? [] : [amend]],
      ],
    });
    const tape = book().depth(2_000_000, ["ask", 9000, 1]).build();
    runRig([{ tape }], bot, { profile, latency: constantLatency(10, 0) });
    const at = (told: string, us: number) => `${told} at ${us} (${us})`;
    const expected = [
      at("accepted 1", 1010 + taker),
      at("accepted 2", 1010 + maker),
      at("closed 2 cancelled", 400_010 + cancels),
      ...(profile.amend === "unsupported" ? [] : [at("accepted 1", 800_010 + taker)]),
    ];
    expect([...story(bot.heard)].sort()).toEqual(expected.sort());
  });
});
