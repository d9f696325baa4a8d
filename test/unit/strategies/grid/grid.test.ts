import { describe, expect, test } from "vitest";
import type { OrderView } from "../../../../src/ports/view.ts";
import { createGrid } from "../../../../strategies/grid/grid.ts";
import type { GridConfig } from "../../../../strategies/grid/grid-config.ts";
import { FakeDesk } from "../../../support/fake-desk.ts";
import { fakeInstrument } from "../../../support/fake-view.ts";
import { gridConfig } from "../../../support/grid-config.ts";

function deskOf(changed: Partial<GridConfig> = {}): FakeDesk {
  return new FakeDesk(createGrid(gridConfig(changed), [fakeInstrument]));
}

const prices = (desk: FakeDesk, side: "bid" | "ask") =>
  desk.state.orders.filter((order) => order.side === side).map((order) => order.price);

function first(desk: FakeDesk, side: "bid" | "ask"): OrderView {
  const order = desk.state.orders.find((other) => other.side === side);
  if (order === undefined) throw new Error(`no ${side} is open`);
  return order;
}

describe("the grid", () => {
  test("quotes its ladder at the first book, post-only", () => {
    const desk = deskOf();
    const commands = desk.wake();
    expect(prices(desk, "bid")).toEqual([599_996, 599_986, 599_976]);
    expect(prices(desk, "ask")).toEqual([600_005, 600_015, 600_025]);
    expect(commands.every((c) => c.kind === "PlaceOrder" && c.timeInForce === "POST_ONLY")).toBe(
      true,
    );
  });

  test("sends nothing while the centre stays within the drift threshold", () => {
    const desk = deskOf({ driftTicks: 4 });
    desk.wake();
    desk.answerAll();
    desk.state.bid = 600_004;
    desk.state.ask = 600_005;
    expect(desk.wake()).toEqual([]);
  });

  test("rebuilds when the centre has drifted, keeping the prices both ladders share", () => {
    const desk = deskOf({ driftTicks: 4 });
    desk.wake();
    desk.answerAll();
    desk.state.bid = 600_010;
    desk.state.ask = 600_011;
    const commands = desk.wake();
    const cancels = commands.filter((c) => c.kind === "CancelOrder").length;
    const places = commands.filter((c) => c.kind === "PlaceOrder").map((c) => c.price);
    expect(cancels).toBe(2);
    // The new first bid, 600,006, waits: our own ask at 600,005 stands there until its cancel is answered.
    expect(places).toEqual([600_035]);
    desk.answerAll();
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", side: "bid", price: 600_006 }]);
  });

  test("leaves a filled rung empty until it is sold again, one rung higher", () => {
    const desk = deskOf({ driftTicks: 100 });
    desk.wake();
    desk.answerAll();
    desk.fill(first(desk, "bid"), 10);
    expect(desk.wake()).toEqual([]);
    desk.fill(first(desk, "bid"), 10);
    desk.state.bid = 599_980;
    desk.state.ask = 599_981;
    const exit = { kind: "PlaceOrder", side: "ask", price: 599_996, size: 10 };
    expect(desk.wake()).toMatchObject([exit]);
    desk.answerAll();
    desk.fill(desk.state.orders.at(-1) as OrderView, 10);
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", side: "bid", price: 599_980 }]);
  });

  test("leans its centre against the position", () => {
    const desk = deskOf({ skewTicks: 20, driftTicks: 0 });
    desk.state.position = 50;
    desk.wake();
    expect(prices(desk, "bid")[0]).toBe(599_986);
    expect(prices(desk, "ask")[0]).toBe(599_995 + 6);
  });

  test("centres on the side with fewer lots when it follows the microprice", () => {
    const desk = deskOf({ centre: "microprice", driftTicks: 0 });
    desk.state.ask = 600_010;
    desk.state.bidLots = 900;
    desk.state.askLots = 100;
    desk.wake();
    expect(prices(desk, "bid")[0]).toBe(600_004);
  });

  test("keeps to the rungs its position leaves room for when it is centred anew", () => {
    const desk = deskOf({ positionMaxLots: 30 });
    desk.wake();
    desk.answerAll();
    desk.fill(first(desk, "bid"), 10);
    desk.state.bid = 599_990;
    desk.state.ask = 599_991;
    for (let round = 0; round < 3; round += 1) {
      desk.wake();
      desk.answerAll();
    }
    expect(prices(desk, "bid").toSorted()).toEqual([599_976, 599_986]);
    expect(prices(desk, "ask").toSorted()).toEqual([599_995, 600_005, 600_015]);
  });

  test("coalesces: a second round waits for the requote interval", () => {
    const desk = deskOf({ requoteUs: 250_000 });
    desk.wake();
    desk.answerAll();
    desk.close(first(desk, "bid"));
    expect(desk.wake(100_000)).toEqual([]);
    expect(desk.wake(100_000)).toEqual([]);
    expect(desk.wake(100_000)).toMatchObject([{ kind: "PlaceOrder", price: 599_996 }]);
  });

  test("answers a refusal at the next wake-up, never in the same event", () => {
    const desk = deskOf();
    desk.wake();
    const refused = first(desk, "bid");
    expect(desk.refuse(refused)).toEqual([]);
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", price: refused.price }]);
  });

  test("pauses after as many refusals in a row as configured, then tries again", () => {
    const desk = deskOf({ refusalCountMax: 3, backoffUs: 1_000_000 });
    desk.wake();
    for (const order of desk.state.orders.slice(0, 3)) desk.refuse(order);
    expect(desk.wake(500_000)).toEqual([]);
    expect(desk.wake(500_000)).toHaveLength(3);
  });

  test("forgets earlier refusals once an order is accepted", () => {
    const desk = deskOf({ refusalCountMax: 3 });
    desk.wake();
    const [a, b, c, d] = desk.state.orders;
    if (!a || !b || !c || !d) throw new Error("six orders are open");
    desk.refuse(a);
    desk.refuse(b);
    desk.accept(c);
    desk.refuse(d);
    expect(desk.wake()).toHaveLength(3);
  });

  test("backs off as well when its orders never left, because our own rules stopped them", () => {
    const desk = deskOf({ refusalCountMax: 6, backoffUs: 1_000_000 });
    desk.wake();
    for (const order of desk.state.orders) desk.drop(order);
    expect(desk.wake(100_000)).toEqual([]);
    expect(desk.wake(1_000_000)).toHaveLength(6);
  });

  test("still cancels what it does not want while it pauses", () => {
    const desk = deskOf({ refusalCountMax: 1 });
    desk.wake();
    desk.refuse(first(desk, "bid"));
    desk.answerAll();
    desk.state.bid = 600_100;
    desk.state.ask = 600_101;
    const kinds = new Set(desk.wake().map((command) => command.kind));
    expect([...kinds]).toEqual(["CancelOrder"]);
  });

  test("is silent while the link is down, and quotes again when it is up", () => {
    const desk = deskOf();
    expect(desk.link("down")).toEqual([]);
    expect(desk.wake()).toEqual([]);
    desk.link("up");
    expect(desk.wake()).toHaveLength(6);
  });

  test("withdraws when the book is not fresh, once", () => {
    const desk = deskOf();
    desk.wake();
    desk.answerAll();
    desk.state.fresh = false;
    expect(desk.wake()).toHaveLength(6);
    expect(desk.wake()).toEqual([]);
  });

  test("does not meet its own order that is still being cancelled", () => {
    const desk = deskOf({ levels: 1, driftTicks: 0 });
    desk.wake();
    desk.answerAll();
    desk.state.bid = 600_020;
    desk.state.ask = 600_021;
    const commands = desk.wake();
    expect(commands.filter((c) => c.kind === "PlaceOrder").map((c) => c.side)).toEqual(["ask"]);
    desk.answerAll();
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", side: "bid", price: 600_016 }]);
  });

  test("goes on from what it saved: same centre, no order id twice", () => {
    const desk = deskOf();
    desk.wake();
    const saved = JSON.parse(JSON.stringify(desk.strategy.save()));
    // None of the first's orders is open here: that they were never sent counts, six times.
    const second = deskOf({ refusalCountMax: 7 });
    second.strategy.restore(saved);
    second.state.bid = 600_003;
    second.state.ask = 600_004;
    second.wake();
    expect(prices(second, "bid")[0]).toBe(599_996);
    expect(second.state.orders.map((order) => order.orderId)).toEqual([7, 8, 9, 10, 11, 12]);
  });
});
