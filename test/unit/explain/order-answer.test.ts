import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../sim/scenario/scenario.ts";
import type { Command } from "../../../src/domain/command.ts";
import { answerLines } from "../../../src/explain/order-answer.ts";
import { answers, askedRun } from "../../support/asked-run.ts";
import { barInstrument, barsOf, MINUTE_US } from "../../support/bars.ts";
import type { RigOptions } from "../../support/run-rig.ts";
import { cancel, constantLatency, place, scenarioOf } from "../../support/run-rig.ts";
import { ScriptedStrategy } from "../../support/scripted-strategy.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";
import { PLAIN } from "../../support/venue-rig.ts";

type Script = readonly (readonly [number, readonly Command[]])[];

async function asked(tape: TapeBuilder, at: Script, options: RigOptions = {}) {
  const strategy = new ScriptedStrategy({ at });
  const scenario = scenarioOf([{ tape: tape.build() }], strategy, options);
  // Each replay makes its strategy anew; a scripted one remembers.
  return answers(askedRun({ ...scenario, strategy: () => new ScriptedStrategy({ at }) }));
}

/** bid 100 × 5, ask 102 × 5; three print there, four leave, two print, then five go through. */
const queueTape = () =>
  new TapeBuilder()
    .snapshot(0, ["bid", 100, 5], ["bid", 99, 5], ["ask", 102, 5])
    .print(200, "ask", 100, 3)
    .depth(300, ["bid", 100, 1])
    .print(400, "ask", 100, 2)
    .print(500, "ask", 99, 5)
    .depth(100_000, ["bid", 99, 4]);

describe("an order that filled", () => {
  test("tells its queue, the prints that filled it, and what a better price or an earlier arrival gives", async () => {
    const [answer] = await asked(queueTape(), [[100, [place(1, "bid", 100, 2)]]]);
    if (answer === undefined) throw new Error("expected an answer");
    expect(answer.reason).toEqual({ kind: "filled", lots: 2 });
    expect(answer.replayAgrees).toBe(true);
    const lines = answerLines(answer).join("\n");
    expect(lines).toContain("rests at 10.0 behind 0.005; bid 10.0, ask 10.2 there");
    expect(lines).toContain("ahead 0.005 → 0.002: 0.003 printed");
    expect(lines).toContain(
      "ahead 0.002 → 0.001: 0.001 cancelled ahead (inferred); 0.001 displayed",
    );
    expect(lines).toContain(
      "filled 0.001 at 10.0 as maker (trade 1, 0.001 in all) by a print of 0.002 at 10.0 with 0.001 ahead",
    );
    expect(lines).toContain("(trade 2, 0.002 in all) by a print of 0.005 at 9.9");
    expect(lines).toContain("trade 1: position 0.000 → 0.001, average 10.000");
    expect(answer.otherwise).toMatchObject([
      // A bid alone at 101 is met by the first sale, at 200 instead of 400.
      { change: "one-tick-better", filledLots: 2, firstFillAt: 200, lastFillAt: 200 },
      { change: "sooner", filledLots: 2, firstFillAt: 400, lastFillAt: 500 },
    ]);
    expect(answer.otherwise.map(({ text }) => text)).toEqual([
      "one tick better (10.1): filled 0.002 whole at 00:00:00.000200, 200 µs sooner",
      "20 ms sooner: filled 0.002 whole 00:00:00.000400 to 00:00:00.000500, as it was",
    ]);
  });

  test("tells of a fill that won the race against its cancel, and what the cancel cost", async () => {
    const script: Script = [
      [100, [place(1, "bid", 100, 2)]],
      [395, [cancel(1)]],
    ];
    const [answer] = await asked(queueTape(), script);
    expect(answer?.reason).toEqual({
      kind: "filled-in-part",
      lots: 1,
      size: 2,
      // The cancel arrives at 405; the next print would have filled the rest at 500, told 85 µs after we knew.
      rest: { kind: "cancelled-early", byUs: 95, lots: 1, at: 500 },
    });
    expect(answer?.timeline.map(({ text }) => text)).toContain(
      "the fill won the race: the cancel was sent 5 µs before and arrived 5 µs too late",
    );
    expect(answer?.otherwise.at(-1)?.text).toBe(
      "left standing: filled 0.002 whole 00:00:00.000400 to 00:00:00.000500, 0.001 more, 95 µs after it was cancelled",
    );
  });
});

describe("an order that did not fill says why", () => {
  const still = () =>
    new TapeBuilder()
      .snapshot(0, ["bid", 100, 5], ["ask", 102, 5])
      .depth(50_000, ["bid", 100, 6])
      .depth(100_000, ["bid", 100, 5]);

  test.each<[string, Command[], RigOptions, Record<string, unknown>]>([
    [
      "the venue refuses it, in its words",
      [place(1, "bid", 100, 2)],
      { profile: { minNotional: "10", words: { "min-notional": "too small" } } },
      { kind: "refused-by-venue", reason: "min-notional", text: "too small" },
    ],
    [
      "it would cross and must not",
      [place(1, "bid", 102, 2, "POST_ONLY")],
      {},
      { kind: "post-only-would-cross", price: 102, other: 102 },
    ],
    [
      "it would cross, where the venue accepts and closes",
      [place(1, "bid", 103, 2, "POST_ONLY")],
      { profile: { postOnlyCrossing: "close" } },
      { kind: "post-only-would-cross", price: 103, other: 102 },
    ],
    [
      "there is nothing to take whole",
      [place(1, "bid", 102, 9, "FOK")],
      {},
      { kind: "found-nothing", reason: "fok-not-fillable", other: 102 },
    ],
    [
      "there is nothing within its limit",
      [place(1, "ask", 101, 2, "IOC")],
      {},
      { kind: "found-nothing", reason: "ioc-no-liquidity", other: 100 },
    ],
    [
      "our other order traded with it",
      [place(1, "ask", 101, 2), place(2, "bid", 101, 2)],
      {},
      { kind: "closed-by-venue", reason: "self-trade" },
    ],
    [
      "it stands until the end",
      [place(1, "bid", 99, 2)],
      {},
      { kind: "open-at-end", so: { kind: "never-touched", closest: { ticks: 3, at: 110 } } },
    ],
    [
      "it was on its way when the run ended",
      [place(1, "bid", 100, 2)],
      { latency: constantLatency(200_000, 10) },
      { kind: "never-arrived", arrivesAt: 200_100, endedAt: 100_000 },
    ],
  ])("%s", async (_why, commands, options, reason) => {
    const [answer] = await asked(still(), [[100, commands]], options);
    expect(answer?.reason).toEqual(reason);
  });

  test("our own rule refuses it: nothing was sent, and nothing is replayed", async () => {
    const at: Script = [[100, [place(1, "bid", 100, 2)]]];
    const limited: Scenario = {
      ...scenarioOf([{ tape: still().build() }], new ScriptedStrategy({ at })),
      strategy: () => new ScriptedStrategy({ at }),
      risk: { instruments: [{ instrument: 0, orderLotsMax: 1 }] },
    };
    const [answer] = await answers(askedRun(limited));
    expect(answer?.reason).toMatchObject({ kind: "refused-by-rule", rule: "max-order-size" });
    expect(answer?.otherwise).toEqual([]);
    const [risk] = await answers(askedRun({ ...limited, risk: { staleData: { ttlUs: 1_000 } } }));
    expect(risk?.timeline.map(({ text }) => text)).toContain("passed risk: stale-data");
  });

  test("a recording of candles knows no queue", async () => {
    const at: Script = [[1, [place(1, "bid", 90, 1)]]];
    const source = barsOf([
      [100, 101, 99, 100, 50],
      [100, 101, 99, 100, 50],
    ]);
    const recording = { kind: "bars", source, spreadTicks: 2, volumeShareMaxBps: 1_000 } as const;
    const [answer] = await answers(
      askedRun({
        seed: "candles",
        venues: [
          { name: "v", profile: PLAIN, latency: constantLatency(10, 10), startingCash: "1000" },
        ],
        instruments: [
          { spec: barInstrument, venue: "v", recording: { ...recording, arrivalGraceUs: 0 } },
        ],
        fillModel: { kind: "risk-averse" },
        strategy: () => new ScriptedStrategy({ at }),
        risk: {},
        facts: {},
        until: (2 * MINUTE_US) as never,
      }),
    );
    expect(answer?.reason).toMatchObject({ kind: "open-at-end", so: { kind: "not-told" } });
  });
});

test("being watched changes nothing, and an amend begins a new stay in a queue", async () => {
  const amend: Command = { ...place(1, "bid", 99, 2), kind: "AmendOrder" } as never;
  const at: Script = [
    [100, [place(1, "bid", 100, 2)]],
    [150, [amend]],
  ];
  const scenario = scenarioOf([{ tape: queueTape().build() }], new ScriptedStrategy({ at }));
  const run = askedRun({ ...scenario, strategy: () => new ScriptedStrategy({ at }) });
  const [story] = run.stories;
  expect(story?.queues.map(({ rested }) => [rested.price, rested.ahead])).toEqual([
    [100, 5],
    [99, 5],
  ]);
  const [answer] = await answers(run);
  // Behind five at 99 the five printed there are not for it.
  expect(answer?.reason).toMatchObject({ kind: "open-at-end", so: { aheadAtEnd: 0, prints: 1 } });
});
