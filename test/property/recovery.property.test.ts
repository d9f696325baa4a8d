// Whatever a venue answered, reported or left unanswered: the bot recovered from its journal is the bot that wrote it,
// and one that begins a session from there keeps its promises.

import fc from "fast-check";
import { expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import { REQUEST_TIMER, WATCH_TIMER } from "../../src/bot/own-timers.ts";
import type { Command } from "../../src/domain/command.ts";
import { timeUs } from "../../src/domain/units.ts";
import { recoveryOf } from "../../src/state/recovery.ts";
import { BotBench, benchInstruments } from "../support/bot-bench.ts";
import { sealedEntries } from "../support/crash-bench.ts";

const id = fc.integer({ min: 1, max: 8 });
const lots = fc.integer({ min: 1, max: 12 });
const side = fc.constantFrom("bid", "ask");
const of = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ kind: fc.constant(kind), instrument: fc.constant(0), ...fields });

const command = fc.oneof(
  of("PlaceOrder", {
    orderId: id,
    side,
    price: lots,
    size: lots,
    timeInForce: fc.constant("GTC"),
    reduceOnly: fc.boolean(),
  }),
  of("CancelOrder", { orderId: id }),
  of("AmendOrder", { orderId: id, price: lots, size: lots }),
  fc.record({ kind: fc.constant("CancelAll"), venue: fc.constant(0) }),
) as unknown as fc.Arbitrary<Command>;

const order = fc.record({
  instrument: fc.constant(0),
  orderId: id,
  side,
  price: lots,
  leaves: lots,
});
const answer = fc.oneof(
  of("OrderAccepted", { orderId: id, request: fc.constant("place"), price: lots, size: lots }),
  of("OrderRefused", {
    orderId: id,
    request: fc.constantFrom("place", "cancel"),
    reason: fc.constantFrom("rate-limited", "unknown-order"),
    text: fc.constant(""),
  }),
  of("OrderFilled", {
    orderId: id,
    tradeId: fc.integer({ min: 1, max: 20 }),
    side,
    price: lots,
    size: lots,
    cumulative: lots,
    liquidity: fc.constant("maker"),
    fee: fc.constant(1),
  }),
  of("OrderClosed", { orderId: id, reason: fc.constant("cancelled"), filled: lots }),
  fc.record({
    kind: fc.constant("AccountReported"),
    venue: fc.constant(0),
    balance: fc.constant(0),
    positions: fc.array(fc.record({ instrument: fc.constant(0), lots }), { maxLength: 1 }),
    openOrders: fc.uniqueArray(order, { maxLength: 4, selector: (each) => each.orderId }),
  }),
  fc.record({
    kind: fc.constant("TimerFired"),
    timer: fc.constantFrom(WATCH_TIMER, REQUEST_TIMER),
  }),
  fc.record({
    kind: fc.constant("LinkChanged"),
    venue: fc.constant(0),
    link: fc.constantFrom("up", "down"),
    cause: fc.constant("test"),
  }),
);

const step = fc.record({
  waitsUs: fc.constantFrom(0, 500_000, 4_000_000, 40_000_000),
  does: fc.oneof(fc.array(command, { maxLength: 3 }), answer),
});

function writeAhead(drift: "adopt" | "halt" | "alert"): BotBench {
  const reconciliation = { drift, orphans: "cancel", graceUs: 1_000_000 } as const;
  const machinery = { ...MACHINERY_DEFAULTS, stuckOrderUs: 20_000_000, reconciliation };
  const risk = { instruments: [{ instrument: 0, positionLotsMax: 40 }] };
  return new BotBench(risk, benchInstruments(), { durability: "write-ahead", machinery });
}

test("a bot is recovered as it was, whatever it lived through, and goes on from there", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 50 }),
      fc.constantFrom("adopt", "halt", "alert"),
      (steps, drift) => {
        const bench = writeAhead(drift);
        for (const { waitsUs, does } of steps) {
          bench.now += waitsUs;
          if (Array.isArray(does)) bench.command(...does);
          else bench.tell(does);
        }
        // What follows from the last event is on disk with the next one; here all of it is.
        bench.journal.commit();
        const again = writeAhead(drift);
        again.bot.recover(recoveryOf(sealedEntries(bench.storage.snapshot())));
        expect(again.bot.save()).toEqual(bench.bot.save());
        again.now = bench.now;
        again.bot.start(timeUs(bench.now));
        const states = again.open.filter((each) => /sent|cancelling|amending/.test(each));
        expect(states).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
