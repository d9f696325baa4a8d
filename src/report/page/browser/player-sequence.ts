// The messages around a moment as a sequence diagram: a row an end of a message, time running down; the bot in the middle
// of two venues, or beside one.

import type { FilmReader, Message } from "./film-reader.ts";
import { clockText, fateText, messageText, stepText } from "./player-words.ts";

const WIDTH = 800;
const ROW = 27;
const TOP = 44;
const BEFORE = 12;
const AFTER = 6;
const TIME_X = 8;
const BOX_WIDTH = 300;

/** What only the market or the clock does is not drawn: it would push everything else away. */
const QUIET = new Set(["book", "print", "bar", "timer", "moved", "queue", "note"]);

/** What an account is asked for now and then, and answers. */
const POLLS = new Set(["ask", "report"]);

/** The steps that are drawn; polls of an account only where asked for, or where a fault touched them. */
function drawnSteps(film: FilmReader, withPolls: boolean): Int32Array {
  const drawn: number[] = [];
  for (let step = 0; step < film.length; step += 1) {
    const kind = film.kind(step);
    if (QUIET.has(kind)) continue;
    if (!withPolls && POLLS.has(kind) && !film.isTouched(step)) continue;
    drawn.push(step);
  }
  return Int32Array.from(drawn);
}

type Rows = Readonly<{ y: ReadonlyMap<number, number>; bottom: number; present: number }>;

export class SequenceDiagram {
  readonly #film: FilmReader;
  readonly #svg: SVGSVGElement;
  #drawn: Int32Array;
  readonly #go: (step: number) => void;

  constructor(film: FilmReader, svg: SVGSVGElement, go: (step: number) => void) {
    this.#film = film;
    this.#svg = svg;
    this.#drawn = drawnSteps(film, false);
    this.#go = go;
  }

  set withPolls(isOn: boolean) {
    this.#drawn = drawnSteps(this.#film, isOn);
  }

  draw(step: number): void {
    const film = this.#film;
    const here = this.#placeOf(step);
    const first = Math.max(0, here - BEFORE);
    const shown = [...this.#drawn.slice(first, first + BEFORE + AFTER + 1)];
    const rows: Rows = {
      y: new Map(shown.map((each, row) => [each, TOP + ROW * (row + 0.7)])),
      bottom: TOP + ROW * (shown.length + 0.4),
      present: here < 0 ? -1 : (this.#drawn[here] as number),
    };
    const parts: SVGElement[] = [...this.#lanes(rows)];
    const messages = new Set<number>();
    for (const each of shown) {
      const message = film.messageAt(each);
      if (message === undefined) parts.push(this.#box(each, rows));
      else if (!messages.has(message)) {
        messages.add(message);
        parts.push(this.#message(message, rows));
      }
      parts.push(this.#time(each, rows));
    }
    this.#svg.setAttribute("viewBox", `0 0 ${WIDTH} ${rows.bottom + 6}`);
    const told = shown.filter((each) => each <= step).map((each) => stepText(film, each));
    this.#svg.setAttribute(
      "aria-label",
      `messages up to this moment: ${told.slice(-5).join("; ")}`,
    );
    this.#svg.replaceChildren(...parts);
  }

  /** The place of the last drawn step at `step` or before it. */
  #placeOf(step: number): number {
    let low = 0;
    let high = this.#drawn.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#drawn[middle] as number) <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #laneX(venue: number): number {
    const count = this.#film.told.venues.length;
    if (count === 2) return venue === 0 ? 190 : 760;
    return 500 + ((venue + 1) * 260) / count;
  }

  get #botX(): number {
    return this.#film.told.venues.length === 2 ? 475 : 200;
  }

  *#lanes({ bottom, y, present }: Rows): Generator<SVGElement> {
    const at = y.get(present);
    if (at !== undefined) {
      const band = { x: 2, y: at - ROW * 0.62, width: WIDTH - 4, height: ROW, rx: 5 };
      yield element("rect", { class: "present", ...band });
    }
    const lanes = this.#film.told.venues.map((name, venue) => [name, this.#laneX(venue)] as const);
    for (const [name, x] of [["bot", this.#botX] as const, ...lanes]) {
      yield element("line", { class: "lane", x1: x, x2: x, y1: 30, y2: bottom });
      yield text(name, { class: "head", x, y: 20, "text-anchor": "middle" });
    }
  }

  #time(step: number, { y, present }: Rows): SVGElement {
    const at = y.get(step) ?? 0;
    const label = text(clockText(this.#film.at[step] as number), {
      class: "time",
      x: TIME_X,
      y: at + 4,
    });
    label.style.cursor = "pointer";
    label.addEventListener("click", () => this.#go(step));
    if (step > present) label.classList.add("to-come");
    return label;
  }

  /** What is no message: a note, an alert, a fault, a crash. */
  #box(step: number, { y, present }: Rows): SVGElement {
    const at = y.get(step) ?? 0;
    const bad = ["alert", "halt", "fault", "crash", "broken", "rule"].includes(
      this.#film.kind(step),
    );
    const group = element("g", { class: step > present ? "to-come" : "" });
    const x = Math.min(this.#botX - BOX_WIDTH / 2, WIDTH - BOX_WIDTH - 4);
    const whole = stepText(this.#film, step);
    const label = whole.length > 44 ? `${whole.slice(0, 43)}…` : whole;
    const place = { x, y: at - 11, width: BOX_WIDTH, height: 20, rx: 4 };
    const title = element("title", {});
    title.textContent = whole;
    group.append(
      title,
      element("rect", { class: bad ? "box bad" : "box", ...place }),
      text(label, { x: x + BOX_WIDTH / 2, y: at + 4, "text-anchor": "middle" }),
    );
    return group;
  }

  #message(index: number, rows: Rows): SVGElement {
    const film = this.#film;
    const message = film.message(index);
    const [sent, got] = [film.sentStep[index] as number, film.gotStep[index] as number];
    const [fromX, toX] = message.toBot
      ? [this.#laneX(message.venue), this.#botX]
      : [this.#botX, this.#laneX(message.venue)];
    const isLost = message.gotAt === undefined;
    // A log has one line of a message, and not how long it took.
    const isAtOnce = message.gotAt === message.sentAt && (sent < 0 || got < 0);
    const only = isAtOnce ? rows.y.get(Math.max(sent, got)) : undefined;
    const fromY = only ?? rows.y.get(sent) ?? TOP - 8;
    const toY = only ?? (isLost ? fromY + ROW * 0.45 : (rows.y.get(got) ?? rows.bottom));
    const group = element("g", {});
    const endX = isLost ? (fromX + toX) / 2 : toX;
    const line = { x1: fromX, y1: fromY, x2: endX, y2: toY };
    const begun = sent < 0 || sent <= rows.present;
    const isFaint = !begun && !(got >= 0 && got <= rows.present);
    if (isFaint) group.classList.add("to-come");
    group.append(element("line", { class: `wire ${classOf(message, isLost)}`, ...line }));
    if (isLost) group.append(...cross(endX, toY));
    else if (only !== undefined || rows.y.has(got)) group.append(arrow(line, message.toBot));
    const isRight = toX > fromX;
    const fate = fateText(message);
    const place = {
      x: fromX + (isRight ? 9 : -9),
      y: (rows.y.has(sent) ? fromY : toY) - 6,
      "text-anchor": isRight ? "start" : "end",
    };
    const label = text(messageText(message), place);
    if (message.faults !== "" || isLost || message.isCopy) {
      const touched = element("tspan", { class: "touched" });
      touched.textContent = `  ⚡ ${fate}`;
      label.append(touched);
    }
    const title = element("title", {});
    title.textContent = `${messageText(message)} (${fate})`;
    group.append(title, label);
    return group;
  }
}

function classOf({ toBot, isCopy, faults }: Message, isLost: boolean): string {
  const fate = isLost ? "lost" : isCopy ? "copy" : faults === "" ? "" : "late";
  return `${toBot ? "answer" : "request"} ${fate}`;
}

type Line = Readonly<{ x1: number; y1: number; x2: number; y2: number }>;

function arrow({ x1, y1, x2, y2 }: Line, toBot: boolean): SVGElement {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [baseX, baseY] = [x2 - dx * 9, y2 - dy * 9];
  const points = [
    [x2, y2],
    [baseX - dy * 4, baseY + dx * 4],
    [baseX + dy * 4, baseY - dx * 4],
  ];
  const fill = toBot ? "var(--second)" : "var(--accent)";
  return element("polygon", { points: points.map((each) => each.join(",")).join(" "), fill });
}

function cross(x: number, y: number): SVGElement[] {
  const half = 5;
  const ends = { x1: x - half, x2: x + half };
  return [
    element("line", { class: "cross", ...ends, y1: y - half, y2: y + half }),
    element("line", { class: "cross", ...ends, y1: y + half, y2: y - half }),
  ];
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = element("text", attributes);
  made.textContent = content;
  return made;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
