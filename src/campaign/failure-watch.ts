// Watches a failing run as the checkers do, and keeps what a person needs of it: what was said and sent around the moment
// the promise broke, and what the bot believed against what was true just then.

import type { CheckerMaker, Watched } from "../../sim/checkers/checker.ts";
import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";

/** One line of a failure's record. */
export type Heard = Readonly<{
  at: TimeUs;
  /** Of the bot: it sends, it hears, it begins, it dies. Of a venue: it carries out, it says. */
  who: "bot sends" | "venue does" | "venue says" | "bot hears" | "bot dies" | "bot begins";
  text: string;
}>;

/** Belief against truth, of one instrument. */
export type Parting = Readonly<{
  instrument: string;
  /** Signed lots; undefined while no process is up that believes. */
  believedLots: number | undefined;
  trueLots: number;
  /** Ids of orders, ascending. */
  believedOrders: readonly number[];
  trueOrders: readonly number[];
}>;

export type FailureRecord = Readonly<{
  id: string;
  at: TimeUs;
  detail: string;
  before: readonly Heard[];
  after: readonly Heard[];
  partings: readonly Parting[];
  haltReason: string | undefined;
}>;

/** Messages kept of before and after a failure. */
const BEFORE_MAX = 24;
const AFTER_MAX = 6;

/** Watches for the first failure of any of `makers`. */
export class FailureWatch {
  readonly #before: Heard[] = [];
  readonly #after: Heard[] = [];
  #failed: Omit<FailureRecord, "before" | "after"> | undefined;

  /** The same checkers, listened to, and one that only listens. */
  watching(makers: readonly CheckerMaker[]): readonly CheckerMaker[] {
    const heeded = makers.map((maker): CheckerMaker => {
      return {
        ...maker,
        watch: (scene, violate) =>
          maker.watch(scene, (detail) => {
            this.#failed ??= { ...standing(scene), id: maker.id, at: scene.now, detail };
            violate(detail);
          }),
      };
    });
    // First, so that the message a checker objects to is on record when it does.
    return [this.#listener(), ...heeded];
  }

  /** Undefined while nothing has failed. */
  get record(): FailureRecord | undefined {
    const failed = this.#failed;
    return failed && { ...failed, before: this.#before, after: this.#after };
  }

  /** What was heard last, failure or not: a run that broke has no record. */
  get last(): readonly Heard[] {
    return this.#before;
  }

  #listener(): CheckerMaker {
    return {
      id: "record",
      sentence: "What happens is on record.",
      watch: (scene) => {
        const note = (who: Heard["who"], text: string): void =>
          this.#note({ at: scene.now, who, text });
        return {
          sent: (command) => note("bot sends", messageText(command)),
          arrives: (command) => note("venue does", messageText(command)),
          says: (event) => note("venue says", messageText(event)),
          heard: (event) => note("bot hears", messageText(event)),
          crashed: (during) => note("bot dies", during === undefined ? "" : messageText(during)),
          began: (session) => note("bot begins", `life ${session}`),
        };
      },
    };
  }

  #note(heard: Heard): void {
    if (this.#failed !== undefined) {
      if (this.#after.length < AFTER_MAX) this.#after.push(heard);
      return;
    }
    this.#before.push(heard);
    if (this.#before.length > BEFORE_MAX) this.#before.shift();
  }
}

function standing(scene: Watched): Pick<FailureRecord, "partings" | "haltReason"> {
  const partings = scene.instruments.map((instrument): Parting => {
    const { id, venue } = instrument;
    const market = scene.exchange(venue).markets.find((each) => each.instrument.id === id);
    const believed = scene.belief?.openOrders(id) ?? [];
    return {
      instrument: instrument.symbol,
      believedLots: scene.belief?.position(id).lots,
      trueLots: scene.trueLots(id),
      believedOrders: believed.map(({ orderId }) => Number(orderId)).sort(ascending),
      trueOrders: (market?.orders() ?? []).map(({ orderId }) => Number(orderId)).sort(ascending),
    };
  });
  return { partings, haltReason: scene.haltReason };
}

function ascending(one: number, other: number): number {
  return one - other;
}

/** A message in a line: its kind, then its fields as they are called. */
function messageText(message: Command | Event): string {
  const { kind, ...fields } = message;
  const told = Object.entries(fields).filter(
    ([name, value]) => !QUIET.has(name) && value !== undefined,
  );
  return [kind, ...told.map(([name, value]) => `${name} ${fieldText(value)}`)].join(" ");
}

/** Times stand before the line. */
const QUIET = new Set(["at", "venueAt"]);

function fieldText(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (!Array.isArray(value)) return typeof value === "object" ? JSON.stringify(value) : `${value}`;
  return `[${value.map((each) => Object.values(each as object).join(" ")).join(", ")}]`;
}
