// Faults planted in a trial of the grid bot: each kind fires, the world differs because of it, and the run still comes
// to one digest. What the bot makes of them is the checkers' business and campaigns'.

import { describe, expect, test } from "vitest";
import type { CheckerMaker, Watched } from "../../../../sim/checkers/checker.ts";
import { checkers } from "../../../../sim/checkers/checkers.ts";
import type { Fault, FaultSite } from "../../../../sim/faults/fault.ts";
import type { Verdict } from "../../../../sim/scenario/trial.ts";
import { runTrial } from "../../../../sim/scenario/trial-run.ts";
import type { VenueCommand } from "../../../../src/domain/command.ts";
import type { Event } from "../../../../src/domain/event.ts";
import { createMarketMaker } from "../../../../strategies/market-maker/market-maker.ts";
import { TRIAL_START, trialBots, trialOf } from "../../../support/trial-bots.ts";

const SECOND = 1_000_000;
const SECONDS = 360;

type Seen = {
  sent: VenueCommand[];
  arrived: VenueCommand[];
  said: Event[];
  heard: { at: number; event: Event }[];
  sentAt: number[];
  began: number[];
  crashes: number;
};

/** A checker that finds nothing and writes down everything; seconds of the run. */
function watching(): { seen: Seen; maker: CheckerMaker } {
  const seen: Seen = {
    sent: [],
    arrived: [],
    said: [],
    heard: [],
    sentAt: [],
    began: [],
    crashes: 0,
  };
  const at = (scene: Watched) => (scene.now - TRIAL_START) / SECOND;
  const maker: CheckerMaker = {
    id: "test",
    sentence: "sees all",
    watch: (scene) => ({
      sent: (command) => {
        seen.sent.push(command);
        seen.sentAt.push(at(scene));
      },
      arrived: (command) => seen.arrived.push(command),
      says: (event) => seen.said.push(event),
      heard: (event) => seen.heard.push({ at: at(scene), event }),
      noticed: (event) => seen.heard.push({ at: at(scene), event }),
      began: () => seen.began.push(at(scene)),
      crashed: () => {
        seen.crashes += 1;
      },
    }),
  };
  return { seen, maker };
}

function tried(plan: readonly Fault[], seconds = SECONDS): { verdict: Verdict; seen: Seen } {
  const { seen, maker } = watching();
  const trial = trialOf(trialBots.grid, { seed: 1, plan, seconds, makers: [maker] });
  const phases = { healAt: (seconds - 120) * SECOND, stopAt: (seconds - 60) * SECOND };
  return { verdict: runTrial({ ...trial, ...phases }), seen };
}

function fault(site: FaultSite, kind: string, ordinal: number, parameter = 0): Fault {
  return { site, entity: 0, ordinal, kind, parameter };
}

const fair = tried([]);
const heardOf = (seen: Seen, kind: Event["kind"]) =>
  seen.heard.filter(({ event }) => event.kind === kind);

/** A kind, where it strikes, and its parameter. */
const PLANTED: readonly (readonly [FaultSite, string, ordinal: number, parameter: number])[] = [
  ["request", "request-lost", 20, 0],
  ["request", "request-late", 20, 2 * SECOND],
  ["request", "request-duplicated", 20, SECOND],
  ["request", "gateway-error-executed", 20, 0],
  ["request", "gateway-error-dropped", 20, 0],
  ["request", "place-refused", 20, 0],
  ["request", "post-only-refused", 20, 0],
  ["request", "post-only-repriced", 20, 3],
  ["request", "fill-races-request", 20, 500],
  ["answer", "answer-lost", 20, 0],
  ["answer", "answer-late", 20, 2 * SECOND],
  ["answer", "answer-duplicated", 20, SECOND],
  ["answer", "answer-unreadable", 20, 0],
  ["answer", "acknowledgement-lost", 20, 0],
  ["answer", "acknowledgement-late", 20, SECOND],
  ["answer", "fill-lost", 20, 0],
  ["answer", "fill-late", 20, SECOND],
  ["answer", "fill-duplicated", 20, SECOND],
  ["answer", "end-lost", 20, 0],
  ["answer", "report-stale", 80, 2 * SECOND],
  ["answer", "report-cut", 80, 2],
  ["link", "link-down", 60, 10 * SECOND],
  ["link", "link-silent", 60, 20 * SECOND],
  ["link", "answers-silent", 60, 30 * SECOND],
  ["link", "link-stalled", 60, 10 * SECOND],
  ["link", "link-flapping", 60, 5 * SECOND],
  ["venue", "venue-unavailable", 60, 20 * SECOND],
  ["venue", "venue-maintenance", 60, 20 * SECOND],
  ["venue", "venue-cancel-only", 60, 60 * SECOND],
  ["venue", "rate-limited", 60, 60 * SECOND],
  ["venue", "post-only-storm", 60, 60 * SECOND],
  ["venue", "stamps-refused", 60, 20 * SECOND],
  ["venue", "venue-slow", 60, SECOND],
  ["venue", "venue-gone", 60, 0],
  ["account", "order-vanishes", 60, 1],
  ["account", "orders-cancelled", 60, 0],
  ["account", "stranger-order", 60, 5],
  ["account", "second-instance", 60, 5],
  ["account", "stranger-trade", 60, 5],
  ["account", "position-reduced", 150, 500],
  ["account", "funding-settles", 150, 1000],
  ["account", "funding-told-twice", 150, 1000],
  ["account", "cash-withdrawn", 60, 100],
  ["account", "trading-forbidden", 60, 0],
  ["feed", "feed-gap", 60, 10 * SECOND],
  ["feed", "feed-frozen", 60, 20 * SECOND],
  ["feed", "feed-late", 60, 2 * SECOND],
  ["market", "market-halted", 60, 60 * SECOND],
  ["market", "market-delisted", 60, 0],
  ["process", "crash-before", 400, SECOND],
  ["process", "crash-after", 400, SECOND],
  ["process", "crash-long", 400, 60 * SECOND],
  ["process", "crash-loop", 400, SECOND],
  ["process", "pause", 400, 20 * SECOND],
  ["disk", "tail-lost", 400, SECOND],
  ["disk", "tail-torn", 400, 500],
  ["disk", "tail-flipped", 400, 500],
  ["disk", "middle-damaged", 400, 500],
  ["disk", "disk-full", 400, 20 * SECOND],
  ["disk", "sync-fails", 400, 0],
  ["clock", "clock-ahead", 60, SECOND],
  ["clock", "clock-behind", 60, SECOND],
  ["clock", "ties-permuted", 60, 3],
];

describe("a planted fault", () => {
  test.each(PLANTED)(
    "at a %s, %s, fires, matters, and repeats",
    (site, kind, ordinal, parameter) => {
      const plan = [fault(site, kind, ordinal, parameter)];
      const { verdict } = tried(plan);
      const count = verdict.faults.find((each) => each.kind === kind);
      expect(count?.fired).toBe(1);
      expect(count?.effective).toBeGreaterThanOrEqual(1);
      expect(verdict.digest).not.toBe(fair.verdict.digest);
      expect(tried(plan).verdict.digest).toBe(verdict.digest);
    },
  );
});

/** Occasions a grid does not give: bars, orders that take, orders that reduce. */
const ELSEWHERE: readonly (readonly [keyof typeof trialBots, Fault])[] = [
  ["macd", fault("feed", "bar-lost", 60)],
  ["macd", fault("feed", "bar-late", 60, 5 * SECOND)],
  ["macd", fault("feed", "bar-revised", 60, 9)],
  ["macd", fault("feed", "print-duplicated", 120)],
  ["hedge", { ...fault("request", "place-partly-filled", 1, 500), entity: 1 }],
  ["hedge", { ...fault("request", "place-refused", 1), entity: 1 }],
];

test.each(ELSEWHERE)(
  "a planted fault in a trial of the %s bot matters too: %j",
  (name, planted) => {
    const trial = trialOf(trialBots[name], { seed: 1, plan: [planted], seconds: 900 });
    const verdict = runTrial(trial);
    const count = verdict.faults.find((each) => each.kind === planted.kind);
    expect(count?.fired).toBe(1);
    expect(count?.effective).toBeGreaterThanOrEqual(1);
  },
);

test("a fair world repeats, and its bot trades and is stopped", () => {
  expect(tried([]).verdict).toEqual(fair.verdict);
  expect(heardOf(fair.seen, "OrderFilled").length).toBeGreaterThan(0);
  expect(fair.verdict.haltReason).toBe("stopped by its operator");
  expect(fair.verdict.lives).toBe(1);
});

test("a request that is lost never arrives, one that is repeated arrives twice", () => {
  const lost = tried([fault("request", "request-lost", 20)]).seen;
  expect(lost.arrived).not.toContain(lost.sent[20]);
  const twice = tried([fault("request", "request-duplicated", 20, SECOND)]).seen;
  expect(twice.arrived.filter((each) => each === twice.sent[20])).toHaveLength(2);
});

test("a link that is down says so at both ends, and nothing is heard between", () => {
  const { seen } = tried([fault("link", "link-down", 60, 10 * SECOND)]);
  const links = heardOf(seen, "LinkChanged").map(({ at, event }) => [
    at,
    event.kind === "LinkChanged" && event.link,
  ]);
  expect(links).toContainEqual([60, "down"]);
  expect(links).toContainEqual([70, "up"]);
  const between = seen.heard.filter(
    ({ at, event }) => at > 60 && at < 70 && event.kind !== "TimerFired",
  );
  expect(between.filter(({ event }) => event.kind !== "OrderUnknown")).toEqual([]);
});

test("a feed that freezes shows nothing, then all of it at once", () => {
  const { seen } = tried([fault("feed", "feed-frozen", 60, 20 * SECOND)]);
  const books = heardOf(seen, "BookChanged").map(({ at }) => at);
  expect(books.filter((at) => at > 60 && at < 80)).toEqual([]);
  expect(books.filter((at) => at === 80)).toHaveLength(1);
});

test("a process that stands still handles nothing, then everything it missed, at that moment", () => {
  const { seen } = tried([fault("process", "pause", 400, 20 * SECOND)]);
  const times = seen.heard.map(({ at }) => at);
  const gaps = times.map((at, index) => at - (times[index - 1] ?? at));
  const widest = Math.max(...gaps);
  expect(widest).toBe(20);
  const resumed = times[gaps.indexOf(widest)];
  expect(seen.heard.filter(({ at }) => at === resumed).length).toBeGreaterThan(3);
});

test("a process that dies is another one after its time, made from its disk", () => {
  const { seen, verdict } = tried([fault("process", "crash-after", 400, 7 * SECOND)]);
  expect(verdict.lives).toBe(2);
  expect(seen.crashes).toBe(1);
  const [, again] = seen.began as [number, number];
  const before = seen.sentAt.filter((at) => at < again).at(-1) ?? 0;
  expect(again - before).toBeGreaterThanOrEqual(7);
});

test("a disk that is full lets nothing out but cancels and questions", () => {
  const { seen } = tried([fault("disk", "disk-full", 400, 20 * SECOND)]);
  const places = seen.sentAt.filter((_, each) => seen.sent[each]?.kind === "PlaceOrder");
  const gap = Math.max(...places.map((at, each) => at - (places[each - 1] ?? at)));
  expect(gap).toBeGreaterThanOrEqual(20);
});

test("damage in the middle of a journal keeps the bot from coming back", () => {
  const { verdict } = tried([fault("disk", "middle-damaged", 400, 300)]);
  expect(verdict.haltReason).toContain("the journal is damaged");
});

test("a clock that jumps is in the time of every event heard from then on", () => {
  const { seen } = tried([fault("clock", "clock-ahead", 60, SECOND)]);
  const ahead = seen.heard.map(({ at, event }) => (event.at - TRIAL_START) / SECOND - at);
  const late = ahead.filter((_, index) => (seen.heard[index]?.at ?? 0) > 61);
  expect(Math.max(...late.map((each) => Math.abs(each - 1)))).toBeLessThan(1e-6);
});

test("a venue that is gone stays gone when all else heals", () => {
  const { seen } = tried([fault("venue", "venue-gone", 60)]);
  const said = heardOf(seen, "LinkChanged").at(-1)?.event;
  expect(said?.kind === "LinkChanged" && said.link).toBe("down");
});

test("a process that begins with other settings takes over what the other left, and trades by its own", () => {
  const { seen, maker } = watching();
  const bot = trialBots["market-maker"];
  const plan: Fault[] = [
    { site: "process", entity: 0, ordinal: 500, kind: "restart-changed", parameter: 7 },
  ];
  const asked: number[] = [];
  const plain = trialOf(bot, { seed: 3, plan, seconds: SECONDS, makers: [...checkers, maker] });
  const verdict = runTrial({
    ...plain,
    restarted: (settings) => {
      asked.push(settings);
      return (instruments) =>
        createMarketMaker(
          { instrument: 0, orderLots: 6, positionLimitLots: 50, intervalUs: 500_000 },
          instruments,
        );
    },
  });
  expect(asked).toEqual([7]);
  expect(verdict.violations).toEqual([]);
  expect(verdict.lives).toBe(2);
  expect(verdict.faults).toContainEqual({ kind: "restart-changed", fired: 1, effective: 1 });
  const restartAt = seen.began[1] as number;
  const sizes = (of: (at: number) => boolean): Set<number> => {
    const placed = seen.sent.filter((_, index) => of(seen.sentAt[index] as number));
    return new Set(placed.flatMap((each) => (each.kind === "PlaceOrder" ? [each.size] : [])));
  };
  // In trouble half of it is placed.
  expect(Math.max(...sizes((at) => at < restartAt))).toBe(10);
  expect(Math.max(...sizes((at) => at > restartAt))).toBe(6);
  // No id of the first life is used again, and venues are asked before anything is placed.
  const placed = seen.sent.filter((each) => each.kind === "PlaceOrder");
  expect(new Set(placed.map(({ orderId }) => orderId)).size).toBe(placed.length);
  const after = seen.sent.filter((_, index) => (seen.sentAt[index] as number) >= restartAt);
  expect(after[0]?.kind).toBe("ReportAccount");
});
