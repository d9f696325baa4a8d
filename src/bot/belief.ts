// What an event does to belief, and nothing else: no command follows from here, so that a journal told again after a
// crash does exactly what the events did when they came. Own events (a timeout, a fill that only a report knows) are
// in the journal like the venue's, and take the same way.

import { unreachable } from "../domain/assert.ts";
import type {
  AccountReported,
  Event,
  OrderAccepted,
  OrderClosed,
  OrderFilled,
} from "../domain/event.ts";
import type { InstrumentId, Side, TimeUs } from "../domain/units.ts";
import { signOf } from "../domain/units.ts";
import type { FillProcessor } from "../execution/fill-processor.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import { isTerminal } from "../execution/order-transitions.ts";
import type { OrderFact, OrderFindings } from "../state/order-reconciliation.ts";
import { orderFindings } from "../state/order-reconciliation.ts";
import type { Drift, ReconciliationConfig } from "../state/reconciliation.ts";
import { driftOf, driftText, isAlarming, noteUnexplained } from "../state/reconciliation.ts";
import type { ShadowLedger } from "../state/shadow-ledger.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Notes } from "./notes.ts";

export type BeliefParts = Readonly<{
  state: StateStore;
  shadow: ShadowLedger;
  tracker: OrderTracker;
  fills: FillProcessor;
  notes: Notes;
  /** Absent: drift is noted, open orders are not compared. */
  reconciliation: ReconciliationConfig | undefined;
}>;

const NO_ORDERS: readonly OrderFact[] = [];

export class Belief {
  readonly #state: StateStore;
  readonly #shadow: ShadowLedger;
  readonly #tracker: OrderTracker;
  readonly #fills: FillProcessor;
  readonly #notes: Notes;
  #reconciliation: ReconciliationConfig | undefined;
  /** What the last report showed, where open orders are compared. */
  findings: OrderFindings | undefined;
  /** Orders over whose end counted fills that never came: they are taken over, and count as open until they are. */
  overdue: readonly OrderFact[] = NO_ORDERS;
  drifts: readonly Drift[] = [];

  constructor(parts: BeliefParts) {
    this.#state = parts.state;
    this.#shadow = parts.shadow;
    this.#tracker = parts.tracker;
    this.#fills = parts.fills;
    this.#notes = parts.notes;
    this.#reconciliation = parts.reconciliation;
  }

  /** From the next report on; absent, drift is noted and open orders are not compared. */
  reconcileBy(reconciliation: ReconciliationConfig | undefined): void {
    this.#reconciliation = reconciliation;
  }

  /** A report with the moment it was made at by our clock: what we did and heard is held against it. */
  inOurTime(report: AccountReported): AccountReported {
    const { venue, venueAt, at } = report;
    const ours = this.#state.clocks.ours(venue, venueAt, at);
    if (ours === venueAt) return report;
    const { kind, balance, positions, openOrders } = report;
    return { kind, at, venueAt: ours, venue, balance, positions, openOrders };
  }

  /**
   * What a strategy hears of an event. The refusal of a copy, for an id the venue has seen, says nothing of our order
   * but that it got there; nothing at all where we know more.
   */
  retold(event: Event): Event | undefined {
    if (event.kind === "AccountReported") return this.inOurTime(event);
    if (event.kind !== "OrderRefused" || event.reason !== "duplicate-order-id") return event;
    const { at, venueAt, instrument, orderId, request } = event;
    const order = this.#tracker.find(orderId);
    if (order === undefined) return event;
    if (order.state !== "unknown") return undefined;
    return { kind: "OrderUnknown", at, venueAt, instrument, orderId, request, cause: "timed-out" };
  }

  apply(event: Event): void {
    switch (event.kind) {
      case "BookChanged":
      case "TradePrinted":
      case "BarClosed":
      case "TimerFired":
      case "CancelScheduled":
        break;
      case "AccountReported":
        this.#state.clocks.heard(event.venue, event.venueAt, event.at);
        this.#reconcile(this.inOurTime(event), event.venueAt);
        break;
      case "OrderAccepted":
        this.#heardOfOrder(event);
        this.#tracker.accepted(event);
        break;
      case "OrderRefused":
        // What our own rules refused never left: no order of ours is another for it.
        if (event.reason !== "risk") this.#tracker.refused(event);
        break;
      case "OrderFilled":
        this.#heardOfOrder(event);
        this.#filled(event);
        break;
      case "OrderClosed":
        this.#heardOfOrder(event);
        this.#fills.closed(event);
        break;
      case "OrderUnknown":
        this.#tracker.unknown(event);
        break;
      case "FundingPaid":
        if (!this.#state.funded(event)) {
          this.#notes.note(`funding of ${event.instrument} was booked before`, event.at);
        }
        break;
      case "LinkChanged":
        this.#state.linkChanged(event);
        break;
      default:
        unreachable(event);
    }
  }

  #filled(event: OrderFilled): void {
    const { instrument, side } = event;
    if (this.#shadow.unexplained(instrument) === 0) {
      this.#fills.filled(event);
      return;
    }
    const before = this.#worst(instrument, side);
    this.#fills.filled(event);
    this.#shadow.explain(instrument, this.#worst(instrument, side) - before);
  }

  /** The position once all that may fill on a side has filled. */
  #worst(instrument: InstrumentId, side: Side): number {
    const { lots } = this.#state.position(instrument);
    return lots + signOf(side) * this.#shadow.lots(instrument, side);
  }

  /** What we tell ourselves bears the stamp of what it follows from, and so teaches nothing wrong of a clock. */
  #heardOfOrder({ instrument, venueAt, at }: OrderAccepted | OrderFilled | OrderClosed): void {
    const { clocks, instruments } = this.#state;
    const venue = instruments[instrument]?.venue;
    if (venue !== undefined) clocks.heard(venue, venueAt, at);
  }

  /** Drift is written down, and what the policy makes ours is ours; what else follows is the caretaker's. */
  #reconcile(event: AccountReported, madeAt: TimeUs): void {
    if (this.#reconciliation !== undefined) this.#compareOrders(event, this.#reconciliation);
    const agrees =
      this.#reconciliation === undefined
        ? undefined
        : (id: InstrumentId) => this.#agrees(event, id);
    const reading = { report: event, madeAt };
    noteUnexplained(reading, this.#state, this.#shadow, (id, side) =>
      this.#stands(event, id, side),
    );
    this.drifts = driftOf(reading, this.#state, this.#shadow, agrees);
    for (const drift of this.drifts) {
      const text = driftText(drift);
      if (isAlarming(drift)) this.#notes.alert("error", "drift", text, event.at);
      else this.#notes.note(text, event.at);
    }
  }

  #compareOrders(event: AccountReported, config: ReconciliationConfig): void {
    const open: OrderFact[] = [];
    for (const { id, venue } of this.#state.instruments) {
      if (venue === event.venue) open.push(...(this.#tracker.openOrders(id) as OrderFact[]));
    }
    const findings = orderFindings(event, {
      open,
      find: (id) => this.#tracker.find(id),
      isOver: isTerminal,
      graceUs: config.graceUs,
    });
    this.findings = findings;
    for (const orphan of findings.orphans) {
      const { orderId, side, leaves, price, instrument } = orphan;
      const text = `order ${orderId} is open at the venue and not ours to our knowledge`;
      const what = `${side} of ${leaves} lots at ${price} on ${instrument}, policy ${config.orphans}`;
      this.#notes.alert("error", "orphan-order", `${text}: ${what}`, event.at);
      // Counted in every limit from now on, until its end is known.
      if (config.orphans === "cancel") this.#tracker.adopt(orphan, event);
    }
    // One that the report shows open again is not over: what its end counted may yet fill.
    this.overdue = this.#overdue((event.venueAt - config.graceUs) as TimeUs, config);
  }

  /** Where nothing is taken over, or nobody knows at what price, what never came is not waited for any longer. */
  #overdue(before: TimeUs, config: ReconciliationConfig): readonly OrderFact[] {
    const overdue = this.#tracker.overdue(before);
    if (overdue.length === 0) return NO_ORDERS;
    const isTaken = ({ price, closedAt }: OrderFact) =>
      config.drift === "adopt" && price !== undefined && Number.isFinite(closedAt);
    for (const order of overdue) if (!isTaken(order)) this.#tracker.release(order);
    return overdue.filter(isTaken);
  }

  /** Lots of a side that may fill, and that a report shows as still to be filled. */
  #stands({ openOrders }: AccountReported, id: InstrumentId, side: Side): number {
    let lots = 0;
    for (const { orderId, leaves } of openOrders) {
      const order = this.#tracker.find(orderId);
      if (order?.instrument !== id || order.side !== side || order.reduceOnly) continue;
      if (!isTerminal(order.state)) lots += Math.min(leaves, order.reserved);
    }
    return lots;
  }

  /**
   * Is everything that may still fill open in the report, with just the lots we believe are left, or did it leave after the
   * report was asked for, and so perhaps after it was made? What was asked of an order since changes nothing of that.
   */
  #agrees(event: AccountReported, id: InstrumentId): boolean {
    const earliest = Math.min(event.venueAt, this.#state.clocks.askedAt(event.venue));
    let left = 0;
    for (const order of this.#tracker.openOrders(id) as readonly OrderFact[]) {
      const reported = event.openOrders.find((each) => each.orderId === order.orderId);
      if (reported === undefined && order.sentAt >= earliest) {
        left += order.reserved;
        continue;
      }
      const leaves = order.size - order.filled;
      if (reported?.leaves !== leaves) return false;
      left += leaves;
    }
    return this.#shadow.total(id) === left;
  }
}
