// A film is the same on the browser's side: books against a naive copy, orders, positions and messages by step.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FilmReader } from "../../../../src/report/page/browser/film-reader.ts";
import { packFilm } from "../../../../src/report/page/pack-film.ts";
import { fillOf, placeOf, SmallFilm } from "../../../support/small-film.ts";

const sideOf = (first: number, direction: 1 | -1) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 900 })), {
      maxLength: 8,
    })
    .map((levels) => {
      let price = first;
      return levels.flatMap(([gap, size]) => {
        price += gap * direction;
        return [price, size];
      });
    });

describe("a film in columns", () => {
  test("has every book as it was, at any step, however many there were before", () => {
    const book = fc.tuple(sideOf(1_000, -1), sideOf(1_000, 1));
    fc.assert(
      fc.property(fc.array(book, { minLength: 1, maxLength: 200 }), (books) => {
        const { recorder } = new SmallFilm();
        books.forEach(([bids, asks], at) => {
          recorder.happened(at, "note", `${at}`);
          recorder.book(at, 0, bids, asks);
        });
        const reader = new FilmReader(packFilm(recorder.film(["there"], [])));
        books.forEach(([bids, asks], step) => {
          const told = reader.instruments[0]?.book(step);
          expect([told?.bids.flat(), told?.asks.flat()]).toEqual([bids, asks]);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("has what each side holds, from before the first step on", () => {
    const small = new SmallFilm().believes(0, 2).holds(0, 2);
    const fill = fillOf(100, 1, 5);
    small.said(100, fill, 7).heard(130, fill, 7).believes(140, undefined);
    const reader = new FilmReader(packFilm(small.film()));
    const [instrument] = reader.instruments;
    const at = (side: "believed" | "true") => [0, 1, 2].map((step) => instrument?.lots(side, step));
    expect(at("true")).toEqual([7, 7, 7]);
    expect(at("believed")).toEqual([2, 7, undefined]);
  });

  test("has a message on the wire from where it left until it arrived, a lost one never", () => {
    const { recorder } = new SmallFilm();
    const command = placeOf(1);
    recorder.sent(10, 0, command);
    recorder.sent(11, 0, placeOf(2));
    recorder.happened(20, "note", "between");
    recorder.got(30, command);
    recorder.happened(2_000_000, "note", "much later");
    const reader = new FilmReader(packFilm(recorder.film(["there"], [])));
    expect([0, 1, 2, 3, 4].map((step) => reader.onWire(step))).toEqual([[0], [0], [0], [], []]);
    expect(reader.message(0)).toMatchObject({ kind: "place", order: 1, price: 100, size: 5 });
    expect(reader.message(1).gotAt).toBeUndefined();
  });
});
