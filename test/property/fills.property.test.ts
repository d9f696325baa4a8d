// What the wire may do to the answers about our orders, and what must come of it: whatever is repeated, delayed or
// overtaken, the position is the sum of the distinct fills at every moment, and in the end nothing is open or reserved.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Side } from "../../src/domain/units.ts";
import { instrumentId, tradeId, venueId } from "../../src/domain/units.ts";
import type { RiskView } from "../../src/risk/risk-rule.ts";
import { BENCH_CASH, BotBench } from "../support/bot-bench.ts";

/** Ledger units in one tick × one lot of the bench's instrument. */
const UNITS = 10_000n;

/** What the venue does with one order: fills of these sizes, then its end. */
type Life = Readonly<{ side: Side; size: number; price: number; fills: readonly number[] }>;

const life: fc.Arbitrary<Life> = fc
  .record({
    side: fc.constantFrom<Side>("bid", "ask"),
    price: fc.integer({ min: 900, max: 1100 }),
    fills: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 25 }),
    left: fc.nat({ max: 10 }),
  })
  .map(({ side, price, fills, left }) => {
    const filled = fills.reduce((sum, lots) => sum + lots, 0);
    return { side, price, fills, size: Math.max(1, filled + left) };
  });

type Message = Readonly<{ kind: "accept" | "fill" | "close"; order: number; fill: number }>;

/** Every answer about these orders, some of them twice or three times, in any order at all. */
function messages(lives: readonly Life[]): fc.Arbitrary<readonly Message[]> {
  const each = lives.flatMap(({ fills }, order): Message[] => [
    { kind: "accept", order, fill: 0 },
    ...fills.map((_, fill): Message => ({ kind: "fill", order, fill })),
    { kind: "close", order, fill: 0 },
  ]);
  return fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: each.length, maxLength: each.length })
    .chain((copies) => {
      const wire = each.flatMap((message, index) =>
        Array<Message>(copies[index] ?? 1).fill(message),
      );
      return fc.shuffledSubarray(wire, { minLength: wire.length });
    });
}

const scenario = fc
  .array(life, { minLength: 1, maxLength: 4 })
  .chain((lives) => messages(lives).map((wire) => ({ lives, wire })));

/** The sum of what was told so far, each trade once: the oracle. */
class Oracle {
  lots = 0;
  cash = BENCH_CASH;
  readonly filled = { bid: 0, ask: 0 };
  readonly #seen = new Set<string>();

  hear({ kind, order, fill }: Message, { side, fills, price }: Life): void {
    const name = `${order}/${fill}`;
    if (kind !== "fill" || this.#seen.has(name)) return;
    this.#seen.add(name);
    const size = fills[fill] as number;
    const signed = side === "bid" ? size : -size;
    this.filled[side] += size;
    this.lots += signed;
    this.cash -= BigInt(signed * price) * UNITS + 7n;
  }
}

function tell(bench: BotBench, message: Message, { side, price, size, fills }: Life): void {
  const id = message.order + 1;
  const filledUpTo = (count: number) => fills.slice(0, count).reduce((sum, lots) => sum + lots, 0);
  if (message.kind === "accept") bench.accept(id, { price, size });
  else if (message.kind === "fill") {
    const { fill } = message;
    bench.fill(id, fills[fill] as number, filledUpTo(fill + 1), {
      tradeId: tradeId(1000 * id + fill),
      side,
      price: price as never,
      fee: 7 as never,
    });
  } else {
    const filled = filledUpTo(fills.length);
    bench.close(id, filled, filled === size ? "filled" : "cancelled");
  }
}

test("the position is the sum of the distinct fills, whatever the wire does to them", () => {
  fc.assert(
    fc.property(scenario, ({ lives, wire }) => {
      const bench = new BotBench();
      const oracle = new Oracle();
      lives.forEach(({ side, price, size }, index) => {
        bench.place(index + 1, { side, price, size });
      });
      for (const message of wire) {
        const about = lives[message.order] as Life;
        tell(bench, message, about);
        oracle.hear(message, about);
        expect(bench.lots).toBe(oracle.lots);
      }
      const view = bench.bot.view as RiskView;
      expect(bench.open).toEqual([]);
      expect(view.openLots(instrumentId(0), "bid")).toBe(0);
      expect(view.openLots(instrumentId(0), "ask")).toBe(0);
      const { costTickLots } = view.position(instrumentId(0));
      expect(view.account(venueId(0)).cash).toBe(oracle.cash + BigInt(costTickLots) * UNITS);
    }),
    { numRuns: 200 },
  );
});

test("what is reserved is never less than what will still fill", () => {
  fc.assert(
    fc.property(scenario, ({ lives, wire }) => {
      const bench = new BotBench();
      const oracle = new Oracle();
      lives.forEach(({ side, price, size }, index) => {
        bench.place(index + 1, { side, price, size });
      });
      for (const message of wire) {
        const about = lives[message.order] as Life;
        tell(bench, message, about);
        oracle.hear(message, about);
        for (const side of ["bid", "ask"] as const) {
          const will = total(lives, side) - oracle.filled[side];
          const reserved = (bench.bot.view as RiskView).openLots(instrumentId(0), side);
          expect(reserved).toBeGreaterThanOrEqual(will);
        }
      }
    }),
    { numRuns: 100 },
  );
});

/** Lots the venue fills on a side in all. */
function total(lives: readonly Life[], side: Side): number {
  const fills = lives.filter((each) => each.side === side).flatMap((each) => each.fills);
  return fills.reduce((sum, lots) => sum + lots, 0);
}
