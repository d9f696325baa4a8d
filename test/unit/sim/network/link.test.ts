import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventQueue } from "../../../../sim/kernel/event-queue.ts";
import { KeyedRng } from "../../../../sim/kernel/keyed-rng.ts";
import type { LatencySpec, LinkLatency } from "../../../../sim/network/latency.ts";
import type { MessageKind } from "../../../../sim/network/link.ts";
import { Link } from "../../../../sim/network/link.ts";
import { timeUs } from "../../../../src/domain/units.ts";

const MS = 1000;
const constantMs = (ms: number): LatencySpec => ({ kind: "constant", us: ms * MS });
const drawn: LatencySpec = { kind: "uniform", minUs: 100, maxUs: 50_000 };
const allDrawn: LinkLatency = { place: drawn, cancel: drawn, amend: drawn, response: drawn };

function linkOf(latency: LinkLatency, venue = "one", seed = "seed"): Link {
  return new Link({ venue, direction: "request", latency, rng: new KeyedRng(seed) });
}

const kind = fc.constantFrom<MessageKind>("place", "cancel", "amend", "response");
const sendings = fc.array(fc.tuple(fc.nat({ max: 20_000 }), kind), { maxLength: 50 });

/** Sends one after the other, `gap` µs apart, and lists (sent, arrived). */
function sent(link: Link, messages: readonly (readonly [number, MessageKind])[]) {
  let now = 1_700_000_000_000_000;
  return messages.map(([gap, each], ordinal) => {
    now += gap;
    return { sentAt: now, arrival: link.arrival(timeUs(now), each, ordinal) };
  });
}

/**
 * The case NautilusTrader v1 gets wrong, whose removal from a list breaks its heap of commands under
 * way: insert 10 ms, cancel 1 ms; sent insert@0, insert@1, cancel@1.
 */
function applied(overtaking: boolean): readonly (readonly [string, number])[] {
  const link = linkOf({
    place: constantMs(10),
    cancel: constantMs(1),
    amend: constantMs(10),
    response: constantMs(5),
    overtaking,
  });
  const queue = new EventQueue<string>();
  queue.push(link.arrival(timeUs(0), "place", 0), 0, "insert@0");
  queue.push(link.arrival(timeUs(1 * MS), "place", 1), 0, "insert@1");
  queue.push(link.arrival(timeUs(1 * MS), "cancel", 2), 0, "cancel@1");
  return Array.from({ length: 3 }, () => {
    const name = queue.pop();
    return [name, queue.poppedAt / MS] as const;
  });
}

describe("Link", () => {
  test("keeps the order of its messages, and none arrives before it is sent", () => {
    fc.assert(
      fc.property(fc.string(), sendings, (seed, messages) => {
        let before = Number.NEGATIVE_INFINITY;
        for (const { sentAt, arrival } of sent(linkOf(allDrawn, "one", seed), messages)) {
          expect(arrival).toBeGreaterThanOrEqual(sentAt + 100);
          expect(arrival).toBeGreaterThanOrEqual(before);
          before = arrival;
        }
      }),
    );
  });

  test("delays a message only as far as the one before it, never further", () => {
    fc.assert(
      fc.property(fc.string(), sendings, (seed, messages) => {
        const free = sent(linkOf({ ...allDrawn, overtaking: true }, "one", seed), messages);
        let latest = Number.NEGATIVE_INFINITY;
        const expected = free.map(({ arrival }) => {
          latest = Math.max(latest, arrival);
          return latest;
        });
        const ordered = sent(linkOf(allDrawn, "one", seed), messages);
        expect(ordered.map(({ arrival }) => arrival)).toEqual(expected);
      }),
    );
  });

  test("lets a quick cancel overtake slow inserts, and still applies them by arrival", () => {
    expect(applied(true)).toEqual([
      ["cancel@1", 2],
      ["insert@0", 10],
      ["insert@1", 11],
    ]);
  });

  test("holds a quick cancel back behind slow inserts on a link that keeps its order", () => {
    expect(applied(false)).toEqual([
      ["insert@0", 10],
      ["insert@1", 11],
      ["cancel@1", 11],
    ]);
  });

  test("draws the same whether or not other links draw too", () => {
    const rng = new KeyedRng("shared");
    const config = { venue: "one", direction: "request", latency: allDrawn, rng } as const;
    const alone = new Link(config);
    const beside = new Link(config);
    const other = new Link({ ...config, venue: "two" });
    for (let ordinal = 0; ordinal < 200; ordinal += 1) {
      const now = timeUs(ordinal * 1000);
      if (ordinal % 3 === 0) other.arrival(now, "place", ordinal);
      expect(beside.arrival(now, "place", ordinal)).toBe(alone.arrival(now, "place", ordinal));
    }
  });

  test("draws apart for each venue and each direction", () => {
    const rng = new KeyedRng("shared");
    const latency = { ...allDrawn, overtaking: true };
    const links = [
      new Link({ venue: "one", direction: "request", latency, rng }),
      new Link({ venue: "two", direction: "request", latency, rng }),
      new Link({ venue: "one", direction: "response", latency, rng }),
    ];
    const arrivals = links.map((link) =>
      Array.from({ length: 20 }, (_, ordinal) => link.arrival(timeUs(0), "place", ordinal)).join(),
    );
    expect(new Set(arrivals).size).toBe(3);
  });
});
