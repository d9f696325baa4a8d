// Films a trial: stands among its checkers, who are told of everything, and beside the bot's journal. It says nothing of its
// own, and the run is the same with it.

import type { CheckerMaker, Hooks, Watched } from "../../../sim/checkers/checker.ts";
import { faultKind } from "../../../sim/faults/catalogue.ts";
import type { Trial } from "../../../sim/scenario/trial.ts";
import type { VenueCommand } from "../../domain/command.ts";
import type { VenueId } from "../../domain/units.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { FilmViolation } from "../../report/player/film.ts";
import type { FilmRecorder } from "../../report/player/film-recorder.ts";
import { believedStanding, ladderOf, venueOrder } from "./film-looks.ts";
import { JournalScribe } from "./journal-scribe.ts";

/** Faults of these sites meet a message; what others do is seen where it happens. */
const TOUCHING = new Set<string | undefined>(["request", "answer", "link", "venue"]);

export class TrialCamera {
  readonly violations: FilmViolation[] = [];
  readonly #film: FilmRecorder;
  #scene: Watched | undefined;
  /** Held at a venue's door: told of again when the venue acts on it. */
  readonly #atDoor = new Set<VenueCommand>();
  /** Faults of this moment, told once. */
  #struckAt = Number.NaN;
  readonly #struck = new Set<string>();
  endedAt = 0;

  constructor(film: FilmRecorder) {
    this.#film = film;
  }

  /** The checkers, watched, and the camera before them: what they object to is on film when they do. */
  watching(makers: readonly CheckerMaker[]): readonly CheckerMaker[] {
    const heeded = makers.map((maker): CheckerMaker => {
      const { id, sentence } = maker;
      const told = new Set<string>();
      const watch: CheckerMaker["watch"] = (scene, violate) =>
        maker.watch(scene, (detail) => {
          if (!told.has(id)) this.violations.push({ id, at: scene.now, sentence, detail });
          told.add(id);
          violate(detail);
        });
      return { ...maker, watch };
    });
    return [this.#maker(), ...heeded];
  }

  /** What else a trial is to tell. */
  get ears(): Required<Pick<Trial, "observer" | "struck">> {
    return { observer: this.#scribe(), struck: (kind) => this.#strikes(kind) };
  }

  #scribe(): JournalObserver {
    const now = (): number => this.#scene?.now ?? 0;
    return new JournalScribe(this.#film, now, (event) => this.#film.heard(now(), event));
  }

  #maker(): CheckerMaker {
    return {
      id: "film",
      sentence: "What happens is on film.",
      watch: (scene) => {
        this.#scene = scene;
        this.endedAt = scene.now;
        return this.#hooks(scene);
      },
    };
  }

  #hooks(scene: Watched): Hooks {
    const film = this.#film;
    return {
      sent: (command) => {
        film.sent(scene.now, venueOf(scene, command), command);
        this.#believed(scene);
      },
      arrives: (command) => {
        if (this.#atDoor.has(command)) return;
        this.#atDoor.add(command);
        film.got(scene.now, command);
      },
      arrived: (command) => {
        this.#atDoor.delete(command);
        this.#held(scene, scene.now);
      },
      says: (event, venue) => {
        film.said(event.venueAt, venue, event);
        this.#held(scene, event.venueAt);
      },
      intervened: () => this.#held(scene, scene.now),
      heard: () => this.#look(scene),
      noticed: () => this.#look(scene),
      crashed: (during) => {
        const text = during === undefined ? "" : `while it handles ${during.kind}`;
        film.happened(scene.now, "crash", text, "world");
        this.#forgotten(scene);
      },
      began: (session) => {
        film.happened(scene.now, "restart", `its life ${session + 1}`, "world");
        this.#look(scene);
      },
      broke: (reason) => {
        film.happened(scene.now, "halt", `it breaks a promise of its own: ${reason}`);
        this.#forgotten(scene);
      },
      second: () => {
        this.endedAt = scene.now;
      },
    };
  }

  /** A fault strikes: a mark of its own the first time in a moment, and a word on the message it meets. */
  #strikes(kind: string): void {
    const now = this.#scene?.now ?? 0;
    if (this.#struckAt !== now) this.#struck.clear();
    this.#struckAt = now;
    const touching = TOUCHING.has(faultKind(kind)?.site);
    // A market ahead of the bot: its fault is where its message is.
    const at = (touching ? this.#film.touched(kind) : undefined) ?? now;
    if (this.#struck.has(kind)) return;
    this.#struck.add(kind);
    const sentence = faultKind(kind)?.sentence;
    this.#film.happened(
      at,
      "fault",
      `${kind}${sentence === undefined ? "" : `: ${sentence}`}`,
      "world",
    );
  }

  #look(scene: Watched): void {
    this.#believed(scene);
    this.#held(scene, scene.now);
    const { belief } = scene;
    if (belief === undefined) return;
    for (const { id } of scene.instruments) {
      this.#film.book(scene.now, id, ...ladderOf(belief.book(id)));
    }
  }

  #believed(scene: Watched): void {
    const { belief } = scene;
    if (belief === undefined) return;
    for (const { id } of scene.instruments) {
      this.#film.stands(scene.now, "believed", id, believedStanding(belief, id));
    }
  }

  /** Nobody is there who believes. */
  #forgotten(scene: Watched): void {
    for (const { id } of scene.instruments) {
      this.#film.stands(scene.now, "believed", id, { lots: undefined, orders: undefined });
    }
  }

  #held(scene: Watched, at: number): void {
    for (const { id, venue } of scene.instruments) {
      const market = scene.exchange(venue).markets.find((each) => each.instrument.id === id);
      const orders = (market?.orders() ?? []).map((each) =>
        venueOrder(each, aheadOf(market, each.orderId)),
      );
      this.#film.stands(at, "true", id, { lots: scene.trueLots(id), orders });
    }
  }
}

/** Lots before an order in its queue, at a market that knows. */
function aheadOf(market: object | undefined, order: number): number | undefined {
  const known = market as Readonly<{ queueAhead?: (id: number) => number | undefined }> | undefined;
  return known?.queueAhead?.(order);
}

function venueOf({ instruments }: Watched, command: VenueCommand): VenueId {
  if ("venue" in command) return command.venue;
  return instruments[command.instrument]?.venue as VenueId;
}
