// What one instrument may still do today, and the pause after losses. Days are UTC.
// Source: users' configs, "10 trades/day"; the cool-down has no number there.

import type { JsonValue } from "../../src/ports/strategy.ts";
import type { SessionConfig } from "./macd-config.ts";

export const DAY_US = 86_400_000_000;

type SessionSaved = Readonly<{
  day: number | null;
  tooSmallLots: number;
  trades: number;
  losses: number;
  pausedUntil: number;
}>;

export class SessionLimits {
  readonly #config: SessionConfig;
  #day: number | undefined;
  #trades = 0;
  /** The largest order that was too small for the venue today. */
  #tooSmallLots = 0;
  #losses = 0;
  #pausedUntil = 0;

  constructor(config: SessionConfig) {
    this.#config = config;
  }

  /** Why nothing may be entered now. */
  refusal(now: number): "cool-down" | "trades-a-day" | undefined {
    this.#roll(now);
    if (now < this.#pausedUntil) return "cool-down";
    return this.#trades >= this.#config.tradesMax ? "trades-a-day" : undefined;
  }

  /** An entry was asked for. It counts whatever becomes of it, so that refusals cannot make a storm. */
  entered(now: number): void {
    this.#roll(now);
    this.#trades += 1;
  }

  /** The venue found an entry of so many lots too small. */
  refusedForSize(lots: number): void {
    this.#tooSmallLots = Math.max(this.#tooSmallLots, lots);
  }

  /** Was as much refused today for being too small? */
  isTooSmall(lots: number): boolean {
    return lots <= this.#tooSmallLots;
  }

  /** A trade is flat again; nothing made is a loss. */
  ended(result: bigint, now: number): void {
    this.#losses = result > 0n ? 0 : this.#losses + 1;
    if (this.#losses < this.#config.lossesMax) return;
    this.#losses = 0;
    this.#pausedUntil = now + this.#config.coolDownUs;
  }

  save(): JsonValue {
    const saved: SessionSaved = {
      day: this.#day ?? null,
      trades: this.#trades,
      tooSmallLots: this.#tooSmallLots,
      losses: this.#losses,
      pausedUntil: this.#pausedUntil,
    };
    return saved;
  }

  restore(saved: JsonValue): void {
    const state = saved as SessionSaved;
    this.#day = state.day ?? undefined;
    this.#trades = state.trades;
    this.#tooSmallLots = state.tooSmallLots;
    this.#losses = state.losses;
    this.#pausedUntil = state.pausedUntil;
  }

  #roll(now: number): void {
    const day = Math.floor(now / DAY_US);
    if (day === this.#day) return;
    this.#day = day;
    this.#trades = 0;
    this.#tooSmallLots = 0;
  }
}
