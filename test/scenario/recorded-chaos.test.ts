// A bot without a plan over real recordings: every kind of order at random prices, amends, cancels, reduce-only orders,
// sells and buys into each other. It is here to break rules that a quoting bot never touches; the witness, the tape and
// the comparison of belief with truth see whether it does. Its draws are keyed, so a failure comes back.

import { afterAll, describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { KeyedRng } from "../../sim/kernel/keyed-rng.ts";
import type { FundingRow } from "../../sim/scenario/scenario.ts";
import type { Command } from "../../src/domain/command.ts";
import type { BookChanged, Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import { durationUs } from "../../src/domain/units.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { Strategy, Want } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { View } from "../../src/ports/view.ts";
import { CASH, runRecorded } from "../support/recorded-run.ts";
import type { RecordedName, RecordedTape } from "../support/recorded-tapes.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import type { BudgetRule } from "../support/tape-budget.ts";
import { fillsBeyondLevels, fillsBeyondOrders } from "../support/tape-budget.ts";

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

const TIMES_IN_FORCE = ["GTC", "GTC", "POST_ONLY", "IOC", "FOK"] as const;
const OPEN_ORDERS_MAX = 30;

/** How wild it is: the least size, how far from the touch it prices, how often it acts. */
type Wild = Readonly<{ lots: number; reachTicks: number; everyUs: number }>;

class Chaos implements Strategy {
  readonly name = "chaos";
  readonly wants: readonly Want[];
  readonly #ids = new OrderIds();
  readonly #rng: KeyedRng;
  readonly #instrument: Instrument;
  readonly #lots: number;
  readonly #reachTicks: number;
  #draws = 0;

  constructor(parts: Readonly<{ seed: string; instrument: Instrument } & Wild>) {
    this.#rng = new KeyedRng(parts.seed);
    this.#instrument = parts.instrument;
    this.#lots = parts.lots;
    this.#reachTicks = parts.reachTicks;
    const everyUs = durationUs(parts.everyUs);
    this.wants = [{ instrument: parts.instrument.id, book: { on: "interval", everyUs } }];
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind !== "BookChanged" || event.bid === undefined || event.ask === undefined)
      return [];
    const open = view.openOrders(this.#instrument.id);
    const commands: Command[] = [];
    for (let count = this.#below(3); count > 0; count -= 1) {
      const order = open[this.#below(open.length * 2)];
      if (order === undefined && open.length < OPEN_ORDERS_MAX) commands.push(this.#place(event));
      else if (order !== undefined) commands.push(this.#change(order.orderId, event));
    }
    if (open.length >= OPEN_ORDERS_MAX || this.#below(400) === 0) {
      const { venue, id } = this.#instrument;
      commands.push({
        kind: "CancelAll",
        venue,
        instrument: this.#below(2) === 0 ? id : undefined,
      });
    }
    return commands;
  }

  save(): null {
    return null;
  }

  restore(): void {
    // Never restarted.
  }

  #place(event: BookChanged): Command {
    const isMarket = this.#below(12) === 0;
    return {
      kind: "PlaceOrder",
      instrument: this.#instrument.id,
      orderId: this.#ids.next(),
      side: this.#below(2) === 0 ? "bid" : "ask",
      price: isMarket ? undefined : this.#price(event),
      size: this.#size(),
      timeInForce: isMarket ? "IOC" : (TIMES_IN_FORCE[this.#below(5)] ?? "GTC"),
      reduceOnly: this.#below(5) === 0,
    };
  }

  #change(orderId: OrderId, event: BookChanged): Command {
    const instrument = this.#instrument.id;
    if (this.#below(2) === 0) return { kind: "CancelOrder", instrument, orderId };
    const price = this.#price(event);
    return { kind: "AmendOrder", instrument, orderId, price, size: this.#size() };
  }

  /** Half of the time at the touch, where queues are; else on either side of it, or through it. */
  #price({ bid = 0 as PriceTicks, ask = bid }: BookChanged): PriceTicks {
    if (this.#below(2) === 0) return this.#below(2) === 0 ? bid : ask;
    return (bid + this.#below(2 * this.#reachTicks + 1) - this.#reachTicks) as PriceTicks;
  }

  #size(): SizeLots {
    return (this.#lots + this.#below(4 * this.#lots)) as SizeLots;
  }

  #below(end: number): number {
    this.#draws += 1;
    return Math.floor(this.#rng.unit(1, 1, this.#draws) * end);
  }
}

const models: readonly (readonly [FillModel, BudgetRule])[] = [
  [{ kind: "optimistic" }, "touched"],
  [{ kind: "power", family: 3, n: 3 }, "queue"],
  [{ kind: "pessimistic" }, "strict"],
];

const markets: readonly (readonly [RecordedName, Wild])[] = [
  ["binance-btc", { lots: 20, reachTicks: 20, everyUs: 100_000 }],
  ["hyperliquid-eth", { lots: 2_000, reachTicks: 8, everyUs: 250_000 }],
  ["lighter-btc", { lots: 2_000, reachTicks: 60, everyUs: 20_000 }],
  ["standx-btc", { lots: 100, reachTicks: 600, everyUs: 1_000_000 }],
  ["deep-book-btc", { lots: 20, reachTicks: 20, everyUs: 100_000 }],
];

/** Every five minutes of the recording, a rate of either sign. */
function fundingOf({ recording }: RecordedTape): readonly FundingRow[] {
  if (recording.kind !== "levels") return [];
  const { firstVenueAt, lastVenueAt } = recording.source.header;
  const rows: FundingRow[] = [];
  for (let at = firstVenueAt + 150_000_000; at < lastVenueAt; at += 300_000_000) {
    rows.push({ at: at as TimeUs, rateE8: rows.length % 2 === 0 ? 1_257 : -833 });
  }
  return rows;
}

async function chaos(name: RecordedName, wild: Wild, fillModel: FillModel) {
  const tape = await tapes.open(name);
  const run = runRecorded([{ name: "venue", tape, funding: fundingOf(tape) }], {
    fillModel,
    strategy: ([instrument]) =>
      new Chaos({ seed: name, instrument: instrument as Instrument, ...wild }),
  });
  expect(run.witness.violations).toEqual([]);
  expect(run.witness.notes).toEqual([]);
  expect(run.bot.differences).toEqual([]);
  expect(run.bot.reports).toBe(1);
  expect(run.witness.equity([CASH]).toFixed()).toBe(run.summary.pnl.finalEquity);
  const kinds = new Set(run.witness.fills.map(({ liquidity }) => liquidity));
  expect([...kinds].sort()).toEqual(["maker", "taker"]);
  return { run, source: tape.recording.source };
}

describe.skipIf(recordings === undefined)(`chaos over recordings${needsRecordings}`, () => {
  test.each(markets)("%s: no rule breaks under any fill model", async (name, wild) => {
    for (const [fillModel, rule] of models) {
      const { run, source } = await chaos(name, wild, fillModel);
      expect(fillsBeyondLevels(source as TapeSource, run.witness.fills, rule)).toEqual([]);
    }
  });

  test("every order of a day on NASDAQ: no rule breaks", async () => {
    const wild = { lots: 60, reachTicks: 15, everyUs: 500_000 };
    const { run, source } = await chaos("lobster-amzn", wild, { kind: "risk-averse" });
    expect(fillsBeyondOrders(source as OrderTapeSource, run.witness.fills)).toEqual([]);
  });
});
