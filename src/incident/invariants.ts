// What must hold of a timeline, asked of it event by event: what the bot believed against what the fills say, what it did
// about an order that was cancelled with a part filled, how long one leg stood alone. Each is named by the checker that
// asks the same of a simulated bot (docs/CHECKERS.md).

import { Decimal } from "decimal.js";
import { ExposureWatch } from "./exposure-watch.ts";
import type { KnownOrder } from "./leg-state.ts";
import { isDust, LegState, signed, signedText } from "./leg-state.ts";
import type { Broken, TimelineEvent } from "./timeline.ts";

/** More than anybody reads; what is broken once is mostly broken to the end. */
const BROKEN_MAX = 500;

/** Told of each event when it is taken, with its leg as it stands then. */
export type Looker = (event: TimelineEvent, leg: LegState | undefined) => void;

/** What a timeline breaks, in the order of time. */
export function brokenBy(events: readonly TimelineEvent[], look?: Looker): readonly Broken[] {
  const walk = new Walk(events);
  for (const event of events) {
    walk.take(event);
    look?.(event, event.leg === undefined ? undefined : walk.legOf(event.leg));
  }
  return walk.finish();
}

class Walk {
  readonly #legs = new Map<string, LegState>();
  readonly #exposure: ExposureWatch;
  readonly #broken: Broken[] = [];

  constructor(events: readonly TimelineEvent[]) {
    this.#exposure = new ExposureWatch(events);
  }

  legOf(name: string): LegState | undefined {
    return this.#legs.get(name);
  }

  finish(): readonly Broken[] {
    const late = this.#exposure.finish();
    return [...this.#broken, ...late].sort((a, b) => a.at - b.at).slice(0, BROKEN_MAX);
  }

  take(event: TimelineEvent): void {
    if (event.what === "phase") for (const leg of this.#legs.values()) leg.cancelled = undefined;
    if (event.leg === undefined) return;
    const leg = this.#leg(event.leg);
    this.#see(event, leg);
    const overshoot = this.#exposure.take(event, [...this.#legs.values()]);
    if (overshoot !== undefined) this.#break(event, "B4", "hedge-overshoots", overshoot);
  }

  #see(event: TimelineEvent, leg: LegState): void {
    switch (event.what) {
      case "intended":
      case "placed":
        this.#begins(event, leg);
        return;
      case "status":
        this.#status(event, leg);
        return;
      case "fill":
        if (event.side !== undefined) leg.fill(event.side, amount(event.size));
        return;
      case "booked":
        this.#booked(event, leg);
        return;
      case "belief":
        this.#believed(event, leg);
        return;
      case "position":
        this.#reported(event, leg);
        return;
      case "assumed-filled":
        this.#assumed(event, leg);
        return;
      case "decreasing":
      case "cancel-asked":
      case "replacing":
      case "refused":
      case "timed-out":
      case "alert":
      case "phase":
        return;
      default:
        event.what satisfies never;
    }
  }

  /** Another order: was it to take the place of one that had filled in part? */
  #begins(event: TimelineEvent, leg: LegState): void {
    const size = event.size === undefined ? undefined : amount(event.size);
    leg.intent = { truth: leg.truth, size };
    const before = leg.cancelled;
    if (before === undefined || size === undefined || before.order === event.order) return;
    if (event.side !== undefined && before.side !== event.side) return;
    leg.cancelled = undefined;
    if (before.size === undefined) return;
    const left = before.size.minus(before.filled);
    if (isDust(size.minus(left)) || size.lessThan(left)) return;
    const text =
      `order ${before.order} of ${before.size.toFixed()} was cancelled with ${before.filled.toFixed()} filled; ` +
      `${left.toFixed()} was left, ${size.toFixed()} was placed in its stead`;
    this.#break(event, "B4", "replaced-at-more-than-was-left", text);
  }

  #status(event: TimelineEvent, leg: LegState): void {
    const order = leg.order(event);
    if (event.status === "OPEN" && order.size === undefined && event.size !== undefined) {
      this.#begins(event, leg);
      order.size = amount(event.size);
    }
    if (event.filled !== undefined) this.#cumulative(event, leg, order);
    const { side } = order;
    if (event.status === "CANCELED" && !order.isOver && side !== undefined) {
      order.isOver = true;
      if (order.filled.isZero()) return;
      leg.cancelled = order;
      leg.cancelledFills.push({ order: order.order, lots: signed(side, order.filled) });
    } else if (event.status === "FILLED") order.isOver = true;
  }

  #cumulative(event: TimelineEvent, leg: LegState, order: KnownOrder): void {
    const filled = amount(event.filled);
    const more = filled.minus(order.filled);
    if (more.isNegative()) {
      const text = `order ${order.order} had ${order.filled.toFixed()} filled, and now ${filled.toFixed()}`;
      this.#break(event, "X4", "cumulative-decreases", text);
      return;
    }
    order.filled = filled;
    if (order.side !== undefined && !more.isZero()) leg.fill(order.side, more);
    if (order.size !== undefined && filled.greaterThan(order.size)) {
      const text = `order ${order.order} of ${order.size.toFixed()} has ${filled.toFixed()} filled`;
      this.#break(event, "E3", "filled-beyond-its-size", text);
    }
  }

  #booked(event: TimelineEvent, leg: LegState): void {
    const { side } = event;
    if (side === undefined) return;
    leg.booked[side] = leg.booked[side].plus(amount(event.size));
    const over = leg.booked[side].minus(leg.filled[side]);
    if (!leg.hasFills || isDust(over) || over.isNegative()) return;
    leg.booked[side] = leg.filled[side];
    const text = `${over.toFixed()} more was counted as ${side === "buy" ? "bought" : "sold"} than was filled`;
    this.#break(event, "B2", "booked-more-than-filled", text);
  }

  #believed(event: TimelineEvent, leg: LegState): void {
    if (!leg.hasFills && leg.reported === undefined) return;
    const believed = amount(event.position);
    const difference = believed.minus(leg.truth);
    const isNew = !isDust(difference.minus(leg.difference));
    leg.difference = difference;
    if (isDust(difference) || !isNew) return;
    const text =
      `the bot believes ${signedText(believed)}, the fills say ${signedText(leg.truth)}` +
      forgotten(leg, difference);
    this.#break(event, "B1", "belief-against-fills", text);
  }

  #reported(event: TimelineEvent, leg: LegState): void {
    const reported = amount(event.position);
    const before = leg.reported;
    if (leg.hasFills && !isDust(reported.minus(leg.truth))) {
      const text = `the venue holds ${signedText(reported)}, the fills told say ${signedText(leg.truth)}`;
      this.#break(event, "X1", "fills-do-not-explain-the-position", text);
    } else if (!leg.hasFills && before !== undefined && !isDust(leg.assumed)) {
      const expected = before.plus(leg.assumed);
      if (!isDust(expected.minus(reported))) {
        const text =
          `${signedText(leg.assumed)} was taken for filled; the venue went from ` +
          `${signedText(before)} to ${signedText(reported)}`;
        this.#break(event, "B1", "taken-for-filled", text);
      }
    }
    leg.truth = reported;
    leg.reported = reported;
    leg.assumed = new Decimal(0);
    leg.difference = new Decimal(0);
  }

  #assumed(event: TimelineEvent, leg: LegState): void {
    if (event.status === "REJECTED") {
      this.#break(
        event,
        "B1",
        "refusal-taken-for-success",
        event.text ?? "an order without a number",
      );
      return;
    }
    if (event.side !== undefined && event.size !== undefined) {
      leg.assumed = leg.assumed.plus(signed(event.side, amount(event.size)));
      return;
    }
    const { intent } = leg;
    if (intent === undefined || !isDust(leg.truth.minus(intent.truth))) return;
    const size = intent.size === undefined ? "an order" : intent.size.toFixed();
    this.#break(
      event,
      "B1",
      "taken-for-filled",
      `${size} was counted as filled; no fill of it was told`,
    );
  }

  #break({ at, source, leg }: TimelineEvent, id: string, name: string, text: string): void {
    this.#broken.push({ id, name, at, source, ...(leg === undefined ? {} : { leg }), text });
  }

  #leg(name: string): LegState {
    const known = this.#legs.get(name);
    if (known !== undefined) return known;
    const made = new LegState(name);
    this.#legs.set(name, made);
    return made;
  }
}

/** Which cancelled orders' fills make up a difference, where they do. */
function forgotten({ cancelledFills }: LegState, difference: Decimal): string {
  let sum = new Decimal(0);
  for (let from = cancelledFills.length - 1; from >= 0; from -= 1) {
    sum = sum.plus(cancelledFills[from]?.lots ?? 0);
    if (!isDust(sum.plus(difference))) continue;
    const orders = cancelledFills
      .slice(from)
      .map(({ order, lots }) => `${order} (${signedText(lots)})`);
    return `: the fills of cancelled ${orders.join(" and ")} were not counted`;
  }
  return "";
}

function amount(text: string | undefined): Decimal {
  return new Decimal(text ?? 0);
}
