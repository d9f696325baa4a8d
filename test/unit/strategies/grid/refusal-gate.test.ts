import { describe, expect, test } from "vitest";
import type { CloseReason, RefusalReason } from "../../../../src/domain/event.ts";
import { orderId } from "../../../../src/domain/units.ts";
import { gridFacts } from "../../../../strategies/grid/kit-facts.ts";
import { RefusalGate } from "../../../../strategies/grid/refusal-gate.ts";
import { gridConfig } from "../../../support/grid-config.ts";

const SECOND = 1_000_000;
const config = gridConfig({ refusalCountMax: 3, backoffUs: SECOND, backoffMaxUs: 8 * SECOND });
const gateOf = (changed: Partial<typeof config> = {}) => new RefusalGate({ ...config, ...changed });

const aboutThePrice: readonly RefusalReason[] = [
  "off-tick",
  "off-lot",
  "min-size",
  "min-notional",
  "significant-figures",
  "price-band",
  "self-trade",
];
const aboutEverything: readonly RefusalReason[] = ["halted", "rate-limited"];
const counted: readonly RefusalReason[] = [
  "post-only-would-cross",
  "ioc-no-liquidity",
  "fok-not-fillable",
  "no-liquidity",
  "reduce-only",
  "insufficient-margin",
  "max-open-orders",
  "unsupported",
  "unknown-order",
  "duplicate-order-id",
  "insufficient-balance",
  "risk",
];

describe("the gate before a venue that refuses", () => {
  test.each(counted)("pauses after three refusals in a row for %s", (reason) => {
    const gate = gateOf();
    gate.refused(reason, 100, 0);
    gate.refused(reason, 100, 0);
    expect(gate.isOpen(0)).toBe(true);
    gate.refused(reason, 100, 0);
    expect(gate.isOpen(SECOND - 1)).toBe(false);
    expect(gate.isOpen(SECOND)).toBe(true);
  });

  test.each(aboutEverything)("pauses at once for %s", (reason) => {
    const gate = gateOf();
    gate.refused(reason, 100, 0);
    expect(gate.isOpen(SECOND - 1)).toBe(false);
    expect(gate.isOpen(SECOND)).toBe(true);
  });

  test.each(aboutThePrice)(
    "lets only the refused price wait for %s, twice as long each time",
    (reason) => {
      const gate = gateOf();
      gate.refused(reason, 100, 0);
      expect(gate.isOpen(0)).toBe(true);
      expect(gate.admits(100, SECOND - 1)).toBe(false);
      expect(gate.admits(-100, SECOND - 1)).toBe(true);
      expect(gate.admits(100, SECOND)).toBe(true);
      gate.refused(reason, 100, SECOND);
      expect(gate.admits(100, 3 * SECOND - 1)).toBe(false);
      expect(gate.admits(100, 3 * SECOND)).toBe(true);
    },
  );

  test("forgets what it held against a price once it is taken there", () => {
    const gate = gateOf();
    gate.refused("price-band", 100, 0);
    gate.accepted(100);
    expect(gate.admits(100, 0)).toBe(true);
  });

  test("pauses twice as long each time while nothing is accepted, up to the longest", () => {
    const gate = gateOf();
    let now = 0;
    const pauses: number[] = [];
    for (let pause = 0; pause < 6; pause += 1) {
      for (let refusal = 0; refusal < 3; refusal += 1) {
        gate.refused("insufficient-margin", 100, now);
      }
      const from = now;
      while (!gate.isOpen(now)) now += SECOND / 10;
      pauses.push((now - from) / SECOND);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 8, 8]);
    gate.accepted(100);
    for (let refusal = 0; refusal < 3; refusal += 1) gate.refused("no-liquidity", 100, now);
    expect(gate.isOpen(now + SECOND)).toBe(true);
  });

  test("starts to count anew at an acceptance", () => {
    const gate = gateOf();
    gate.refused("no-liquidity", 100, 0);
    gate.refused("no-liquidity", 100, 0);
    gate.accepted(100);
    gate.refused("no-liquidity", 100, 0);
    gate.refused("no-liquidity", 100, 0);
    expect(gate.isOpen(0)).toBe(true);
  });

  test("is not deceived by reasons that change", () => {
    const gate = gateOf();
    gate.refused("post-only-would-cross", 100, 0);
    gate.refused("insufficient-margin", 100, 0);
    gate.refused("post-only-would-cross", 100, 0);
    expect(gate.isOpen(0)).toBe(false);
  });

  const takenBack: readonly (readonly [CloseReason, boolean])[] = [
    ["filled", false],
    ["cancelled", false],
    ["ioc-remainder", false],
    ["market-remainder", false],
    ["liquidated", false],
    ["self-trade", true],
    ["reduce-only", true],
    ["insufficient-margin", true],
    ["halted", true],
    ["post-only-would-cross", true],
  ];
  test.each(takenBack)(
    "an order accepted and closed as %s again and again pauses it: %s",
    (reason, pauses) => {
      const gate = gateOf();
      for (let id = 1; id <= 3; id += 1) {
        gate.accepted(100);
        gate.closed(reason, orderId(id), 0);
      }
      expect(gate.isOpen(0)).toBe(!pauses);
    },
  );

  test("a fill between them shows that the venue trades, and the count starts anew", () => {
    const gate = gateOf();
    for (let id = 1; id <= 9; id += 1) {
      gate.accepted(100);
      if (id % 2 === 0) gate.filled();
      gate.closed("post-only-would-cross", orderId(id), 0);
    }
    expect(gate.isOpen(0)).toBe(true);
  });

  test("a fill, which may be told late, does not end pauses before a venue that refuses", () => {
    const gate = gateOf();
    let now = 0;
    for (const pause of [1, 2, 4]) {
      for (let refusal = 0; refusal < 3; refusal += 1) gate.refused("no-liquidity", 100, now);
      gate.filled();
      now += pause * SECOND;
      expect([gate.isOpen(now - 1), gate.isOpen(now)]).toEqual([false, true]);
    }
  });

  test("asks for a refused cancel again ever later, and never stops to", () => {
    const gate = gateOf();
    const id = orderId(7);
    let now = 0;
    const waits: number[] = [];
    for (let refusal = 0; refusal < 9; refusal += 1) {
      gate.cancelRefused(id, now);
      const from = now;
      while (!gate.mayCancel(id, now)) now += config.wakeUs;
      waits.push((now - from) / config.wakeUs);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 80, 80]);
    gate.closed("cancelled", id, now);
    expect(gate.mayCancel(id, now)).toBe(true);
  });

  test("lets through so many orders a second and no more, whatever the venue says", () => {
    const gate = gateOf({ placesPerSecond: 10 });
    const perSecond: number[] = [];
    for (let second = 100; second < 104; second += 1) {
      let count = 0;
      for (let step = 0; step < 1_000; step += 1) {
        if (gate.admits(1, second * SECOND + step * 1_000)) count += 1;
        gate.accepted(1);
      }
      perSecond.push(count);
    }
    // A full budget at first, then what comes back.
    expect(perSecond).toEqual([19, 10, 10, 10]);
  });

  test("remembers no more waiting prices than a bound, the oldest goes", () => {
    const gate = gateOf();
    for (let price = 1; price <= 1_025; price += 1) gate.refused("price-band", price, 0);
    expect(gate.admits(1, 0)).toBe(true);
    expect(gate.admits(2, 0)).toBe(false);
  });

  test("is the same after a restart, wherever it was", () => {
    const gate = gateOf({ placesPerSecond: 10 });
    gate.refused("price-band", 100, 0);
    gate.cancelRefused(orderId(3), 0);
    gate.refused("halted", 101, 0);
    gate.admits(50, 0);
    const again = gateOf({ placesPerSecond: 10 });
    again.restore(JSON.parse(JSON.stringify(gate.save())));
    expect(again.save()).toEqual(gate.save());
    expect(again.isOpen(SECOND - 1)).toBe(false);
    expect(again.admits(100, SECOND - 1)).toBe(false);
    expect(again.mayCancel(orderId(3), config.wakeUs - 1)).toBe(false);
  });
});

test.each([
  { levels: 3, refusalCountMax: 10, backoffUs: 3_300_000, backoffMaxUs: 60 * SECOND },
  { levels: 5, refusalCountMax: 5, backoffUs: 5 * SECOND, backoffMaxUs: 60 * SECOND },
  { levels: 8, refusalCountMax: 2, backoffUs: SECOND, backoffMaxUs: SECOND },
  { levels: 1, refusalCountMax: 9, backoffUs: 2 * SECOND, backoffMaxUs: 9 * SECOND },
])("lets no more through than checkers are told: %o", (changed) => {
  const { countMax = 0, windowUs = 0 } = gridFacts(gridConfig(changed)).refusals ?? {};
  const gate = gateOf(changed);
  const refusedAt: number[] = [];
  // A venue that refuses all: each look asks for every rung.
  for (let now = SECOND; now < 300 * SECOND; now += SECOND / 10) {
    if (!gate.isOpen(now)) continue;
    for (let rung = 0; rung < 2 * changed.levels; rung += 1) {
      gate.refused("post-only-would-cross", 100 + rung, now);
      refusedAt.push(now);
    }
  }
  const inWindow = refusedAt.map(
    (from, index) => refusedAt.slice(index).filter((at) => at < from + windowUs).length,
  );
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(countMax);
  expect(Math.max(...inWindow)).toBeGreaterThan(countMax / 4);
});
