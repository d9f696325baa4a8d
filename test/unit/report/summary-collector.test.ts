import { expect, test } from "vitest";
import type { Command } from "../../../src/domain/command.ts";
import type { Event, OrderFilled } from "../../../src/domain/event.ts";
import type { Instrument } from "../../../src/domain/instrument.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import type { Side } from "../../../src/domain/units.ts";
import {
  instrumentId,
  moneyUnits,
  orderId,
  positionLots,
  priceTicks,
  rateE8,
  sizeLots,
  timeUs,
  tradeId,
  venueId,
} from "../../../src/domain/units.ts";
import { ExactSum } from "../../../src/report/exact-sum.ts";
import { SummaryCollector } from "../../../src/report/summary-collector.ts";

const SECOND = 1_000_000;

/** Tick 0.5, lot 0.1: one tick × one lot is 0.05. */
const btc: Instrument = instrumentOf(
  {
    venueName: "alpha",
    symbol: "BTC",
    contract: "linear",
    base: "BTC",
    quote: "USDT",
    tickSize: "0.5",
    lotSize: "0.1",
    contractSize: "1",
  },
  instrumentId(0),
  venueId(0),
);

/** Speaks to a collector in seconds, ticks and lots. */
class Teller {
  readonly collector = new SummaryCollector({ instruments: [btc], startingCash: ["1000"] });
  #trades = 0;

  book(seconds: number, bid: number | undefined, ask: number | undefined): this {
    const side = (ticks: number | undefined) =>
      ticks === undefined ? undefined : priceTicks(ticks);
    return this.tell(seconds, { kind: "BookChanged", bid: side(bid), ask: side(ask) });
  }

  place(seconds: number, id: number, side: Side, lots: number, over = {}): this {
    return this.ask(seconds, {
      kind: "PlaceOrder",
      instrument: instrumentId(0),
      orderId: orderId(id),
      side,
      price: priceTicks(100),
      size: sizeLots(lots),
      timeInForce: "POST_ONLY",
      reduceOnly: false,
      ...over,
    });
  }

  accept(seconds: number, id: number, lots: number, request: "place" | "amend" = "place"): this {
    const size = sizeLots(lots);
    const price = priceTicks(100);
    return this.tell(seconds, {
      kind: "OrderAccepted",
      orderId: orderId(id),
      request,
      price,
      size,
    });
  }

  fill(seconds: number, side: Side, price: number, lots: number, over = {}): this {
    this.#trades += 1;
    const event: Omit<OrderFilled, "at" | "venueAt" | "instrument"> = {
      kind: "OrderFilled",
      orderId: orderId(99),
      tradeId: tradeId(this.#trades),
      side,
      price: priceTicks(price),
      size: sizeLots(lots),
      cumulative: sizeLots(lots),
      liquidity: "maker",
      fee: moneyUnits(0),
    };
    return this.tell(seconds, { ...event, ...over });
  }

  tell(seconds: number, event: object): this {
    const at = timeUs(seconds * SECOND);
    this.collector.event({ at, venueAt: at, instrument: instrumentId(0), ...event } as Event);
    return this;
  }

  ask(seconds: number, command: Command): this {
    this.collector.command(command, timeUs(seconds * SECOND));
    return this;
  }

  summary(from = 0, to = 100) {
    const startedAt = timeUs(from * SECOND);
    return this.collector.summary({ startedAt, endedAt: timeUs(to * SECOND), complete: true });
  }
}

test("splits profit into price, fees and funding, exactly", () => {
  // Bought 4 lots at 100 and sold 1 at 110 ticks: 10 ticks × 1 lot × 0.05 = 0.5 taken.
  // 3 lots are open at a mid of 104.5 ticks: 4.5 × 3 × 0.05 = 0.675.
  const { pnl, turnover } = new Teller()
    .book(0, 99, 101)
    .fill(1, "bid", 100, 4, { fee: moneyUnits(3) })
    .fill(2, "ask", 110, 1, { fee: moneyUnits(-1) })
    .tell(3, {
      kind: "FundingPaid",
      rate: rateE8(1),
      mark: priceTicks(100),
      lots: positionLots(3),
      amount: moneyUnits(-25_000_000),
    })
    .book(4, 104, 105)
    .summary();
  expect(pnl).toEqual({
    startingCash: "1000",
    finalEquity: "1000.92499998",
    net: "0.92499998",
    trading: "1.175",
    unrealised: "0.675",
    fees: "-0.00000002",
    funding: "-0.25",
    returnRatio: 0.00092499998,
  });
  expect(turnover).toBe("25.5");
});

test("net is the sum of its three parts, through zero and back", () => {
  const teller = new Teller().book(0, 99, 102);
  let fee = 7;
  for (const [index, lots] of [3, -8, 2, 9, -1].entries()) {
    fee = (fee * 31) % 101;
    const side = lots > 0 ? "bid" : "ask";
    teller.fill(index + 1, side, 100 + index * 3, Math.abs(lots), { fee: moneyUnits(fee) });
  }
  const { pnl } = teller.book(9, 90, 95).summary();
  const parts = [pnl.trading, pnl.fees, pnl.funding].map((text) =>
    BigInt(Math.round(Number(text) * 1e9)),
  );
  expect(parts.reduce((a, b) => a + b)).toBe(BigInt(Math.round(Number(pnl.net) * 1e9)));
});

test("measures drawdown from the start and from later peaks, at every book change", () => {
  // 10 lots from 100: 0.5 a tick. Down 4 ticks: −2 under the start; up to +3; down to −1: 4 under the peak.
  const { drawdown } = new Teller()
    .book(0, 99, 101)
    .fill(1, "bid", 100, 10)
    .book(2, 95, 97)
    .book(3, 105, 107)
    .book(4, 97, 99)
    .book(5, 101, 103)
    .summary();
  expect(drawdown).toEqual({ max: "4", maxRatio: 4 / 1003, final: "2" });
});

test("a markout is the move of the mid in our favour, in basis points of the fill", () => {
  const teller = new Teller().book(0, 199, 201);
  for (let fill = 0; fill < 10; fill += 1) teller.fill(10, "bid", 200, 1);
  const { markouts } = teller.book(10.5, 201, 203).book(12, 197, 199).book(60, 219, 221).summary();
  // At 11 s the mid is 202, at 20 s 198, at 70 s 220: +100, −100, +1000 basis points of 200.
  expect(markouts.map((each) => each.maker)).toEqual([
    { value: 100, samples: 10, error: expect.closeTo(0, 4) },
    { value: -100, samples: 10, error: expect.closeTo(0, 4) },
    { value: 1000, samples: 10, error: expect.closeTo(0, 4) },
  ]);
});

test("a markout of a sale is the negative of that of a purchase", () => {
  const run = (side: Side) => {
    const teller = new Teller().book(0, 199, 201);
    for (let fill = 0; fill < 12; fill += 1) teller.fill(fill, side, 190 + fill, 1 + fill);
    return teller.book(20, 210, 220).book(30, 180, 190).summary().markouts;
  };
  const sales = run("ask");
  run("bid").forEach((bought, index) => {
    expect(bought.maker.value).toBe(-(sales[index]?.maker.value ?? Number.NaN));
  });
});

test("a markout weighs a fill by its notional, and keeps maker and taker apart", () => {
  const teller = new Teller().book(0, 99, 101);
  for (let fill = 0; fill < 5; fill += 1) {
    teller.fill(1, "bid", 100, 3).fill(1, "bid", 50, 2);
    teller.fill(1, "bid", 100, 1, { liquidity: "taker" });
  }
  const first = teller.book(9, 100, 100).summary().markouts[0];
  // Mid 100 all along: gains 0 × 3 and 50 × 2 over a value of 300 + 100.
  // Squared distances from a quarter: five of (0 − 75)² and five of (100 − 25)², times 10/9, over 2000².
  const error = (10_000 * Math.sqrt((10 / 9) * 10 * 75 * 75)) / 2_000;
  expect(first?.maker).toEqual({ value: 2500, samples: 10, error: expect.closeTo(error, 9) });
  expect(first?.taker).toEqual({
    value: null,
    samples: 5,
    why: "5 taker fills, 10 are needed",
  });
});

test("a horizon that the run does not reach is not counted", () => {
  const teller = new Teller().book(0, 99, 101);
  for (let fill = 0; fill < 200; fill += 1) teller.fill(fill / 2, "bid", 100, 1);
  const { markouts } = teller.summary(0, 99.5);
  expect(markouts.map((each) => each.maker.samples)).toEqual([198, 180, 80]);
});

test("counts lots filled of lots accepted, amended sizes included", () => {
  const { instruments, fillRateByCount, orders } = new Teller()
    .place(1, 1, "bid", 10)
    .accept(1, 1, 10)
    .accept(2, 1, 6, "amend")
    .fill(3, "bid", 100, 3, { orderId: orderId(1) })
    .place(3, 2, "ask", 4)
    .accept(4, 2, 4)
    .place(5, 3, "bid", 5, { timeInForce: "IOC" })
    .accept(5, 3, 5)
    .fill(5, "bid", 100, 5, { orderId: orderId(3), liquidity: "taker" })
    .summary();
  expect(instruments[0]?.fillRateByLots).toEqual({ value: 0.3, samples: 10 });
  expect(fillRateByCount).toEqual({ value: 0.5, samples: 2 });
  expect(orders).toMatchObject({ placed: 3, accepted: 3, resting: 2, postOnly: 2 });
});

test("a fill that happens between our cancel and its answer is a race", () => {
  const cancel = { kind: "CancelOrder", instrument: instrumentId(0), orderId: orderId(1) } as const;
  const { races } = new Teller()
    .place(1, 1, "bid", 10)
    .accept(1, 1, 10)
    .fill(2, "bid", 100, 1, { orderId: orderId(1) })
    .ask(3, cancel)
    .fill(3.5, "bid", 100, 2, { orderId: orderId(1), venueAt: timeUs(2.9 * SECOND) })
    .fill(3.6, "bid", 100, 4, { orderId: orderId(1), venueAt: timeUs(3.1 * SECOND) })
    .tell(4, { kind: "OrderClosed", orderId: orderId(1), reason: "cancelled", filled: sizeLots(7) })
    .fill(5, "bid", 100, 3, { orderId: orderId(1) })
    .summary();
  expect(races).toEqual({ count: 1, notional: "20" });
});

test("a refused cancel ends the race: later fills are ordinary", () => {
  const id = orderId(1);
  const { races } = new Teller()
    .place(1, 1, "bid", 10)
    .accept(1, 1, 10)
    .ask(2, { kind: "CancelAll", venue: venueId(0), instrument: undefined })
    .tell(3, {
      kind: "OrderRefused",
      orderId: id,
      request: "cancel",
      reason: "unknown-order",
      text: "",
    })
    .fill(4, "bid", 100, 1, { orderId: id })
    .summary();
  expect(races.count).toBe(0);
});

test("counts refusals by reason, ours and the venue's, and the share of post-only ones", () => {
  const teller = new Teller();
  const refuse = (id: number, reason: string) =>
    teller
      .place(1, id, "bid", 1)
      .tell(2, { kind: "OrderRefused", orderId: orderId(id), request: "place", reason, text: "" });
  refuse(1, "post-only-would-cross");
  refuse(2, "min-notional");
  refuse(3, "post-only-would-cross");
  teller.place(3, 4, "bid", 1);
  const command: Command = { kind: "Halt", reason: "" };
  teller.collector.refusal(command, timeUs(4), "max-position");
  expect(teller.summary().refusals).toEqual({
    venue: { "min-notional": 1, "post-only-would-cross": 2 },
    risk: { "max-position": 1 },
    postOnlyRate: { value: 0.5, samples: 4 },
  });
});

test("inventory is weighted by the time it was held", () => {
  const summary = new Teller()
    .fill(10, "bid", 100, 4)
    .fill(20, "ask", 100, 6)
    .fill(60, "bid", 100, 2)
    .summary(0, 100);
  // 4 lots for 10 s and 2 short for 40 s of 100 s: 1.2 lots of 0.1 each.
  expect(summary.instruments[0]).toMatchObject({
    fills: 3,
    finalPosition: "0.0",
    maxInventory: "0.4",
    meanInventory: 0.12,
  });
  expect(summary.timeInMarket.value).toBe(0.5);
});

test("says why there is no figure when nothing happened", () => {
  const summary = new Teller().summary();
  expect(summary.fills.makerShare).toEqual({ value: null, samples: 0, why: "no fills" });
  expect(summary.fillRateByCount).toMatchObject({ value: null, why: "no order rested" });
  expect(summary.pnl.net).toBe("0");
});

test("bars mark the equity where there is no book, and give no markouts", () => {
  const bar = { kind: "BarClosed", periodUs: 60 * SECOND, open: 0, high: 0, low: 0, volume: 0 };
  const teller = new Teller();
  for (let fill = 0; fill < 20; fill += 1) teller.fill(fill, "bid", 100, 1);
  const { pnl, markouts } = teller.tell(60, { ...bar, close: 110 }).summary(0, 300);
  expect(pnl.trading).toBe("10");
  expect(markouts.map((each) => each.maker.value)).toEqual([null, null, null]);
});

test("money of instruments with other grids and scales adds up", () => {
  const fine = instrumentOf(
    { ...btc, venueName: "beta", quote: "USDC", tickSize: "0.00001", lotSize: "0.0001" },
    instrumentId(1),
    venueId(1),
  );
  const collector = new SummaryCollector({ instruments: [btc, fine], startingCash: ["10", "5.5"] });
  const fill = (instrument: number, side: Side, price: number, size: number) =>
    collector.event({
      kind: "OrderFilled",
      at: timeUs(SECOND),
      venueAt: timeUs(SECOND),
      instrument: instrumentId(instrument),
      orderId: orderId(1),
      tradeId: tradeId(1),
      side,
      price: priceTicks(price),
      size: sizeLots(size),
      cumulative: sizeLots(size),
      liquidity: "taker",
      fee: moneyUnits(1),
    });
  // 2 × 0.05 lost on the coarse one; 3 × 0.000000001 won on the fine one, whose ledger has nine decimals.
  fill(0, "bid", 101, 2);
  fill(0, "ask", 100, 2);
  fill(1, "ask", 7, 3);
  fill(1, "bid", 6, 3);
  const span = { startedAt: timeUs(0), endedAt: timeUs(2 * SECOND), complete: true };
  const { pnl, currency, instruments, coins } = collector.summary(span);
  // Each instrument has its own; here one coin is held at two venues, and has both.
  expect(instruments.map((each) => each.pnl.trading)).toEqual(["-0.1", "0.000000003"]);
  expect(instruments.map((each) => each.pnl.fees)).toEqual(["-0.00000002", "-0.000000002"]);
  expect(coins).toHaveLength(1);
  expect(coins[0]).toMatchObject({ coin: "BTC", fills: 4, pnl: { net: pnl.net, fees: pnl.fees } });
  expect(currency).toBe("USD");
  expect(pnl.startingCash).toBe("15.5");
  expect(pnl.trading).toBe("-0.099999997");
  expect(pnl.fees).toBe("-0.000000022");
  expect(pnl.net).toBe("-0.100000019");
});

test("sums stay exact beyond what a double counts", () => {
  const sum = new ExactSum();
  let expected = 0n;
  for (let index = 0; index < 100; index += 1) {
    const large = 4_000_000_000_000_001 + index;
    sum.add(large);
    sum.addProduct(2_147_483_647, 2_147_483_629);
    expected += BigInt(large) + 2_147_483_647n * 2_147_483_629n;
  }
  expect(sum.value).toBe(expected);
});
