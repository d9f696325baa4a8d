// Waits between tries of an exit that does not help.

import { describe, expect, test } from "vitest";
import { ExitRetries } from "../../../../strategies/macd/exit-retries.ts";

const config = { waitUs: 100, waitMaxUs: 1_000 };

/** Moments at which an exit from `lots` to nothing is tried, looked at every 10 µs. */
function triesUntil(until: number, retries = new ExitRetries(config)): readonly number[] {
  const tries: number[] = [];
  for (let now = 0; now <= until; now += 10) {
    retries.sees(5);
    if (!retries.mayTry(5, 0, now)) continue;
    retries.tried(5, 0, tries.length, now);
    tries.push(now);
  }
  return tries;
}

describe("an exit that changes nothing", () => {
  test("is tried again after waits that double up to the longest, and for ever", () => {
    expect(triesUntil(5_000)).toEqual([0, 100, 300, 700, 1_500, 2_500, 3_500, 4_500]);
  });

  test("goes on where it was after a restart", () => {
    const retries = new ExitRetries(config);
    const before = triesUntil(700, retries);
    const after = new ExitRetries(config);
    after.restore(JSON.parse(JSON.stringify(retries.save())));
    expect(before).toHaveLength(4);
    expect([after.mayTry(5, 0, 1_499), after.mayTry(5, 0, 1_500)]).toEqual([false, true]);
  });

  test("is dust once the venue called it too small, and is left alone while it is the same", () => {
    const retries = new ExitRetries(config);
    retries.tried(5, 0, 77, 0);
    retries.wasTooSmall(76);
    expect([retries.isDust(5), retries.mayTry(5, 0, 5_000)]).toEqual([false, true]);
    retries.wasTooSmall(77);
    expect([retries.isDust(5), retries.isDust(4)]).toEqual([true, false]);
    expect([retries.mayTry(5, 0, 1e12), retries.mayTry(5, 2, 1)]).toEqual([false, true]);
    const after = new ExitRetries(config);
    after.restore(JSON.parse(JSON.stringify(retries.save())));
    expect(after.isDust(5)).toBe(true);
    after.sees(6);
    expect([after.isDust(5), after.mayTry(6, 0, 2)]).toEqual([false, true]);
  });

  test("does not hold up another wish, or the exit of another position", () => {
    const retries = new ExitRetries(config);
    triesUntil(700, retries);
    expect(retries.mayTry(5, 3, 701)).toBe(true);
    expect(retries.mayTry(5, 0, 701)).toBe(false);
    retries.sees(0);
    retries.sees(5);
    expect(retries.mayTry(5, 0, 702)).toBe(true);
  });
});
