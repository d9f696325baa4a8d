// The view of one bot: belief as of the event being handled. One object, used again for every event.

import { assert } from "../domain/assert.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, Side, TimeUs, VenueId } from "../domain/units.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { AccountView, BookView, HealthView, OrderView, PositionView } from "../ports/view.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import type { RiskView } from "../risk/risk-rule.ts";
import type { ShadowLedger } from "../state/shadow-ledger.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Degradation } from "./degradation.ts";

export type BotViewParts = Readonly<{
  state: StateStore;
  tracker: OrderTracker;
  shadow: ShadowLedger;
  risk: RiskEngine;
  /** By instrument id. */
  books: readonly BookView[];
}>;

export class BotView implements RiskView, HealthView {
  /** Time of the event being handled; moved by the bot alone. */
  now = Number.NEGATIVE_INFINITY as TimeUs;
  /** Set once, by who puts the bot together. */
  kept: Degradation | undefined = undefined;
  readonly #state: StateStore;
  readonly #tracker: OrderTracker;
  readonly #shadow: ShadowLedger;
  readonly #risk: RiskEngine;
  readonly #books: readonly BookView[];

  constructor(parts: BotViewParts) {
    this.#state = parts.state;
    this.#tracker = parts.tracker;
    this.#shadow = parts.shadow;
    this.#risk = parts.risk;
    this.#books = parts.books;
  }

  instrument(id: InstrumentId): Instrument {
    const instrument = this.#state.instruments[id];
    if (instrument === undefined) assert(false, `instrument ${id} is in the run`);
    return instrument;
  }

  book(id: InstrumentId): BookView {
    const book = this.#books[id];
    if (book === undefined) assert(false, `instrument ${id} has a book`);
    return book;
  }

  position(id: InstrumentId): PositionView {
    return this.#state.position(id);
  }

  openOrders(id: InstrumentId): readonly OrderView[] {
    return this.#tracker.openOrders(id);
  }

  account(venue: VenueId): AccountView {
    return this.#state.account(venue);
  }

  openLots(id: InstrumentId, side: Side): number {
    return this.#shadow.lots(id, side);
  }

  unexplainedLots(id: InstrumentId): number {
    return this.#shadow.unexplained(id);
  }

  equity(): bigint {
    return this.#state.equity();
  }

  get health(): HealthView {
    return this;
  }

  linkUp(venue: VenueId): boolean {
    return this.#state.linkUp(venue);
  }

  staleness(id: InstrumentId): number {
    return this.now - this.book(id).updatedAt;
  }

  /** The level kept from facts, where one is kept; else halted is an emergency, and a link that is down degrades. */
  get degradation(): HealthView["degradation"] {
    if (this.kept !== undefined) return this.kept.level;
    if (this.#risk.haltReason !== undefined) return "emergency";
    return this.#state.allLinksUp ? "normal" : "degraded";
  }
}
