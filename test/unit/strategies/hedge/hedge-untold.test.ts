// What the hedge does when nobody tells it: a cancel without an answer while no book moves, lots that two of its own
// parts learn of from the same report, and closing orders whose ends are late.

import { describe, expect, test } from "vitest";
import type { PlaceOrder } from "../../../../src/domain/command.ts";
import { instrumentId } from "../../../../src/domain/units.ts";
import type { BenchOptions } from "../../../support/hedge-bench.ts";
import { HedgeBench, TELLS_ONLY } from "../../../support/hedge-bench.ts";
import {
  expectTracked,
  filled,
  fillLast,
  LONG,
  SECOND,
  sized,
  sizesOf,
} from "../../../support/hedge-incident.ts";

const STILL = { ...sized(500), buildUs: LONG };
const ADOPTS = {
  ...{ ...TELLS_ONLY, requestTimeoutUs: 10 * SECOND },
  reconciliation: { ...TELLS_ONLY.reconciliation, drift: "adopt" as const },
};

/** The maker order of 5 SOL is cancelled for its age; 1.33 of it fill, and nobody tells either. */
function filledInSilence(options: BenchOptions = {}): readonly [HedgeBench, PlaceOrder, object] {
  const bench = new HedgeBench(STILL, options).start();
  const maker = bench.last(0);
  bench.accept(maker).move(0, 19_050, 19_060);
  bench.advance(10 * SECOND);
  return [bench, maker, { ...bench.hiddenFill(maker, 133), venueAt: bench.now }];
}

/** Time passes until the first hedge is sent. */
function untilHedged(bench: HedgeBench, us: number): HedgeBench {
  const until = bench.now + us;
  while (bench.ordersOf(1).length === 0 && bench.now < until) bench.advance(50_000);
  return bench;
}

describe("on books that do not move", () => {
  test("a cancel that is not answered is followed up, and what it left behind is hedged", () => {
    const [bench] = filledInSilence();
    expect(bench.count("CancelOrder")).toBe(1);
    untilHedged(bench, 30 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([133]);
    expect(bench.halts).toEqual([]);
  });

  test("a market hedge whose end is never told is cancelled, and what it did is taken over", () => {
    const bench = filled({ hedgeMode: "market", holdMinUs: LONG, holdMaxUs: LONG });
    const hedge = bench.last(1);
    bench.accept(hedge).hiddenFill(hedge, 100);
    bench.advance(5 * SECOND);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: hedge.orderId });
    bench.advance(10 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([100]);
    expect([bench.phase, bench.halts]).toEqual(["HOLDING", []]);
    expectTracked(bench);
  });

  test("a closing order whose end is never told is cancelled and looked for", () => {
    const bench = new HedgeBench();
    bench.truth[0] = 66;
    bench.start().advance(SECOND);
    const close = bench.last(0);
    bench.accept(close).hiddenFill(close, 66);
    bench.advance(20 * SECOND);
    expect(bench.sent).toContainEqual(
      expect.objectContaining({ kind: "CancelOrder", orderId: close.orderId }),
    );
    expect([bench.phase, bench.halts]).toEqual(["BUILDING", []]);
  });
});

describe("lots learned of twice", () => {
  test("are hedged once when our own machinery adopts them too", () => {
    const [bench, maker] = filledInSilence({ machinery: ADOPTS });
    while (bench.count("CancelOrder") < 2) bench.advance(50_000);
    // The machinery looks for the order with a cancel of its own, and adopts once no order is in question.
    bench.refuse(maker, "unknown-order", "cancel");
    fillLast(untilHedged(bench, 30 * SECOND), 1).advance(30 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([133]);
    expect([bench.truth, bench.halts]).toEqual([[133, -133], []]);
  });

  test("are hedged once when their fill comes after the report that told of them", () => {
    const [bench, , fill] = filledInSilence();
    fillLast(untilHedged(bench, 30 * SECOND), 1).lateFill(fill);
    // By its time it is part of the report: no other report is needed to know.
    expectTracked(bench);
    bench.advance(5 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([133]);
    expect(bench.halts).toEqual([]);
  });

  test("are hedged once when that fill is stamped with the time of its arrival", () => {
    const [bench, , fill] = filledInSilence();
    fillLast(untilHedged(bench, 30 * SECOND), 1);
    bench.advance(SECOND).lateFill({ ...fill, venueAt: bench.now });
    bench.advance(5 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([133]);
    expect(bench.halts).toEqual([]);
  });

  test("that are more lots after all are hedged once a report says so", () => {
    const [bench, maker] = filledInSilence();
    fillLast(untilHedged(bench, 30 * SECOND), 1);
    bench.advance(SECOND).fill({ ...maker, orderId: 0 as never }, 20);
    bench.advance(5 * SECOND);
    expect(sizesOf(bench, 1)).toEqual([133, 20]);
  });
});

describe("an emergency", () => {
  function openOf(bench: HedgeBench, leg: 0 | 1): number {
    return bench.bot.view.openOrders(instrumentId(leg)).length;
  }

  test("never has two closing orders open on one leg", () => {
    const bench = new HedgeBench({ ...sized(10) }).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 10).close(maker, "filled");
    fillLast(bench, 1);
    bench.fill({ ...maker, orderId: 0 as never }, 120);
    expect(bench.phase).toBe("EMERGENCY");
    bench.accept(bench.last(0));
    for (let step = 0; step < 40; step += 1) {
      bench.move(1, 19_000, 19_010 + (step % 2)).advance(250_000);
      expect([openOf(bench, 0), openOf(bench, 1)].every((open) => open <= 1)).toBe(true);
    }
  });
});
