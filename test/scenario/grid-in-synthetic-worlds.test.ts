// The whole grid bot in synthetic worlds: its promises hold at every event, through latency, races and bursts.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { syntheticTapes } from "../../sim/market/synthetic-tape.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import { gridConfig } from "../support/grid-config.ts";

const START = 1_704_095_100_000_000;
const POSITION_MAX = 60;
const grid = gridConfig({
  levels: 6,
  centre: "microprice",
  halfSpreadTicks: 10,
  spacingTicks: 12,
  positionMaxLots: POSITION_MAX,
  skewTicks: 20,
  driftTicks: 30,
  requoteUs: 200_000,
  refusalCountMax: 5,
});

type Seen = { fills: number; breaches: string[] };

/** The grid with a witness: what it must never come to is looked for at every event, in what the bot believes. */
function witnessed(inner: Strategy, seen: Seen): Strategy {
  return {
    name: inner.name,
    wants: inner.wants,
    decide(event, view) {
      if (event.kind === "OrderFilled") seen.fills += 1;
      const breach = breachOf(event, view);
      if (breach !== undefined) seen.breaches.push(`${event.kind} at ${event.at}: ${breach}`);
      return inner.decide(event, view);
    },
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
}

function breachOf(event: Event, view: View): string | undefined {
  const id = 0 as never;
  const position = view.position(id).lots;
  let long = position as number;
  let short = position as number;
  const standing = new Set<string>();
  for (const order of view.openOrders(id)) {
    if (order.side === "bid") long += order.size - order.filled;
    else short -= order.size - order.filled;
    const place = `${order.side} ${order.price}`;
    if (standing.has(place)) return `two orders: ${place}`;
    standing.add(place);
  }
  if (long > POSITION_MAX || short < -POSITION_MAX) return `worst case ${short} … ${long}`;
  if (event.kind === "OrderFilled" && event.liquidity === "taker") return "a post-only order took";
  return undefined;
}

function run(seed: string, fillModel: FillModel, placeUs: number) {
  const seen: Seen = { fills: 0, breaches: [] };
  const [source] = syntheticTapes({
    seed,
    startUs: START,
    durationUs: 180_000_000,
    startPriceTicks: 600_000,
    fundingAtUs: START + 60_000_000,
    fundingRateE8: 1250,
  });
  if (source === undefined) throw new Error("the market has a first venue");
  const drawn = { kind: "uniform", minUs: placeUs / 2, maxUs: placeUs * 2 } as const;
  const scenario: Scenario = {
    seed,
    venues: [
      {
        name: "alpha",
        profile: generic,
        latency: { place: drawn, cancel: drawn, amend: drawn, response: drawn },
        startingCash: "10000",
      },
    ],
    instruments: [
      { spec: source.header.instrument, venue: "alpha", recording: { kind: "levels", source } },
    ],
    fillModel,
    strategy: (instruments) => witnessed(createGrid(grid, instruments), seen),
    risk: {},
    facts: {},
  };
  const result = new ScenarioRun(scenario, { hasher }).finish();
  return { ...seen, digest: result.digest };
}

function hasher() {
  const hash = createHash("sha256");
  return {
    update: (bytes: Uint8Array) => void hash.update(bytes),
    digest: () => hash.copy().digest("hex"),
  };
}

const models: readonly FillModel[] = [
  { kind: "optimistic" },
  { kind: "power", family: 3, n: 3 },
  { kind: "pessimistic" },
];

describe("a grid in synthetic worlds", () => {
  test.each(models)("keeps its promises at any latency when fills are $kind", (model) => {
    for (const [index, placeUs] of [2_000, 40_000, 400_000].entries()) {
      for (const world of ["a", "b"]) {
        const seen = run(`${world}${index}`, model, placeUs);
        expect(seen.breaches).toEqual([]);
        expect(seen.fills).toBeGreaterThan(0);
      }
    }
  });

  test("comes to the same digest again, and to another from another seed", () => {
    const model: FillModel = { kind: "power", family: 3, n: 3 };
    const first = run("again", model, 20_000);
    expect(run("again", model, 20_000).digest).toBe(first.digest);
    expect(run("other", model, 20_000).digest).not.toBe(first.digest);
  });
});
