// What lot rounding leaves of a hedge, worked out by hand: legs of other lots, and of contracts of other sizes.

import { expect, test } from "vitest";
import type { PlaceOrder } from "../../../src/domain/command.ts";
import type { InstrumentSpec } from "../../../src/domain/instrument.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import type { PriceTicks, SizeLots } from "../../../src/domain/units.ts";
import { instrumentId, orderId, venueId } from "../../../src/domain/units.ts";
import { hedgeRoundingOf, hedgeRoundingText } from "../../../src/explain/hedge-rounding.ts";
import type { View } from "../../../src/ports/view.ts";
import { TEST_INSTRUMENT } from "../../support/tape-builder.ts";

const instrument = (index: number, spec: Partial<InstrumentSpec>) =>
  instrumentOf({ ...TEST_INSTRUMENT, ...spec }, instrumentId(index), venueId(index));
const FINE = instrument(0, { lotSize: "0.0001" });
const COARSE = instrument(1, { lotSize: "0.005" });
const PAIR = { first: FINE.id, second: COARSE.id, firstMultiplier: 1, secondMultiplier: 1 };

const holding = (...lots: readonly number[]): View =>
  ({ position: (id: number) => ({ lots: lots[id] ?? 0 }) }) as unknown as View;
const sale = (lots: number): PlaceOrder => ({
  kind: "PlaceOrder",
  instrument: COARSE.id,
  orderId: orderId(1),
  side: "ask",
  price: 1_000 as PriceTicks,
  size: lots as SizeLots,
  timeInForce: "IOC",
  reduceOnly: false,
});

test("0.4213 held on a fine grid is hedged by 0.420 on a coarse one, and 0.0013 is left", () => {
  const rounding = hedgeRoundingOf(sale(84), holding(4_213, 0), PAIR, [FINE, COARSE]);
  expect(rounding).toEqual({ net: "0.4213", raw: "0.4213", sent: "0.42", left: "0.0013" });
  if (rounding === undefined) throw new Error("expected a rounding");
  expect(hedgeRoundingText(rounding)).toBe(
    "rounding: the pair is net 0.4213, so 0.4213 raw → 0.42 sent, 0.0013 of the net left",
  );
});

test("tokens count, not contracts: a thousand in one of the other leg", () => {
  const pair = { ...PAIR, secondMultiplier: 1_000 };
  const rounding = hedgeRoundingOf(sale(84), holding(4_213_000, 0), pair, [FINE, COARSE]);
  expect(rounding).toEqual({ net: "0.4213", raw: "0.4213", sent: "0.42", left: "0.0013" });
});

test("an order that opens, or makes the net larger, rounds no hedge", () => {
  const of = (view: View) => hedgeRoundingOf(sale(84), view, PAIR, [FINE, COARSE]);
  expect(of(holding(0, 0))).toBeUndefined();
  expect(of(holding(-4_200, 0))).toBeUndefined();
});
