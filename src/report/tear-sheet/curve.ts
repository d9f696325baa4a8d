// A curve of any length in a bounded number of points that draws like the whole: of every stretch of time the first,
// lowest, highest and last value are kept. Source: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented
// Time Series Data Aggregation" (2014). Stretches double in length whenever there are too many of them, so neither the
// length of a run nor its number of events has to be known.

/** More stretches than a wide screen has pixels. */
const STRETCHES_MAX = 2_048;
/** The first length of a stretch, µs: shorter than any two looks at a book. */
const STRETCH_US = 1_000;

/** Points in order of time; `seen` counts all that were told, of which these draw the picture. */
export type CurvePoints = Readonly<{
  at: Float64Array;
  value: Float64Array;
  seen: number;
}>;

export class Curve {
  /** Per stretch: first, low, high, last, each as time and value. */
  readonly #at = [0, 1, 2, 3].map(() => new Float64Array(STRETCHES_MAX));
  readonly #value = [0, 1, 2, 3].map(() => new Float64Array(STRETCHES_MAX));
  /** Number of each stretch, counted in lengths from the first point. */
  readonly #number = new Float64Array(STRETCHES_MAX);
  #count = 0;
  #lengthUs = STRETCH_US;
  #from = 0;
  #seen = 0;
  #last = Number.NaN;

  /** The value from `at` on; times never go back. */
  add(at: number, value: number): void {
    if (this.#seen === 0) this.#from = at;
    this.#seen += 1;
    this.#last = value;
    let number = Math.floor((at - this.#from) / this.#lengthUs);
    if (this.#count === 0 || number !== (this.#number[this.#count - 1] as number)) {
      while (this.#count === STRETCHES_MAX) this.#halve();
      number = Math.floor((at - this.#from) / this.#lengthUs);
      if (this.#count === 0 || number !== (this.#number[this.#count - 1] as number)) {
        this.#begin(number, at, value);
        return;
      }
    }
    this.#extend(this.#count - 1, at, value);
  }

  /** The last value told; NaN before the first. */
  get last(): number {
    return this.#last;
  }

  points(): CurvePoints {
    const at: number[] = [];
    const value: number[] = [];
    for (let stretch = 0; stretch < this.#count; stretch += 1) {
      const corners = [0, 1, 2, 3].map((corner) => ({
        at: this.#at[corner]?.[stretch] as number,
        value: this.#value[corner]?.[stretch] as number,
      }));
      const [first, low, high, last] = corners as [Corner, Corner, Corner, Corner];
      const middle = low.at <= high.at ? [low, high] : [high, low];
      for (const corner of [first, ...middle, last]) {
        const before = at.length - 1;
        if (at[before] === corner.at && value[before] === corner.value) continue;
        at.push(corner.at);
        value.push(corner.value);
      }
    }
    return { at: Float64Array.from(at), value: Float64Array.from(value), seen: this.#seen };
  }

  #begin(number: number, at: number, value: number): void {
    const stretch = this.#count;
    this.#number[stretch] = number;
    for (let corner = 0; corner < 4; corner += 1) this.#set(corner, stretch, at, value);
    this.#count += 1;
  }

  #extend(stretch: number, at: number, value: number): void {
    if (value < (this.#value[LOW]?.[stretch] as number)) this.#set(LOW, stretch, at, value);
    if (value > (this.#value[HIGH]?.[stretch] as number)) this.#set(HIGH, stretch, at, value);
    this.#set(LAST, stretch, at, value);
  }

  #set(corner: number, stretch: number, at: number, value: number): void {
    (this.#at[corner] as Float64Array)[stretch] = at;
    (this.#value[corner] as Float64Array)[stretch] = value;
  }

  /** Stretches become twice as long: neighbours that now are one are joined. */
  #halve(): void {
    this.#lengthUs *= 2;
    let kept = 0;
    for (let stretch = 0; stretch < this.#count; stretch += 1) {
      const number = Math.floor((this.#number[stretch] as number) / 2);
      if (kept > 0 && number === (this.#number[kept - 1] as number)) this.#join(kept - 1, stretch);
      else {
        this.#move(stretch, kept);
        this.#number[kept] = number;
        kept += 1;
      }
    }
    this.#count = kept;
  }

  #join(into: number, from: number): void {
    const low = this.#value[LOW]?.[from] as number;
    const high = this.#value[HIGH]?.[from] as number;
    if (low < (this.#value[LOW]?.[into] as number)) this.#copy(LOW, from, into);
    if (high > (this.#value[HIGH]?.[into] as number)) this.#copy(HIGH, from, into);
    this.#copy(LAST, from, into);
  }

  #move(from: number, to: number): void {
    for (let corner = 0; corner < 4; corner += 1) this.#copy(corner, from, to);
  }

  #copy(corner: number, from: number, to: number): void {
    const at = this.#at[corner]?.[from] as number;
    this.#set(corner, to, at, this.#value[corner]?.[from] as number);
  }
}

type Corner = Readonly<{ at: number; value: number }>;

const LOW = 1;
const HIGH = 2;
const LAST = 3;
