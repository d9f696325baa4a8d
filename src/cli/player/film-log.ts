// The film of a log: what `rehearse incident import` read, as it was written down. Nothing is played: truth is what the fills
// add up to, belief is what the bot said of itself, and a message takes no time, for a log has one line of it.

import { Decimal } from "decimal.js";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import { instrumentId, venueId } from "../../domain/units.ts";
import { brokenBy } from "../../incident/invariants.ts";
import type { LegState } from "../../incident/leg-state.ts";
import { isDust } from "../../incident/leg-state.ts";
import { finest } from "../../incident/script-from.ts";
import type { Incident, TimelineEvent } from "../../incident/timeline.ts";
import type { Actor, Change, Film, FilmMessage, Parting, Step } from "../../report/player/film.ts";
import type { FilmWindow } from "../../report/player/film-recorder.ts";
import type { LogMessage } from "./log-messages.ts";
import { logMessage, logNote } from "./log-messages.ts";

export function filmLog({ events }: Incident, window: FilmWindow): Film {
  const camera = new LogCamera(events, window);
  const broken = brokenBy(events, (event, leg) => camera.take(event, leg));
  const violations = broken.map(({ id, name, at, leg, source, text }) => ({
    ...{ id, at, sentence: name.replaceAll("-", " ") },
    detail: `${leg === undefined ? "" : `on ${leg}: `}${text} (${source})`,
  }));
  return camera.film(violations);
}

class LogCamera {
  readonly #window: FilmWindow;
  readonly #instruments: readonly Instrument[];
  readonly #steps: Step[] = [];
  readonly #messages: FilmMessage[] = [];
  readonly #before = new Map<string, Change>();
  readonly #partings: Parting[] = [];
  /** By leg: the parting that is on. */
  readonly #parted = new Map<number, Parting>();
  readonly #lastFill = new Map<number, number>();
  readonly #lots = new Map<string, number>();
  #leftOut = 0;
  #brokeOffAt: number | undefined;

  constructor(events: readonly TimelineEvent[], window: FilmWindow) {
    this.#window = window;
    const legs = [...new Set(events.flatMap(({ leg }) => (leg === undefined ? [] : [leg])))];
    const steps = {
      tickSize: finest(events.flatMap(({ price }) => (price === undefined ? [] : [price]))),
      lotSize: finest(
        events.flatMap(({ size, filled }) => [size, filled].filter((each) => each !== undefined)),
      ),
    };
    this.#instruments = legs.map((leg, index) =>
      instrumentOf(
        {
          ...{ venueName: leg, symbol: leg, contract: "linear", base: "BASE", quote: "USD" },
          ...steps,
          contractSize: "1",
        },
        instrumentId(index),
        venueId(index),
      ),
    );
  }

  take(event: TimelineEvent, leg: LegState | undefined): void {
    const id = this.#instruments.findIndex(({ symbol }) => symbol === event.leg);
    const instrument = this.#instruments[id];
    const message = instrument && logMessage(event, instrument);
    const index = message === undefined ? undefined : this.#tell(message, event.at);
    const step = this.#step(event, index, instrument && id);
    if (leg === undefined || instrument === undefined) return;
    if (message?.kind === "filled" && index !== undefined) this.#lastFill.set(id, index);
    this.#stand(step, { what: "true", instrument: id, lots: lotsOf(leg.truth, instrument) });
    if (event.what !== "belief") return;
    const believed = new Decimal(event.position ?? 0);
    const lots = lotsOf(believed, instrument);
    this.#stand(step, { what: "believed", instrument: id, lots });
    this.#judge(id, lots, { leg, instrument, isApart: !isDust(leg.difference) });
  }

  film(violations: Film["violations"]): Film {
    const { from, until } = this.#window;
    for (const { id, at, detail } of violations) {
      if (at < from || at > until) continue;
      this.#steps.push({
        ...{ at, who: "world", kind: "broken", message: undefined, instrument: undefined },
        ...{ text: `${id}: ${detail}`, changes: [] },
      });
    }
    const placed = this.#steps.map((step, index) => ({ step, index }));
    placed.sort((one, other) => one.step.at - other.step.at || one.index - other.index);
    const now = new Map(placed.map(({ index }, place) => [index, place]));
    const lastOf = (index: number): number => {
      let place = now.get(index) ?? 0;
      while (placed[place + 1]?.step.at === placed[place]?.step.at) place += 1;
      return place;
    };
    const partings = [...this.#partings, ...this.#parted.values()].map((each) => ({
      ...each,
      // A moment is over when all its lines are read.
      from: lastOf(each.from),
      until: each.until === undefined ? undefined : now.get(each.until),
    }));
    return {
      instruments: this.#instruments,
      venues: this.#instruments.map(({ venueName }) => venueName),
      before: [...this.#before.values()],
      steps: placed.map(({ step }) => step),
      messages: this.#messages,
      partings: partings.sort((one, other) => one.from - other.from),
      violations,
      leftOut: this.#leftOut,
      brokeOffAt: this.#brokeOffAt,
      isStated: true,
    };
  }

  #tell(message: LogMessage, at: number): number {
    this.#messages.push({
      ...{ ...message, sentAt: at, gotAt: at, order: undefined, isCopy: false, faults: [] },
    });
    return this.#messages.length - 1;
  }

  /** Puts an event on film, within the window; undefined outside. */
  #step(
    event: TimelineEvent,
    message: number | undefined,
    instrument: number | undefined,
  ): Step | undefined {
    const { at, source } = event;
    const { from, until, stepsMax } = this.#window;
    if (at < from || at > until || this.#steps.length >= stepsMax) {
      this.#leftOut += 1;
      if (at >= from && at <= until) this.#brokeOffAt ??= at;
      return undefined;
    }
    const told = message === undefined ? undefined : this.#messages[message];
    const who: Actor = told === undefined ? "bot" : told.toBot ? "bot hears" : "bot sends";
    const { kind, text } = told === undefined ? logNote(event) : { kind: told.kind, text: source };
    const step: Step = { at, who, kind, message, instrument, text, changes: [] };
    this.#steps.push(step);
    return step;
  }

  #stand(step: Step | undefined, change: Change & { what: "true" | "believed" }): void {
    const track = `${change.what} ${change.instrument}`;
    if (this.#lots.get(track) === change.lots) return;
    this.#lots.set(track, change.lots ?? 0);
    if (step !== undefined) step.changes.push(change);
    else if (this.#steps.length === 0) this.#before.set(track, change);
  }

  /** The bot says what it holds: that is where belief and truth can be held against each other. */
  #judge(
    id: number,
    believed: number,
    {
      leg,
      instrument,
      isApart,
    }: Readonly<{ leg: LegState; instrument: Instrument; isApart: boolean }>,
  ): void {
    const on = this.#parted.get(id);
    const here = this.#steps.length - 1;
    if (isApart && on === undefined && here >= 0) {
      const truth = lotsOf(leg.truth, instrument);
      const message = this.#lastFill.get(id);
      this.#parted.set(id, {
        ...{ instrument: id, from: here, until: undefined, believed },
        true: truth,
        message,
      });
    } else if (!isApart && on !== undefined) {
      this.#parted.delete(id);
      this.#partings.push({ ...on, until: here });
    }
  }
}

/** Whole lots: what a bot printed of a double is brought to the nearest. */
function lotsOf(value: Decimal, { lotSize }: Instrument): number {
  return value.dividedBy(lotSize).round().toNumber();
}
