import { describe, expect, test } from "vitest";
import { createMarketMaker } from "../../../../strategies/market-maker/market-maker.ts";
import { FakeDesk } from "../../../support/fake-desk.ts";
import { fakeInstrument } from "../../../support/fake-view.ts";

const config = { instrument: 0, orderLots: 10, positionLimitLots: 1000, intervalUs: 100_000 };
const deskOf = () => new FakeDesk(createMarketMaker(config, [fakeInstrument]));

describe("the market maker", () => {
  test("quotes both sides at the touch", () => {
    expect(deskOf().wake()).toMatchObject([
      { kind: "PlaceOrder", orderId: 1, side: "bid", price: 600_000, size: 10 },
      { kind: "PlaceOrder", orderId: 2, side: "ask", price: 600_001, size: 10 },
    ]);
  });

  test("counts an order at the touch whatever its state, and places no second one", () => {
    const desk = deskOf();
    desk.wake();
    expect(desk.wake()).toEqual([]);
    desk.answerAll();
    expect(desk.wake()).toEqual([]);
  });

  test("cancels what the touch has left, in the order it was placed, before it places", () => {
    const desk = deskOf();
    desk.wake();
    desk.answerAll();
    desk.state.bid = 600_002;
    desk.state.ask = 600_003;
    expect(desk.wake()).toMatchObject([
      { kind: "CancelOrder", orderId: 1 },
      { kind: "CancelOrder", orderId: 2 },
      { kind: "PlaceOrder", orderId: 3, side: "bid", price: 600_002 },
      { kind: "PlaceOrder", orderId: 4, side: "ask", price: 600_003 },
    ]);
    expect(desk.faults).toEqual([]);
  });

  test("adds nothing at its limit, on that side only", () => {
    const desk = deskOf();
    desk.state.position = 1000;
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", side: "ask" }]);
    desk.state.position = -1000;
    expect(desk.wake()).toMatchObject([{ kind: "PlaceOrder", side: "bid" }]);
  });

  test("skips a turn when a side of the book is empty", () => {
    const desk = deskOf();
    desk.state.ask = undefined;
    expect(desk.wake()).toEqual([]);
  });

  test("goes on with the next order id after a restart", () => {
    const desk = deskOf();
    desk.wake();
    const second = deskOf();
    second.strategy.restore(JSON.parse(JSON.stringify(desk.strategy.save())));
    expect(second.wake()).toMatchObject([{ orderId: 3 }, { orderId: 4 }]);
  });
});
