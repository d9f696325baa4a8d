// What one request with several commands is worth on the wires and at a venue's door. Times in µs; entry takes 10 or
// is drawn, answers take none.

import { describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { binanceUsdm } from "../../sim/exchange/profiles/binance-usdm.ts";
import { hyperliquid } from "../../sim/exchange/profiles/hyperliquid.ts";
import { RateLimiter } from "../../sim/exchange/rate-limiter.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { Command } from "../../src/domain/command.ts";
import { durationUs, timeUs } from "../../src/domain/units.ts";
import {
  cancel,
  constantLatency,
  place,
  scenarioOf,
  story,
  testHasher,
} from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const BATCH = { placeMax: 3, amendMax: 3, cancelMax: 3 };
const MINUTE = durationUs(60_000_000);

const tape = () =>
  new TapeBuilder()
    .snapshot(1000, ["bid", 100, 10], ["bid", 99, 20], ["ask", 101, 10], ["ask", 102, 20])
    .depth(90_000, ["ask", 900, 1])
    .build();

/** What the bot hears when it sends these, in batches or one by one. */
function heard(
  at: readonly (readonly [number, readonly Command[]])[],
  profile: Partial<VenueProfile> = {},
  more: Readonly<{ latency?: LinkLatency; batches?: "off" }> = {},
): readonly string[] {
  const bot = new ScriptedStrategy({ at });
  const latency = more.latency ?? constantLatency(10, 0);
  const scenario = scenarioOf([{ tape: tape() }], bot, {
    profile: { batch: BATCH, ...profile },
    latency,
  });
  const batches = more.batches === "off" ? undefined : [BATCH];
  const machinery = { ...MACHINERY_DEFAULTS, batches };
  new ScenarioRun({ ...scenario, machinery }, { hasher: testHasher }).finish();
  return story(bot.heard);
}

const DRAWN: LinkLatency = {
  ...constantLatency(10, 0),
  place: { kind: "uniform", minUs: 50, maxUs: 4000 },
};

describe("a batch on the wire", () => {
  test("arrives at one moment, by one draw; one by one each has its own", () => {
    const orders = [place(1, "bid", 99, 1), place(2, "bid", 98, 1), place(3, "bid", 97, 1)];
    const arrivals = (batches?: "off") => {
      const lines = heard([[2000, orders]], {}, { latency: DRAWN, ...(batches && { batches }) });
      return lines.map((line) => line.split("(")[1]);
    };
    const [first, ...others] = arrivals();
    expect(others).toEqual([first, first]);
    // The first order of either is the same draw; the second draw is the next request's.
    expect(arrivals("off")[0]).toBe(first);
    expect(new Set(arrivals("off")).size).toBeGreaterThan(1);
  });

  test("is answered order by order, and what one is refused for is nothing to the others", () => {
    const orders = [
      place(1, "bid", 99, 5),
      place(2, "bid", 101, 5, "POST_ONLY"),
      place(3, "bid", 101, 4, "IOC"),
    ];
    expect(heard([[2000, orders]])).toEqual([
      "accepted 1 at 2010 (2010)",
      "refused 2 post-only-would-cross at 2010 (2010)",
      "accepted 3 at 2010 (2010)",
      "filled 3 4@101 at 2010 (2010)",
      "closed 3 filled at 2010 (2010)",
    ]);
  });

  test("longer than the venue takes is cut in two requests", () => {
    const orders = [1, 2, 3, 4].map((id) => place(id, "bid", 99, 1));
    const lines = heard([[2000, orders]], {}, { latency: DRAWN });
    const moments = lines.map((line) => line.split("(")[1]);
    expect(new Set(moments.slice(0, 3)).size).toBe(1);
    expect(moments[3]).not.toBe(moments[0]);
  });
});

describe("a batch at the door", () => {
  // Two requests in an hour: what comes back in a moment is nothing.
  const scarce = (batch: { place: number; cancel: number }) => ({
    rateLimits: [
      { weight: 2, windowUs: durationUs(3_600_000_000), place: 1, cancel: 1, report: 0, batch },
    ],
  });

  test("V30 is charged once, by its own weight", () => {
    const orders = [1, 2, 3].map((id) => place(id, "bid", 99, 1));
    const lines = heard(
      [
        [2000, orders],
        [3000, [cancel(1), cancel(2), cancel(3)]],
        [4000, [place(4, "bid", 99, 1)]],
      ],
      scarce({ place: 1, cancel: 1 }),
    );
    expect(lines.map((line) => line.split(" at ")[0])).toEqual([
      "accepted 1",
      "accepted 2",
      "accepted 3",
      "closed 1 cancelled",
      "closed 2 cancelled",
      "closed 3 cancelled",
      "refused 4 rate-limited",
    ]);
  });

  test("that weighs too much is turned away whole, each of its orders told", () => {
    const orders = [1, 2, 3].map((id) => place(id, "bid", 99, 1));
    expect(heard([[2000, orders]], scarce({ place: 3, cancel: 1 }))).toEqual(
      [1, 2, 3].map((id) => `refused ${id} rate-limited at 2010 (2010)`),
    );
    // One by one two of them have room.
    expect(heard([[2000, orders]], scarce({ place: 3, cancel: 1 }), { batches: "off" })).toEqual([
      "accepted 1 at 2010 (2010)",
      "accepted 2 at 2010 (2010)",
      "refused 3 rate-limited at 2010 (2010)",
    ]);
  });
});

/** How many requests of `size` fit into one moment. */
function fits(profile: VenueProfile, kind: "PlaceOrder" | "CancelOrder", size: number): number {
  const limiter = new RateLimiter(profile.rateLimits);
  let count = 0;
  while (count < 10_000 && limiter.take(kind, timeUs(0), size)) count += 1;
  return count;
}

describe("what a batch weighs", () => {
  test("at Hyperliquid: 1 + floor(n / 40) of 1200 a minute", () => {
    expect(hyperliquid.rateLimits[0]?.windowUs).toBe(MINUTE);
    expect([1, 39, 40, 79, 80].map((size) => fits(hyperliquid, "PlaceOrder", size))).toEqual([
      1200, 1200, 600, 600, 400,
    ]);
  });

  test("at Binance: 5 orders for 5 of 300 in ten seconds, 10 cancels for 1 of 2400 a minute", () => {
    expect(fits(binanceUsdm, "PlaceOrder", 5)).toBe(60);
    expect(fits(binanceUsdm, "PlaceOrder", 1)).toBe(300);
    expect(fits(binanceUsdm, "CancelOrder", 10)).toBe(2400);
  });
});
