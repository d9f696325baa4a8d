// One moment of a film, drawn: where it is now, how it gets from there to another, and that the whole page shows the same.

import { lastAtOrBefore } from "./film-instrument.ts";
import type { FilmReader } from "./film-reader.ts";
import { hashOf, stepOfHash } from "./player-address.ts";
import type { Jump } from "./player-jumps.ts";
import { nextOf } from "./player-jumps.ts";
import { drawBelief, drawLadders, drawSaid } from "./player-panels.ts";
import { byId } from "./player-place.ts";
import { SequenceDiagram } from "./player-sequence.ts";
import type { Axis } from "./player-strip.ts";
import { Strip } from "./player-strip.ts";
import { isoText, stepText } from "./player-words.ts";

/** Events a second, or times the film's own speed. */
export type Speed = Readonly<{ label: string; events: number; times: number }>;

/** Places of the scrubber when it moves along time. */
const SCRUB_MAX = 10_000;
/** Of a film that plays by its own time, ms. */
const FRAME_MS = 50;

export class PlayerStage {
  step: number;
  readonly film: FilmReader;
  readonly #strip: Strip;
  readonly #sequence: SequenceDiagram;
  readonly #scrub = byId<HTMLInputElement>("scrub");
  #timer: number | undefined;
  #frame: number | undefined;

  constructor(film: FilmReader) {
    this.film = film;
    this.#strip = new Strip(film, byId<HTMLCanvasElement>("strip"));
    const go = (step: number): void => this.go(step);
    this.#sequence = new SequenceDiagram(film, byId<SVGSVGElement>("sequence"), go);
    this.step = stepOfHash(film, location.hash) ?? this.left ?? this.broken ?? firstOrder(film);
  }

  /** Where belief left truth. */
  get left(): number | undefined {
    return this.film.told.first ?? undefined;
  }

  /** Where the first promise broke. */
  get broken(): number | undefined {
    return this.film.told.violations[0]?.step;
  }

  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  /** Shows a step with the next frame. */
  go(to: number): void {
    this.step = Math.min(this.film.length - 1, Math.max(0, to));
    this.#frame ??= requestAnimationFrame(() => this.draw());
  }

  goHash(): void {
    this.go(stepOfHash(this.film, location.hash) ?? this.step);
  }

  /** A place on the strip, CSS pixels from its left. */
  goX(x: number): void {
    this.go(this.#strip.stepAtX(x));
  }

  goScrub(): void {
    const value = Number(this.#scrub.value);
    this.go(this.#strip.axis === "step" ? value : this.#strip.stepOf(value / SCRUB_MAX));
  }

  /** The next one of a kind, or the one before. */
  jump(kind: Jump, direction: 1 | -1): void {
    const to = nextOf(kind, this.step, direction);
    if (to !== undefined) {
      this.go(to);
      return;
    }
    // A frame that still waits would write over it.
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
      this.draw();
    }
    byId("here").textContent = `no ${direction === 1 ? "later" : "earlier"} one of this kind`;
  }

  setPolls(isOn: boolean): void {
    this.#sequence.withPolls = isOn;
    this.go(this.step);
  }

  setAxis(axis: Axis): void {
    this.#strip.axis = axis;
    this.#scrub.max = String(axis === "step" ? this.film.length - 1 : SCRUB_MAX);
    this.#placeFlags();
    this.go(this.step);
  }

  play({ events, times }: Speed): void {
    this.pause();
    if (this.step === this.film.length - 1) this.step = 0;
    const period = events > 0 ? 1_000 / events : FRAME_MS;
    let at = this.film.at[this.step] as number;
    this.#timer = window.setInterval(() => {
      at += period * 1_000 * times;
      const to = events > 0 ? this.step + 1 : lastAtOrBefore(this.film.at, at);
      if (to >= this.film.length - 1) this.pause();
      if (to !== this.step) this.go(to);
    }, period);
    this.#showPlaying();
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#showPlaying();
  }

  draw(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const { film, step } = this;
    this.#strip.draw(step);
    this.#sequence.draw(step);
    drawBelief(byId("belief"), film, step);
    drawLadders(byId("ladders"), film, step);
    drawSaid(byId("said"), film, step);
    const share = this.#strip.shareOf(step);
    const isByStep = this.#strip.axis === "step";
    this.#scrub.value = String(isByStep ? step : Math.round(share * SCRUB_MAX));
    const at = isoText(film.at[step] as number);
    const place = `event ${step + 1} of ${film.length}`;
    this.#scrub.setAttribute("aria-valuetext", `${at}, ${place}`);
    byId("now").textContent = at;
    byId("here").textContent = `${place}: ${stepText(film, step)}`;
    document.documentElement.dataset.step = String(step);
    history.replaceState(undefined, "", hashOf(film, step));
  }

  #showPlaying(): void {
    const button = byId("play");
    button.textContent = this.isPlaying ? "❚❚ pause" : "▶ play";
    button.setAttribute("aria-pressed", String(this.isPlaying));
    // Read aloud where it stops, not all the way there.
    byId("here").setAttribute("aria-live", this.isPlaying ? "off" : "polite");
  }

  /** Below the strip, by name: what a reader looks for first. */
  #placeFlags(): void {
    const place = byId("flags");
    const [first] = this.film.told.violations;
    const flags: HTMLElement[] = [];
    const flag = (step: number | undefined, text: string, name: string): void => {
      if (step === undefined) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = name;
      button.textContent = text;
      button.addEventListener("click", () => this.go(step));
      const x = this.#strip.xOf(step);
      const isRight = x > place.clientWidth / 2;
      button.style[isRight ? "right" : "left"] = `${isRight ? place.clientWidth - x : x}px`;
      flags.push(button);
    };
    flag(this.left, "◆ belief left truth", "flag-parted");
    flag(this.broken, `✖ ${first?.id} broken`, "flag-broken");
    place.replaceChildren(...flags);
  }
}

/** Before the first order of a film there is little to see. */
function firstOrder(film: FilmReader): number {
  for (let step = 0; step < film.length; step += 1) if (film.kind(step) === "place") return step;
  return 0;
}
