// Two venues at once over real recordings of the same minutes: a bot quotes BTC on one and answers each maker fill with
// an order on the other. What is checked is causality: nothing is sent before its cause was learned, nothing arrives
// sooner or later than its wire says, and the order in which venues are listed is no part of what happens.

import { afterAll, describe, expect, test } from "vitest";
import type { LinkLatency } from "../../sim/network/latency.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event, OrderFilled } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { InstrumentId, PriceTicks, Side, SizeLots } from "../../src/domain/units.ts";
import { durationUs, opposite } from "../../src/domain/units.ts";
import type { Strategy, Want } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { View } from "../../src/ports/view.ts";
import type { RecordedRun } from "../support/recorded-run.ts";
import { DRAWN_LATENCY, runRecorded } from "../support/recorded-run.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { constantLatency } from "../support/run-rig.ts";
import { fillsBeyondLevels } from "../support/tape-budget.ts";

const ENTRY_US = 7_000;
const RESPONSE_US = 5_000;
const QUOTE_LOTS = 5 as SizeLots;
/** ETH lots to one BTC lot, about what their prices were. */
const RATIO = 25;

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

/** Quotes one instrument at its touch, and sells on the other what it bought, at any price. */
class Hedger implements Strategy {
  readonly name = "hedger";
  readonly wants: readonly Want[];
  /** When each hedge's cause was learned, and when the hedge reached its venue. */
  readonly hedges = new Map<number, { learnedAt: number; arrivedAt?: number }>();
  readonly #ids = new OrderIds();
  readonly #quoted: InstrumentId;
  readonly #other: InstrumentId;

  constructor(quoted: Instrument, other: Instrument) {
    this.#quoted = quoted.id;
    this.#other = other.id;
    const everyUs = durationUs(200_000);
    this.wants = [{ instrument: quoted.id, book: { on: "interval", everyUs } }];
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind === "BookChanged") return this.#quote(event, view);
    if (event.kind === "OrderAccepted" || event.kind === "OrderRefused") {
      const hedge = this.hedges.get(event.orderId);
      if (hedge !== undefined) hedge.arrivedAt = event.venueAt;
    }
    if (event.kind !== "OrderFilled" || event.liquidity !== "maker") return [];
    const order = this.#place(this.#other, opposite(event.side), undefined, event.size * RATIO);
    this.hedges.set(order.orderId, { learnedAt: event.at });
    return [order];
  }

  save(): null {
    return null;
  }

  restore(): void {
    // Never restarted.
  }

  #quote(event: Extract<Event, { kind: "BookChanged" }>, view: View): readonly Command[] {
    const commands: Command[] = [];
    for (const side of ["bid", "ask"] as const) {
      const price = event[side];
      const standing = view.openOrders(this.#quoted).find((order) => order.side === side);
      if (price === undefined || standing?.price === price) continue;
      if (standing === undefined) commands.push(this.#place(this.#quoted, side, price, QUOTE_LOTS));
      else if (standing.state === "live") {
        commands.push({
          kind: "CancelOrder",
          instrument: this.#quoted,
          orderId: standing.orderId,
        });
      }
    }
    return commands;
  }

  #place(instrument: InstrumentId, side: Side, price: PriceTicks | undefined, lots: number) {
    return {
      kind: "PlaceOrder",
      instrument,
      orderId: this.#ids.next(),
      side,
      price,
      size: lots as SizeLots,
      timeInForce: price === undefined ? "IOC" : "POST_ONLY",
      reduceOnly: false,
    } as const;
  }
}

type Listed = readonly ["btc", "eth"] | readonly ["eth", "btc"];

async function hedged(listed: Listed, latency: LinkLatency) {
  const venues = [];
  for (const name of listed) venues.push({ name, tape: await tapes.open(`binance-${name}`) });
  const hedgers: Hedger[] = [];
  const run = runRecorded(venues, {
    fillModel: { kind: "power", family: 3, n: 3 },
    latency,
    strategy: (instruments) => {
      const [btc, eth] = (["btc", "eth"] as const).map((name) => instruments[listed.indexOf(name)]);
      const hedger = new Hedger(btc as Instrument, eth as Instrument);
      hedgers.push(hedger);
      return hedger;
    },
  });
  expect(run.witness.violations).toEqual([]);
  expect(run.witness.notes).toEqual([]);
  expect(run.bot.differences).toEqual([]);
  expect(run.bot.reports).toBe(2);
  return { run, hedger: hedgers[0] as Hedger };
}

/** A venue's fills, without what a bot numbers. */
function fillsOf(run: RecordedRun, listed: Listed, venue: "btc" | "eth"): readonly string[] {
  const instrument = listed.indexOf(venue);
  const text = (fill: OrderFilled): string =>
    [fill.venueAt, fill.side, fill.price, fill.size, fill.liquidity, fill.fee].join(" ");
  return run.witness.fills
    .filter((fill) => fill.instrument === instrument)
    .map(text)
    .sort();
}

describe.skipIf(recordings === undefined)(`hedges over recordings${needsRecordings}`, () => {
  test("a hedge arrives one request after its fill was learned, never before or later", async () => {
    const { run, hedger } = await hedged(["btc", "eth"], constantLatency(ENTRY_US, RESPONSE_US));
    const makers = run.witness.fills.filter(({ liquidity }) => liquidity === "maker");
    expect(makers.length).toBeGreaterThan(100);
    expect(makers.every(({ at, venueAt }) => at === venueAt + RESPONSE_US)).toBe(true);
    const hedges = [...hedger.hedges.values()];
    // The bot falls silent before the end: a fill it hears of then has no hedge.
    expect(hedges.length).toBeGreaterThan(0.98 * makers.length);
    expect(new Set(hedges.map((each) => (each.arrivedAt ?? 0) - each.learnedAt))).toEqual(
      new Set([ENTRY_US]),
    );
    for (const [id, name] of (["binance-btc", "binance-eth"] as const).entries()) {
      const { source } = (await tapes.open(name)).recording;
      const fills = run.witness.fills.filter(({ instrument }) => instrument === id);
      expect(fillsBeyondLevels(source as TapeSource, fills, "queue")).toEqual([]);
    }
    const arrivals = new Set(hedges.map((each) => each.arrivedAt));
    const takers = run.witness.fills.filter(({ liquidity }) => liquidity === "taker");
    expect(takers.length).toBeGreaterThanOrEqual(hedges.length);
    expect(
      takers.every(({ venueAt, instrument }) => instrument === 1 && arrivals.has(venueAt)),
    ).toBe(true);
  });

  test.each([
    ["constant", constantLatency(ENTRY_US, RESPONSE_US)],
    ["drawn", DRAWN_LATENCY],
  ])("the order in which venues are listed changes no fill, latencies %s", async (_, latency) => {
    const ab = ["btc", "eth"] as const;
    const ba = ["eth", "btc"] as const;
    const { run: one } = await hedged(ab, latency);
    const { run: two } = await hedged(ba, latency);
    for (const venue of ab) expect(fillsOf(two, ba, venue)).toEqual(fillsOf(one, ab, venue));
    const again = await hedged(ab, latency);
    expect(again.run.result.digest).toBe(one.result.digest);
  });
});
