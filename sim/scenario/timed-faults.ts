// Faults that strike at a second of the run: links that break, venues that refuse, hands in our account, feeds that
// freeze, clocks that jump. What the market itself does is in the tape.

import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Hooks } from "../checkers/checker.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import { accountStroke, removeOrders } from "../faults/account-strokes.ts";
import type { Fault } from "../faults/fault.ts";
import { RANK_ANSWER } from "./booked.ts";
import type { FaultCounters } from "./fault-counters.ts";
import { Spell } from "./spell.ts";
import type { Stage } from "./staging.ts";
import type { TroubledFeed } from "./troubled-feed.ts";
import type { TroubledWires } from "./troubled-wires.ts";
import type { VenueTrouble } from "./venue-trouble.ts";
import { SLOW_FOR_US } from "./venue-trouble.ts";

export type TimedFaultsParts = Readonly<{
  venues: readonly VenueTrouble[];
  feeds: readonly TroubledFeed[];
  wires: TroubledWires;
  counters: FaultCounters;
  stage: () => Stage;
  checkers: () => Required<Hooks>;
  troubled: (until: number) => void;
  later: (at: number, over: () => void) => void;
  shiftClock: (byUs: number) => void;
}>;

const FLAP_EVERY_US = 1_000_000;
const FLAP_DOWN_US = 500_000;
/** The catalogue: ties are permuted for ten seconds. */
const TIES_FOR_US = 10_000_000;

export class TimedFaults {
  readonly #parts: TimedFaultsParts;
  /** Feeds that broke off, said so, and have not been restated. */
  readonly #brokenFeeds = new Map<TroubledFeed, VenueId>();
  #strangers = 0;

  constructor(parts: TimedFaultsParts) {
    this.#parts = parts;
  }

  strike(fault: Fault): void {
    const { counters, troubled } = this.#parts;
    counters.fired(fault.kind);
    troubled(this.#now);
    switch (fault.site) {
      case "link":
        this.#link(fault);
        break;
      case "venue":
        this.#venue(fault);
        break;
      case "account":
        this.#account(fault);
        break;
      case "feed":
        this.#feed(fault);
        break;
      case "market":
        this.#market(fault);
        break;
      case "clock":
        this.#clock(fault);
        break;
      default:
    }
  }

  /** The venue is gone for good. */
  lose(venue: VenueId): void {
    const trouble = this.#parts.venues[venue] as VenueTrouble;
    if (trouble.gone) return;
    trouble.gone = true;
    this.#cut(venue, "venue-gone", Number.POSITIVE_INFINITY);
  }

  /** All is well again, but for what lasts for ever. */
  heal(): void {
    const { venues, feeds, stage } = this.#parts;
    const now = this.#now;
    for (const feed of feeds) feed.heal();
    for (const feed of [...this.#brokenFeeds.keys()]) this.#restated(feed);
    venues.forEach((trouble, venue) => {
      const wasDown = trouble.down.isOn(now);
      trouble.heal(now);
      if (trouble.gone) {
        stage().room.instruments.forEach((each) => {
          if (each.venue === venue) feeds[each.id]?.clock.freeze(Number.POSITIVE_INFINITY);
        });
      } else if (wasDown) this.#tellLink(venue as VenueId, "up", "all is well again");
    });
  }

  get #now(): TimeUs {
    return this.#parts.stage().room.clock.now();
  }

  #link(fault: Fault): void {
    const { kind, entity, parameter } = fault;
    const trouble = this.#parts.venues[entity] as VenueTrouble;
    const now = this.#now;
    const until = now + parameter;
    this.#parts.troubled(until);
    switch (kind) {
      case "link-down":
        this.#cut(entity as VenueId, kind, until);
        break;
      case "link-flapping":
        for (let at: number = now; at < until; at += FLAP_EVERY_US) {
          this.#parts.later(at, () => {
            if (!this.#parts.wires.isFair) this.#cut(entity as VenueId, kind, at + FLAP_DOWN_US);
          });
        }
        break;
      case "link-silent":
        trouble.silent.begin(kind, until);
        this.#freeze(entity, until);
        this.#resumesAt(trouble, until);
        break;
      case "answers-silent":
        trouble.expired.begin(kind, until);
        break;
      case "link-stalled":
        trouble.stalled.begin(kind, until);
        this.#freeze(entity, until);
        break;
      default:
    }
  }

  /** The link breaks and says so; when it is back it says so too, unless something longer began meanwhile. */
  #cut(venue: VenueId, kind: string, until: number): void {
    const trouble = this.#parts.venues[venue] as VenueTrouble;
    const now = this.#now;
    const wasDown = trouble.down.isOn(now);
    trouble.down.begin(kind, until);
    this.#parts.troubled(Number.isFinite(until) ? until : now);
    this.#freeze(venue, until);
    if (!wasDown) this.#tellLink(venue, "down", "the connection broke");
    if (!Number.isFinite(until)) return;
    this.#parts.later(until, () => {
      if (trouble.down.isOn(this.#now) || trouble.upSince >= until) return;
      trouble.upSince = this.#now;
      this.#tellLink(venue, "up", "the connection is back");
    });
  }

  #resumesAt(trouble: VenueTrouble, until: number): void {
    this.#parts.later(until, () => {
      if (!trouble.silent.isOn(this.#now)) trouble.upSince = Math.max(trouble.upSince, until);
    });
  }

  #venue(fault: Fault): void {
    const { kind, entity, parameter } = fault;
    const { venues, troubled } = this.#parts;
    const venue = entity as VenueId;
    if (kind === "venue-gone") {
      this.lose(venue);
      return;
    }
    troubled(this.#now + (kind === "venue-slow" ? parameter + SLOW_FOR_US : parameter));
    (venues[venue] as VenueTrouble).begin(fault, this.#now);
    if (kind !== "venue-maintenance") return;
    this.#act(kind, venue, "untold", (exchange, at) => removeOrders(exchange, "halted", at));
  }

  #account(fault: Fault): void {
    const { kind, entity, parameter } = fault;
    const venue = entity as VenueId;
    const { venues, wires, counters } = this.#parts;
    if (kind === "trading-forbidden") {
      (venues[venue] as VenueTrouble).forbidden = true;
      counters.effective(kind);
      return;
    }
    if (kind === "stranger-order" || kind === "second-instance") this.#strangers += 1;
    const stroke = accountStroke(fault, this.#strangers);
    if (stroke === undefined) return;
    if (kind === "second-instance") this.#strangers += parameter;
    wires.saysTwice = kind === "funding-told-twice";
    this.#act(kind, venue, stroke.isTold ? "told" : "untold", stroke.act);
    wires.saysTwice = false;
  }

  #feed(fault: Fault): void {
    const { kind, entity, parameter } = fault;
    const feed = this.#parts.feeds[entity];
    if (feed === undefined) return;
    this.#parts.troubled(this.#now + parameter);
    feed.strike(fault, this.#now);
    if (kind !== "feed-gap") return;
    const venue = this.#parts.stage().room.instruments[entity as InstrumentId]?.venue as VenueId;
    const trouble = this.#parts.venues[venue] as VenueTrouble;
    if (trouble.down.isOn(this.#now)) return;
    this.#brokenFeeds.set(feed, venue);
    this.#tellLink(venue, "down", "the feed broke off");
    this.#parts.later(feed.staleUntil, () => {
      // A later gap may have made it longer.
      if (this.#now >= feed.staleUntil) this.#restated(feed);
    });
  }

  /** A feed that broke off is whole again; while the link itself is down, that it comes back says it. */
  #restated(feed: TroubledFeed): void {
    const venue = this.#brokenFeeds.get(feed);
    if (venue === undefined) return;
    this.#brokenFeeds.delete(feed);
    const { down } = this.#parts.venues[venue] as VenueTrouble;
    if (!down.isOn(this.#now)) this.#tellLink(venue, "up", "the feed restated the book");
  }

  #market(fault: Fault): void {
    const { kind, entity, parameter } = fault;
    if (kind !== "market-halted" && kind !== "market-delisted") {
      // It is in the tape already.
      this.#parts.counters.effective(kind);
      return;
    }
    const venue = this.#parts.stage().room.instruments[entity]?.venue;
    if (venue === undefined) return;
    const { halted } = this.#parts.venues[venue] as VenueTrouble;
    const spell = halted.get(entity) ?? new Spell(this.#parts.counters);
    halted.set(entity, spell);
    if (kind === "market-halted") {
      spell.begin(kind, this.#now + parameter);
      this.#parts.troubled(this.#now + parameter);
      return;
    }
    spell.begin(kind, Number.POSITIVE_INFINITY);
    this.#act(kind, venue, "told", (exchange, at) => {
      const desk = exchange.desks.find((each) => each.instrument.id === entity);
      desk?.cancelAll("halted", at);
      return true;
    });
  }

  #clock({ kind, parameter }: Fault): void {
    if (kind === "ties-permuted") {
      this.#parts.wires.ties = { until: this.#now + TIES_FOR_US, word: parameter };
      this.#parts.counters.effective(kind);
      return;
    }
    this.#parts.shiftClock(kind === "clock-ahead" ? parameter : -parameter);
    this.#parts.counters.effective(kind);
  }

  /** Something is done at a venue past our wires. */
  #act(
    kind: string,
    venue: VenueId,
    isTold: "told" | "untold",
    act: (exchange: MockExchange, at: TimeUs) => boolean,
  ): void {
    const { wires, stage, checkers, counters } = this.#parts;
    const at = this.#now;
    stage().world.actAt(venue, at, (exchange) => {
      wires.isMuted = isTold === "untold";
      const did = act(exchange, at);
      wires.isMuted = false;
      if (!did) return;
      counters.effective(kind);
      checkers().intervened(venue);
    });
  }

  #freeze(venue: number, until: number): void {
    this.#parts.stage().room.instruments.forEach((each) => {
      if (each.venue === venue) this.#parts.feeds[each.id]?.clock.freeze(until);
    });
  }

  #tellLink(venue: VenueId, link: "up" | "down", cause: string): void {
    const at = this.#now;
    const event: Event = { kind: "LinkChanged", at, venueAt: at, venue, link, cause };
    this.#parts.stage().queue.push(at, RANK_ANSWER, event);
  }
}
