// What we believe: positions, accounts, links. The only writer of belief; everyone else holds a view of it.
// Its objects are made once and changed in place, so that reading belief allocates nothing. A fill comes here only
// after the fill processor has seen to it that it is booked once.

import { assert } from "../domain/assert.ts";
import type { FundingPaid, LinkChanged, OrderFilled } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, PositionLots, TimeUs, VenueId } from "../domain/units.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { AccountView, BookView, PositionView } from "../ports/view.ts";
import { Account } from "./account.ts";
import { Ledger } from "./ledger.ts";
import { accountDecimals, moneyDecimals, tenTo } from "./money-scale.ts";
import { Position } from "./position.ts";
import { Settlements } from "./settlements.ts";
import { openSnapshot, sealSnapshot } from "./snapshot.ts";
import type { SavedClocks } from "./venue-clocks.ts";
import { VenueClocks } from "./venue-clocks.ts";

/** Raised whenever a saved state of the old shape would be misread. */
const SNAPSHOT_VERSION = 2;

export type StateStoreParts = Readonly<{
  instruments: readonly Instrument[];
  /** In the venue's ledger units, 10^-accountDecimals of the currency; one entry a venue. */
  startingCash: readonly bigint[];
  books: (id: InstrumentId) => BookView;
}>;

export class StateStore {
  readonly instruments: readonly Instrument[];
  readonly clocks: VenueClocks;
  readonly #positions: readonly Position[];
  readonly #accounts: readonly Account[];
  readonly #ledger: Ledger;
  /** Account units in one tick × lot, and in one ledger unit of the instrument. */
  readonly #units: readonly bigint[];
  readonly #scales: readonly bigint[];
  /** Units of all accounts together in one unit of each. */
  readonly #equityScales: readonly bigint[];
  readonly #linksUp: boolean[];
  readonly #settlements: readonly Settlements[];
  /** By instrument and the venue's clock: fills up to then are in a position that was taken over. */
  readonly #countedUpTo: Float64Array;
  /** By instrument, by the venue's clock: the youngest fill that this session booked. */
  readonly #filledAt: Float64Array;

  constructor(parts: StateStoreParts) {
    const { instruments, startingCash } = parts;
    this.instruments = instruments;
    this.clocks = new VenueClocks(startingCash.length);
    instruments.forEach((each, index) => {
      assert(each.id === index, "instruments are in the order of their ids");
    });
    const decimals = startingCash.map((_, venue) => accountDecimals(instruments, venue));
    const finest = moneyDecimals(instruments);
    this.#scales = instruments.map((each) =>
      tenTo((decimals[each.venue] as number) - each.moneyDecimals),
    );
    this.#equityScales = decimals.map((each) => tenTo(finest - each));
    this.#units = instruments.map(
      (each) => BigInt(each.moneyPerTickLot) * (this.#scales[each.id] as bigint),
    );
    this.#ledger = new Ledger(
      startingCash,
      instruments.map((each) => each.venue),
    );
    this.#positions = instruments.map(() => new Position());
    this.#accounts = startingCash.map((_, venue) => {
      const own = instruments.filter((each) => each.venue === venue);
      const seats = own.map((each) => ({
        instrument: each.id,
        position: this.#positions[each.id] as Position,
        units: this.#units[each.id] as bigint,
        book: parts.books(each.id),
      }));
      return new Account(venue, this.#ledger, seats);
    });
    this.#linksUp = startingCash.map(() => false);
    this.#settlements = instruments.map(() => new Settlements());
    this.#countedUpTo = new Float64Array(instruments.length).fill(Number.NEGATIVE_INFINITY);
    this.#filledAt = new Float64Array(instruments.length).fill(Number.NEGATIVE_INFINITY);
  }

  position(id: InstrumentId): PositionView {
    return this.#positions[id] as Position;
  }

  account(venue: VenueId): AccountView {
    return this.#accounts[venue] as Account;
  }

  linkUp(venue: VenueId): boolean {
    return this.#linksUp[venue] as boolean;
  }

  get allLinksUp(): boolean {
    for (const up of this.#linksUp) if (!up) return false;
    return true;
  }

  /** Equity of all accounts, in 10^-moneyDecimals(instruments) of the currency. */
  equity(): bigint {
    let equity = 0n;
    for (let venue = 0; venue < this.#accounts.length; venue += 1) {
      const scale = this.#equityScales[venue] as bigint;
      equity += (this.#accounts[venue] as Account).equity() * scale;
    }
    return equity;
  }

  /** Books a fill that was not booked before. */
  filled(event: OrderFilled): void {
    const { instrument, price, size, fee } = event;
    const position = this.#positions[instrument] as Position;
    const signedLots = event.side === "bid" ? size : -size;
    position.trade(signedLots, price, event.at);
    if (event.venueAt > (this.#filledAt[instrument] as number)) {
      this.#filledAt[instrument] = event.venueAt;
    }
    const units = this.#units[instrument] as bigint;
    // The position has made sure that this is exact.
    const paid = signedLots * price;
    const cash = BigInt(-paid) * units;
    const { costChange, profit } = position;
    const cost = costChange === paid ? -cash : BigInt(costChange) * units;
    this.#ledger.trade(instrument, cash, cost, profit === 0 ? 0n : BigInt(profit) * units);
    if (fee !== 0) this.charged(event);
  }

  /** Books what a fill cost, and not its lots, which are in the position. */
  charged({ instrument, fee }: OrderFilled): void {
    this.#ledger.fee(instrument, BigInt(fee) * (this.#scales[instrument] as bigint));
  }

  /** Takes over the lots that a report had more than we believed: the position is the venue's of that moment. */
  tookOver(event: OrderFilled): void {
    this.filled(event);
    this.#countedUpTo[event.instrument] = event.venueAt;
  }

  /** Is a fill of that moment, by the venue's clock, in a position that was taken over? */
  counts(instrument: InstrumentId, venueAt: TimeUs): boolean {
    return venueAt <= (this.#countedUpTo[instrument] as number);
  }

  /** Is a fill booked that may be younger than that moment, by the venue's clock? */
  hasFilledSince(instrument: InstrumentId, venueAt: TimeUs): boolean {
    return venueAt <= (this.#filledAt[instrument] as number);
  }

  /** Books a settlement; false when the one of that moment is booked already, and nothing changes. */
  funded(event: FundingPaid): boolean {
    const { instrument, venueAt, amount } = event;
    if (!(this.#settlements[instrument] as Settlements).book(venueAt)) return false;
    this.#ledger.funding(instrument, BigInt(amount) * (this.#scales[instrument] as bigint));
    return true;
  }

  linkChanged(event: LinkChanged): void {
    this.#linksUp[event.venue] = event.link === "up";
  }

  /** A session begins, fresh or after a recovery: its profit and loss is counted from here. */
  beginSession(): void {
    for (const account of this.#accounts) account.beginSession();
  }

  /** All belief, with a version and a checksum. */
  snapshot(): JsonValue {
    return sealSnapshot(SNAPSHOT_VERSION, {
      ledger: this.#ledger.save(),
      positions: this.#positions.map((each) => ({
        lots: each.lots,
        costTickLots: each.costTickLots,
        lastFillAt: each.lastFillAt ?? null,
      })),
      settled: this.#settlements.map((each) => each.save()),
      countedUpTo: [...this.#countedUpTo].map((at) => (Number.isFinite(at) ? at : null)),
      clocks: this.clocks.save(),
    });
  }

  /** Takes over a snapshot; links are down until they are told to be up. @throws {BrokenSnapshot} */
  restore(snapshot: JsonValue): void {
    const saved = openSnapshot(snapshot, SNAPSHOT_VERSION) as SavedState;
    assert(
      saved.positions.length === this.#positions.length,
      "a snapshot has this run's instruments",
    );
    this.#ledger.restore(saved.ledger);
    saved.positions.forEach((from, index) => {
      const to = this.#positions[index] as Position;
      to.lots = from.lots as PositionLots;
      to.costTickLots = from.costTickLots;
      to.lastFillAt = from.lastFillAt === null ? undefined : (from.lastFillAt as TimeUs);
      (this.#settlements[index] as Settlements).restore(saved.settled[index] ?? []);
      this.#countedUpTo[index] = saved.countedUpTo?.[index] ?? Number.NEGATIVE_INFINITY;
    });
    this.clocks.restore(saved.clocks ?? []);
    this.#linksUp.fill(false);
  }
}

type SavedState = Readonly<{
  ledger: readonly string[];
  positions: readonly Readonly<{ lots: number; costTickLots: number; lastFillAt: number | null }>[];
  /** Moments of settlements, by instrument. */
  settled: readonly (readonly number[])[];
  /** Absent in what was saved before there were any. */
  countedUpTo?: readonly (number | null)[];
  clocks?: SavedClocks;
}>;
