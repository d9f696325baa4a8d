// What can be filmed: something that is run once more, as often as is asked, each time watched through another window.

import type { Film } from "../../report/player/film.ts";
import type { FilmWindow } from "../../report/player/film-recorder.ts";

/** One line of what a page says it is. */
export type FilmFact = Readonly<{ about: string; text: string }>;

export type RunSpan = Readonly<{ startedAt: number; endedAt: number }>;

export type FilmSource = Readonly<{
  title: string;
  /** An incident is looked at around its moment unless told otherwise; a backtest from its beginning. */
  isIncident: boolean;
  /** From when to when it goes, where that is known before. */
  span?: RunSpan;
  /** undefined when it was interrupted. */
  run(window: FilmWindow): Promise<Filmed | undefined>;
  close(): void;
}>;

export type Filmed = Readonly<{
  film: Film;
  /** Of the run: a window must meet it. */
  startedAt: number;
  endedAt: number;
  facts: readonly FilmFact[];
}>;
