// What must hold of a timeline, each rule broken by the shortest account that breaks it, and kept by its neighbour.

import { describe, expect, test } from "vitest";
import { brokenBy } from "../../../src/incident/invariants.ts";
import type { Told } from "../../../src/incident/timeline.ts";

const SECOND = 1_000_000;
type Step = Told & Readonly<{ second?: number }>;

/** "B1 name: text" of each, a second between events unless told otherwise. */
function broken(...steps: readonly Step[]): readonly string[] {
  const events = steps.map(({ second, ...told }, index) => ({
    at: (second ?? index) * SECOND,
    source: `log:${index + 1}`,
    ...told,
  }));
  return brokenBy(events).map(({ id, name, text }) => `${id} ${name}: ${text}`);
}

const leg = "extended";
const row = (status: string, amount: object, order = "1", side: "buy" | "sell" = "buy"): Told => ({
  ...{ what: "status", leg, order, side, status },
  ...amount,
});
const believes = (position: string): Told => ({ what: "belief", leg, position });

describe("B1: belief against fills", () => {
  test("kept when every message of a repeated row is counted once", () => {
    expect(
      broken(
        row("OPEN", { size: "5" }),
        row("PARTIALLY_FILLED", { filled: "0.50" }),
        row("PARTIALLY_FILLED", { filled: "1.33" }),
        row("PARTIALLY_FILLED", { filled: "1.33" }),
        row("CANCELED", { filled: "1.33" }),
        row("CANCELED", { filled: "1.33" }),
        believes("1.33"),
      ),
    ).toEqual([]);
  });

  test("a difference is told when it appears, and again when it changes", () => {
    expect(
      broken(
        row("CANCELED", { filled: "1.33" }),
        believes("0"),
        believes("0"),
        row("FILLED", { filled: "5" }, "2"),
        believes("5"),
        row("FILLED", { filled: "2" }, "3"),
        believes("5"),
      ),
    ).toEqual([
      "B1 belief-against-fills: the bot believes 0, the fills say +1.33: the fills of cancelled 1 (+1.33) were not counted",
      "B1 belief-against-fills: the bot believes +5, the fills say +8.33",
    ]);
  });

  test("sums of doubles are not a difference", () => {
    const fill = (size: string): Told => ({ what: "fill", leg, side: "buy", size });
    expect(broken(fill("0.1"), fill("0.2"), believes("0.30000000000000004"))).toEqual([]);
  });

  test("an order that counts as filled without a fill", () => {
    const steps: Step[] = [
      { what: "intended", leg: "lighter", side: "sell", size: "5" },
      { what: "assumed-filled", leg: "lighter" },
    ];
    const fill: Told = { what: "fill", leg: "lighter", side: "sell", size: "5" };
    expect(broken(...steps)).toEqual([
      "B1 taken-for-filled: 5 was counted as filled; no fill of it was told",
    ]);
    expect(broken(steps[0] as Step, fill, steps[1] as Step)).toEqual([]);
  });

  test("a hedge counted when it was sent, which the venue does not hold", () => {
    const sent: Told = { what: "assumed-filled", leg: "lighter", side: "sell", size: "0.1" };
    const holds = (position: string): Told => ({ what: "position", leg: "lighter", position });
    expect(broken(holds("0"), sent, holds("-0.1"))).toEqual([]);
    expect(broken(holds("0"), sent, holds("0"))).toEqual([
      "B1 taken-for-filled: -0.1 was taken for filled; the venue went from 0 to 0",
    ]);
  });

  test("a refusal that was taken for a success", () => {
    expect(broken({ what: "assumed-filled", leg, status: "REJECTED", text: "None" })).toEqual([
      "B1 refusal-taken-for-success: None",
    ]);
  });
});

describe("B4: one live order an intent", () => {
  const cancelled = [row("OPEN", { size: "5" }), row("CANCELED", { filled: "1.33" })];

  test("a replacement for what was left keeps it, one at full size does not", () => {
    expect(broken(...cancelled, row("OPEN", { size: "3.67" }, "2"))).toEqual([]);
    expect(broken(...cancelled, row("OPEN", { size: "5" }, "2"))).toEqual([
      "B4 replaced-at-more-than-was-left: order 1 of 5 was cancelled with 1.33 filled; 3.67 was left, 5 was placed in its stead",
    ]);
  });

  test("the other side, or the next round, replaces nothing", () => {
    expect(broken(...cancelled, row("OPEN", { size: "5" }, "2", "sell"))).toEqual([]);
    expect(broken(...cancelled, { what: "phase" }, row("OPEN", { size: "5" }, "2"))).toEqual([]);
  });

  test("a second hedge for what the first has hedged", () => {
    const hedge: Told = { what: "fill", leg: "lighter", side: "sell", size: "3" };
    const maker = row("FILLED", { filled: "3", size: "3" });
    expect(broken(maker, hedge)).toEqual([]);
    expect(broken(maker, { ...hedge, size: "2" }, { ...hedge, size: "3" })).toEqual([
      "B4 hedge-overshoots: the hedge took the two legs from +1 to -2",
    ]);
  });
});

test("B2: more is counted than was filled", () => {
  const booked: Told = { what: "booked", leg, side: "buy", size: "5" };
  expect(broken(row("FILLED", { filled: "5" }), booked)).toEqual([]);
  expect(broken(row("FILLED", { filled: "5" }), booked, booked)).toEqual([
    "B2 booked-more-than-filled: 5 more was counted as bought than was filled",
  ]);
});

test("E3 and X4: more than its size is filled of an order, and less than before", () => {
  expect(broken(row("OPEN", { size: "5" }), row("FILLED", { filled: "6" }))).toEqual([
    "E3 filled-beyond-its-size: order 1 of 5 has 6 filled",
  ]);
  expect(
    broken(row("PARTIALLY_FILLED", { filled: "1.33" }), row("PARTIALLY_FILLED", { filled: "0.5" })),
  ).toEqual(["X4 cumulative-decreases: order 1 had 1.33 filled, and now 0.5"]);
});

test("X1: the venue holds what no fill explains; what it held before the first is no fill's matter", () => {
  const holds: Told = { what: "position", leg, position: "0.66" };
  expect(broken(holds, row("FILLED", { filled: "5" }), believes("5.66"))).toEqual([]);
  expect(broken(row("FILLED", { filled: "5" }), holds)).toEqual([
    "X1 fills-do-not-explain-the-position: the venue holds +0.66, the fills told say +5",
  ]);
});

describe("B6: one leg stands alone", () => {
  const alone = (seconds: number): readonly string[] =>
    broken(
      { what: "intended", leg: "lighter", side: "sell", size: "4", second: 0 },
      { ...row("FILLED", { filled: "4" }), second: 1 },
      { what: "fill", leg: "lighter", side: "sell", size: "4", second: 1 + seconds },
    );

  test("for half a minute it may, longer it may not", () => {
    expect(alone(30)).toEqual([]);
    expect(alone(31)).toEqual([
      "B6 one-leg-stood-alone: the two legs differed by more than 0.2 for 31.0 s, by 4 at most: 124 unit-seconds",
    ]);
  });

  test("a bot of one leg hedges nothing", () => {
    expect(broken(row("FILLED", { filled: "4" }), { ...believes("4"), second: 900 })).toEqual([]);
  });
});
