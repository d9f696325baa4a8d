// Double entry: what we believe to have in money, exactly. Every posting takes from one account what it gives to
// others, so all accounts together are always zero. Trades never round; fees and funding come rounded by the venue.
// One ledger a run, in one unit of money per venue (see money-scale.ts); it knows nothing of prices or orders.

import { assert } from "../domain/assert.ts";

/** The accounts of one venue: what is there, and what was put in at the start (its negative). */
const VENUE_ACCOUNTS = ["cash", "opening"] as const;

/**
 * The accounts of one instrument. Position is what the holding cost; the others are results and stand negative when
 * they are in our favour, as income does in double entry. Residual is what corrections and lot remainders leave.
 */
const INSTRUMENT_ACCOUNTS = ["position", "trading", "fees", "funding", "residual"] as const;

export type InstrumentAccount = (typeof INSTRUMENT_ACCOUNTS)[number];

export class Ledger {
  readonly #balances: bigint[];
  readonly #venues: number;
  /** The venue of each instrument. */
  readonly #venueOf: readonly number[];

  constructor(startingCash: readonly bigint[], venueOf: readonly number[]) {
    this.#venues = startingCash.length;
    this.#venueOf = venueOf;
    const accounts =
      this.#venues * VENUE_ACCOUNTS.length + venueOf.length * INSTRUMENT_ACCOUNTS.length;
    this.#balances = new Array<bigint>(accounts).fill(0n);
    startingCash.forEach((cash, venue) => {
      this.#transfer(this.#openingOf(venue), this.#cashOf(venue), cash);
    });
  }

  /**
   * A trade: `cash` flows (negative when we buy), what is held comes to cost `cost` more, and `profit` is realised.
   * The three are worked out apart and must agree: cash + cost = profit.
   */
  trade(instrument: number, cash: bigint, cost: bigint, profit: bigint): void {
    if (cash + cost !== profit) {
      assert(false, `a trade's posting sums to zero, was ${cash} ${cost} ${profit}`);
    }
    const balances = this.#balances;
    const account = this.#accountOf(instrument);
    const cashAccount = this.#cashOf(this.#venueOf[instrument] as number);
    balances[cashAccount] = (balances[cashAccount] as bigint) + cash;
    balances[account] = (balances[account] as bigint) + cost;
    if (profit !== 0n) balances[account + 1] = (balances[account + 1] as bigint) - profit;
  }

  /** A fee was paid; a rebate is negative. */
  fee(instrument: number, paid: bigint): void {
    const cash = this.#cashOf(this.#venueOf[instrument] as number);
    this.#transfer(cash, this.#accountOf(instrument) + 2, paid);
  }

  /** Funding was received; paid is negative. */
  funding(instrument: number, received: bigint): void {
    const cash = this.#cashOf(this.#venueOf[instrument] as number);
    this.#transfer(this.#accountOf(instrument) + 3, cash, received);
  }

  /** A correction of what we believed: `amount` appears in cash, and its reason is the residual. */
  correct(instrument: number, amount: bigint): void {
    const cash = this.#cashOf(this.#venueOf[instrument] as number);
    this.#transfer(this.#accountOf(instrument) + 4, cash, amount);
  }

  /** Every cash flow of a venue with the starting cash: what would be there if holdings were worth nothing. */
  cash(venue: number): bigint {
    return this.#balances[this.#cashOf(venue)] as bigint;
  }

  /** The balance of an instrument's account; income is negative. */
  balance(instrument: number, account: InstrumentAccount): bigint {
    return this.#balances[
      this.#accountOf(instrument) + INSTRUMENT_ACCOUNTS.indexOf(account)
    ] as bigint;
  }

  /** The sum over all accounts: zero, or a posting was not one. */
  total(): bigint {
    return this.#balances.reduce((sum, balance) => sum + balance, 0n);
  }

  /** Every balance, in the order of the accounts. */
  save(): readonly string[] {
    return this.#balances.map(String);
  }

  restore(saved: readonly string[]): void {
    assert(saved.length === this.#balances.length, "a saved ledger has the accounts of this run");
    saved.forEach((balance, account) => {
      this.#balances[account] = BigInt(balance);
    });
    assert(this.total() === 0n, "the accounts of a saved ledger sum to zero");
  }

  #transfer(from: number, to: number, amount: bigint): void {
    this.#balances[from] = (this.#balances[from] as bigint) - amount;
    this.#balances[to] = (this.#balances[to] as bigint) + amount;
  }

  #cashOf(venue: number): number {
    return venue * VENUE_ACCOUNTS.length;
  }

  #openingOf(venue: number): number {
    return venue * VENUE_ACCOUNTS.length + 1;
  }

  #accountOf(instrument: number): number {
    return this.#venues * VENUE_ACCOUNTS.length + instrument * INSTRUMENT_ACCOUNTS.length;
  }
}
