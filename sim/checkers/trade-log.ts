// Fills by who knows them: those the venue has said and the bot has not heard, and those it heard lately.
// What is unheard is how far belief may rightly be from truth.

import type { OrderFilled } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";

/** Trades a venue made lately that are known to be heard; one comes again within a minute, if at all. */
const HEARD_RING = 4096;

/**
 * Counted: for the first time, and a report, or the end of its order, that was heard before had it in it, so that its lots
 * may be taken over already.
 * Perhaps: a process died while it handled the fill, and nobody outside knows whether it is in its record.
 */
export type Hearing = "first" | "counted" | "again" | "perhaps" | "never said";

type Unheard = {
  readonly instrument: number;
  readonly lots: number;
  readonly venueAt: number;
  readonly orderId: number;
  /** A report made after it, or its order's end, was heard before it. */
  isCounted: boolean;
};

export class TradeLog {
  /** By instrument: lots bought, and sold, that the venue has said and the bot has not heard. */
  readonly unheardBids: Float64Array;
  readonly unheardAsks: Float64Array;
  /** By instrument: Σ signed lots of all fills said. */
  readonly saidLots: Float64Array;
  /** What the last fill heard was, and how many were heard for the first time. */
  hearing: Hearing = "never said";
  heardCount = 0;
  readonly #unheard: readonly Map<number, Unheard>[];
  readonly #heard: readonly Float64Array[];
  /** By venue: fills that a process died at, or heard while its disk refused their record, and died. */
  readonly #perhaps: readonly Set<number>[];
  /** By venue: fills heard since the disk began to refuse their record. */
  readonly #unrecorded: readonly Map<number, Unheard>[];

  constructor(instruments: number, venues: number) {
    this.unheardBids = new Float64Array(instruments);
    this.unheardAsks = new Float64Array(instruments);
    this.saidLots = new Float64Array(instruments);
    this.#unheard = Array.from({ length: venues }, () => new Map());
    this.#perhaps = Array.from({ length: venues }, () => new Set());
    this.#unrecorded = Array.from({ length: venues }, () => new Map());
    this.#heard = Array.from({ length: venues }, () => new Float64Array(HEARD_RING).fill(-1));
  }

  said(event: OrderFilled, venue: number): void {
    const { instrument, tradeId, orderId, venueAt, size, side } = event;
    const lots = signOf(side) * size;
    this.saidLots[instrument] = (this.saidLots[instrument] as number) + lots;
    this.#unheard[venue]?.set(tradeId, { instrument, lots, venueAt, orderId, isCounted: false });
    this.#count(instrument, lots, 1);
  }

  /** Heard by a bot whose disk takes its record, or by one whose disk may not. */
  heard(event: OrderFilled, venue: number, disk: "takes" | "refuses"): void {
    const { tradeId } = event;
    if (disk === "takes") this.#recorded();
    const unheard = this.#unheard[venue]?.get(tradeId);
    if (unheard === undefined) {
      const known = this.#heard[venue]?.[tradeId % HEARD_RING] === tradeId;
      this.hearing = this.#perhaps[venue]?.has(tradeId)
        ? "perhaps"
        : known
          ? "again"
          : "never said";
      return;
    }
    const { instrument, lots, isCounted } = unheard;
    const isPerhaps = this.#perhaps[venue]?.has(tradeId) === true;
    this.hearing = isPerhaps ? "perhaps" : isCounted ? "counted" : "first";
    this.heardCount += 1;
    this.#unheard[venue]?.delete(tradeId);
    if (disk === "refuses") this.#unrecorded[venue]?.set(tradeId, unheard);
    (this.#heard[venue] as Float64Array)[tradeId % HEARD_RING] = tradeId;
    this.#count(instrument, lots, -1);
  }

  /** The process died while it handled this. */
  died({ tradeId }: OrderFilled, venue: number): void {
    this.#perhaps[venue]?.add(tradeId);
  }

  /**
   * Fills heard before are no longer surely known, for the disk had refused their record: those count as not heard, and
   * perhaps are.
   */
  forget(): void {
    for (const each of this.#heard) each.fill(-1);
    for (const [venue, unrecorded] of this.#unrecorded.entries()) {
      for (const [tradeId, each] of unrecorded) {
        this.#unheard[venue]?.set(tradeId, each);
        this.#perhaps[venue]?.add(tradeId);
        this.#count(each.instrument, each.lots, 1);
      }
    }
    this.#recorded();
  }

  /** All that was heard is on record. */
  #recorded(): void {
    for (const each of this.#unrecorded) if (each.size > 0) each.clear();
  }

  /** A report of the account was heard: what it counted may have been taken from it. */
  reported(venue: number, venueAt: number): void {
    const unheard = this.#unheard[venue];
    if (unheard === undefined || unheard.size === 0) return;
    for (const each of unheard.values()) if (each.venueAt <= venueAt) each.isCounted = true;
  }

  /** The end of an order was heard, which counts all its fills. */
  ended(venue: number, orderId: number): void {
    const unheard = this.#unheard[venue];
    if (unheard === undefined || unheard.size === 0) return;
    for (const each of unheard.values()) if (each.orderId === orderId) each.isCounted = true;
  }

  /** Belief and truth agree, and nothing is on its way: what was never heard is known otherwise. */
  settle(): void {
    for (const each of this.#unheard) each.clear();
    this.unheardBids.fill(0);
    this.unheardAsks.fill(0);
  }

  #count(instrument: number, lots: number, sign: 1 | -1): void {
    const column = lots > 0 ? this.unheardBids : this.unheardAsks;
    column[instrument] = (column[instrument] as number) + sign * Math.abs(lots);
  }
}
