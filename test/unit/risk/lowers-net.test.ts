import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { instrumentId } from "../../../src/domain/units.ts";
import type { RiskConfig } from "../../../src/risk/risk-config.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

const SECOND = 1_000_000;
const [LEFT, RIGHT] = [instrumentId(0), instrumentId(1)];
const hedgedPair = { first: LEFT, second: RIGHT, firstMultiplier: 1, secondMultiplier: 2 };

/** Long `lots` of the left leg; a lot of the right one is worth two of them. Both links are up. */
function naked(lots: number, risk: RiskConfig = {}): BotBench {
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined };
  const bench = new BotBench(risk, benchInstruments(2), { machinery, hedgedPair });
  for (const venue of [0, 1]) bench.tell({ kind: "LinkChanged", venue, link: "up", cause: "test" });
  bench.place(1, { instrument: LEFT, side: "bid", size: lots });
  bench.fill(1, lots, lots, { instrument: LEFT });
  return bench;
}

/** The left leg's link breaks, for so long. */
function linkDown(bench: BotBench, us: number): void {
  bench.tell({ kind: "LinkChanged", venue: 0, link: "down", cause: "test" });
  bench.watch(us);
}

function sizesOf(bench: BotBench): readonly string[] {
  return bench.sent.flatMap((each) =>
    each.kind === "PlaceOrder" ? [`${each.orderId} ${each.side} ${each.size}`] : [],
  );
}

const hedge = (id: number, size: number, over: object = {}) =>
  [id, { instrument: RIGHT, side: "ask", size, ...over }] as const;

describe("an order that only lowers the net of a hedged pair", () => {
  test("leaves whole while the bot is degraded, and while it sends exits alone", () => {
    for (const [us, level] of [
      [SECOND, "degraded"],
      [40 * SECOND, "critical"],
    ] as const) {
      const bench = naked(20);
      linkDown(bench, us);
      expect(bench.bot.view.health.degradation).toBe(level);
      bench.place(...hedge(2, 10));
      expect(sizesOf(bench).at(-1)).toBe("2 ask 10");
      expect(bench.refusals).toEqual([]);
    }
  });

  test("is what its lots make of it: past zero it is new risk, by one lot and in the common unit", () => {
    const bench = naked(20);
    linkDown(bench, 40 * SECOND);
    bench.place(...hedge(2, 11));
    expect(bench.refusals).toEqual(["degradation"]);
    // The other way it adds to what is open.
    bench.place(...hedge(3, 1, { side: "bid" }));
    expect(bench.refusals).toHaveLength(2);
    bench.place(...hedge(4, 10));
    expect(bench.refusals).toHaveLength(2);
  });

  test("counts what may still fill the same way on either leg, reduce-only orders too", () => {
    const bench = naked(20);
    linkDown(bench, 40 * SECOND);
    bench.place(2, { instrument: LEFT, side: "ask", size: 12, reduceOnly: true });
    bench.place(...hedge(3, 5));
    expect(bench.refusals).toEqual(["degradation"]);
    bench.place(...hedge(4, 4));
    expect(bench.refusals).toHaveLength(1);
    bench.place(...hedge(5, 1));
    expect(bench.refusals).toHaveLength(2);
  });

  test("may be moved while exits alone are sent, not grown past zero", () => {
    const bench = naked(20);
    linkDown(bench, 40 * SECOND);
    bench.place(...hedge(2, 6));
    bench.accept(2, { instrument: RIGHT, size: 6 });
    const amend = (size: number) =>
      bench.command({ ...bench.order(2), kind: "AmendOrder", instrument: RIGHT, size } as never);
    amend(11);
    expect(bench.refusals).toEqual(["degradation"]);
    amend(10);
    expect(bench.sent.at(-1)?.kind).toBe("AmendOrder");
  });

  test("is sent on stale data and after a day's loss, and never past a limit of sizes", () => {
    const stale = naked(20, {
      staleData: { ttlUs: 60 * SECOND },
      instruments: [{ instrument: 1, orderLotsMax: 8 }],
    });
    stale.watch(120 * SECOND);
    stale.place(2, { instrument: LEFT, side: "bid", size: 1 });
    expect(stale.refusals).toEqual(["stale-data"]);
    stale.place(...hedge(3, 8));
    expect(stale.refusals).toHaveLength(1);
    const limited = naked(20, { instruments: [{ instrument: 1, orderLotsMax: 8 }] });
    limited.place(...hedge(3, 9));
    expect(limited.refusals).toEqual(["max-order-size"]);
  });

  test("does not leave a bot that has halted: an emergency is closed before the halt, or by a person", () => {
    const bench = naked(20);
    bench.command({ kind: "Halt", reason: "test" });
    bench.place(...hedge(2, 10));
    expect(bench.refusals).toEqual(["halted"]);
  });

  test("is new risk to a bot that names no pair", () => {
    const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined };
    const bench = new BotBench({}, benchInstruments(2), { machinery });
    bench.place(1, { instrument: LEFT, side: "bid", size: 20 });
    bench.fill(1, 20, 20, { instrument: LEFT });
    linkDown(bench, 40 * SECOND);
    bench.place(...hedge(2, 10));
    expect(bench.refusals).toEqual(["degradation"]);
  });
});
