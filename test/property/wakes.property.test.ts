// What a strategy hears of a book depends on the recording and on what it wants, never on who else reads the book.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "../../src/domain/event.ts";
import { durationUs, instrumentId } from "../../src/domain/units.ts";
import type { BookWake } from "../../src/ports/strategy.ts";
import { runRig } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const wakes: readonly BookWake[] = [
  { on: "every-message" },
  { on: "touch" },
  { on: "interval", everyUs: durationUs(50) },
];

const rows = fc.array(
  fc.record({
    wait: fc.integer({ min: 1, max: 40 }),
    tick: fc.integer({ min: 90, max: 99 }),
    lots: fc.integer({ min: 0, max: 5 }),
    print: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);
const reads = fc.array(fc.integer({ min: 0, max: 2_500 }), { maxLength: 30 });

/** Books and prints heard; a reader looks at the book at each of `readAt`. */
function heardOf(
  drawn: readonly Readonly<{ wait: number; tick: number; lots: number; print: boolean }>[],
  readAt: readonly number[],
  book: BookWake,
  trades: boolean,
): readonly Event[] {
  const tape = new TapeBuilder();
  let at = 1_000;
  tape.snapshot(at, ["bid", 89, 5], ["ask", 100, 5]);
  for (const { wait, tick, lots, print } of drawn) {
    at += wait;
    if (print) tape.print(at, "bid", 100, 1);
    else tape.depth(at, ["bid", tick, lots]);
  }
  const strategy = new ScriptedStrategy({
    wants: [{ instrument: instrumentId(0), book, trades }],
    at: readAt.map((each) => [1_000 + each, []] as const),
    on: (_event, view) => {
      view.book(instrumentId(0)).bestBid();
      return [];
    },
  });
  runRig([{ tape: tape.build() }], strategy);
  return strategy.heard.filter(({ kind }) => kind === "BookChanged" || kind === "TradePrinted");
}

test.each(wakes)("a reader between two wakes of $on changes nothing that is told", (book) => {
  fc.assert(
    fc.property(rows, reads, fc.boolean(), (drawn, readAt, trades) => {
      const alone = heardOf(drawn, [], book, trades);
      expect(heardOf(drawn, readAt, book, trades)).toEqual(alone);
    }),
    { numRuns: 150 },
  );
});
