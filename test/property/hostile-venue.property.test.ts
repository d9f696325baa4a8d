// A venue that answers anything at any time: wrong ids, wrong counts, answers nobody asked for, twice, before their
// question. No promise of the bot's own may break over it, and what it keeps must stay consistent.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { instrumentId } from "../../src/domain/units.ts";
import type { RiskView } from "../../src/risk/risk-rule.ts";
import { BotBench } from "../support/bot-bench.ts";

const id = fc.integer({ min: 0, max: 6 });
const lots = fc.integer({ min: 1, max: 12 });
const side = fc.constantFrom("bid", "ask");
const kindOf = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ kind: fc.constant(kind), instrument: fc.constant(0), ...fields });

const command = fc.oneof(
  kindOf("PlaceOrder", {
    orderId: id,
    side,
    price: fc.option(lots, { nil: undefined }),
    size: lots,
    timeInForce: fc.constantFrom("GTC", "IOC"),
    reduceOnly: fc.boolean(),
  }),
  kindOf("CancelOrder", { orderId: id }),
  kindOf("AmendOrder", { orderId: id, price: lots, size: lots }),
  fc.record({ kind: fc.constant("CancelAll"), venue: fc.constant(0) }),
) as unknown as fc.Arbitrary<Command>;

const request = fc.constantFrom("place", "cancel", "amend");
const answer = fc.oneof(
  kindOf("OrderAccepted", {
    orderId: id,
    request: fc.constantFrom("place", "amend"),
    price: lots,
    size: lots,
  }),
  kindOf("OrderRefused", {
    orderId: id,
    request,
    reason: fc.constantFrom("off-tick", "unknown-order"),
    text: fc.constant(""),
  }),
  kindOf("OrderFilled", {
    orderId: id,
    tradeId: fc.integer({ min: 1, max: 20 }),
    side,
    price: lots,
    size: lots,
    cumulative: lots,
    liquidity: fc.constantFrom("maker", "taker"),
    fee: fc.integer({ min: -2, max: 5 }),
  }),
  kindOf("OrderClosed", {
    orderId: id,
    reason: fc.constantFrom("filled", "cancelled"),
    filled: fc.integer({ min: 0, max: 20 }),
  }),
  kindOf("OrderUnknown", {
    orderId: id,
    request,
    cause: fc.constantFrom("timed-out", "not-found"),
  }),
);

const step = fc.oneof(
  fc.record({ command: fc.array(command, { maxLength: 3 }) }),
  fc.record({ answer }),
);

test("no answer breaks a promise of ours, and belief stays consistent", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.boolean(), (steps, halts) => {
      const limits = [{ instrument: 0, positionLotsMax: 40, openOrdersMax: 4 }];
      const bench = new BotBench({ instruments: limits });
      for (const [index, each] of steps.entries()) {
        if ("command" in each) bench.command(...each.command);
        else bench.tell(each.answer);
        if (halts && index === 40) bench.command({ kind: "Halt", reason: "half time" });
        expectConsistent(bench);
      }
    }),
    { numRuns: 300 },
  );
});

function expectConsistent(bench: BotBench): void {
  const view = bench.bot.view as RiskView;
  const open = view.openOrders(instrumentId(0));
  const ids = open.map((order) => order.orderId);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  for (const { state } of open) expect(["filled", "cancelled", "refused"]).not.toContain(state);
  for (const each of ["bid", "ask"] as const) {
    const left = open
      .filter((order) => order.side === each && !order.reduceOnly)
      .reduce((sum, order) => sum + Math.max(0, order.size - order.filled), 0);
    expect(view.openLots(instrumentId(0), each)).toBeGreaterThanOrEqual(left);
  }
  expect(bench.lots).toBe(bookedLots(bench));
}

/** The fills that no note says were left out, added up: what the position must be. */
function bookedLots(bench: BotBench): number {
  let sum = 0;
  bench.log.entries.forEach((entry, index) => {
    if (entry.kind !== "event" || entry.event.kind !== "OrderFilled") return;
    const next = bench.log.entries[index + 1];
    const leftOut = next?.kind === "note" && /was booked before|is not booked/.test(next.text);
    if (!leftOut) sum += entry.event.side === "bid" ? entry.event.size : -entry.event.size;
  });
  return sum;
}
