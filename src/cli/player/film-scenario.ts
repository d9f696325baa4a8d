// The film of a kept incident: its scenario played once more, against a bot of a config or against one that is wrong as the
// logged ones were.

import type { Instrument } from "../../domain/instrument.ts";
import type { Script } from "../../incident/script.ts";
import type { Film } from "../../report/player/film.ts";
import type { FilmWindow } from "../../report/player/film-recorder.ts";
import { FilmRecorder } from "../../report/player/film-recorder.ts";
import type { Played, Player, ScriptListener, Stage } from "../incident/script-play.ts";
import { playScript, START_US } from "../incident/script-run.ts";
import type { ScriptedDesk } from "../incident/scripted-desk.ts";
import { believedStanding, ladderOf, venueOrder } from "./film-looks.ts";
import { JournalScribe } from "./journal-scribe.ts";

export type ScenarioPlay = Readonly<{
  script: Script;
  instruments: readonly Instrument[];
  /** The scribe is for bots that keep a journal. */
  player: (scribe: JournalScribe) => (stage: Stage) => Player;
}>;

export function filmScenario(
  { script, instruments, player }: ScenarioPlay,
  window: FilmWindow,
): Readonly<{ film: Film; played: Played }> {
  const recorder = new FilmRecorder(instruments, window);
  const camera = new ScriptCamera(recorder, instruments);
  // What the bot hears is told by the play: a bot that keeps no journal hears too.
  const scribe = new JournalScribe(
    recorder,
    () => camera.now,
    () => undefined,
  );
  const played = playScript(script, instruments, player(scribe), camera);
  const violations = played.broken.map(({ id, name, afterUs, leg, text }) => ({
    id,
    at: START_US + afterUs,
    sentence: name.replaceAll("-", " "),
    detail: leg === undefined ? text : `on ${leg}: ${text}`,
  }));
  const venues = new Map(instruments.map(({ venue, venueName }) => [venue as number, venueName]));
  const names = [...venues].sort(([one], [other]) => one - other).map(([, name]) => name);
  return { film: recorder.film(names, violations), played };
}

class ScriptCamera implements ScriptListener {
  now = START_US;
  readonly #film: FilmRecorder;
  readonly #instruments: readonly Instrument[];
  #player: Player | undefined;
  #desks: readonly ScriptedDesk[] = [];

  constructor(film: FilmRecorder, instruments: readonly Instrument[]) {
    this.#film = film;
    this.#instruments = instruments;
  }

  begins(player: Player, desks: readonly ScriptedDesk[]): void {
    this.#player = player;
    this.#desks = desks;
    this.#look(START_US);
  }

  sends(at: number, command: Parameters<ScriptListener["sends"]>[1]): void {
    this.#film.sent(at, this.#venueOf(command), command);
    this.#look(at);
  }

  arrives(at: number, command: Parameters<ScriptListener["sends"]>[1]): void {
    this.#film.got(at, command);
  }

  arrived(at: number): void {
    this.#look(at);
  }

  says(event: Parameters<ScriptListener["says"]>[0]): void {
    this.#film.said(event.venueAt, this.#venueOf(event), event);
    this.#look(event.venueAt);
  }

  hears(at: number, event: Parameters<ScriptListener["hears"]>[1]): void {
    this.now = at;
    // The touch of a script stands still: a look at it is no news.
    if (event.kind !== "BookChanged") this.#film.heard(at, event);
  }

  heard(at: number): void {
    this.#look(at);
  }

  #look(at: number): void {
    const player = this.#player;
    for (const { instrument, leg, truth, open } of this.#desks) {
      const { id } = instrument;
      const orders = open.map(({ command, price, size, filled }) =>
        venueOrder({ orderId: command.orderId, side: command.side, price, size, filled }),
      );
      this.#film.stands(at, "true", id, { lots: truth, orders });
      if (player === undefined) continue;
      if (player.view === undefined) {
        this.#film.stands(at, "believed", id, { lots: player.believed(id), orders: undefined });
        this.#film.book(at, id, [leg.bid, 0], [leg.ask, 0]);
        continue;
      }
      this.#film.stands(at, "believed", id, believedStanding(player.view, id));
      this.#film.book(at, id, ...ladderOf(player.view.book(id)));
    }
  }

  #venueOf(told: Readonly<{ venue?: number; instrument?: number | undefined }> | object): number {
    if ("venue" in told && told.venue !== undefined) return told.venue as number;
    const instrument = "instrument" in told ? (told.instrument as number) : 0;
    return this.#instruments[instrument]?.venue ?? 0;
  }
}
