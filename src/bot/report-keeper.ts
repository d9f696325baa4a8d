// What follows from a venue's report: own events for what only the report knows, cancels for orphans, and the policy
// on drift. A drift, or a fill that nobody told us of, is acted on once two reports in a row, made at different moments,
// show the same: one read beside a fill in flight is no reason to trade, and one told twice is one. What both have came
// before the younger was made: a fill of its very moment is not among it. Sources: DESIGN §9 ruling 1; incident V12, H27.

import type { AccountReported, Event } from "../domain/event.ts";
import type { InstrumentId, OrderId, PriceTicks, SizeLots, TimeUs } from "../domain/units.ts";
import { NOT_OURS, takenOver } from "../execution/taken-over.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { View } from "../ports/view.ts";
import type { OrderFact, OrderFindings } from "../state/order-reconciliation.ts";
import type { Drift, ReconciliationConfig } from "../state/reconciliation.ts";
import { driftText } from "../state/reconciliation.ts";
import type { Belief } from "./belief.ts";
import type { Hands } from "./hands.ts";

export type OrderEvent = Extract<Event, Readonly<{ orderId: unknown }>>;

export class ReportKeeper {
  readonly #config: ReconciliationConfig;
  readonly #belief: Belief;
  readonly #view: View;
  readonly #hands: Hands;
  readonly #find: (id: OrderId) => OrderFact | undefined;
  /** What the last report of each venue showed, to be confirmed by the next. */
  readonly #seen: Set<string>[] = [];
  /** By venue: its youngest report's moment, by its own clock. */
  readonly #youngest: TimeUs[] = [];
  /** By venue and instrument: lots that a report had more than we believe in, and every report since. */
  readonly #suspected: Map<InstrumentId, number>[] = [];

  constructor(
    parts: Readonly<{
      config: ReconciliationConfig;
      belief: Belief;
      view: View;
      hands: Hands;
      /** An order that is open or was so recently. */
      find: (id: OrderId) => OrderFact | undefined;
    }>,
  ) {
    this.#config = parts.config;
    this.#belief = parts.belief;
    this.#view = parts.view;
    this.#hands = parts.hands;
    this.#find = parts.find;
  }

  reported(report: AccountReported, cause: JournalSeq): void {
    const { findings, drifts, overdue } = this.#belief;
    const isYounger = report.venueAt > (this.#youngest[report.venue] ?? Number.NEGATIVE_INFINITY);
    if (isYounger) this.#youngest[report.venue] = report.venueAt;
    const confirmed = (isYounger ? this.#seen[report.venue] : undefined) ?? new Set<string>();
    const seen = new Set<string>();
    this.#seen[report.venue] = seen;
    if (findings !== undefined) this.#orders(findings, report, cause, { confirmed, seen });
    for (const order of overdue) this.#overdue(order);
    this.#judgeDrifts(drifts, isYounger, report, cause);
  }

  /**
   * While we trade, both numbers move from report to report, and hardly one finds an order book at rest: what is
   * confirmed is the difference, and only a report without it, at rest or not, clears the suspicion.
   */
  #judgeDrifts(
    drifts: readonly Drift[],
    mayConfirm: boolean,
    report: AccountReported,
    cause: JournalSeq,
  ): void {
    let suspected = this.#suspected[report.venue];
    if (suspected === undefined) {
      if (drifts.length === 0) return;
      suspected = new Map();
      this.#suspected[report.venue] = suspected;
    }
    for (const [instrument, missing] of suspected) {
      if (this.#missing(instrument, report) !== missing) suspected.delete(instrument);
    }
    for (const drift of drifts) {
      const missing = drift.truth - drift.belief;
      const isConfirmed = mayConfirm && suspected.get(drift.instrument) === missing;
      // What was taken over is settled: the same number again is another drift, to be confirmed anew.
      if (isConfirmed && this.#drift(drift, report, cause)) suspected.delete(drift.instrument);
      else suspected.set(drift.instrument, missing);
    }
  }

  #missing(id: InstrumentId, report: AccountReported): number {
    const reported = report.positions.find((each) => each.instrument === id)?.lots ?? 0;
    return reported - this.#view.position(id).lots;
  }

  #orders(
    findings: OrderFindings,
    report: AccountReported,
    cause: JournalSeq,
    twice: Readonly<{ confirmed: ReadonlySet<string>; seen: Set<string> }>,
  ): void {
    if (this.#config.orphans === "cancel") {
      for (const { instrument, orderId } of findings.orphans) {
        this.#hands.send({ kind: "CancelOrder", instrument, orderId }, cause);
      }
    }
    for (const { order, reported } of findings.found) {
      this.#tell(order, report.venueAt, {
        kind: "OrderAccepted",
        request: "place",
        price: reported.price,
        size: foundSize(order, reported.leaves),
      });
    }
    for (const { order, missing } of findings.short) {
      const key = `short ${order.orderId} ${order.filled} ${missing}`;
      twice.seen.add(key);
      if (twice.confirmed.has(key)) this.#short(order, missing, report);
    }
    for (const order of findings.vanished) this.#vanished(order, report, cause);
  }

  /** Something was said of an order: if a report missed it, its venue has perhaps answered whether it is there. */
  heardOfOrder(event: OrderEvent, cause: JournalSeq): void {
    if (event.kind !== "OrderUnknown" && event.kind !== "OrderRefused") return;
    const order = this.#find(event.orderId);
    if (order?.isMissing !== true || order.state !== "unknown") return;
    if (order.isDenied) this.#over(order, event.venueAt);
    else if (event.kind === "OrderUnknown" && event.cause === "not-found") this.#ask(order, cause);
  }

  /**
   * That a report leaves an order out proves nothing: lists lag, and are cut. It is of unknown outcome from now on, and
   * its venue is asked for it by its id, with a cancel, which every venue answers: it is over when that does not find
   * it either, with the fills we saw. Source: fault catalogue F16.
   */
  #vanished(order: OrderFact, report: AccountReported, cause: JournalSeq): void {
    if (order.isMissing && order.state === "unknown") {
      if (order.isDenied) this.#over(order, report.venueAt);
      else this.#ask(order, cause);
      return;
    }
    const unknown = { kind: "OrderUnknown", request: "place", cause: "not-found" };
    this.#tell(order, report.venueAt, unknown);
  }

  #ask({ instrument, orderId }: OrderFact, cause: JournalSeq): void {
    this.#hands.send({ kind: "CancelOrder", instrument, orderId }, cause);
  }

  #over(order: OrderFact, venueAt: TimeUs): void {
    this.#tell(order, venueAt, { kind: "OrderClosed", reason: "cancelled", filled: order.filled });
  }

  #short(order: OrderFact, missing: number, report: AccountReported): void {
    const text = `order ${order.orderId} has ${missing} lots fewer left than its fills say`;
    this.#hands.alert("error", "missing-fill", `${text}, policy ${this.#config.drift}`);
    if (this.#config.drift === "adopt") this.#takeOver(order, missing, justBefore(report));
  }

  /** Its venue said itself, at the order's end, that they were filled. */
  #overdue(order: OrderFact): void {
    const text = `order ${order.orderId} ended with ${order.reserved} lots filled that no fill told of`;
    this.#hands.alert("error", "missing-fill", `${text}, policy ${this.#config.drift}`);
    this.#takeOver(order, order.reserved, order.closedAt);
  }

  #takeOver(order: OrderFact, missing: number, venueAt: TimeUs): void {
    const { instrument, orderId, side, price, filled } = order;
    if (price === undefined) return;
    const lots = { size: missing as SizeLots, cumulative: (filled + missing) as SizeLots };
    const times = { at: this.#view.now, venueAt };
    const about = { instrument, orderId, side, price, liquidity: "maker" } as const;
    this.#hands.tell(takenOver({ ...times, ...about, ...lots }));
  }

  /** True when the difference is ours from now on. */
  #drift(drift: Drift, report: AccountReported, cause: JournalSeq): boolean {
    const { drift: policy } = this.#config;
    if (policy === "alert") return false;
    if (policy === "halt") {
      this.#hands.halt(driftText(drift), cause);
      return false;
    }
    const price = this.#priceOf(drift.instrument);
    if (price === undefined) {
      this.#hands.note(
        `drift of instrument ${drift.instrument} waits for a price to be adopted at`,
      );
      return false;
    }
    const missing = drift.truth - drift.belief;
    const size = Math.abs(missing) as SizeLots;
    const times = { at: this.#view.now, venueAt: justBefore(report) };
    const text = `${missing} lots of instrument ${drift.instrument} are adopted`;
    this.#hands.alert("error", "drift", text);
    const side = missing > 0 ? "bid" : "ask";
    const { instrument } = drift;
    const fill = { instrument, orderId: NOT_OURS, side, price, size, cumulative: size } as const;
    this.#hands.tell(takenOver({ ...times, ...fill, liquidity: "taker" }));
    return true;
  }

  /** The mid of the book, or else what the position cost on average. */
  #priceOf(id: InstrumentId): PriceTicks | undefined {
    const book = this.#view.book(id);
    const bid = book.bestBid();
    const ask = book.bestAsk();
    if (bid !== undefined && ask !== undefined) return Math.floor((bid + ask) / 2) as PriceTicks;
    const { lots, costTickLots } = this.#view.position(id);
    return lots === 0 ? undefined : (Math.round(costTickLots / lots) as PriceTicks);
  }

  #tell(order: OrderFact, venueAt: TimeUs, body: object): void {
    const { instrument, orderId } = order;
    const times = { at: this.#view.now, venueAt };
    this.#hands.tell({ ...body, ...times, instrument, orderId } as Event);
  }
}

/** What two reports have came before the younger was made; of its own moment, nobody can tell. */
function justBefore({ venueAt }: AccountReported): TimeUs {
  return (venueAt - 1) as TimeUs;
}

/**
 * The size of an order that a report shows with so many lots left: as it was asked for, for what is less is fills on
 * their way to us. Whether an amend that nobody answered was carried out, only what is left can tell.
 */
function foundSize({ size, askedSize, filled }: OrderFact, leaves: number): SizeLots {
  const told = filled + leaves;
  return (askedSize === size ? Math.max(size, told) : told) as SizeLots;
}
