// Belief leaves truth when the two differ and no fill on its way makes the difference; times and lots by hand.

import { describe, expect, test } from "vitest";
import { fillOf, SmallFilm } from "../../../support/small-film.ts";

const begun = () => new SmallFilm().believes(0, 0).holds(0, 0);

describe("belief and truth", () => {
  test("are together while a fill is on its way", () => {
    const fill = fillOf(100, 1, 5);
    const film = begun().said(100, fill, 5).heard(130, fill, 5).film();
    expect(film.partings).toEqual([]);
  });

  test("part where a fill that is never heard was said", () => {
    const lost = fillOf(100, 1, 5);
    const told = fillOf(200, 2, 2);
    const film = begun().said(100, lost, 5).said(200, told, 7).heard(230, told, 2).film();
    const [parting, ...more] = film.partings;
    expect(more).toEqual([]);
    expect(parting).toMatchObject({ believed: 0, true: 5, until: undefined, message: 0 });
    expect(film.steps[parting?.from ?? -1]?.at).toBe(100);
    expect(film.messages[0]?.gotAt).toBeUndefined();
  });

  test("part where a fill is heard and not counted, and not before", () => {
    const fill = fillOf(100, 1, 5);
    const film = begun().said(100, fill, 5).heard(130, fill, 0).film();
    expect(film.partings).toMatchObject([{ believed: 0, true: 5 }]);
    expect(film.steps[film.partings[0]?.from ?? -1]?.at).toBe(130);
  });

  test("part where a fill told twice is counted twice, and the copy is named", () => {
    const fill = fillOf(100, 1, 5);
    const film = begun().said(100, fill, 5).heard(130, fill, 5).heard(150, fill, 10).film();
    expect(film.partings).toMatchObject([{ believed: 10, true: 5, message: 1 }]);
    expect(film.messages[1]).toMatchObject({ isCopy: true, sentAt: 100, gotAt: 150 });
  });

  test("come together again when the bot finds out", () => {
    const film = begun()
      .said(100, fillOf(100, 1, 5), 5)
      .believes(400, 5)
      .film();
    const [parting] = film.partings;
    expect(film.steps[parting?.until ?? -1]?.at).toBe(400);
  });

  test("do not part where the bot knows of a fill before it hears of it", () => {
    const fill = fillOf(100, 1, 5);
    const film = begun().said(100, fill, 5).believes(120, 5).heard(900, fill, 5).film();
    expect(film.partings).toEqual([]);
  });

  test("do not part while nobody is there who believes", () => {
    const film = begun()
      .believes(50, undefined)
      .said(100, fillOf(100, 1, 5), 5)
      .film();
    expect(film.partings).toEqual([]);
  });
});
