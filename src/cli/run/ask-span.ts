// `rehearse why <result> <time>` and `no-trade`: the run again, watched from the side of time.

import { durationUsOf, timeUsOf } from "../../config/fields.ts";
import type { TimeUs } from "../../domain/units.ts";
import { timeUs } from "../../domain/units.ts";
import type { MomentAnswer } from "../../explain/moment.ts";
import { Moment } from "../../explain/moment.ts";
import type { NoTradeAnswer } from "../../explain/no-trade.ts";
import { NoTrade } from "../../explain/no-trade.ts";
import { timeText } from "../../report/time-text.ts";
import { CliError } from "../cli-error.ts";
import type { OpenResult } from "./open-result.ts";
import type { AskRoom } from "./rerun-watched.ts";
import { rerunWatched } from "./rerun-watched.ts";
import { runSpanOf } from "./run-span.ts";

/** @throws {CliError} when the moment is outside the run, or the run came to another digest */
export async function askMoment(
  opened: OpenResult,
  at: TimeUs,
  within: string,
  room: AskRoom,
): Promise<MomentAnswer> {
  const withinUs = durationUsOf(within);
  if (withinUs === undefined) {
    throw new CliError(`--within: expected a length of time, like 250ms or 2s, was ${within}`);
  }
  judgeInside("the time", at, opened);
  const moment = new Moment(instrumentsOf(opened), at, withinUs);
  const decided: Moment["decided"] = (event, view) => moment.decided(event, view);
  await rerunWatched(opened, { observer: moment, decided }, room);
  return moment.answer();
}

/** @throws {CliError} when the span is none of the run's, or the run came to another digest */
export async function askNoTrade(
  opened: OpenResult,
  asked: Readonly<{ from?: string; to?: string }>,
  room: AskRoom,
): Promise<NoTradeAnswer> {
  const run = spanOf(opened);
  const from = asked.from === undefined ? run.from : timeOf("--from", asked.from, opened);
  const to = asked.to === undefined ? run.to : timeOf("--to", asked.to, opened);
  if (from >= to) {
    throw new CliError(`expected --from before --to, was ${timeText(from)} and ${timeText(to)}`);
  }
  const noTrade = new NoTrade(instrumentsOf(opened), { from, to });
  const decided: NoTrade["decided"] = (event, view, commands) =>
    noTrade.decided(event, view, commands);
  const asker = { observer: noTrade, truth: noTrade, decided };
  const { result } = await rerunWatched(opened, asker, room);
  return noTrade.answer(result.endedAt);
}

/**
 * "2026-01-31T12:00:00.25Z", a day, "12:00:00.25" of the run's first day, or whole µs since the epoch.
 * @throws {CliError} when it is none of these, or lies outside the run
 */
export function timeOf(option: string, text: string, opened: OpenResult): TimeUs {
  const day = timeText(spanOf(opened).from).slice(0, 11);
  const whole = /^\d{2}:\d{2}/.test(text) ? `${day}${text}` : text;
  const us = /^\d+$/.test(text)
    ? Number(text)
    : timeUsOf(whole.endsWith("Z") ? whole : `${whole}Z`);
  const dayAlone = us ?? timeUsOf(whole);
  if (dayAlone === undefined) {
    const like = `${day}12:00:00.25, 12:00:00.25 or µs since the epoch`;
    throw new CliError(`${option}: expected a UTC time, like ${like}, was ${text}`);
  }
  const at = timeUs(dayAlone);
  judgeInside(option, at, opened);
  return at;
}

function judgeInside(what: string, at: TimeUs, opened: OpenResult): void {
  const { from, to } = spanOf(opened);
  if (at >= from && at <= to) return;
  const span = `${timeText(from)} to ${timeText(to)}`;
  throw new CliError(`${what}: expected a moment of the run, ${span}, was ${timeText(at)}`);
}

function spanOf({ plan }: OpenResult): Readonly<{ from: TimeUs; to: TimeUs }> {
  const { from, until } = plan.scenario(plan.fillModel);
  const recordings = plan.instruments.map(({ recording }) => recording);
  const { startsAt, endsAt } = runSpanOf(recordings, { from, until });
  return { from: timeUs(startsAt), to: timeUs(endsAt) };
}

function instrumentsOf({ plan }: OpenResult) {
  return plan.instruments.map(({ instrument }) => instrument);
}
