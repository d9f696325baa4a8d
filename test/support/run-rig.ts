// A whole run over hand-written recordings: one bot, real wires, everything it heard.

import { createHash } from "node:crypto";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import type { RunResult, Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { CancelOrder, PlaceOrder, TimeInForce } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId, OrderId, PriceTicks, Side, SizeLots } from "../../src/domain/units.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import type { Hasher } from "../../src/ports/storage.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";
import { PLAIN } from "./venue-rig.ts";

export function constantLatency(entryUs: number, responseUs: number): LinkLatency {
  const entry = { kind: "constant" as const, us: entryUs };
  const response = { kind: "constant" as const, us: responseUs };
  return { place: entry, cancel: entry, amend: entry, response };
}

/** SHA-256 for runs in tests. */
export function testHasher(): Hasher {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.copy().digest("hex"),
  };
}

export type RigMarket = Readonly<{
  tape: TapeSource;
  venue?: string;
  symbol?: string;
}>;

export type RigOptions = Readonly<{
  latency?: LinkLatency;
  profile?: Partial<VenueProfile>;
  fillModel?: FillModel;
  startingCash?: string;
  seed?: string;
  observer?: JournalObserver;
}>;

/** Runs `strategy` over the recordings, one venue per distinct name. */
export function runRig(
  markets: readonly RigMarket[],
  strategy: Strategy,
  options: RigOptions = {},
): RunResult {
  return new ScenarioRun(scenarioOf(markets, strategy, options), {
    hasher: testHasher,
    ...(options.observer === undefined ? {} : { observer: options.observer }),
  }).finish();
}

export function scenarioOf(
  markets: readonly RigMarket[],
  strategy: Strategy,
  options: RigOptions = {},
): Scenario {
  const names = [...new Set(markets.map(({ venue }) => venue ?? "test"))];
  return {
    seed: options.seed ?? "test",
    venues: names.map((name) => ({
      name,
      profile: { ...PLAIN, ...options.profile },
      latency: options.latency ?? constantLatency(10, 10),
      startingCash: options.startingCash ?? "1000000",
    })),
    instruments: markets.map(({ tape, venue, symbol }) => ({
      spec: {
        ...TEST_INSTRUMENT,
        venueName: venue ?? "test",
        symbol: symbol ?? TEST_INSTRUMENT.symbol,
      },
      venue: venue ?? "test",
      recording: { kind: "levels", source: tape },
    })),
    fillModel: options.fillModel ?? { kind: "risk-averse" },
    strategy: () => strategy,
    risk: {},
    facts: {},
  };
}

export function place(
  id: number,
  side: Side,
  tick: number | undefined,
  lots: number,
  timeInForce: TimeInForce = "GTC",
  instrument = 0,
): PlaceOrder {
  return {
    kind: "PlaceOrder",
    instrument: instrument as InstrumentId,
    orderId: id as OrderId,
    side,
    price: tick as PriceTicks | undefined,
    size: lots as SizeLots,
    timeInForce,
    reduceOnly: false,
  };
}

export function cancel(id: number, instrument = 0): CancelOrder {
  return {
    kind: "CancelOrder",
    instrument: instrument as InstrumentId,
    orderId: id as OrderId,
  };
}

/** An order's story as the bot heard it: "accepted 1 at 30 (20)": learned at 30, happened at 20. */
export function story(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => {
    const when = `at ${event.at} (${event.venueAt})`;
    switch (event.kind) {
      case "OrderAccepted":
        return [`accepted ${event.orderId} ${when}`];
      case "OrderRefused":
        return [`refused ${event.orderId} ${event.reason} ${when}`];
      case "OrderFilled":
        return [`filled ${event.orderId} ${event.size}@${event.price} ${when}`];
      case "OrderClosed":
        return [`closed ${event.orderId} ${event.reason} ${when}`];
      default:
        return [];
    }
  });
}
