// What a strategy and the risk rules may see: our belief, read-only, as of the event being handled.

import type { TimeInForce } from "../domain/command.ts";
import type { Instrument } from "../domain/instrument.ts";
import type {
  InstrumentId,
  OrderId,
  PositionLots,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
  VenueId,
} from "../domain/units.ts";

/** One price level. */
export type Level = Readonly<{ price: PriceTicks; size: SizeLots }>;

/** The book as we have received it; truth may have moved on. */
export interface BookView {
  bestBid(): PriceTicks | undefined;
  bestAsk(): PriceTicks | undefined;
  /** Displayed lots at a price, 0 when the level is empty. */
  sizeAt(side: Side, price: PriceTicks): SizeLots;
  /** The best `depth` non-empty levels, best first. Makes objects: not for every wake-up. */
  levels(side: Side, depth: number): readonly Level[];
  /** False until the first snapshot, and after a gap until the next one. */
  readonly fresh: boolean;
  /** When the last row was received; −Infinity before the first. */
  readonly updatedAt: TimeUs;
}

/** Sent: no answer yet. Cancelling, amending: live with a request in flight. Unknown: counts as live for every limit. */
export type OrderState =
  | "sent"
  | "live"
  | "cancelling"
  | "amending"
  | "unknown"
  | "filled"
  | "cancelled"
  | "refused";

/** One of our orders, as we believe it to be. */
export type OrderView = Readonly<{
  orderId: OrderId;
  instrument: InstrumentId;
  side: Side;
  /** undefined for a market order */
  price: PriceTicks | undefined;
  size: SizeLots;
  filled: SizeLots;
  state: OrderState;
  timeInForce: TimeInForce;
  reduceOnly: boolean;
  sentAt: TimeUs;
}>;

/** Our belief about one instrument. Money is in ledger units of the quote currency. */
export interface PositionView {
  readonly lots: PositionLots;
  /** Σ signed price × lots of what is held, in tick-lots: cost / lots is the average entry price in ticks. */
  readonly costTickLots: number;
  readonly lastFillAt: TimeUs | undefined;
}

/** Our belief about one venue's account, ledger units. */
export interface AccountView {
  /** Starting balance + trading − fees + funding, realised parts only. */
  readonly cash: bigint;
  readonly realised: bigint;
  readonly fees: bigint;
  readonly funding: bigint;
  /** realised − fees + funding, of all sessions: it comes through a crash and a restart. */
  readonly pnl: bigint;
  /** The same since this session began; a run that never restarts has one session. */
  readonly sessionPnl: bigint;
  /** cash plus open positions marked at the mid of the local book. */
  equity(): bigint;
}

/** How far what we see can be trusted. */
export interface HealthView {
  /** Is the venue's link up? */
  linkUp(venue: VenueId): boolean;
  /** µs since the book of the instrument was last received. */
  staleness(instrument: InstrumentId): number;
  readonly degradation: "normal" | "degraded" | "critical" | "emergency";
}

export interface View {
  readonly now: TimeUs;
  instrument(id: InstrumentId): Instrument;
  book(id: InstrumentId): BookView;
  position(id: InstrumentId): PositionView;
  /** Orders not yet over, ascending by order id (the order they were placed in). */
  openOrders(id: InstrumentId): readonly OrderView[];
  account(venue: VenueId): AccountView;
  readonly health: HealthView;
}
