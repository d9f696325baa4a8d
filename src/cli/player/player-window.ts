// Which part of a run is filmed: what was asked for, or around the moment that matters, or from the beginning up to a bound.

import { durationUsOf, timeUsOf } from "../../config/fields.ts";
import { firstParting } from "../../report/page/first-parting.ts";
import type { FilmWindow } from "../../report/player/film-recorder.ts";
import { timeText } from "../../report/time-text.ts";
import { CliError } from "../cli-error.ts";
import { STEPS_MAX } from "./film-looks.ts";
import type { Filmed, FilmSource, RunSpan } from "./film-source.ts";

export type WindowOptions = Readonly<{ from?: string; until?: string; around?: string }>;

/** Of an incident: enough to see what led there and what came of it. */
const AROUND_DEFAULT = "5m";

const WHOLE: FilmWindow = {
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  stepsMax: STEPS_MAX,
};

/** @throws {CliError} when the options name no window, or one outside the run. */
export async function filmed(
  source: FilmSource,
  { from, until, around }: WindowOptions,
): Promise<Filmed | undefined> {
  if (around !== undefined && (from !== undefined || until !== undefined)) {
    throw new CliError("--around is a window of its own: leave --from and --until away");
  }
  const aroundUs = durationUsOf(around ?? AROUND_DEFAULT);
  if (aroundUs === undefined || aroundUs === 0) {
    throw new CliError(`--around: expected a length of time, like 30s or 5m, was ${around}`);
  }
  if (from === undefined && until === undefined) {
    const whole = await source.run(WHOLE);
    if (whole === undefined || (around === undefined && !source.isIncident)) return whole;
    const at = momentOf(whole);
    if (at === undefined && around === undefined) return whole;
    if (at === undefined) {
      throw new CliError("--around: no promise broke and belief never left truth: name a window");
    }
    return source.run({ from: at - aroundUs, until: at + aroundUs, stepsMax: STEPS_MAX });
  }
  const window = {
    from: from === undefined ? WHOLE.from : timeOf("--from", from),
    until: until === undefined ? WHOLE.until : timeOf("--until", until),
    stepsMax: STEPS_MAX,
  };
  if (window.from >= window.until) {
    throw new CliError(`expected --from before --until, was ${from} and ${until}`);
  }
  if (source.span !== undefined) judgeInside(window, source.span);
  const run = await source.run(window);
  if (run !== undefined) judgeInside(window, run);
  return run;
}

/** The moment that matters: where belief left truth, else where the first promise broke. */
function momentOf({ film }: Filmed): number | undefined {
  const left = firstParting(film);
  return left === undefined ? film.violations[0]?.at : film.steps[left.from]?.at;
}

function timeOf(option: string, text: string): number {
  const us = /^\d+$/.test(text)
    ? Number(text)
    : (timeUsOf(text) ?? timeUsOf(text.endsWith("Z") ? text : `${text}Z`));
  if (us !== undefined) return us;
  const like = "2026-01-31T12:00:00.25Z, or µs since the epoch";
  throw new CliError(`${option}: expected a UTC time, like ${like}, was ${text}`);
}

function judgeInside({ from, until }: FilmWindow, { startedAt, endedAt }: RunSpan): void {
  if (from <= endedAt && until >= startedAt) return;
  const span = `${timeText(startedAt)} to ${timeText(endedAt)}`;
  throw new CliError(`the window is outside the run, which lasts from ${span}`);
}
