// Two clocks, the venue's and the recorder's, and neither may be trusted to be ahead of the other.
// A message cannot arrive before it was sent. Where a recording says so, one clock is off by a constant: the whole
// venue time is shifted until the fastest message took the base latency. A recording without such messages is left
// as it is. Drift is not corrected. Convention: hftbacktest, "correct_local_timestamp" with a base latency.

/** What the fastest message of a corrected recording is taken to have needed: a millisecond, the unit of venue times. */
export const BASE_LATENCY_US = 1_000;

/** Watches received minus venue time, over every message of a recording. */
export class ClockSkew {
  messages = 0;
  /** Smallest and largest received − venue time, µs; infinite while no message was seen. */
  smallestUs = Number.POSITIVE_INFINITY;
  largestUs = Number.NEGATIVE_INFINITY;

  see(venueAt: number, receivedAt: number): void {
    const difference = receivedAt - venueAt;
    this.messages += 1;
    if (difference < this.smallestUs) this.smallestUs = difference;
    if (difference > this.largestUs) this.largestUs = difference;
  }

  /** What to add to every venue time, µs: 0 unless some message arrived before it was sent. */
  correctionUs(baseLatencyUs: number = BASE_LATENCY_US): number {
    if (this.messages === 0 || this.smallestUs >= 0) return 0;
    return this.smallestUs - baseLatencyUs;
  }

  /** One line for the report. */
  describe(baseLatencyUs: number = BASE_LATENCY_US): string {
    if (this.messages === 0) return "no message";
    const range = `received − venue time was ${ms(this.smallestUs)} to ${ms(this.largestUs)} ms`;
    const correction = this.correctionUs(baseLatencyUs);
    if (correction === 0) return `${range}; left as it is`;
    const base = `the fastest of ${this.messages} messages then took ${ms(baseLatencyUs)} ms`;
    return `${range}; ${ms(correction)} ms added to every venue time, so that ${base}`;
  }
}

function ms(us: number): string {
  return (us / 1_000).toFixed(3);
}
