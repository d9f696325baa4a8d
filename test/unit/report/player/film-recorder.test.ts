// What a film keeps: its window, its bound, what was so before, and how each message fared.

import { expect, test } from "vitest";
import { timeUs } from "../../../../src/domain/units.ts";
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
  recorder.happened(2_000_000, "note", "much later");
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

test("what leaves just before a run ends is on its way, and not lost", () => {
  const small = new SmallFilm().believes(0, 0).holds(0, 0);
  small.recorder.sent(1_000, 0, placeOf(1));
  small.said(1_500, { ...fillOf(1_500, 1, 5), at: timeUs(9_000) }, 5);
  small.recorder.happened(2_000, "note", "the end");
  const { messages, partings } = small.film();
  expect(messages.map(({ gotAt }) => gotAt)).toEqual([1_001_000, 9_000]);
  expect(partings).toEqual([]);
});

test("a window has the messages that begin or end in it, and no others", () => {
  const small = new SmallFilm({ from: 150, until: 250, stepsMax: 100 });
  const [early, within, out] = [placeOf(1), placeOf(2), placeOf(3)];
  small.recorder.sent(10, 0, early);
  small.recorder.got(20, early);
  small.recorder.sent(140, 0, within);
  small.recorder.got(160, within);
  small.recorder.sent(240, 0, out);
  small.recorder.got(260, out);
  small.recorder.sent(270, 0, placeOf(4));
  small.recorder.happened(5_000_000, "note", "much later");
  const { messages, steps } = small.film();
  expect(messages.map(({ order, sentAt, gotAt }) => [order, sentAt, gotAt])).toEqual([
    [2, 140, 160],
    [3, 240, 260],
  ]);
  expect(steps.map(({ message }) => message)).toEqual([0, 1]);
});

test("a fill on its way when a window begins explains a difference there", () => {
  const small = new SmallFilm({ from: 110, until: 1_000, stepsMax: 100 });
  const fill = fillOf(100, 1, 5);
  small.believes(0, 0).holds(0, 0).said(100, fill, 5);
  small.recorder.happened(120, "note", "it begins");
  small.heard(130, fill, 5);
  expect(small.film().partings).toEqual([]);
});

test("a film that is full stays so, but for the promises that broke in its window", () => {
  const { recorder } = new SmallFilm({ from: 0, until: 1_000, stepsMax: 2 });
  recorder.happened(1, "note", "a");
  recorder.happened(2, "timer", "");
  recorder.happened(3, "note", "b");
  recorder.happened(4, "note", "c");
  recorder.sent(5, 0, placeOf(1));
  const broken = { id: "B1", at: 6, sentence: "", detail: "here" };
  const { steps, brokeOffAt, leftOut } = recorder.film(["there"], [broken]);
  expect(steps.map(({ text }) => text)).toEqual(["a", "b", "B1: here"]);
  expect({ brokeOffAt, leftOut }).toEqual({ brokeOffAt: 4, leftOut: 2 });
});
