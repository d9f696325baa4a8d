import { expect, test } from "vitest";
import { answers, askedRun } from "../../support/asked-run.ts";
import { orderTapeInstrument, orderTapeOf } from "../../support/order-tapes.ts";
import { constantLatency, place } from "../../support/run-rig.ts";
import { ScriptedStrategy } from "../../support/scripted-strategy.ts";
import { PLAIN } from "../../support/venue-rig.ts";

test("on an order-level recording the queue is exact: executions and cancels ahead move it", async () => {
  const source = orderTapeOf([
    { at: 0, what: "add", side: "bid", ref: 1, price: 100, lots: 5 },
    { at: 0, what: "add", side: "bid", ref: 2, price: 100, lots: 4 },
    { at: 0, what: "add", side: "ask", ref: 3, price: 103, lots: 4 },
    { at: 200, what: "execute", side: "bid", ref: 1, price: 100, lots: 3 },
    { at: 300, what: "delete", side: "bid", ref: 2, price: 100, lots: 4 },
    { at: 9_000, what: "add", side: "ask", ref: 4, price: 104, lots: 1 },
  ]);
  const [answer] = await answers(
    askedRun({
      seed: "orders",
      venues: [
        { name: "v", profile: PLAIN, latency: constantLatency(10, 10), startingCash: "1000000" },
      ],
      instruments: [
        { spec: orderTapeInstrument, venue: "v", recording: { kind: "orders", source } },
      ],
      fillModel: { kind: "risk-averse" },
      strategy: () => new ScriptedStrategy({ at: [[100, [place(1, "bid", 100, 2)]]] }),
      risk: {},
      facts: {},
    }),
  );
  expect(answer?.reason).toEqual({
    kind: "open-at-end",
    so: {
      kind: "touched-behind-queue",
      aheadAtRest: 9,
      aheadAtEnd: 2,
      printedLots: 3,
      throughLots: 0,
      prints: 1,
      cancelledAhead: 4,
    },
  });
  expect(answer?.replayAgrees).toBe(true);
});
