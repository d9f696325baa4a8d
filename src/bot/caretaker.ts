// The bot's own housekeeping, run on two timers of its own and on what the venue says: requests that time out, accounts
// polled and reconciled, stuck orders cancelled, breakers, the dead man's switch, and the level of degradation.
// It decides by the clock of events alone, and acts through the hands the bot lends it.

import type { AccountReported, Event } from "../domain/event.ts";
import type { OrderId, TimeUs, VenueId } from "../domain/units.ts";
import type { ExecutionGateway } from "../execution/execution-gateway.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import { isInFlight } from "../execution/order-transitions.ts";
import { SnapshotPoller } from "../execution/snapshot-poller.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { Rng } from "../ports/rng.ts";
import { DeadManSwitch } from "../risk/dead-man-switch.ts";
import type { Notice } from "../risk/graduated-response.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import type { VenueBreakers } from "../risk/venue-breakers.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Belief } from "./belief.ts";
import type { BotView } from "./bot-view.ts";
import { Degradation } from "./degradation.ts";
import { HaltedOrders } from "./halted-orders.ts";
import type { Hands } from "./hands.ts";
import { LinkWatch } from "./link-watch.ts";
import type { MachineryConfig } from "./machinery-config.ts";
import { eachOpen, someUnknown } from "./open-orders.ts";
import { isOwnTimer, REQUEST_TIMER, WATCH_TIMER } from "./own-timers.ts";
import type { OrderEvent } from "./report-keeper.ts";
import { ReportKeeper } from "./report-keeper.ts";
import { RequestDeadlines, unanswered } from "./request-deadlines.ts";
import { StuckOrders } from "./stuck-orders.ts";
import { VenueSwitches } from "./venue-switches.ts";

/** Did the event come from outside, or did the bot tell it itself? */
export type EventOrigin = "outside" | "own";

export type CaretakerParts = Readonly<{
  config: MachineryConfig;
  venues: readonly VenueId[];
  state: StateStore;
  tracker: OrderTracker;
  gateway: ExecutionGateway;
  risk: RiskEngine;
  breakers: VenueBreakers | undefined;
  belief: Belief;
  view: BotView;
  rng: Rng | undefined;
  hands: Hands;
}>;

export class Caretaker {
  readonly #parts: CaretakerParts;
  /** Deadlines of requests, where they have any; the bot tells it of each that leaves. */
  readonly requests: RequestDeadlines | undefined;
  readonly #reports: ReportKeeper;
  readonly #poller: SnapshotPoller | undefined;
  readonly #stuck: StuckOrders | undefined;
  readonly #halted: HaltedOrders;
  readonly #deadMan: DeadManSwitch | undefined;
  readonly #degradation: Degradation | undefined;
  readonly #switches: VenueSwitches | undefined;
  /** The venue of each instrument. */
  readonly #venueOf: readonly VenueId[];
  readonly #links: LinkWatch;
  /** Venues whose account is awaited since a restart. */
  readonly #awaited = new Set<VenueId>();
  #recovering = false;
  #started = false;
  /** When the outside was last heard: what refreshes the dead man's switch. */
  #heardAt = Number.NEGATIVE_INFINITY as TimeUs;

  constructor(parts: CaretakerParts) {
    const { config, venues, belief, view, hands } = parts;
    this.#parts = parts;
    const find = (id: OrderId) => parts.tracker.find(id);
    this.#reports = new ReportKeeper({ config: config.reconciliation, belief, view, hands, find });
    const { poll, deadManSwitch, degradation } = config;
    this.#poller = poll === undefined ? undefined : new SnapshotPoller(poll, venues.length);
    this.#deadMan = deadManSwitch === undefined ? undefined : new DeadManSwitch(deadManSwitch);
    this.#degradation = degradation === undefined ? undefined : new Degradation(degradation);
    const { venueSwitches, stuckOrderUs: afterUs, retry, requestTimeoutUs } = config;
    this.#stuck =
      afterUs === undefined
        ? undefined
        : new StuckOrders({ afterUs, retry, rng: parts.rng, hands });
    this.#halted = new HaltedOrders(config.watchEveryUs, parts);
    this.#switches =
      venueSwitches === undefined || venueSwitches.length === 0
        ? undefined
        : new VenueSwitches(venueSwitches, venues.length, hands);
    this.#venueOf = parts.state.instruments.map((each) => each.venue);
    this.#links = new LinkWatch(venues.length);
    this.requests =
      requestTimeoutUs === undefined ? undefined : new RequestDeadlines(requestTimeoutUs, parts);
  }

  /** The level, where it is kept. */
  get degradation(): Degradation | undefined {
    return this.#degradation;
  }

  /** A session begins: nothing opens until every venue has told its account and no order is unknown. */
  beginRecovery(cause: JournalSeq): void {
    const { venues, view, hands } = this.#parts;
    this.#recovering = true;
    for (const venue of venues) this.#awaited.add(venue);
    this.#start(view.now, cause);
    this.#judge(cause);
    eachOpen(this.#parts, (order) => {
      if (isInFlight(order.state)) hands.tell(unanswered(order, view.now));
    });
    for (const venue of venues) this.#ask(venue, cause);
    // What a halt cancelled may have died with the process that halted.
    if (this.#parts.risk.haltReason !== undefined) this.#cancelAll(venues, cause);
  }

  /** What an event that was applied obliges to, before the strategy hears of it. */
  heard(event: Event, cause: JournalSeq, origin: EventOrigin): void {
    if (!this.#started) this.#start(event.at, cause);
    switch (event.kind) {
      case "BookChanged":
      case "TradePrinted":
      case "BarClosed":
        this.#heardAt = event.at;
        this.#switches?.heard(this.#venueOf[event.instrument] as VenueId, event.at);
        return;
      case "TimerFired":
        if (event.timer === WATCH_TIMER) this.#watch(cause);
        else if (event.timer === REQUEST_TIMER) this.requests?.fired(cause);
        if (isOwnTimer(event.timer)) return;
        break;
      case "AccountReported":
        this.#reported(event, cause);
        break;
      case "LinkChanged":
        this.#links.changed(event, this.#parts.view.now);
        break;
      case "CancelScheduled":
        // What it says is the switch's own: that it was heard moves nothing on.
        this.#switches?.answered(event);
        return;
      case "FundingPaid":
        break;
      default:
        this.#heardOfOrder(event, cause, origin);
        return;
    }
    // The outside has spoken; a timer of the strategy's is not outside.
    if (origin === "outside" && event.kind !== "TimerFired") {
      const venue = "venue" in event ? event.venue : (this.#venueOf[event.instrument] as VenueId);
      this.#noteHeard(venue, event.at);
      this.#trip(event, venue, cause);
    }
    this.#judge(cause);
  }

  /** Orders change no fact by themselves; what they may set off is asked, the rest waits for the watch. */
  #heardOfOrder(event: OrderEvent, cause: JournalSeq, origin: EventOrigin): void {
    const venue = this.#venueOf[event.instrument] as VenueId;
    if (event.kind === "OrderClosed") this.#stuck?.settle(event.orderId);
    this.#reports.heardOfOrder(event, cause);
    this.#mayHaveRecovered();
    if (origin === "outside") this.#noteHeard(venue, event.at);
    // What we said ourselves is no failure of a venue, but that it did not answer is.
    if (origin === "outside" || event.kind === "OrderUnknown") this.#trip(event, venue, cause);
    const { gateway, risk } = this.#parts;
    if (!gateway.diskWrites || risk.haltReason !== undefined) this.#judge(cause);
    else this.#tellNotices();
  }

  #noteHeard(venue: VenueId, at: TimeUs): void {
    this.#heardAt = at;
    this.#switches?.heard(venue, at);
  }

  /** Brings the level of degradation to the facts. */
  #judge(cause: JournalSeq): void {
    const degradation = this.#degradation;
    const { risk, hands, view, gateway, breakers } = this.#parts;
    this.#tellNotices();
    if (degradation === undefined) {
      risk.takePosture(this.#recovering ? RECOVERING : undefined);
      return;
    }
    const { now } = view;
    const before = degradation.level;
    const changed = degradation.judge(
      {
        halted: risk.haltReason !== undefined,
        linkDownUs: this.#links.downUs(now),
        accountStale: this.#poller?.someStale(now) ?? false,
        breakerOpen: breakers?.anyOpen ?? false,
        diskFails: !gateway.diskWrites,
        deadManExpired: this.#deadMan?.expired ?? false,
        recovering: this.#recovering,
      },
      now,
    );
    risk.takePosture(degradation.posture);
    if (!changed) return;
    this.#tell(degradation.noticeAfter(before));
    if (degradation.level === "emergency" && risk.haltReason === undefined) {
      hands.halt(`degradation: ${degradation.reason}`, cause);
    }
  }

  #tellNotices(): void {
    const notices = this.#parts.risk.takeNotices();
    for (let index = 0; index < notices.length; index += 1) {
      this.#tell(notices[index] as Notice);
    }
  }

  #tell({ severity, rule, text }: Notice): void {
    if (severity === undefined) this.#parts.hands.note(text);
    else this.#parts.hands.alert(severity, rule, text);
  }

  #start(at: TimeUs, cause: JournalSeq): void {
    this.#started = true;
    this.#setWatch(cause);
    if (this.#parts.risk.haltReason === undefined) this.#switches?.arm(at, cause);
  }

  #setWatch(cause: JournalSeq): void {
    const { config, view, hands } = this.#parts;
    hands.setTimer(WATCH_TIMER, (view.now + config.watchEveryUs) as TimeUs, cause);
  }

  #watch(cause: JournalSeq): void {
    this.#setWatch(cause);
    const { view, venues, hands, gateway, breakers, risk, state } = this.#parts;
    const { now } = view;
    if (!gateway.diskWrites) gateway.commit();
    for (const venue of venues) if (!state.linkUp(venue)) this.#links.isDown(venue, now);
    for (const venue of venues) {
      const probes = breakers?.shouldProbe(venue, now) ?? false;
      if (probes || this.#poller?.isDue(venue, now)) this.#ask(venue, cause);
    }
    const stuck = this.#stuck;
    if (stuck !== undefined) eachOpen(this.#parts, (order) => stuck.look(order, now, cause));
    // Halted, whatever a failed cancel left behind goes when the venue's own time comes.
    if (risk.haltReason === undefined) this.#switches?.refresh(now, cause);
    else this.#halted.look(now, cause);
    this.#deadMan?.refresh(this.#heardAt);
    if (this.#deadMan?.check(now)) {
      const text = "dead man's switch expired: nothing was heard for too long";
      hands.alert("error", "dead-man-switch", text);
      this.#cancelAll(venues, cause);
    }
    this.#judge(cause);
  }

  #ask(venue: VenueId, cause: JournalSeq): void {
    const { hands, view } = this.#parts;
    const wasLost = this.#poller?.asked(venue, view.now) ?? false;
    if (wasLost && this.#parts.breakers?.failed(venue, view.now, "a question about the account")) {
      this.#cancelAll([venue], cause);
    }
    hands.send({ kind: "ReportAccount", venue }, cause);
  }

  #reported(event: AccountReported, cause: JournalSeq): void {
    this.#poller?.reported(this.#parts.belief.inOurTime(event));
    this.#reports.reported(event, cause);
    this.#awaited.delete(event.venue);
    this.#mayHaveRecovered();
  }

  #mayHaveRecovered(): void {
    if (!this.#recovering || this.#awaited.size > 0 || someUnknown(this.#parts)) return;
    this.#recovering = false;
    this.#parts.hands.note("recovered: every venue has told its account");
  }

  #trip(event: Event, venue: VenueId, cause: JournalSeq): void {
    // What our own restart left unanswered is no failure of the venue.
    if (this.#recovering && event.kind === "OrderUnknown") return;
    if (this.#parts.breakers?.heard(event, venue) !== true) return;
    const reason = this.#parts.breakers?.reason(venue) ?? "";
    const text = `circuit breaker of venue ${venue} trips: ${reason}`;
    this.#parts.hands.alert("error", "circuit-breaker", text);
    this.#cancelAll([venue], cause);
    this.#judge(cause);
  }

  #cancelAll(venues: readonly VenueId[], cause: JournalSeq): void {
    for (const venue of venues) {
      this.#parts.hands.send({ kind: "CancelAll", venue, instrument: undefined }, cause);
    }
  }
}

const RECOVERING = {
  rule: "recovering",
  reason: "not every venue has told its account since the restart",
  sizeShareBps: 0,
};
