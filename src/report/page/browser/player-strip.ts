// The whole film as a strip: a row a group of events, each with a shape of its own; bands where belief was not truth; flags
// for what must be seen first. At most one mark a pixel and row, however many events there are.

import { lastAtOrBefore } from "./film-instrument.ts";
import type { FilmReader } from "./film-reader.ts";
import { palette } from "./theme.ts";

type Shape = "cross" | "diamond" | "square" | "tick" | "triangle" | "ring";

type Row = Readonly<{
  label: string;
  shape: Shape;
  colour: "loss" | "sell" | "text" | "line" | "buy";
  kinds: ReadonlySet<string>;
}>;

const ROWS: readonly Row[] = [
  row("promise", "cross", "loss", "broken"),
  row("fault, crash", "square", "sell", "fault", "crash", "restart"),
  row("orders", "tick", "text", "place", "amend", "accepted", "unknown"),
  row("cancels", "ring", "text", "cancel", "closed"),
  row("fills", "triangle", "buy", "filled"),
  row("refused, alert", "diamond", "loss", "refused", "rule", "alert", "halt"),
];

const LABEL = 96;
const HEIGHT = 104;
const ROW_HEIGHT = HEIGHT / ROWS.length;

function row(label: string, shape: Shape, colour: Row["colour"], ...kinds: readonly string[]): Row {
  return { label, shape, colour, kinds: new Set(kinds) };
}

export type Axis = "step" | "time";

export class Strip {
  axis: Axis = "step";
  readonly #film: FilmReader;
  readonly #canvas: HTMLCanvasElement;
  readonly #rowOf: Int8Array;
  /** All but the present moment, drawn once for a size, an axis and a theme. */
  readonly #ground = document.createElement("canvas");
  #groundOf = "";

  constructor(film: FilmReader, canvas: HTMLCanvasElement) {
    this.#film = film;
    this.#canvas = canvas;
    const byKind = film.told.kinds.map((kind) => ROWS.findIndex(({ kinds }) => kinds.has(kind)));
    const places = new Map(film.told.kinds.map((kind, index) => [kind, byKind[index] ?? -1]));
    this.#rowOf = Int8Array.from(
      { length: film.length },
      (_, step) => places.get(film.kind(step)) ?? -1,
    );
  }

  /** 0 to 1 along the film. */
  shareOf(step: number): number {
    const { length, at } = this.#film;
    if (this.axis === "step") return length < 2 ? 0 : step / (length - 1);
    const { startedAt, endedAt } = this.#film.told;
    return endedAt === startedAt ? 0 : ((at[step] as number) - startedAt) / (endedAt - startedAt);
  }

  stepOf(share: number): number {
    const { length, at } = this.#film;
    const inside = Math.min(1, Math.max(0, share));
    if (this.axis === "step") return Math.round(inside * (length - 1));
    const { startedAt, endedAt } = this.#film.told;
    return Math.max(0, lastAtOrBefore(at, startedAt + inside * (endedAt - startedAt)));
  }

  /** The step under a place on the canvas, CSS pixels from its left. */
  stepAtX(x: number): number {
    return this.stepOf((x - LABEL) / (this.#canvas.clientWidth - LABEL - 8));
  }

  /** CSS pixels from the left. */
  xOf(step: number): number {
    return LABEL + this.shareOf(step) * (this.#canvas.clientWidth - LABEL - 8);
  }

  draw(step: number): void {
    const canvas = this.#canvas;
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(HEIGHT * scale);
    const colours = palette();
    this.#drawGround(scale, colours);
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.drawImage(this.#ground, 0, 0);
    context.scale(scale, scale);
    const x = this.xOf(step);
    context.fillStyle = colours.line;
    context.fillRect(x - 1, 0, 2, HEIGHT);
    context.beginPath();
    context.moveTo(x - 6, 0);
    context.lineTo(x + 6, 0);
    context.lineTo(x, 8);
    context.fill();
  }

  #drawGround(scale: number, colours: ReturnType<typeof palette>): void {
    const { width, height, clientWidth } = this.#canvas;
    const of = `${this.axis} ${width} ${colours.text}`;
    if (of === this.#groundOf) return;
    this.#groundOf = of;
    this.#ground.width = width;
    this.#ground.height = height;
    const context = this.#ground.getContext("2d");
    if (context === null) return;
    context.scale(scale, scale);
    context.font = "11.5px system-ui, sans-serif";
    context.textBaseline = "middle";
    ROWS.forEach(({ label }, index) => {
      const y = (index + 0.5) * ROW_HEIGHT;
      context.fillStyle = colours.text;
      context.fillText(label, 2, y);
      context.fillStyle = colours.grid;
      context.fillRect(LABEL, y, clientWidth - LABEL, 1);
    });
    this.#bands(context, colours.sell);
    this.#marks(context, colours);
  }

  /** Where belief was not truth: hatched, so that it is seen without its colour. */
  #bands(context: CanvasRenderingContext2D, colour: string): void {
    for (const { from, until } of this.#film.told.partings) {
      const left = this.xOf(from);
      const right = Math.max(left + 3, this.xOf(until ?? this.#film.length - 1));
      context.globalAlpha = 0.16;
      context.fillStyle = colour;
      context.fillRect(left, 0, right - left, HEIGHT);
      context.globalAlpha = 0.5;
      context.strokeStyle = colour;
      context.beginPath();
      for (let x = left; x < right; x += 7) {
        context.moveTo(x, HEIGHT);
        context.lineTo(Math.min(x + 7, right), HEIGHT - 7);
      }
      context.stroke();
      context.globalAlpha = 1;
    }
  }

  #marks(context: CanvasRenderingContext2D, colours: ReturnType<typeof palette>): void {
    const last = ROWS.map(() => Number.NEGATIVE_INFINITY);
    for (let step = 0; step < this.#film.length; step += 1) {
      const index = this.#rowOf[step] as number;
      if (index < 0) continue;
      const x = this.xOf(step);
      if (x - (last[index] as number) < 1) continue;
      last[index] = x;
      const { shape, colour } = ROWS[index] as Row;
      context.fillStyle = colours[colour];
      context.strokeStyle = colours[colour];
      mark(context, shape, x, (index + 0.5) * ROW_HEIGHT);
    }
  }
}

function mark(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number): void {
  const r = 4.5;
  context.lineWidth = 1.6;
  context.beginPath();
  switch (shape) {
    case "cross":
      context.moveTo(x - r, y - r);
      context.lineTo(x + r, y + r);
      context.moveTo(x - r, y + r);
      context.lineTo(x + r, y - r);
      context.stroke();
      return;
    case "tick":
      context.moveTo(x, y - r);
      context.lineTo(x, y + r);
      context.stroke();
      return;
    case "ring":
      context.arc(x, y, r - 1, 0, 2 * Math.PI);
      context.stroke();
      return;
    case "square":
      context.rect(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2);
      break;
    case "diamond":
      context.moveTo(x, y - r);
      context.lineTo(x + r, y);
      context.lineTo(x, y + r);
      context.lineTo(x - r, y);
      break;
    case "triangle":
      context.moveTo(x, y - r);
      context.lineTo(x + r, y + r - 1);
      context.lineTo(x - r, y + r - 1);
      break;
  }
  context.fill();
}
