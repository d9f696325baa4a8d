// All checkers of one run behind one door: writes down the facts they share, then tells each the hooks it has.
// The first violation of each is reported; it goes on watching, and stays silent.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { VenueId } from "../../src/domain/units.ts";
import type { Checker, CheckerMaker, Hooks, Violation, Watched } from "./checker.ts";
import { RunLog } from "./run-log.ts";
import type { Scene } from "./scene.ts";
import { watchedScene } from "./watched-scene.ts";

type Hook<Name extends keyof Hooks> = Required<Pick<Hooks, Name>>;

function having<Name extends keyof Hooks>(
  checkers: readonly Checker[],
  name: Name,
): readonly Hook<Name>[] {
  return checkers.filter((each) => each[name] !== undefined) as unknown as readonly Hook<Name>[];
}

export class CheckerSuite implements Required<Hooks> {
  /** The first of each checker, in the order they came. */
  readonly violations: Violation[] = [];
  readonly log: RunLog;
  readonly #scene: Watched;
  readonly #sent: readonly Hook<"sent">[];
  readonly #arrives: readonly Hook<"arrives">[];
  readonly #arrived: readonly Hook<"arrived">[];
  readonly #says: readonly Hook<"says">[];
  readonly #intervened: readonly Hook<"intervened">[];
  readonly #heard: readonly Hook<"heard">[];
  readonly #noticed: readonly Hook<"noticed">[];
  readonly #crashed: readonly Hook<"crashed">[];
  readonly #forgot: readonly Hook<"forgot">[];
  readonly #began: readonly Hook<"began">[];
  readonly #broke: readonly Hook<"broke">[];
  readonly #second: readonly Hook<"second">[];
  readonly #quiet: readonly Hook<"quiet">[];
  readonly #ended: readonly Hook<"ended">[];
  #isStirred = true;

  constructor(scene: Scene, makers: readonly CheckerMaker[]) {
    this.log = new RunLog(scene);
    this.#scene = watchedScene(scene, this.log);
    const all = makers.map((maker) => maker.watch(this.#scene, this.#violate(maker.id)));
    this.#sent = having(all, "sent");
    this.#arrives = having(all, "arrives");
    this.#arrived = having(all, "arrived");
    this.#says = having(all, "says");
    this.#intervened = having(all, "intervened");
    this.#heard = having(all, "heard");
    this.#noticed = having(all, "noticed");
    this.#crashed = having(all, "crashed");
    this.#forgot = having(all, "forgot");
    this.#began = having(all, "began");
    this.#broke = having(all, "broke");
    this.#second = having(all, "second");
    this.#quiet = having(all, "quiet");
    this.#ended = having(all, "ended");
  }

  sent(command: VenueCommand, session: number): void {
    this.log.sent(command);
    for (const each of this.#sent) each.sent(command, session);
  }

  arrives(command: VenueCommand): void {
    this.log.arrives(command);
    for (const each of this.#arrives) each.arrives(command);
  }

  resumes(command: VenueCommand): void {
    for (const each of this.#arrives) each.arrives(command);
  }

  arrived(command: VenueCommand): void {
    for (const each of this.#arrived) each.arrived(command);
  }

  says(event: Event, venue: VenueId): void {
    if (event.kind !== "AccountReported") this.#isStirred = true;
    this.log.says(event, venue);
    for (const each of this.#says) each.says(event, venue);
  }

  intervened(venue: VenueId): void {
    this.#isStirred = true;
    this.log.intervened(venue);
    for (const each of this.#intervened) each.intervened(venue);
  }

  /** Takes every event; hands books and prints to `noticed`. */
  heard(event: Event): void {
    if (event.kind === "BookChanged" || event.kind === "TradePrinted") {
      this.noticed(event);
      return;
    }
    if (event.kind === "OrderFilled") {
      this.log.filled(event);
    } else if (event.kind === "AccountReported") {
      this.log.reported(event);
    } else if (event.kind === "OrderClosed") {
      this.log.trades.ended(this.log.venueOf(event.instrument), event.orderId);
    }
    for (const each of this.#heard) each.heard(event);
    this.log.wasHalted = this.#scene.haltReason !== undefined;
  }

  noticed(event: Event): void {
    for (const each of this.#noticed) each.noticed(event);
    this.log.wasHalted = this.#scene.haltReason !== undefined;
  }

  crashed(during: Event | undefined): void {
    this.log.crashed(during);
    for (const each of this.#crashed) each.crashed(during);
  }

  forgot(what: string): void {
    for (const each of this.#forgot) each.forgot(what);
  }

  began(session: number): void {
    this.#isStirred = true;
    this.log.beganAt = this.#scene.now;
    this.log.wasHalted = this.#scene.haltReason !== undefined;
    for (const each of this.#began) each.began(session);
  }

  broke(reason: string): void {
    for (const each of this.#broke) each.broke(reason);
  }

  second(): void {
    for (const each of this.#second) each.second();
  }

  /** The same quiet is looked at once: belief and truth can only part where something was said, or done. */
  quiet(): void {
    if (!this.#isStirred) return;
    this.#isStirred = false;
    for (const each of this.#quiet) each.quiet();
    this.log.trades.settle();
  }

  ended(): void {
    for (const each of this.#ended) each.ended();
  }

  #violate(id: string): (detail: string) => void {
    let isFirst = true;
    return (detail) => {
      if (!isFirst) return;
      isFirst = false;
      this.violations.push({ id, at: this.#scene.now, detail });
    };
  }
}
