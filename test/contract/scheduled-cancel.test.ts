// The venue's part of the conformance list in docs/FILLS.md, continued: what a venue does of its own accord because we
// asked for it. Times in µs; entry takes 10, answers take none.

import { describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import type { Command } from "../../src/domain/command.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import { durationUs } from "../../src/domain/units.ts";
import { constantLatency, place, runRig, story } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const profile = {
  scheduledCancel: { aheadMinUs: durationUs(50), aheadMaxUs: undefined, firesPerDayMax: undefined },
};

const market = (venue: string) => ({
  venue,
  tape: new TapeBuilder()
    .snapshot(1000, ["bid", 100, 10], ["ask", 101, 10])
    .depth(90_000, ["ask", 900, 1])
    .build(),
});

const cancelAt = (at: number | undefined, venue = 0): Command => ({
  kind: "ScheduleCancel",
  venue: venue as VenueId,
  at: at as TimeUs | undefined,
});

function heard(
  at: readonly (readonly [number, readonly Command[]])[],
  more: Partial<VenueProfile> = {},
): readonly string[] {
  const bot = new ScriptedStrategy({ at });
  const latency = constantLatency(10, 0);
  runRig([market("a"), market("b")], bot, { profile: { ...profile, ...more }, latency });
  const answers = bot.heard.flatMap((event) =>
    event.kind === "CancelScheduled"
      ? [`${event.venue} cancels at ${event.cancelAt}, ${event.refusal ?? "taken"}`]
      : [],
  );
  return [...answers, ...story(bot.heard)];
}

describe("a cancel of everything, asked for ahead", () => {
  const resting = [
    place(1, "bid", 99, 5),
    place(2, "bid", 98, 5),
    place(3, "bid", 99, 5, "GTC", 1),
  ];

  test("V28 a venue cancels everything of ours at the last time it was told, and no other venue does", () => {
    expect(
      heard([
        [2000, [...resting, cancelAt(3000)]],
        [2500, [cancelAt(4000)]],
      ]),
    ).toEqual([
      "0 cancels at 3000, taken",
      "0 cancels at 4000, taken",
      "accepted 1 at 2010 (2010)",
      "accepted 2 at 2010 (2010)",
      "accepted 3 at 2010 (2010)",
      "closed 1 scheduled-cancel at 4000 (4000)",
      "closed 2 scheduled-cancel at 4000 (4000)",
    ]);
  });

  test("beyond the rate is refused in the venue's words, and what stood before stands", () => {
    const rateLimits = [
      { weight: 2, windowUs: durationUs(3_600_000_000), place: 0, cancel: 1, report: 0 },
    ];
    const asked = [2000, 2100, 2200].map((at) => [at, [cancelAt(at + 6000)]] as const);
    expect(heard(asked, { rateLimits, words: { "rate-limited": "slow down" } })).toEqual([
      "0 cancels at 8000, taken",
      "0 cancels at 8100, taken",
      "0 cancels at 8100, slow down",
    ]);
  });

  test("comes earlier than it was told at first, where that is what it was told last", () => {
    expect(
      heard([
        [2000, [...resting, cancelAt(9000)]],
        [2500, [cancelAt(3000)]],
      ]).slice(-2),
    ).toEqual([
      "closed 1 scheduled-cancel at 3000 (3000)",
      "closed 2 scheduled-cancel at 3000 (3000)",
    ]);
  });

  test("does not come once it is taken back, and not where it was refused", () => {
    expect(
      heard([
        [2000, [...resting, cancelAt(3000), cancelAt(2100, 1)]],
        [2200, [cancelAt(2209, 1)]],
        [2500, [cancelAt(undefined)]],
      ]),
    ).toEqual([
      "0 cancels at 3000, taken",
      "1 cancels at 2100, taken",
      "1 cancels at undefined, a cancel is scheduled at least 50 µs ahead",
      "0 cancels at undefined, taken",
      "accepted 1 at 2010 (2010)",
      "accepted 2 at 2010 (2010)",
      "accepted 3 at 2010 (2010)",
      "closed 3 scheduled-cancel at 2100 (2100)",
    ]);
  });
});
