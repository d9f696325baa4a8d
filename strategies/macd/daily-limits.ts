// What a venue's account may lose or make in a UTC day, all instruments together, open positions marked. Once reached it
// holds until the day is over, whatever the equity does then. Source: users' configs, "daily loss 5 %"; a loss also
// closes what is held (incident R15), a profit only ends the entering.

import type { JsonValue } from "../../src/ports/strategy.ts";
import type { DailyConfig } from "./macd-config.ts";
import { DAY_US } from "./session-limits.ts";

export type DailyBreach = "daily-loss" | "daily-profit";

type DailySaved = Readonly<{ day: number | null; startEquity: string; breach: DailyBreach | null }>;

export class DailyLimits {
  readonly #config: DailyConfig;
  #day: number | undefined;
  #startEquity = 0n;
  #breach: DailyBreach | undefined;

  constructor(config: DailyConfig) {
    this.#config = config;
  }

  /** Looks at the account; the limit that was reached today, if one was. */
  judge(now: number, equity: bigint): DailyBreach | undefined {
    const day = Math.floor(now / DAY_US);
    if (day !== this.#day) {
      this.#day = day;
      this.#startEquity = equity;
      this.#breach = undefined;
    }
    this.#breach ??= this.#breachOf(equity - this.#startEquity);
    return this.#breach;
  }

  save(): JsonValue {
    const saved: DailySaved = {
      day: this.#day ?? null,
      startEquity: this.#startEquity.toString(),
      breach: this.#breach ?? null,
    };
    return saved;
  }

  restore(saved: JsonValue): void {
    const state = saved as DailySaved;
    this.#day = state.day ?? undefined;
    this.#startEquity = BigInt(state.startEquity);
    this.#breach = state.breach ?? undefined;
  }

  #breachOf(made: bigint): DailyBreach | undefined {
    const { lossMaxPermille, profitMaxPermille } = this.#config;
    if (lossMaxPermille !== undefined && -made * 1000n >= this.#part(lossMaxPermille)) {
      return "daily-loss";
    }
    if (profitMaxPermille !== undefined && made * 1000n >= this.#part(profitMaxPermille)) {
      return "daily-profit";
    }
    return undefined;
  }

  #part(permille: number): bigint {
    return this.#startEquity * BigInt(permille);
  }
}
