// What a film keeps: its window, its bound, what was so before, and how each message fared.

import { expect, test } from "vitest";
import { fillOf, placeOf, SmallFilm } from "../../../support/small-film.ts";

test("outside its window a film keeps what is so when it begins, and counts what it left out", () => {
  const small = new SmallFilm({ from: 150, until: 250, stepsMax: 100 });
  small.believes(0, 0).holds(0, 0);
  small.said(100, fillOf(100, 1, 5), 5);
  small.recorder.happened(200, "note", "inside");
  small.recorder.happened(300, "note", "after");
  const { steps, before, leftOut } = small.film();
  expect(steps.map(({ text }) => text)).toEqual(["inside"]);
  expect(before).toContainEqual({ what: "true", instrument: 0, lots: 5 });
  expect(leftOut).toBe(2);
});

test("a film that is full says where it broke off", () => {
  const small = new SmallFilm({ from: 0, until: 1_000, stepsMax: 3 });
  for (let at = 1; at <= 5; at += 1) small.recorder.happened(at, "note", `${at}`);
  expect(small.film()).toMatchObject({ leftOut: 2, brokeOffAt: 4 });
});

test("a request that arrives twice is two messages, one that does not is lost", () => {
  const { recorder } = new SmallFilm();
  const [twice, lost] = [placeOf(1), placeOf(2)];
  recorder.sent(10, 0, twice);
  recorder.sent(11, 0, lost);
  recorder.got(30, twice);
  recorder.got(45, twice);
  const told = recorder.film(["there"], []).messages;
  expect(told.map(({ order, gotAt, isCopy }) => [order, gotAt, isCopy])).toEqual([
    [1, 30, false],
    [2, undefined, false],
    [1, 45, true],
  ]);
});

test("what was lost while a venue was cut off is lost to that; what a fault of its own met, to that fault", () => {
  const { recorder } = new SmallFilm();
  recorder.sent(10, 0, placeOf(1));
  recorder.touched("request-lost");
  recorder.sent(20, 0, placeOf(2));
  const outage = { kind: "link-down", venue: 0, from: 5, until: 50 };
  const { messages } = recorder.film(["there"], [], [outage]);
  expect(messages.map(({ faults }) => faults)).toEqual([["request-lost"], ["link-down"]]);
});

test("steps told out of turn stand in the order of time, those of one moment as they were told", () => {
  const { recorder } = new SmallFilm();
  recorder.happened(30, "note", "c");
  recorder.happened(10, "note", "a");
  recorder.happened(10, "note", "b");
  const { steps } = recorder.film(["there"], []);
  expect(steps.map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

test("what changes without a message is a step of its own", () => {
  const small = new SmallFilm().believes(0, 0).holds(0, 0);
  small.recorder.happened(10, "note", "begins");
  small.holds(40, 3);
  const last = small.film().steps.at(-1);
  expect(last).toMatchObject({ at: 40, kind: "moved" });
});
