// A backtest's result as something to film: the run is done again from it, and held to its digest.

import { FilmRecorder } from "../../report/player/film-recorder.ts";
import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import { Interrupted } from "../interruptible.ts";
import { openResult } from "../run/open-result.ts";
import { rerunWatched } from "../run/rerun-watched.ts";
import { runSpanOf } from "../run/run-span.ts";
import { BacktestCamera } from "./backtest-camera.ts";
import type { FilmSource } from "./film-source.ts";

/** @throws {ConfigError | DataError | CliError} when the result cannot be read, or run again here. */
export async function resultSource(name: string, quiet: boolean, io: CliIo): Promise<FilmSource> {
  const opened = await openResult(name, io);
  const { plan, result } = opened;
  const scenario = plan.scenario(plan.fillModel);
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const recordings = plan.instruments.map(({ recording }) => recording);
  const { startsAt, endsAt } = runSpanOf(recordings, {
    from: scenario.from,
    until: scenario.until,
  });
  const venues = scenario.venues.map((venue) => venue.name);
  const names = instruments.map(({ venueName, symbol }) => `${venueName} ${symbol}`);
  const facts = [
    { about: "Run", text: `${name}, from ${timeText(startsAt)} to ${timeText(endsAt)}` },
    { about: "Digest", text: result.digest },
    {
      about: "Venues",
      text: "what they hold is put together from what they said: nothing is lost on a backtest's wires",
    },
  ];
  return {
    title: `${plan.config.strategy.name} on ${names.join(" and ")}`,
    isIncident: false,
    span: { startedAt: startsAt, endedAt: endsAt },
    close: () => plan.close(),
    run: async (window) => {
      const recorder = new FilmRecorder(instruments, window);
      const camera = new BacktestCamera(recorder, instruments, window);
      const { observer, decided } = camera;
      const stop = { asked: false };
      const release = io.onInterrupt(() => {
        stop.asked = true;
      });
      try {
        const stopAsked = (): boolean => stop.asked;
        const room = { name, io, stopAsked, label: "player", quiet };
        const { result: run } = await rerunWatched(
          opened,
          { observer, decided, truth: camera },
          room,
        );
        camera.ends(run.endedAt);
        const film = recorder.film(venues, []);
        return { film, startedAt: run.startedAt, endedAt: run.endedAt, facts };
      } catch (error) {
        if (error instanceof Interrupted) return undefined;
        throw error;
      } finally {
        release();
      }
    },
  };
}
