// Each answer a venue can give, and what the grid then does at its next looks.

import { describe, expect, test } from "vitest";
import { REFUSAL_REASONS } from "../../../../src/journal/entry-codes.ts";
import type { OrderState } from "../../../../src/ports/view.ts";
import { createGrid } from "../../../../strategies/grid/grid.ts";
import type { GridConfig } from "../../../../strategies/grid/grid-config.ts";
import { fakeInstrument } from "../../../support/fake-view.ts";
import { gridConfig } from "../../../support/grid-config.ts";
import { closeReasons, TroubledDesk } from "../../../support/grid-trouble.ts";

const LOOK = 100_000;
const SECOND = 1_000_000;

/** Six orders, three a side, all live: bids from 599,996, asks from 600,005. */
function deskOf(changed: Partial<GridConfig> = {}): TroubledDesk {
  const config = gridConfig({ driftTicks: 100, ...changed });
  const desk = new TroubledDesk(createGrid(config, [fakeInstrument]));
  desk.wake();
  return desk;
}

const liveDesk = (changed: Partial<GridConfig> = {}): TroubledDesk => {
  const desk = deskOf(changed);
  desk.answerAll();
  return desk;
};

const open = (desk: TroubledDesk, side: "bid" | "ask") =>
  desk.state.orders.filter((order) => order.side === side).map((order) => order.price);

function first(desk: TroubledDesk) {
  const [order] = desk.state.orders;
  if (order === undefined) throw new Error("no order is open");
  return order;
}

/** Sets how an order is believed to be, without a word to the grid. */
function believe(desk: TroubledDesk, state: OrderState): void {
  const { orderId } = first(desk);
  desk.state.orders = desk.state.orders.map((order) =>
    order.orderId === orderId ? { ...order, state } : order,
  );
}

const at = (pick: number, what: "refuse" | "close" | "lose" | "vanish" | "find") => ({
  do: what,
  pick,
  lots: 1,
});

describe("the grid, answered", () => {
  test.each(REFUSAL_REASONS)(
    "a place refused as %s is asked for again, at the latest after its pause",
    (reason) => {
      const desk = deskOf({ refusalCountMax: 1 });
      const refused = first(desk);
      desk.refuse(refused, reason);
      desk.answerAll();
      expect(desk.wake()).toEqual([]);
      expect(desk.wake(SECOND)).toMatchObject([{ kind: "PlaceOrder", price: refused.price }]);
      expect(desk.faults).toEqual([]);
    },
  );

  test.each(closeReasons)("an order closed as %s is placed again, once", (reason) => {
    const desk = liveDesk();
    const closed = first(desk);
    desk.perform(at(closeReasons.indexOf(reason) * 6, "close"));
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", price: closed.price }]);
    expect(desk.wake()).toEqual([]);
    expect(desk.faults).toEqual([]);
  });

  test("an order whose outcome is unknown holds its rung; found dead, it is placed again", () => {
    const desk = deskOf();
    desk.perform(at(0, "lose"));
    for (let look = 0; look < 20; look += 1) expect(desk.wake()).toEqual([]);
    desk.perform(at(0, "vanish"));
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", price: 599_996 }]);
  });

  test("an unwanted order whose cancel is unknown is cancelled again once it is found alive", () => {
    const desk = liveDesk({ levels: 1, driftTicks: 0 });
    const stale = first(desk).orderId;
    desk.state.bid = 600_050;
    desk.state.ask = 600_051;
    desk.wake();
    desk.perform(at(0, "lose"));
    expect(desk.wake()).not.toContainEqual(expect.objectContaining({ kind: "CancelOrder" }));
    desk.perform(at(0, "find"));
    expect(desk.wake()).toContainEqual({ kind: "CancelOrder", instrument: 0, orderId: stale });
  });

  test("a refused cancel is asked again ever later, and holds up no order elsewhere", () => {
    const desk = liveDesk({ levels: 1, driftTicks: 0 });
    const refused = first(desk);
    desk.state.bid = 600_050;
    desk.state.ask = 600_051;
    let asked = 0;
    for (let look = 0; look < 100; look += 1) {
      const cancels = desk.wake().filter((command) => command.kind === "CancelOrder");
      if (!cancels.some((command) => command.orderId === refused.orderId)) {
        desk.answerAll();
        continue;
      }
      asked += 1;
      believe(desk, "live");
      const told = { at: desk.state.now, venueAt: desk.state.now } as never;
      desk.tell({
        ...(told as { at: never; venueAt: never }),
        kind: "OrderRefused",
        instrument: fakeInstrument.id,
        orderId: refused.orderId,
        request: "cancel",
        reason: "rate-limited",
        text: "",
      });
    }
    // After 0.1, 0.2, 0.4, 0.8 s, then each second (its longest wait): twelve or so in ten seconds, not a hundred.
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(15);
    expect(open(desk, "bid")).toContain(600_046);
  });

  test("fills that overtake the acceptance take the rung; the acceptance after them changes nothing", () => {
    const desk = deskOf();
    const order = first(desk);
    desk.fill(order, 4);
    desk.accept({ ...order });
    desk.answerAll();
    expect(desk.wake()).toEqual([]);
    desk.fill(first(desk), 6);
    expect(open(desk, "bid")).toEqual([599_986, 599_976]);
    expect(desk.wake()).toEqual([]);
  });

  test("an order that is over with part of it filled stands whole again: a rung is whole or not at all", () => {
    const desk = liveDesk();
    desk.fill(first(desk), 4);
    desk.close(first(desk));
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", price: 599_996, size: 10 }]);
    desk.answerAll();
    // The four lots are carried: only with ten is the rung taken.
    expect(open(desk, "ask")).toEqual([600_005, 600_015, 600_025]);
  });

  test("one print through the whole ladder takes every rung, and stands for the way back", () => {
    const desk = liveDesk();
    for (const order of desk.state.orders.filter(({ side }) => side === "bid"))
      desk.fill(order, 10);
    desk.state.bid = 599_940;
    desk.state.ask = 599_941;
    desk.wake();
    desk.answerAll();
    expect(open(desk, "bid")).toEqual([]);
    expect(open(desk, "ask").toSorted()).toEqual([599_986, 599_996, 600_005, 600_015, 600_025]);
    expect(desk.state.position).toBe(30);
  });

  test("a second order at one rung is cancelled", () => {
    const desk = liveDesk();
    const order = first(desk);
    desk.state.orders = [...desk.state.orders, { ...order, orderId: 99 as never }];
    desk.perform({ do: "report", pick: 0, lots: 1 });
    expect(desk.wake()).toEqual([{ kind: "CancelOrder", instrument: 0, orderId: 99 }]);
  });
});

describe("the grid, when others move its position", () => {
  test("is built anew when that is more than the configured part of it", () => {
    const desk = liveDesk({ positionDriftPermille: 100, driftTicks: 1_000 });
    desk.state.bid = 600_100;
    desk.state.ask = 600_101;
    desk.perform({ do: "move-position", pick: 0, lots: 20 });
    desk.wake();
    desk.answerAll();
    desk.wake();
    expect(open(desk, "bid")).toContain(600_096);
  });

  test("carries less than that past its rungs: none of them was bought", () => {
    const desk = liveDesk({ positionDriftPermille: 100, positionMaxLots: 10_000 });
    desk.state.position = 1_000;
    desk.perform({ do: "report", pick: 0, lots: 1 });
    desk.wake();
    desk.answerAll();
    desk.perform({ do: "move-position", pick: 0, lots: 30 });
    expect(desk.wake()).toEqual([]);
  });
});

describe("the grid, when its bot is unwell", () => {
  test.each(["critical", "emergency"] as const)(
    "%s: quotes only the way out, and all again once it is well",
    (level) => {
      const desk = liveDesk();
      desk.fill(first(desk), 10);
      desk.state.degradation = level;
      desk.wake();
      desk.answerAll();
      desk.wake();
      expect(open(desk, "bid")).toEqual([]);
      expect(open(desk, "ask")).toEqual([600_005]);
      desk.state.degradation = "normal";
      desk.wake();
      expect(open(desk, "bid")).toEqual([599_986, 599_976]);
      expect(open(desk, "ask")).toHaveLength(3);
    },
  );

  test("degraded: goes on as it is, the machinery sends smaller orders", () => {
    const desk = liveDesk();
    desk.state.degradation = "degraded";
    expect(desk.wake()).toEqual([]);
    expect(desk.state.orders).toHaveLength(6);
  });
});

describe("what the grid does only when asked to", () => {
  test("keeps an order within the reprice threshold of its rung, for its place in the queue", () => {
    const desk = liveDesk({ driftTicks: 0, repriceTicks: 3 });
    desk.state.bid = 600_003;
    desk.state.ask = 600_004;
    expect(desk.wake()).toEqual([]);
    desk.state.bid = 600_004;
    desk.state.ask = 600_005;
    expect(desk.wake().filter((command) => command.kind === "CancelOrder")).toHaveLength(6);
  });

  test("replaces an order that is as old as it may be", () => {
    const desk = liveDesk({ orderTtlUs: 5 * LOOK });
    for (let look = 1; look < 5; look += 1) expect(desk.wake()).toEqual([]);
    expect(desk.wake().map((command) => command.kind)).toEqual(Array(6).fill("CancelOrder"));
    desk.answerAll();
    expect(desk.wake().map((command) => command.kind)).toEqual(Array(6).fill("PlaceOrder"));
  });

  test("places no order of less value than the least notional", () => {
    // Tick 0.1 × lot 0.001: ten lots at 59,999.6 are 599.996 of the quote currency.
    expect(open(deskOf({ minNotionalE8: 600_01 * 1_000_000 }), "bid")).toEqual([]);
    expect(open(deskOf({ minNotionalE8: 599_99 * 1_000_000 }), "bid")).toEqual([599_996]);
  });

  const inventory = { skewSoftPermille: 200, skewHardPermille: 500 };

  test("sizes its rungs by what is held when it is centred", () => {
    const desk = new TroubledDesk(createGrid(gridConfig({ inventory }), [fakeInstrument]));
    desk.state.position = 40;
    desk.wake();
    const sizes = (side: "bid" | "ask") =>
      desk.state.orders.filter((order) => order.side === side).map((order) => order.size);
    expect(sizes("bid")).toEqual([8, 8, 8]);
    expect(sizes("ask")).toEqual([11, 11, 11]);
  });

  test("quotes no side that grows a position beyond the hard limit", () => {
    const desk = new TroubledDesk(createGrid(gridConfig({ inventory }), [fakeInstrument]));
    desk.state.position = 51;
    desk.wake();
    expect(open(desk, "bid")).toEqual([]);
    expect(open(desk, "ask")).toHaveLength(3);
  });

  test("leans with the trend, and spreads with volatility, at the next centring", () => {
    const trend = { fastEma: 1, slowEma: 2, maxE8: 100 };
    const desk = new TroubledDesk(
      createGrid(gridConfig({ trend, barUs: LOOK, driftTicks: 0 }), [fakeInstrument]),
    );
    for (let look = 0; look < 5; look += 1) {
      desk.state.bid = 600_000 + 10 * look;
      desk.state.ask = desk.state.bid + 1;
      desk.wake();
      desk.answerAll();
    }
    desk.wake();
    // 1e-6 of 1,200,081 half ticks: one of them, half a tick. The first bid is 5 ticks below 600,041.
    expect(Math.max(...open(desk, "bid").map(Number))).toBe(600_036);
  });

  test("takes its orders off after a bar that moved too far, and comes back after the pause", () => {
    const volatility = {
      atrLength: 1,
      ewmaAlphaPermille: 120,
      initVolPermille: 1,
      atrWeightPermille: 0,
      volWeightPermille: 0,
      spacingE8: 0,
      spacingMinE8: 0,
      spacingMaxE8: 0,
      circuitSigmaPermille: 4_000,
    };
    const desk = new TroubledDesk(
      createGrid(gridConfig({ volatility, barUs: LOOK }), [fakeInstrument]),
    );
    for (let look = 0; look < 4; look += 1) {
      desk.wake();
      desk.answerAll();
    }
    desk.state.bid = 600_400;
    desk.state.ask = 600_401;
    desk.wake();
    desk.answerAll();
    expect(desk.wake().every((command) => command.kind === "CancelOrder")).toBe(true);
    desk.answerAll();
    expect(desk.state.orders).toEqual([]);
    expect(desk.wake()).toEqual([]);
    expect(desk.wake(SECOND)).toHaveLength(6);
  });
});
