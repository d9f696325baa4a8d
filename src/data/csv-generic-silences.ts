// Spans in which a recording heard nothing: an outage looks the same as a quiet market, so they are only told.

/** A span without a message: when it began (µs) and how long it was. */
export type Silence = Readonly<{ from: number; us: number }>;

/** Longer than any market recorded here was quiet by itself for; shorter ones would fill a report. */
const SILENCE_US = 15_000_000;
/** The report names the longest; the rest are counted. */
const NAMED_MAX = 5;

/** Fed the received time of every message. */
export class Silences {
  /** Spans over 15 s. */
  count = 0;
  #last = Number.NaN;
  #named: Silence[] = [];

  /** True when a span of silence ended with this message. */
  heard(receivedAt: number): boolean {
    const us = receivedAt - this.#last;
    const from = this.#last;
    this.#last = receivedAt;
    if (!(us > SILENCE_US)) return false;
    this.count += 1;
    this.#named.push({ from, us });
    this.#named.sort((a, b) => b.us - a.us);
    this.#named.length = Math.min(this.#named.length, NAMED_MAX);
    return true;
  }

  /** The longest, longest first. */
  get longest(): readonly Silence[] {
    return this.#named;
  }
}
