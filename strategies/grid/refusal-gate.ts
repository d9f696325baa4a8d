// What a grid may still ask of a venue that has been saying no. Bounded in every world: a pause after refusals in a row,
// doubled while nothing works; a price that can never work waits alone; a refused cancel is asked again ever later; and
// no more than so many orders a second. Cancels are never held back by what happened to orders: they are the way out.

import { assert } from "../../src/domain/assert.ts";
import type { CloseReason, RefusalReason } from "../../src/domain/event.ts";
import type { OrderId } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { GridConfig } from "./grid-config.ts";

const SECOND_US = 1_000_000;

/** Doublings of a wait after which it is at its longest anyway. */
const DOUBLINGS_MAX = 30;

/** Prices that wait at the same time; a ladder has at most 800, so more are old ones. */
const WAITS_MAX = 1_024;

/** The same order will be refused again, and only it: its price waits, the others go on. */
const ABOUT_THE_PRICE: ReadonlySet<string> = new Set<RefusalReason>([
  "off-tick",
  "off-lot",
  "min-size",
  "min-notional",
  "significant-figures",
  "price-band",
  "self-trade",
]);

/** Nothing at all is taken just now: to ask again at once is to be told the same. */
const ABOUT_EVERYTHING: ReadonlySet<string> = new Set<RefusalReason>(["halted", "rate-limited"]);

/** The venue took back by itself what it had accepted: refused after the fact. */
const TAKEN_BACK: ReadonlySet<string> = new Set<CloseReason>([
  "post-only-would-cross",
  "self-trade",
  "reduce-only",
  "insufficient-margin",
  "halted",
]);

/** Tells such an end from a refusal of the same name. */
const TAKEN_BACK_WORD = "taken back: ";

/** A key that was refused so often waits until then. */
type Wait = { count: number; until: number };
type SavedWaits = readonly (readonly [key: number, count: number, until: number])[];

type GateSaved = Readonly<{
  streak: number;
  reason: string;
  pauses: number;
  pausedUntil: number;
  spentUntil: number;
  prices: SavedWaits;
  cancels: SavedWaits;
}>;

export class RefusalGate {
  readonly #countMax: number;
  readonly #backoffUs: number;
  readonly #backoffMaxUs: number;
  /** Least wait before a refused cancel is asked again. */
  readonly #cancelWaitUs: number;
  /** What one order takes from the budget; 0 where there is none. */
  readonly #placeCostUs: number;
  #streak = 0;
  #reason = "";
  /** Pauses since something worked. */
  #pauses = 0;
  #pausedUntil = 0;
  /** The budget of orders is spent up to here; it lies at most a second back. */
  #spentUntil = 0;
  /** By signed price: bids above 0, asks below. */
  readonly #prices = new Map<number, Wait>();
  readonly #cancels = new Map<number, Wait>();

  constructor(config: GridConfig) {
    const { refusalCountMax, backoffUs, backoffMaxUs = 0, placesPerSecond } = config;
    assert(refusalCountMax >= 1, "a pause follows at least one refusal");
    this.#countMax = refusalCountMax;
    this.#backoffUs = backoffUs;
    this.#backoffMaxUs = Math.max(backoffUs, backoffMaxUs);
    this.#cancelWaitUs = config.wakeUs;
    this.#placeCostUs = placesPerSecond === undefined ? 0 : Math.ceil(SECOND_US / placesPerSecond);
  }

  /** May orders be placed at all? */
  isOpen(now: number): boolean {
    return now >= this.#pausedUntil;
  }

  /** Takes one order from the budget, if its price may be asked for now. */
  admits(signedPrice: number, now: number): boolean {
    const wait = this.#prices.get(signedPrice);
    if (wait !== undefined && now < wait.until) return false;
    const from = Math.max(this.#spentUntil, now - SECOND_US);
    if (from + this.#placeCostUs > now) return false;
    this.#spentUntil = from + this.#placeCostUs;
    return true;
  }

  mayCancel(orderId: OrderId, now: number): boolean {
    const wait = this.#cancels.get(orderId);
    return wait === undefined || now >= wait.until;
  }

  /** An order was accepted: the venue takes orders. What it takes back again later stays counted. */
  accepted(signedPrice: number | undefined): void {
    if (signedPrice !== undefined) this.#prices.delete(signedPrice);
    if (this.#reason.startsWith(TAKEN_BACK_WORD)) return;
    this.#streak = 0;
    this.#pauses = 0;
  }

  /** Something was traded: orders stay. Whether new ones are taken it does not say; it may have rested long before. */
  filled(): void {
    if (!this.#reason.startsWith(TAKEN_BACK_WORD)) return;
    this.#streak = 0;
    this.#pauses = 0;
  }

  /** An order was refused, by the venue or on the way; `signedPrice` where it is known. */
  refused(reason: string, signedPrice: number | undefined, now: number): void {
    if (signedPrice !== undefined && ABOUT_THE_PRICE.has(reason)) {
      this.#delay(this.#prices, signedPrice, this.#backoffUs, now);
      return;
    }
    // Whatever the reasons: a venue that finds a new one each time takes no orders either.
    this.#streak += 1;
    this.#reason = reason;
    if (this.#streak < this.#countMax && !ABOUT_EVERYTHING.has(reason)) return;
    this.#streak = 0;
    this.pause(now);
  }

  /** An order is over. What is counted is one the venue ended by itself. True when that changes anything here. */
  closed(reason: CloseReason, orderId: OrderId, now: number): boolean {
    const hadWaited = this.#cancels.delete(orderId);
    if (!TAKEN_BACK.has(reason)) return hadWaited;
    this.refused(TAKEN_BACK_WORD + reason, undefined, now);
    return true;
  }

  cancelRefused(orderId: OrderId, now: number): void {
    this.#delay(this.#cancels, orderId, this.#cancelWaitUs, now);
  }

  /** Places nothing for a while, longer each time until something works. */
  pause(now: number): void {
    this.#pausedUntil = now + this.#waitUs(this.#backoffUs, this.#pauses);
    this.#pauses += 1;
  }

  save(): JsonValue {
    const saved: GateSaved = {
      streak: this.#streak,
      reason: this.#reason,
      pauses: this.#pauses,
      pausedUntil: this.#pausedUntil,
      spentUntil: this.#spentUntil,
      prices: savedWaits(this.#prices),
      cancels: savedWaits(this.#cancels),
    };
    return saved;
  }

  restore(json: JsonValue): void {
    const saved = json as GateSaved;
    this.#streak = saved.streak;
    this.#reason = saved.reason;
    this.#pauses = saved.pauses;
    this.#pausedUntil = saved.pausedUntil;
    this.#spentUntil = saved.spentUntil;
    restoreWaits(this.#prices, saved.prices);
    restoreWaits(this.#cancels, saved.cancels);
  }

  #delay(waits: Map<number, Wait>, key: number, baseUs: number, now: number): void {
    const count = waits.get(key)?.count ?? 0;
    waits.delete(key);
    if (waits.size === WAITS_MAX) {
      for (const oldest of waits.keys()) {
        waits.delete(oldest);
        break;
      }
    }
    waits.set(key, { count: count + 1, until: now + this.#waitUs(baseUs, count) });
  }

  #waitUs(baseUs: number, doublings: number): number {
    let waitUs = baseUs;
    for (let step = 0; step < Math.min(doublings, DOUBLINGS_MAX); step += 1) waitUs *= 2;
    return Math.min(waitUs, this.#backoffMaxUs);
  }
}

function savedWaits(waits: ReadonlyMap<number, Wait>): SavedWaits {
  return [...waits].map(([key, { count, until }]) => [key, count, until] as const);
}

function restoreWaits(waits: Map<number, Wait>, saved: SavedWaits): void {
  waits.clear();
  for (const [key, count, until] of saved) waits.set(key, { count, until });
}
