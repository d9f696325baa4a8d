// Bugs that campaigns found, each as the small world that is left of its seed: what was wrong, the bot, the faults. Every
// promise must be kept in all of them. A new one is one line; it must fail before the fix and pass after it.

import { expect, test } from "vitest";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import { checkers } from "../../sim/checkers/checkers.ts";
import type { Fault, FaultSite } from "../../sim/faults/fault.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import type { VenueId } from "../../src/domain/units.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const MS = 1_000;
const SECOND = 1_000_000;
const SECONDS = 900;
/** Nothing strikes from here on, see trialOf. */
const HEAL = (SECONDS * 2) / 3;

function at(site: FaultSite, kind: string, ordinal: number, parameter = 0, entity = 0): Fault {
  return { site, entity, ordinal, kind, parameter };
}

/** The same fault at many occasions. */
function often(count: number, make: (index: number) => Fault): readonly Fault[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const FOUND: readonly (readonly [string, keyof typeof trialBots, readonly Fault[]])[] = [
  [
    "the refusal of a copy is taken for the end of an order whose acceptance is lost",
    "grid",
    [
      ...often(12, (n) => at("request", "request-duplicated", 2 + 5 * n, MS)),
      ...often(40, (n) => at("answer", "acknowledgement-lost", 2 * n)),
    ],
  ],
  [
    "the same, of a bot that asks for each price but once",
    "market-maker",
    [
      ...often(12, (n) => at("request", "request-duplicated", 2 + 5 * n, MS)),
      ...often(40, (n) => at("answer", "acknowledgement-late", 2 * n, 40 * SECOND)),
    ],
  ],
  [
    "an order is over because two reports, cut short, leave it out",
    "grid",
    often(60, (n) => at("answer", "report-cut", 20 + n, 20)),
  ],
  [
    "an old report is taken for a new one, by a clock that is behind the venue's",
    "grid",
    [
      at("clock", "clock-behind", 10, 10 * SECOND),
      at("clock", "clock-behind", 25, 10 * SECOND),
      ...often(90, (n) => at("answer", "report-stale", 60 + n, 9 * SECOND)),
    ],
  ],
  [
    "a link that went down with its feed is never said to be up, for the gap ends by healing",
    "market-maker",
    [at("feed", "feed-gap", HEAL - 15, 20 * SECOND)],
  ],
  [
    "what is cut of an order that may rest stays at the venue",
    "hedge",
    [0, 1].flatMap((venue) =>
      often(20, (n) => at("request", "place-partly-filled", 1 + 3 * n, 900, venue)),
    ),
  ],
  [
    "a journal's header is turned before it was ever safe",
    "grid",
    [at("disk", "tail-flipped", 1, 300)],
  ],
  [
    "the next session's is",
    "grid",
    [at("process", "crash-after", 40), at("disk", "tail-flipped", 41, 2)],
  ],
  [
    "a venue books an order where another of ours stands, and both are one intent",
    "grid",
    often(30, (n) => at("request", "post-only-repriced", 4 * n, 30)),
  ],
  [
    "a breaker that rested ever longer in an outage rests on when the venue speaks again",
    "grid",
    [at("link", "link-down", 290, 280 * SECOND)],
  ],
  [
    "the same, of a bot that asks at each look",
    "market-maker",
    [at("link", "link-down", 290, 280 * SECOND)],
  ],
  [
    "a fill that two reports had, and that was taken over from them, is booked again when it is told",
    "market-maker",
    often(40, (n) => at("answer", "fill-late", 7 * n, 40 * SECOND)),
  ],
  [
    "the same ends an order that lives",
    "grid",
    often(60, (n) => at("answer", "fill-late", 3 * n, 40 * SECOND)),
  ],
];

/** B3 without its mercy, since none of these faults makes an order late; and what L3 comes from. */
const strict: CheckerMaker = {
  id: "strict",
  sentence: "No order that lives is believed over, and no link down that is up.",
  watch: (scene, violate) => ({
    second() {
      for (const { id } of scene.instruments) {
        for (const { orderId, isOurs, liveAt } of scene.log.live[id] ?? []) {
          const known = scene.belief?.openOrders(id).some((each) => each.orderId === orderId);
          if (known === false && isOurs && liveAt < scene.now) violate(`order ${orderId} lives`);
        }
      }
      const isCalm = scene.healedAt !== undefined && scene.now > scene.troubledUntil + SECOND;
      if (isCalm && scene.belief?.health.linkUp(0 as VenueId) === false)
        violate("a link is believed down");
    },
  }),
};

test.each(FOUND)("no more: %s (%s)", (_, name, plan) => {
  const makers = [...checkers, strict];
  const verdict = runTrial(trialOf(trialBots[name], { seed: 1, plan, seconds: SECONDS, makers }));
  expect(verdict.violations).toEqual([]);
  expect(verdict.haltReason).toBe("stopped by its operator");
  for (const { kind, fired } of verdict.faults) expect([kind, fired > 0]).toEqual([kind, true]);
});

test.each(["grid", "market-maker", "hedge"] as const)(
  "a checker that reads the books of the %s bot changes nothing, whatever befalls its feeds",
  (name) => {
    const reader: CheckerMaker = {
      id: "test",
      sentence: "reads",
      watch: (scene) => ({
        second() {
          for (const { id } of scene.instruments) {
            const book = scene.belief?.book(id);
            book?.bestBid();
            book?.levels("ask", 5);
            if (book?.fresh === true) expect(book.updatedAt).toBeLessThanOrEqual(scene.now);
          }
        },
      }),
    };
    const plan = [
      at("feed", "feed-frozen", 40, 7 * SECOND),
      at("feed", "feed-gap", 90, 11 * SECOND),
      at("feed", "feed-late", 150, 3 * SECOND),
      at("feed", "print-duplicated", 170),
      at("link", "link-stalled", 200, 5 * SECOND),
      at("process", "pause", 900, 4 * SECOND),
    ];
    const digestWith = (makers: readonly CheckerMaker[]) =>
      runTrial(trialOf(trialBots[name], { seed: 3, plan, seconds: 600, makers })).digest;
    expect(digestWith([reader])).toBe(digestWith([]));
  },
);
