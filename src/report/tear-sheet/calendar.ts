// What was gained in each day, month and hour of the day, UTC. A value counts for the period in which it is the last one
// told; a period in which nothing was told gained nothing.

const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;

/** `from` is when the period began, µs since the epoch; `start` and `end` are the value at its ends. */
export type Period = Readonly<{ from: number; start: number; end: number }>;

export class Calendar {
  readonly #days: Period[] = [];
  /** Gained in each of the 24 hours of the day, all days together. */
  readonly #hours = new Float64Array(24);
  #last: number;
  #hour: number;
  #hourStart: number;
  #day: number;
  #dayStart: number;

  constructor(start: number, startedAt: number) {
    this.#last = start;
    this.#hour = Math.floor(startedAt / HOUR_US);
    this.#hourStart = start;
    this.#day = Math.floor(startedAt / DAY_US);
    this.#dayStart = start;
  }

  add(at: number, value: number): void {
    const hour = Math.floor(at / HOUR_US);
    if (hour > this.#hour) this.#pass(hour);
    this.#last = value;
  }

  /** Whole and begun days in order, none left out. */
  days(): readonly Period[] {
    return [...this.#days, { from: this.#day * DAY_US, start: this.#dayStart, end: this.#last }];
  }

  months(): readonly Period[] {
    const months: Period[] = [];
    for (const { from, start, end } of this.days()) {
      const date = new Date(from / 1_000);
      const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) * 1_000;
      const last = months.at(-1);
      if (last?.from === month) months[months.length - 1] = { ...last, end };
      else months.push({ from: month, start, end });
    }
    return months;
  }

  /** Gained in hour 0 to 23 of the day, summed over the days. */
  hours(): readonly number[] {
    const hours = Array.from(this.#hours);
    const now = this.#hour % 24;
    hours[now] = (hours[now] as number) + this.#last - this.#hourStart;
    return hours;
  }

  #pass(hour: number): void {
    const slot = this.#hour % 24;
    this.#hours[slot] = (this.#hours[slot] as number) + this.#last - this.#hourStart;
    this.#hourStart = this.#last;
    this.#hour = hour;
    const day = Math.floor(hour / 24);
    for (; this.#day < day; this.#day += 1) {
      this.#days.push({ from: this.#day * DAY_US, start: this.#dayStart, end: this.#last });
      this.#dayStart = this.#last;
    }
  }
}
