// One cycle after another: which way, how much, and how long to wait and to hold, each drawn once from the bot's own
// keyed chance. A cycle found open at the start (adopted) is held and wound down like one of our own.

import type { HedgeConfig } from "./hedge-config.ts";
import { drawBetween, drawUint32 } from "./keyed-draw.ts";

export type CycleSaved = Readonly<{ ordinal: number; targetLots: number }>;

export class Cycle {
  readonly #config: HedgeConfig;
  /** Cycles that are over. */
  #ordinal = 0;
  /** Signed lots the maker's leg is to hold. */
  #targetLots = 0;

  constructor(config: HedgeConfig) {
    this.#config = config;
  }

  get ordinal(): number {
    return this.#ordinal;
  }

  get targetLots(): number {
    return this.#targetLots;
  }

  get areAllOver(): boolean {
    return this.#ordinal >= this.#config.cycles;
  }

  /** Lots the cycle is for, without its direction. */
  get lots(): number {
    return Math.abs(this.#targetLots);
  }

  begin(): void {
    const { cycleLots, positionMaxLots } = this.#config;
    const lots = Math.min(cycleLots, positionMaxLots);
    this.#targetLots = this.#isLong() ? lots : 0 - lots;
  }

  /** Goes on with what the maker's leg holds already. */
  adopt(lots: number): void {
    this.#targetLots = lots;
  }

  over(): void {
    this.#ordinal += 1;
    this.#targetLots = 0;
  }

  delayUs(): number {
    return this.#between("delay", this.#config.delayMinUs, this.#config.delayMaxUs);
  }

  holdUs(): number {
    return this.#between("hold", this.#config.holdMinUs, this.#config.holdMaxUs);
  }

  save(): CycleSaved {
    return { ordinal: this.#ordinal, targetLots: this.#targetLots };
  }

  restore(saved: CycleSaved): void {
    this.#ordinal = saved.ordinal;
    this.#targetLots = saved.targetLots;
  }

  #isLong(): boolean {
    const { direction, seed } = this.#config;
    if (direction !== "random") return direction === "long";
    return drawUint32({ seed, site: "direction", ordinal: this.#ordinal }) % 2 === 0;
  }

  #between(site: "delay" | "hold", min: number, max: number): number {
    return drawBetween({ seed: this.#config.seed, site, ordinal: this.#ordinal }, min, max);
  }
}
