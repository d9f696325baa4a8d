// All that is wrong with one venue and the wires to it, and what it makes of a command at the door.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { AccountReported, Event, RefusalReason } from "../../src/domain/event.ts";
import type { Fault, FaultPlan } from "../faults/fault.ts";
import { FaultCursor } from "../faults/fault-cursor.ts";
import type { MomentLog } from "../faults/moments.ts";
import type { FaultCounters } from "./fault-counters.ts";
import { Spell } from "./spell.ts";

/** Reports kept to be told again as old ones. */
const REPORTS_KEPT = 8;

/** What becomes of a command: carried out, refused, or of unknown outcome. */
export type Fate = "passes" | "unknown" | Readonly<{ refused: RefusalReason }>;

export class VenueTrouble {
  readonly requests: FaultCursor;
  readonly answers: FaultCursor;
  /** Messages so far, each way. */
  sent = 0;
  said = 0;
  /** Commands on their way or held at the door, and answers on theirs. */
  inFlight = 0;
  answersOnWire = 0;
  /** Nothing passes, and both ends know; with `silent`, they do not; `expired` stops what is said of orders alone. */
  readonly down: Spell;
  readonly silent: Spell;
  readonly expired: Spell;
  readonly stalled: Spell;
  readonly slow: Spell;
  slowUs = 0;
  /** What was said before is not said again. */
  upSince = Number.NEGATIVE_INFINITY;
  gone = false;
  forbidden = false;
  readonly unavailable: Spell;
  readonly stampsRefused: Spell;
  readonly cancelOnly: Spell;
  readonly postOnly: Spell;
  readonly limited: Spell;
  readonly storm: Spell;
  /** By instrument: trading is halted, or will never be taken up again. */
  readonly halted = new Map<number, Spell>();
  readonly #spells: readonly Spell[];
  readonly #reports: AccountReported[] = [];

  constructor(plan: FaultPlan, venue: number, counters: FaultCounters, moments?: MomentLog) {
    this.requests = new FaultCursor(plan, "request", venue, moments);
    this.answers = new FaultCursor(plan, "answer", venue, moments);
    const spell = () => new Spell(counters);
    this.down = spell();
    this.silent = spell();
    this.expired = spell();
    this.stalled = spell();
    this.slow = spell();
    this.unavailable = spell();
    this.stampsRefused = spell();
    this.cancelOnly = spell();
    this.postOnly = spell();
    this.limited = spell();
    this.storm = spell();
    this.#spells = [
      this.down,
      this.silent,
      this.expired,
      this.stalled,
      this.slow,
      this.unavailable,
      this.stampsRefused,
      this.cancelOnly,
      this.postOnly,
      this.limited,
      this.storm,
    ];
  }

  /** Something of ours is on its way to the venue, or its answer back. */
  get isBusy(): boolean {
    return this.inFlight + this.answersOnWire > 0;
  }

  /** All is well again, but for what lasts for ever. */
  heal(now: number): void {
    // What is on a wire that works arrives all the same.
    if (this.down.isOn(now) || this.silent.isOn(now)) this.upSince = now;
    for (const each of this.#spells) each.end();
    for (const each of this.halted.values()) if (Number.isFinite(each.until)) each.end();
    if (this.gone) this.down.begin("venue-gone", Number.POSITIVE_INFINITY);
  }

  /** Does nothing pass now, either way? */
  isCut(at: number): boolean {
    return this.down.meets(at) || this.silent.meets(at);
  }

  /** Is this answer lost on the way, said at `venueAt` and due now? */
  loses(event: Event, at: number): boolean {
    if (this.isCut(at) || event.venueAt < this.upSince) return true;
    return event.kind !== "AccountReported" && this.expired.meets(at);
  }

  /** What the venue, in the state it is in, makes of a command. */
  fateOf(command: VenueCommand, at: number): Fate {
    if (this.unavailable.meets(at) || this.stampsRefused.meets(at)) return "unknown";
    if (this.limited.meets(at)) return { refused: "rate-limited" };
    if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return "passes";
    if (this.halted.get(command.instrument)?.meets(at) === true) return { refused: "halted" };
    if (this.forbidden || this.cancelOnly.meets(at)) return { refused: "halted" };
    if (command.kind !== "PlaceOrder") return "passes";
    const isPostOnly = command.timeInForce === "POST_ONLY";
    if (!isPostOnly && this.postOnly.meets(at)) return { refused: "halted" };
    if (isPostOnly && this.storm.meets(at)) return { refused: "post-only-would-cross" };
    return "passes";
  }

  /** A venue-site fault begins. */
  begin({ kind, parameter }: Fault, now: number): void {
    const until = now + parameter;
    switch (kind) {
      case "venue-unavailable":
      case "venue-maintenance":
        this.unavailable.begin(kind, until);
        break;
      case "venue-cancel-only":
        this.cancelOnly.begin(kind, until);
        break;
      case "venue-post-only":
        this.postOnly.begin(kind, until);
        break;
      case "rate-limited":
        this.limited.begin(kind, until);
        break;
      case "post-only-storm":
        this.storm.begin(kind, until);
        break;
      case "stamps-refused":
        this.stampsRefused.begin(kind, until);
        break;
      case "venue-slow":
        this.slow.begin(kind, now + SLOW_FOR_US);
        this.slowUs = parameter;
        break;
      default:
    }
  }

  keep(report: AccountReported): void {
    this.#reports.push(report);
    if (this.#reports.length > REPORTS_KEPT) this.#reports.shift();
  }

  /** The newest report of `venueAt` or before; undefined without one. */
  reportBefore(venueAt: number): AccountReported | undefined {
    return this.#reports.findLast((each) => each.venueAt <= venueAt);
  }
}

/** The catalogue: a venue lags for ten seconds. */
export const SLOW_FOR_US = 10_000_000;
