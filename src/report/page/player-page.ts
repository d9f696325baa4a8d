// The player as one self-contained page: a run's film, and the script that moves through it. What a reader must know without
// the script (which promise broke, when belief left truth) is written here.

import type { Film } from "../player/film.ts";
import { timeText } from "../time-text.ts";
import { firstParting, partingText } from "./first-parting.ts";
import type { Html } from "./html.ts";
import { html, jsonScript, trusted } from "./html.ts";
import { packFilm } from "./pack-film.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { PLAYER_STYLE } from "./player-style.ts";
import { table } from "./tables.ts";

export type PlayerPageParts = Readonly<{
  title: string;
  film: Film;
  /** What was played, and what of it is here. */
  facts: readonly Readonly<{ about: string; text: string }>[];
  script: string;
}>;

export function playerPage({ title, film, facts, script }: PlayerPageParts): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title><style>${trusted(PAGE_STYLE + PLAYER_STYLE)}</style></head><body>
<header><h1>${title}</h1><div><button id="theme" type="button">light or dark (t)</button>
<button id="help" type="button">keys (?)</button></div></header>
${promises(film)}
${film.steps.length === 0 ? html`<p class="warning">Nothing happened in this window.</p>` : player(hasBooks(film))}
<h2>What this is</h2>${table(
    "facts",
    [{ name: "about" }, { name: "" }],
    facts.map(({ about, text }) => [about, text]),
  )}
${jsonScript("film", packFilm(film))}
<script>${trusted(script)}</script></body></html>
`;
  return page.markup;
}

/** Which promise broke, in words, and when belief left truth. */
function promises(film: Film): Html {
  const [first, ...more] = film.violations;
  return html`${left(film)}${first === undefined ? html`` : broken(first)}${
    more.length === 0
      ? html``
      : html`<details><summary>${more.length} more broken</summary>${more.map(broken)}</details>`
  }`;
}

function left(film: Film): Html {
  const parting = firstParting(film);
  if (parting === undefined) {
    return html`<p class="muted">Belief never left truth for longer than messages take.</p>`;
  }
  const at = timeText(film.steps[parting.from]?.at ?? 0);
  return html`<div class="promise" id="left"><p><b>◆ belief left truth</b> at ${at}</p>
<p>${partingText(film, parting)}</p></div>`;
}

function broken({ id, at, sentence, detail }: Film["violations"][number]): Html {
  return html`<div class="promise"><p><b>✖ ${id} broken</b> at ${timeText(at)}: ${sentence}</p>
<p>${detail}</p></div>`;
}

/** A log knows no book. */
function hasBooks({ before, steps }: Film): boolean {
  const isBook = ({ what }: Film["before"][number]): boolean => what === "book";
  return before.some(isBook) || steps.some(({ changes }) => changes.some(isBook));
}

function player(withBooks: boolean): Html {
  return html`<div class="player-top">
<canvas id="strip" role="img" aria-label="events of the film: promises broken, belief apart from truth,
faults, order messages, fills, refusals and alerts"></canvas>
<div class="strip-flags" id="flags"></div>
<input id="scrub" type="range" min="0" step="1" aria-label="moment" />
<div class="controls" role="toolbar" aria-label="player">
<button id="previous" type="button" title="previous of the kind (p)">« previous</button>
<button id="back" type="button" title="one event back (←)">◀ step</button>
<button id="play" type="button" title="play or pause (space)" aria-pressed="false">▶ play</button>
<button id="forward" type="button" title="one event on (→)">step ▶</button>
<button id="next" type="button" title="next of the kind (n)">next »</button>
<label>jump to <select id="kind"></select></label>
<label>speed <select id="speed"></select></label>
<label>axis <select id="axis"><option value="step">an event, a step</option>
<option value="time">time</option></select></label>
<label><input type="checkbox" id="polls" /> account polls</label>
<span class="now" id="now" role="status" aria-live="off"></span>
</div>
<div id="here" class="muted" role="status" aria-live="polite"></div>
</div>
<div class="player-grid"><section aria-labelledby="h-sequence"><h2 id="h-sequence">Messages</h2>
<svg id="sequence" role="img" aria-label="messages around this moment"></svg>
<p class="muted"><small>Time runs down. Solid: arrived; long dashes: a fault touched it; dots and ✕: lost;
short dashes: it arrived twice. Faint: still to come.</small></p>
<h2>Said and decided</h2><ul class="said" id="said"></ul></section>
<section aria-labelledby="h-belief"><h2 id="h-belief">Belief against truth</h2><div id="belief"></div>
<div${withBooks ? html`` : html` hidden`}><h2>Book, as the bot has it, and our orders</h2>
<div id="ladders"></div></div></section></div>
<dialog id="keys" aria-label="keys"><h2>Keys</h2><p><kbd>space</kbd> play or pause</p>
<p><kbd>←</kbd> <kbd>→</kbd> one event back or on; with <kbd>shift</kbd> ten</p>
<p><kbd>n</kbd> <kbd>p</kbd> next or previous of the chosen kind</p>
<p><kbd>b</kbd> where belief left truth; <kbd>v</kbd> where the promise broke</p>
<p><kbd>home</kbd> <kbd>end</kbd> first and last event; <kbd>t</kbd> light or dark; <kbd>?</kbd> this</p>
<form method="dialog"><button>close</button></form></dialog>`;
}
