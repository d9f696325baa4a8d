// What became of every line of a file: a record, more of a record, or of no known form. Lines nobody knows are counted by
// their shape, so that a form that is missing here shows, with the numbers of its first lines.

/** Lines = recognised + continuation + unknown; duplicates are among the recognised. */
export type FileAccount = Readonly<{
  name: string;
  sha256: string;
  lines: number;
  recognised: number;
  continuation: number;
  unknown: number;
  duplicates: number;
}>;

/** Unknown lines that look alike. */
export type Shape = Readonly<{ shape: string; count: number; lines: readonly string[] }>;

const SHAPE_CHARACTERS_MAX = 100;
const SHAPES_MAX = 50;
const LINES_SHOWN = 3;

/** Counts unknown lines by what stays of them when numbers and ids go. */
export class Shapes {
  readonly #shapes = new Map<string, { count: number; lines: string[] }>();
  #others = 0;

  add(text: string, place: string): void {
    const shape = shapeOf(text);
    const known = this.#shapes.get(shape);
    if (known !== undefined) {
      known.count += 1;
      if (known.lines.length < LINES_SHOWN) known.lines.push(place);
    } else if (this.#shapes.size < SHAPES_MAX)
      this.#shapes.set(shape, { count: 1, lines: [place] });
    else this.#others += 1;
  }

  /** The most frequent first; what found no room is one entry at the end. */
  list(): readonly Shape[] {
    const shapes = [...this.#shapes].map(([shape, each]) => ({ shape, ...each }));
    shapes.sort((a, b) => b.count - a.count);
    if (this.#others === 0) return shapes;
    return [...shapes, { shape: "(other shapes)", count: this.#others, lines: [] }];
  }
}

function shapeOf(text: string): string {
  return text
    .slice(0, 4 * SHAPE_CHARACTERS_MAX)
    .replaceAll(/\p{Cc}/gu, "·")
    .replaceAll(/\b(?:0x)?[0-9a-fA-F]{8,}\b/g, "#")
    .replaceAll(/\d+(?:[.,:]\d+)*/g, "#")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, SHAPE_CHARACTERS_MAX);
}
