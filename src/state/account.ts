// Our belief about one venue's account: the ledger's cash, and what is held, marked at the mid of the local books.

import type { AccountView, BookView } from "../ports/view.ts";
import type { Ledger } from "./ledger.ts";
import type { Position } from "./position.ts";

/** One instrument of the account. `units` are ledger units of the account in one tick × lot. */
export type AccountSeat = Readonly<{
  instrument: number;
  position: Position;
  units: bigint;
  book: BookView;
}>;

export class Account implements AccountView {
  readonly #venue: number;
  readonly #ledger: Ledger;
  readonly #seats: readonly AccountSeat[];
  #earlierPnl = 0n;

  constructor(venue: number, ledger: Ledger, seats: readonly AccountSeat[]) {
    this.#venue = venue;
    this.#ledger = ledger;
    this.#seats = seats;
  }

  get cash(): bigint {
    let cash = this.#ledger.cash(this.#venue);
    for (const seat of this.#seats) cash += this.#ledger.balance(seat.instrument, "position");
    return cash;
  }

  get realised(): bigint {
    let realised = 0n;
    for (const seat of this.#seats) realised -= this.#ledger.balance(seat.instrument, "trading");
    return realised;
  }

  get fees(): bigint {
    let fees = 0n;
    for (const seat of this.#seats) fees += this.#ledger.balance(seat.instrument, "fees");
    return fees;
  }

  get funding(): bigint {
    let funding = 0n;
    for (const seat of this.#seats) funding -= this.#ledger.balance(seat.instrument, "funding");
    return funding;
  }

  get pnl(): bigint {
    return this.realised - this.fees + this.funding;
  }

  get sessionPnl(): bigint {
    return this.pnl - this.#earlierPnl;
  }

  /** What was made until now belongs to earlier sessions. */
  beginSession(): void {
    this.#earlierPnl = this.pnl;
  }

  /** A position whose book has an empty side counts at what it cost; half a ledger unit is rounded down. */
  equity(): bigint {
    let twice = 2n * this.#ledger.cash(this.#venue);
    for (const { position, units, book } of this.#seats) {
      const { lots } = position;
      if (lots === 0) continue;
      const bid = book.bestBid();
      const ask = book.bestAsk();
      const twiceValue =
        bid === undefined || ask === undefined
          ? 2n * BigInt(position.costTickLots)
          : BigInt(bid + ask) * BigInt(lots);
      twice += twiceValue * units;
    }
    return twice >> 1n;
  }
}
