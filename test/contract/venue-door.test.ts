// The venue's part of the conformance list in docs/FILLS.md, continued: what is decided of a request before it meets
// the book, and what its answers tell. Times in µs; entry takes 10, answers take none unless a test says otherwise.

import { describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type {
  DurationUs,
  InstrumentId,
  OrderId,
  PriceTicks,
  SizeLots,
  TimeUs,
  VenueId,
} from "../../src/domain/units.ts";
import { durationUs } from "../../src/domain/units.ts";
import { cancel, constantLatency, place, runRig, story } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";
import { VenueRig } from "../support/venue-rig.ts";

const NOTHING = 0 as InstrumentId;
const VENUE = 0 as VenueId;

const book = () =>
  new TapeBuilder().snapshot(
    1000,
    ["bid", 100, 10],
    ["bid", 99, 20],
    ["ask", 101, 10],
    ["ask", 102, 20],
  );

/** Something far away at the end, so that the run lasts until `at`. */
const until = (tape: TapeBuilder, at: number) => tape.depth(at, ["ask", 900, 1]).build();

const held = (taker: number, maker = 0, cancels = 0): Partial<VenueProfile> => ({
  takerDelayUs: taker as DurationUs,
  makerDelayUs: maker as DurationUs,
  cancelDelayUs: cancels as DurationUs,
});

/** What the bot hears when it sends these at these times. */
function heard(
  at: readonly (readonly [number, readonly Command[]])[],
  profile: Partial<VenueProfile>,
  tape = book(),
): readonly string[] {
  const bot = new ScriptedStrategy({ at });
  runRig([{ tape: until(tape, 90_000) }], bot, { profile, latency: constantLatency(10, 0) });
  return story(bot.heard);
}

describe("what an acknowledgement is worth", () => {
  const orders = (): readonly Command[] => [
    place(1, "bid", 99, 5),
    place(2, "bid", 99, 0.5),
    place(3, "bid", 101, 5, "POST_ONLY"),
  ];
  const away = () => book().depth(2100, ["ask", 101, 0]);

  test("V22 where the reply is not the outcome, form is refused on arrival and the rest when it meets the book", () => {
    for (const ack of ["pending", "taken"] as const) {
      expect(heard([[2000, orders()]], { ack, ...held(250, 250) })).toEqual([
        "refused 2 off-lot at 2010 (2010)",
        "accepted 1 at 2260 (2260)",
        "refused 3 post-only-would-cross at 2260 (2260)",
      ]);
    }
    expect(heard([[2000, orders()]], { ack: "final", ...held(250, 250) })).toEqual([
      "accepted 1 at 2260 (2260)",
      "refused 2 off-lot at 2260 (2260)",
      "refused 3 post-only-would-cross at 2260 (2260)",
    ]);
    // What it would have matched is gone by then: it rests.
    expect(heard([[2000, orders()]], { ack: "pending", ...held(250, 250) }, away()).at(-1)).toBe(
      "accepted 3 at 2260 (2260)",
    );
  });

  test("V26 a closing row that tells nothing loses no fill, not even one told after it", () => {
    const told = (closedRowTellsFilled: boolean, lateFill: boolean) => {
      const bot = new ScriptedStrategy({
        at: [
          [2000, [place(1, "bid", 100, 9)]],
          [3050, [cancel(1)]],
          [5000, [{ kind: "ReportAccount", venue: VENUE }]],
        ],
        on: (event, view) => {
          if (event.kind === "OrderClosed") lines.push(`closed with ${event.filled}`);
          if (event.kind === "OrderFilled") lines.push(`filled ${event.size}`);
          if (event.kind === "AccountReported") {
            lines.push(`truth ${event.positions[0]?.lots}, belief ${view.position(NOTHING).lots}`);
            lines.push(`${view.openOrders(NOTHING).length} open`);
          }
          return [];
        },
      });
      const lines: string[] = [];
      // 10 lots stand before the order: a sale of 13 fills 3 of its 9.
      const tape = until(book().print(3000, "ask", 100, 13), 9000);
      const entry = { kind: "constant", us: 10 } as const;
      const slowAt3000 = [
        [0, 10],
        [2999, 10],
        [3000, lateFill ? 1000 : 10],
        [3001, 10],
      ] as const;
      const response = { kind: "recorded", rows: slowAt3000 } as const;
      const latency = { place: entry, cancel: entry, amend: entry, response, overtaking: true };
      runRig([{ tape }], bot, { latency, profile: { closedRowTellsFilled } });
      return lines;
    };
    const end = ["truth 3, belief 3", "0 open"];
    expect(told(false, false)).toEqual(["filled 3", "closed with 0", ...end]);
    expect(told(false, true)).toEqual(["closed with 0", "filled 3", ...end]);
    expect(told(true, true)).toEqual(["closed with 3", "filled 3", ...end]);
    const rig = new VenueRig(book(), { closedRowTellsFilled: false });
    rig.place(1010, { id: 1, side: "bid", tick: 101, lots: 4 });
    expect(rig.lines.at(-1)).toBe("closed 1 filled 4");
  });
});

describe("what a venue holds back", () => {
  test("V23 takers, makers and cancels wait, each for its time; a cancel that overtakes its order misses it", () => {
    const amend = (id: number): Command => ({
      kind: "AmendOrder",
      instrument: NOTHING,
      orderId: id as OrderId,
      price: 98 as PriceTicks,
      size: 4 as SizeLots,
    });
    const profile = held(300, 200, 100);
    const script = [
      [2000, [place(1, "bid", 99, 5), place(2, "bid", 99, 5, "POST_ONLY")]],
      [2050, [{ kind: "CancelAll", venue: VENUE, instrument: undefined }]],
      [3000, [amend(1), amend(2)]],
      [4000, [cancel(1), cancel(2)]],
    ] as const;
    // The cancel-all is carried out at 2160, before either order is there.
    expect(heard(script, profile)).toEqual([
      "accepted 2 at 2210 (2210)",
      "accepted 1 at 2310 (2310)",
      "accepted 2 at 3210 (3210)",
      "accepted 1 at 3310 (3310)",
      "closed 1 cancelled at 4110 (4110)",
      "closed 2 cancelled at 4110 (4110)",
    ]);
  });
});

describe("how many requests a venue takes", () => {
  const limit = { weight: 3, windowUs: durationUs(3000), place: 1, cancel: 1, report: 2 };
  const profile = { rateLimits: [limit], words: { "rate-limited": "429" } };
  const bid = (id: number) => ({ id, side: "bid", tick: 99, lots: 5 }) as const;

  test("V24 requests beyond the rate are refused, and room comes back evenly", () => {
    const rig = new VenueRig(book(), profile);
    for (const id of [1, 2, 3, 4]) rig.place(2000, bid(id));
    // One in a thousand µs: not yet, then one and no more. The refused one cost nothing.
    rig
      .place(2999, bid(5))
      .place(3000, bid(6))
      .cancel(3000, 1)
      .amend(3500, 1, 98, 4)
      .cancel(4000, 1);
    expect(rig.lines).toEqual([
      "accepted 1",
      "accepted 2",
      "accepted 3",
      "refused 4 place rate-limited",
      "refused 5 place rate-limited",
      "accepted 6",
      "refused 1 cancel rate-limited",
      "refused 1 amend rate-limited",
      "closed 1 cancelled 0",
    ]);
    expect(rig.texts).toEqual(["429", "429", "429", "429"]);
  });

  test("V25 a cancel-all beyond the rate is refused order by order, a report stays unanswered", () => {
    const rig = new VenueRig(book(), profile);
    for (const id of [1, 2, 3]) rig.place(2000, bid(id));
    const tell = (at: number, command: Extract<Command, { kind: "CancelAll" | "ReportAccount" }>) =>
      rig.to(at).exchange.receive(command, at as TimeUs);
    rig.events.length = 0;
    tell(2100, { kind: "CancelAll", venue: VENUE, instrument: undefined });
    tell(2100, { kind: "ReportAccount", venue: VENUE });
    expect(rig.lines).toEqual([1, 2, 3].map((id) => `refused ${id} cancel rate-limited`));
    rig.events.length = 0;
    // A report weighs two here.
    tell(3900, { kind: "ReportAccount", venue: VENUE });
    expect(rig.lines).toEqual([]);
    tell(4000, { kind: "ReportAccount", venue: VENUE });
    expect(rig.lines).toEqual(["AccountReported"]);
    tell(5000, { kind: "CancelAll", venue: VENUE, instrument: undefined });
    expect(rig.lines.slice(1)).toEqual([1, 2, 3].map((id) => `closed ${id} cancelled 0`));
  });

  test("every limit must have room, and what one refuses costs no other", () => {
    const orders = { ...limit, weight: 1, windowUs: durationUs(1000), cancel: 0, report: 0 };
    const rig = new VenueRig(book(), { rateLimits: [limit, orders] });
    rig.place(2000, bid(1)).place(2000, bid(2)).place(2000, bid(3)).cancel(2000, 1).cancel(2000, 9);
    expect(rig.lines).toEqual([
      "accepted 1",
      "refused 2 place rate-limited",
      "refused 3 place rate-limited",
      "closed 1 cancelled 0",
      "refused 9 cancel unknown-order",
    ]);
  });

  test("a bot takes a refused cancel for what it is: the order stands", () => {
    const states: unknown[] = [];
    const bot = new ScriptedStrategy({
      at: [
        [2000, [place(1, "bid", 99, 5), place(2, "bid", 99, 5), place(3, "bid", 99, 5)]],
        [2100, [cancel(1)]],
      ],
      on: (event: Event, view) => {
        if (event.kind === "OrderRefused") {
          states.push(view.openOrders(NOTHING).map((order) => order.state));
        }
        return [];
      },
    });
    runRig([{ tape: until(book(), 9000) }], bot, { profile });
    expect(states).toEqual([["live", "live", "live"]]);
  });

  test("V27 open orders are limited in a market as well as in the account", () => {
    const rig = new VenueRig(book(), { openOrdersPerMarketMax: 2, openOrdersMax: 9 });
    for (const id of [1, 2, 3]) rig.place(2000, bid(id));
    rig.cancel(2001, 1).place(2002, bid(4));
    expect(rig.lines.slice(2)).toEqual([
      "refused 3 place max-open-orders",
      "closed 1 cancelled 0",
      "accepted 4",
    ]);
  });
});
