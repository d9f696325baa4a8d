import { expect, test } from "vitest";
import type { Event } from "../../../src/domain/event.ts";
import { timeUs } from "../../../src/domain/units.ts";
import { CIRCUIT_BREAKER_DEFAULTS, CircuitBreaker } from "../../../src/risk/circuit-breaker.ts";

const at = (seconds: number) => timeUs(seconds * 1_000_000);
const told = (seconds: number, body: object) =>
  ({ at: at(seconds), venueAt: at(seconds), instrument: 0, orderId: 1, ...body }) as Event;
const refused = (seconds: number, reason = "rate-limited") =>
  told(seconds, { kind: "OrderRefused", request: "place", reason });

function tripped(): CircuitBreaker {
  const breaker = new CircuitBreaker(CIRCUIT_BREAKER_DEFAULTS);
  for (let second = 0; second < 5; second += 1) breaker.heard(refused(second));
  return breaker;
}

test("trips at the fifth failure in a row, with the numbers", () => {
  const breaker = new CircuitBreaker(CIRCUIT_BREAKER_DEFAULTS);
  const trips = [0, 1, 2, 3, 4].map((second) => breaker.heard(refused(second)));
  expect(trips).toEqual([false, false, false, false, true]);
  expect(breaker.reason).toBe(
    "5 failures in a row within 60000000 µs, the last: place rate-limited",
  );
});

test("a success between, or a window's age, forgives; refusals of trading do not count", () => {
  const breaker = new CircuitBreaker(CIRCUIT_BREAKER_DEFAULTS);
  for (let second = 0; second < 4; second += 1) breaker.heard(refused(second));
  breaker.heard(told(5, { kind: "OrderAccepted" }));
  for (let second = 6; second < 10; second += 1) breaker.heard(refused(second));
  for (let second = 10; second < 20; second += 1) {
    breaker.heard(refused(second, "post-only-would-cross"));
  }
  breaker.heard(refused(75));
  expect(breaker.state).toBe("closed");
});

test("a timeout is a failure, an order not found is not", () => {
  const breaker = new CircuitBreaker({ ...CIRCUIT_BREAKER_DEFAULTS, failuresMax: 1 });
  const unknown = { kind: "OrderUnknown", request: "place" };
  expect(breaker.heard(told(0, { ...unknown, cause: "not-found" }))).toBe(false);
  expect(breaker.heard(told(0, { ...unknown, cause: "timed-out" }))).toBe(true);
});

test("rests, asks one question, and closes by its answer", () => {
  const breaker = tripped();
  expect([breaker.shouldProbe(at(33)), breaker.shouldProbe(at(34))]).toEqual([false, true]);
  expect([breaker.state, breaker.shouldProbe(at(35))]).toEqual(["probing", false]);
  breaker.heard(told(36, { kind: "AccountReported" }));
  expect([breaker.state, breaker.reason]).toEqual(["closed", undefined]);
});

test("an answer before the question closes nothing", () => {
  const breaker = tripped();
  breaker.heard(told(10, { kind: "AccountReported" }));
  expect(breaker.state).toBe("open");
});

test("a question without an answer makes it rest twice as long", () => {
  const breaker = tripped();
  breaker.shouldProbe(at(34));
  breaker.shouldProbe(at(39));
  expect(breaker.state).toBe("open");
  expect([breaker.shouldProbe(at(98)), breaker.shouldProbe(at(99))]).toEqual([false, true]);
});

test("a venue that speaks again, to another question, is asked after the first rest; not before it", () => {
  const breaker = tripped();
  breaker.shouldProbe(at(34));
  breaker.shouldProbe(at(39));
  breaker.heard(told(45, { kind: "AccountReported" }));
  expect(breaker.state).toBe("open");
  expect([breaker.shouldProbe(at(68)), breaker.shouldProbe(at(69))]).toEqual([false, true]);
  breaker.shouldProbe(at(74));
  expect([breaker.shouldProbe(at(133)), breaker.shouldProbe(at(134))]).toEqual([false, true]);
});
