// One instrument's position against what is believed of it, the belief being set by hand.

import { beforeEach, describe, expect, test } from "vitest";
import type { Command } from "../../../../src/domain/command.ts";
import { OrderIds } from "../../../../src/domain/order-ids.ts";
import type { OrderId, TradeId } from "../../../../src/domain/units.ts";
import {
  moneyUnits,
  positionLots,
  priceTicks,
  sizeLots,
  timeUs,
} from "../../../../src/domain/units.ts";
import type { OrderView, View } from "../../../../src/ports/view.ts";
import { PositionKeeper } from "../../../../strategies/macd/position-keeper.ts";
import type { Direction } from "../../../../strategies/macd/signal.ts";
import { belief, fakeInstrument, fakeView } from "../../../support/fake-view.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const [config] = macdConfig().coins;
if (config === undefined) throw new Error("expected a coin");
const MINUTE_US = 60_000_000;
const ENTRY = 500;
const STILL = { high: 100_050, low: 99_950 };

const state = { ...belief(), now: MINUTE_US, cost: 0, linkUp: true };
let keeper: PositionKeeper;
beforeEach(() => {
  Object.assign(state, { now: MINUTE_US, position: 0, cost: 0, orders: [], linkUp: true });
  keeper = new PositionKeeper(config, fakeInstrument, new OrderIds());
});

function view(): View {
  const base = fakeView(state);
  return {
    now: timeUs(state.now),
    instrument: base.instrument,
    book: base.book,
    position: () => ({
      lots: positionLots(state.position),
      costTickLots: state.cost,
      lastFillAt: undefined,
    }),
    openOrders: () => state.orders,
    account: base.account,
    health: { ...base.health, linkUp: () => state.linkUp },
  };
}

function enter(direction: Direction = 1, lots = 10): void {
  keeper.enter({
    direction,
    riskTicks: 100,
    targetRPermille: 2_000,
    lots,
    entryOrderId: ENTRY,
    askedAt: state.now,
  });
}

/** Holds `lots` at an average of 100,000 ticks. */
function hold(lots: number): void {
  state.position = lots;
  state.cost = lots * 100_000;
}

function order(changed: Partial<OrderView>): OrderView {
  return {
    orderId: ENTRY as OrderId,
    instrument: fakeInstrument.id,
    side: "bid",
    price: undefined,
    size: sizeLots(10),
    filled: sizeLots(0),
    state: "live",
    timeInForce: "IOC",
    reduceOnly: false,
    sentAt: timeUs(0),
    ...changed,
  };
}

const look = (
  bar: { high: number; low: number } | undefined = STILL,
  cross?: Direction,
): readonly Command[] => keeper.attend(view(), { bar, cross, dailyLoss: false });

const sent = (commands: readonly Command[]): readonly string[] =>
  commands.map((each) => {
    if (each.kind === "CancelOrder") return `cancel ${each.orderId}`;
    if (each.kind !== "PlaceOrder") return each.kind;
    return `${each.side} ${each.size}${each.reduceOnly ? " reduce-only" : ""}`;
  });

describe("a position", () => {
  test("is closed on the other side, reduce-only, by exactly what is held", () => {
    enter();
    hold(7);
    expect(sent(look({ high: 100_000, low: 99_900 }))).toEqual(["ask 7 reduce-only"]);
    beforeShort();
    expect(sent(look({ high: 100_100, low: 100_000 }))).toEqual(["bid 7 reduce-only"]);
  });

  test("has its stop one risk from the average that was paid", () => {
    enter();
    hold(10);
    expect(look()).toEqual([]);
    expect(keeper.trade).toMatchObject({ entryTicks: 100_000, stopTicks: 99_900, entered: true });
  });

  test("gives half at 1 R, then stands at break-even, and closes the rest at 2 R", () => {
    enter();
    hold(10);
    look();
    expect(sent(look({ high: 100_100, low: 100_000 }))).toEqual(["ask 5 reduce-only"]);
    expect(keeper.trade).toMatchObject({ stopTicks: 100_000, stopKind: "break-even" });
    hold(5);
    expect(sent(look({ high: 100_200, low: 100_050 }))).toEqual(["ask 5 reduce-only"]);
    expect(keeper.trade?.exitReason).toBe("target");
  });

  test("is asked out of again when an exit came to nothing, and not while one is on its way", () => {
    enter();
    hold(10);
    expect(sent(look({ high: 100_000, low: 99_000 }))).toEqual(["ask 10 reduce-only"]);
    state.orders = [order({ orderId: 1 as OrderId, side: "ask", reduceOnly: true })];
    expect(look()).toEqual([]);
    state.orders = [];
    hold(4);
    expect(sent(look())).toEqual(["ask 4 reduce-only"]);
  });

  test("adds only what is missing to a part that is being closed", () => {
    enter();
    hold(10);
    look();
    look({ high: 100_100, low: 100_000 });
    const part = {
      orderId: 1 as OrderId,
      side: "ask",
      size: sizeLots(5),
      reduceOnly: true,
    } as const;
    state.orders = [order(part)];
    expect(sent(look({ high: 100_000, low: 99_999 }))).toEqual(["ask 5 reduce-only"]);
  });

  test("without a trade is closed, and an order of nobody's is cancelled", () => {
    hold(-3);
    state.orders = [order({ orderId: 77 as OrderId })];
    expect(sent(look())).toEqual(["cancel 77", "bid 3 reduce-only"]);
  });

  test("on the wrong side of its trade is closed", () => {
    enter(1);
    hold(-2);
    expect(sent(look())).toEqual(["bid 2 reduce-only"]);
    expect(keeper.trade?.exitReason).toBe("unplanned");
  });

  test("is closed when the MACD crosses back, not when it crosses on", () => {
    enter();
    hold(10);
    look();
    expect(look(undefined, 1)).toEqual([]);
    expect(sent(look(undefined, -1))).toEqual(["ask 10 reduce-only"]);
  });

  test("waits for the link: what is wanted is sent when it is back", () => {
    enter();
    hold(10);
    state.linkUp = false;
    expect(look({ high: 100_000, low: 99_000 })).toEqual([]);
    state.linkUp = true;
    expect(sent(look())).toEqual(["ask 10 reduce-only"]);
  });
});

describe("an entry", () => {
  test("that waits too long is cancelled once, and what it filled is kept with its stop", () => {
    enter();
    state.orders = [order({ timeInForce: "POST_ONLY" })];
    expect(look()).toEqual([]);
    state.now += config.orders.entryTimeoutUs;
    expect(sent(look())).toEqual([`cancel ${ENTRY}`]);
    state.orders = [order({ state: "cancelling" })];
    hold(3);
    expect(look()).toEqual([]);
    state.orders = [];
    look();
    expect(keeper.trade).toMatchObject({ enteredLots: 3, entered: true, stopTicks: 99_900 });
  });

  test("is called off when the MACD crosses back or the day is lost before it fills", () => {
    enter();
    state.orders = [order({})];
    expect(sent(look(undefined, -1))).toEqual([`cancel ${ENTRY}`]);
    keeper = new PositionKeeper(config, fakeInstrument, new OrderIds());
    enter();
    const lost = keeper.attend(view(), { bar: STILL, cross: undefined, dailyLoss: true });
    expect(sent(lost)).toEqual([`cancel ${ENTRY}`]);
  });

  test("gives no part away while it may still fill", () => {
    enter();
    hold(6);
    state.orders = [order({ filled: sizeLots(6) })];
    expect(look({ high: 100_150, low: 100_000 })).toEqual([]);
    expect(sent(look({ high: 100_200, low: 100_000 }))).toEqual([
      `cancel ${ENTRY}`,
      "ask 6 reduce-only",
    ]);
  });
});

describe("a trade", () => {
  const fill = (side: "bid" | "ask", price: number, size: number, number: number, fee: number) => ({
    kind: "OrderFilled" as const,
    at: timeUs(1),
    venueAt: timeUs(1),
    instrument: fakeInstrument.id,
    orderId: ENTRY as OrderId,
    tradeId: number as TradeId,
    side,
    price: priceTicks(price),
    size: sizeLots(size),
    cumulative: sizeLots(size),
    liquidity: "taker" as const,
    fee: moneyUnits(fee),
  });

  test("is over when nothing is held and nothing open, and its result is its cash less fees", () => {
    enter();
    keeper.filled(fill("bid", 100_000, 10, 1, 30));
    hold(10);
    expect(keeper.settle(view())).toBeUndefined();
    keeper.filled(fill("ask", 100_020, 10, 2, 30));
    keeper.filled(fill("ask", 100_020, 10, 2, 30));
    hold(0);
    const result = 200n * BigInt(fakeInstrument.moneyPerTickLot) - 60n;
    expect(keeper.settle(view())).toEqual({ filled: true, result, reason: null });
    expect(keeper.isIdle(view())).toBe(true);
  });

  test("that never filled has no result to count", () => {
    enter();
    expect(keeper.settle(view())).toMatchObject({ filled: false });
  });

  test("is the same after a restart", () => {
    enter();
    hold(10);
    look();
    look({ high: 100_100, low: 100_000 });
    const next = new PositionKeeper(config, fakeInstrument, new OrderIds(2));
    next.restore(JSON.parse(JSON.stringify(keeper.save())));
    expect(next.trade).toEqual(keeper.trade);
    const occasion = { bar: { high: 100_010, low: 100_000 }, cross: undefined, dailyLoss: false };
    expect(sent(next.attend(view(), occasion))).toEqual(["ask 10 reduce-only"]);
  });
});

function beforeShort(): void {
  keeper = new PositionKeeper(config as NonNullable<typeof config>, fakeInstrument, new OrderIds());
  enter(-1);
  hold(-7);
}
