// The script of the player: one moment of a film at a time, moved by a scrubber, keys, buttons, or by itself. No network, no
// storage; the moment is in the page's address.

import type { PackedFilm } from "../player-data.ts";
import { FilmReader } from "./film-reader.ts";
import type { Jump } from "./player-jumps.ts";
import { jumpsOf } from "./player-jumps.ts";
import { byId, fillSelect } from "./player-place.ts";
import type { Speed } from "./player-stage.ts";
import { PlayerStage } from "./player-stage.ts";
import type { Axis } from "./player-strip.ts";
import { toggleTheme } from "./theme.ts";

const SPEEDS: readonly Speed[] = [
  { label: "2 events a second", events: 2, times: 0 },
  { label: "10 events a second", events: 10, times: 0 },
  { label: "50 events a second", events: 50, times: 0 },
  { label: "as it was (1×)", events: 0, times: 1 },
  { label: "10×", events: 0, times: 10 },
  { label: "60×", events: 0, times: 60 },
  { label: "600×", events: 0, times: 600 },
];
/** Where the reader asked for little motion, and elsewhere. */
const CALM = "0";
const LIVELY = "1";
/** Events at once, with the shift key. */
const LEAP = 10;

const film = new FilmReader(JSON.parse(byId("film").textContent ?? "") as PackedFilm);
if (film.length > 0) open(new PlayerStage(film));
else byId("theme").addEventListener("click", () => toggleTheme(() => undefined));
document.documentElement.dataset.drawn = "yes";

function open(stage: PlayerStage): void {
  const jumps = jumpsOf(film);
  const kind = fillSelect(
    "kind",
    jumps.map(({ id, label }) => [id, label]),
  );
  const speed = fillSelect(
    "speed",
    SPEEDS.map(({ label }, index) => [String(index), label]),
  );
  speed.value = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : LIVELY;
  const chosen = (): Jump => jumps.find(({ id }) => id === kind.value) ?? (jumps[0] as Jump);
  const play = (): void => stage.play(SPEEDS[Number(speed.value)] ?? (SPEEDS[0] as Speed));
  const acts = {
    previous: () => stage.jump(chosen(), -1),
    back: () => stage.go(stage.step - 1),
    play: () => (stage.isPlaying ? stage.pause() : play()),
    forward: () => stage.go(stage.step + 1),
    next: () => stage.jump(chosen(), 1),
    help: () => byId<HTMLDialogElement>("keys").showModal(),
    theme: () => toggleTheme(() => stage.draw()),
  };
  for (const [id, act] of Object.entries(acts)) byId(id).addEventListener("click", act);
  speed.addEventListener("change", () => stage.isPlaying && play());
  const axis = byId<HTMLSelectElement>("axis");
  // An incident is a few events, close together; a run is mostly of its market's.
  const isIncident = stage.left !== undefined || stage.broken !== undefined;
  axis.value = isIncident ? "step" : "time";
  kind.value = isIncident ? "parted" : "order";
  const polls = byId<HTMLInputElement>("polls");
  polls.addEventListener("change", () => stage.setPolls(polls.checked));
  axis.addEventListener("change", () => stage.setAxis(axis.value as Axis));
  byId("scrub").addEventListener("input", () => stage.goScrub());
  byId("strip").addEventListener("pointerdown", ({ offsetX }) => stage.goX(offsetX));
  byId("strip").addEventListener("pointermove", ({ buttons, offsetX }) => {
    if (buttons === 1) stage.goX(offsetX);
  });
  addEventListener("hashchange", () => stage.goHash());
  addEventListener("resize", () => stage.setAxis(axis.value as Axis));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage.draw());
  listenToKeys({
    " ": acts.play,
    ArrowLeft: ({ shiftKey }) => stage.go(stage.step - (shiftKey ? LEAP : 1)),
    ArrowRight: ({ shiftKey }) => stage.go(stage.step + (shiftKey ? LEAP : 1)),
    Home: () => stage.go(0),
    End: () => stage.go(film.length - 1),
    n: acts.next,
    p: acts.previous,
    b: () => stage.go(stage.left ?? stage.step),
    v: () => stage.go(stage.broken ?? stage.step),
    t: acts.theme,
    "?": acts.help,
  });
  stage.setAxis(axis.value as Axis);
  // At once: the first picture waits for no frame.
  stage.draw();
}

function listenToKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement | null;
    if (target?.matches("select, textarea, dialog, dialog *")) return;
    if (event.key === " " && target?.matches("button")) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(event);
  });
}
