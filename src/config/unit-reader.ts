// Turns the decimal strings and durations of a config into ticks, lots and µs, gathering what does not fit.
// A value off its grid is a problem that names the value and the grid; nothing is rounded.

import { decimalToSteps, OffGrid } from "../domain/decimal.ts";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { ConfigProblem } from "./config-error.ts";
import { durationUsOf, timeUsOf } from "./fields.ts";

export class UnitReader {
  /** Of this reader and of every reader under it. */
  readonly problems: ConfigProblem[];
  readonly #root: string;

  constructor(root = "", problems: ConfigProblem[] = []) {
    this.#root = root;
    this.problems = problems;
  }

  /** A reader whose paths begin at `path` of this one's: a part of a config need not know where it stands. */
  under(path: string): UnitReader {
    return new UnitReader(`${this.#root}${path}.`, this.problems);
  }

  problem(path: string, message: string): void {
    this.problems.push({ path: `${this.#root}${path}`, message });
  }

  /** A price, or a distance between prices, in ticks. */
  ticks(path: string, value: string, spec: InstrumentSpec): number {
    const what = `a multiple of the tick ${spec.tickSize} of ${spec.symbol}`;
    return this.#steps(path, value, spec.tickSize, what);
  }

  lots(path: string, value: string, spec: InstrumentSpec): number {
    const what = `a multiple of the lot ${spec.lotSize} of ${spec.symbol}`;
    return this.#steps(path, value, spec.lotSize, what);
  }

  /** A plain factor in thousandths: "1.25" is 1250. */
  permille(path: string, value: string): number {
    return this.#steps(path, value, "0.001", "at most three decimals");
  }

  /** Basis points in units of 1e-8: "1.5" is 15,000. */
  bpsE8(path: string, value: string): number {
    return this.#steps(path, value, "0.0001", "at most four decimals of a basis point");
  }

  /** Money of the quote currency in units of 1e-8. */
  moneyE8(path: string, value: string): bigint {
    return BigInt(this.#steps(path, value, "0.00000001", "at most eight decimals"));
  }

  durationUs(path: string, value: string): number {
    const us = durationUsOf(value);
    if (us !== undefined) return us;
    this.problem(path, `expected a whole number of microseconds, was ${JSON.stringify(value)}`);
    return 0;
  }

  timeUs(path: string, value: string): number {
    const us = timeUsOf(value);
    if (us !== undefined) return us;
    this.problem(path, `expected a day and time that exist, was ${JSON.stringify(value)}`);
    return 0;
  }

  #steps(path: string, value: string, grid: string, what: string): number {
    try {
      return decimalToSteps(value, grid);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      this.problem(path, `expected ${what}, was ${value}`);
      return 0;
    }
  }
}
