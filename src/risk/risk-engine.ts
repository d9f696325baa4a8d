// What is refused. Every command that would leave for a venue is reviewed here, and only `review` mints Approved.
// Rules judge new risk alone: cancels, reports and orders that can only bring a position nearer to flat pass them all
// and are stopped by nothing but a halt. An order that only lowers a hedged pair's net passes what is about trust (how
// well the bot is, stale data, breakers, the day's money), not the limits of sizes. A rule without its limit costs nothing.

import type { AmendOrder, PlaceOrder, VenueCommand } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, OrderId, SizeLots } from "../domain/units.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { OrderView, View } from "../ports/view.ts";
import type { Notice } from "./graduated-response.ts";
import { GraduatedResponse } from "./graduated-response.ts";
import type { LegUnits } from "./lowers-net.ts";
import { lowersNet } from "./lowers-net.ts";
import type { RiskConfig } from "./risk-config.ts";
import type { OrderIntent, RiskRule, RiskView } from "./risk-rule.ts";
import { criticalSize } from "./rules/critical-size.ts";
import { dailyPnl } from "./rules/daily-pnl.ts";
import { drawdown } from "./rules/drawdown.ts";
import { exposureSkew } from "./rules/exposure-skew.ts";
import { fundingBleed } from "./rules/funding-bleed.ts";
import { imbalance } from "./rules/imbalance.ts";
import { maxNotional } from "./rules/max-notional.ts";
import { maxOpenOrders } from "./rules/max-open-orders.ts";
import { maxOrderSize } from "./rules/max-order-size.ts";
import { maxPosition } from "./rules/max-position.ts";
import { minOrderSize } from "./rules/min-order-size.ts";
import { orderVelocity } from "./rules/order-velocity.ts";
import { staleData } from "./rules/stale-data.ts";

/** How much new risk may be taken for now: this share of what is asked, 0 is exits only; the rule, and why. */
export type Posture = Readonly<{ rule: string; reason: string; sizeShareBps: number }>;

type SavedRisk = Readonly<{
  halt: string | null;
  rules: readonly (readonly [string, JsonValue])[];
}>;

const WHOLE_BPS = 10_000;
const NO_NOTICES: readonly Notice[] = [];

declare const approved: unique symbol;

/** A command that was reviewed and may be sent. */
export type Approved<C extends VenueCommand> = C & { readonly [approved]: true };

/** A command that may not be sent, the rule that says so, and why, with the numbers. */
export type Refused = Readonly<{ kind: "Refused"; rule: string; reason: string }>;

export class RiskEngine {
  readonly #instruments: readonly Instrument[];
  /** Legs that hedge each other, besides those of the config. */
  readonly #ownPairs: readonly LegUnits[];
  #rules: readonly RiskRule[] = [];
  #observers: readonly RiskRule[] = [];
  #response: GraduatedResponse | undefined;
  #pairs: readonly LegUnits[] = [];
  /** The rules that count something, and what they and the halt last came to. */
  #counting: readonly RiskRule[] = [];
  #saved: SavedRisk = { halt: null, rules: [] };
  #haltReason: string | undefined;
  #posture: Posture | undefined;

  /**
   * @param more rules that somebody else keeps, asked after those of the config
   * @param pairs legs that hedge each other, besides those of the config
   */
  constructor(
    config: RiskConfig,
    instruments: readonly Instrument[],
    more: readonly RiskRule[] = [],
    pairs: readonly LegUnits[] = [],
  ) {
    this.#instruments = instruments;
    this.#ownPairs = pairs;
    this.#limitBy(config, more);
  }

  /** From now on other limits hold. What rules of the same name counted is carried over, and so is a halt. */
  change(config: RiskConfig, more: readonly RiskRule[] = []): void {
    const counted = this.save();
    this.#limitBy(config, more);
    this.restore(counted);
  }

  #limitBy(config: RiskConfig, more: readonly RiskRule[]): void {
    const told = [...(config.imbalance?.pairs ?? []), ...(config.criticalSize?.pairs ?? [])];
    this.#pairs = [...this.#ownPairs, ...told];
    this.#rules = [...rulesOf(config, this.#instruments), ...more];
    const graded = this.#rules.filter((rule) => rule.grade !== undefined);
    this.#response = graded.length === 0 ? undefined : new GraduatedResponse(graded);
    this.#observers = this.#rules.filter((rule) => rule.observe !== undefined);
    this.#counting = this.#rules.filter((rule) => rule.save !== undefined);
    this.#saved = { halt: null, rules: [] };
  }

  /** Why nothing new is sent any more; undefined while trading. */
  get haltReason(): string | undefined {
    return this.#haltReason;
  }

  /** The rules that are asked, in that order. */
  get ruleNames(): readonly string[] {
    return this.#rules.map(({ name }) => name);
  }

  /** Stops every order from now on, reducing ones too; cancels and reports still pass. The first reason stays. */
  halt(reason: string): void {
    this.#haltReason ??= reason;
  }

  /** How much new risk may be taken whatever the rules say; undefined: as much as they allow. */
  takePosture(posture: Posture | undefined): void {
    this.#posture = posture;
  }

  /** Warnings and stops that began or ended since they were last taken. */
  takeNotices(): readonly Notice[] {
    return this.#response?.takeNotices() ?? NO_NOTICES;
  }

  /** What the rules count, and a halt; by the names of the rules. The same object as before where nothing changed. */
  save(): JsonValue {
    const before = this.#saved;
    const halt = this.#haltReason ?? null;
    const rules = this.#counting.map((rule, index) => {
      const state = rule.save?.() ?? null;
      const was = before.rules[index];
      return was?.[1] === state ? was : ([rule.name, state] as const);
    });
    const stands =
      before.halt === halt && rules.every((each, index) => each === before.rules[index]);
    if (!stands) this.#saved = { halt, rules };
    return this.#saved;
  }

  restore(saved: JsonValue): void {
    const { halt, rules } = saved as SavedRisk;
    if (halt !== null) this.halt(halt);
    for (const [name, state] of rules) {
      this.#rules.find((rule) => rule.name === name)?.restore?.(state);
    }
  }

  /** Lets the rules that watch see an event; returns why the bot must halt now, if it must. */
  observe(event: Event, view: RiskView): string | undefined {
    const observers = this.#observers;
    for (let index = 0; index < observers.length; index += 1) {
      const reason = (observers[index] as RiskRule).observe?.(event, view);
      if (reason !== undefined && this.#haltReason === undefined) return reason;
    }
    const emergency = this.#response?.observe(event, view);
    return this.#haltReason === undefined ? emergency : undefined;
  }

  /** Judges a command as of the view's moment. */
  review<C extends VenueCommand>(command: C, view: RiskView): Approved<C> | Refused {
    if (command.kind === "PlaceOrder") return this.#reviewPlace(command, view);
    if (command.kind === "AmendOrder") return this.#reviewAmend(command, view);
    return command as Approved<C>;
  }

  #reviewPlace<C extends PlaceOrder>(command: C, view: RiskView): Approved<C> | Refused {
    if (this.#haltReason !== undefined) return refused("halted", this.#haltReason);
    const posture = this.#posture;
    if (command.reduceOnly) return command as Approved<C>;
    if (posture === undefined && this.#allRest()) return command as Approved<C>;
    const intent = intentOf(command, command.size);
    if (reduces(intent, view)) return command as Approved<C>;
    if (lowersNet(this.#pairs, intent, view)) {
      return this.#judge(intent, view, "hedge") ?? (command as Approved<C>);
    }
    if (posture === undefined) return this.#judge(intent, view) ?? (command as Approved<C>);
    const share = Math.floor((command.size * posture.sizeShareBps) / WHOLE_BPS);
    if (share === 0) return refused(posture.rule, posture.reason);
    if (share === command.size) return this.#judge(intent, view) ?? (command as Approved<C>);
    const smaller = { ...command, size: share as SizeLots };
    return this.#judge(intentOf(smaller, share), view) ?? (smaller as Approved<C>);
  }

  #reviewAmend<C extends AmendOrder>(command: C, view: RiskView): Approved<C> | Refused {
    if (this.#haltReason !== undefined) return refused("halted", this.#haltReason);
    const posture = this.#posture;
    if (posture === undefined && this.#allRest()) return command as Approved<C>;
    const order = orderOf(view, command.instrument, command.orderId);
    // Of an order that is not open the gateway says so.
    if (order === undefined || order.reduceOnly) return command as Approved<C>;
    const { instrument, orderId, price, size } = command;
    const addedLots = size > order.size ? size - order.size : 0;
    const { side } = order;
    const intent = { instrument, orderId, side, price, size, addedLots, isNew: false };
    if (reduces(intent, view)) return command as Approved<C>;
    if (lowersNet(this.#pairs, intent, view)) {
      return this.#judge(intent, view, "hedge") ?? (command as Approved<C>);
    }
    // Where sizes are cut an order does not grow by an amend, and where nothing opens none is moved.
    if (posture !== undefined && (addedLots > 0 || posture.sizeShareBps === 0)) {
      return refused(posture.rule, posture.reason);
    }
    return this.#judge(intent, view) ?? (command as Approved<C>);
  }

  /** Has no rule anything to say? Without limits this is the common case, and an order then costs nothing. */
  #allRest(): boolean {
    const rules = this.#rules;
    for (let index = 0; index < rules.length; index += 1) {
      if ((rules[index] as RiskRule).rests?.() !== true) return false;
    }
    return true;
  }

  #judge(intent: OrderIntent, view: RiskView, as: "hedge" | "risk" = "risk"): Refused | undefined {
    const rules = this.#rules;
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index] as RiskRule;
      if (as === "hedge" && rule.sparesHedges === true) continue;
      const reason = rule.refuse(intent, view);
      if (reason !== undefined) return refused(rule.name, reason);
    }
    for (let index = 0; index < rules.length; index += 1) {
      (rules[index] as RiskRule).passed?.(intent, view);
    }
    return undefined;
  }
}

function intentOf(command: PlaceOrder, size: number): OrderIntent {
  const { instrument, orderId, side, price } = command;
  return { instrument, orderId, side, price, size, addedLots: size, isNew: true };
}

function refused(rule: string, reason: string): Refused {
  return { kind: "Refused", rule, reason };
}

/** Can the order, with all that may still fill on its side, bring the position no further than flat? */
function reduces(intent: OrderIntent, view: RiskView): boolean {
  const { lots } = view.position(intent.instrument);
  const towardsFlat = intent.side === "bid" ? -lots : lots;
  return view.openLots(intent.instrument, intent.side) + intent.addedLots <= towardsFlat;
}

function orderOf(view: View, instrument: InstrumentId, id: OrderId): OrderView | undefined {
  const orders = view.openOrders(instrument);
  for (let index = 0; index < orders.length; index += 1) {
    const order = orders[index] as OrderView;
    if (order.orderId === id) return order;
  }
  return undefined;
}

/** The rules in the order they are asked: the cheapest and the plainest first. */
function rulesOf(config: RiskConfig, instruments: readonly Instrument[]): readonly RiskRule[] {
  const limits = config.instruments ?? [];
  const rules: RiskRule[] = [];
  if (instruments.some((each) => each.minLots !== undefined)) rules.push(minOrderSize(instruments));
  if (limits.some((each) => each.orderLotsMax !== undefined)) rules.push(maxOrderSize(limits));
  if (limits.some((each) => each.positionLotsMax !== undefined)) rules.push(maxPosition(limits));
  if (limits.some((each) => each.openOrdersMax !== undefined)) rules.push(maxOpenOrders(limits));
  if (limits.some((each) => each.notionalMaxE8 !== undefined)) {
    rules.push(maxNotional(limits, instruments));
  }
  if (config.staleData !== undefined) rules.push(staleData(config.staleData));
  if (config.orderVelocity !== undefined) rules.push(orderVelocity(config.orderVelocity));
  if (config.drawdown !== undefined) rules.push(drawdown(config.drawdown, instruments));
  if (config.dailyPnl !== undefined) rules.push(dailyPnl(config.dailyPnl, instruments));
  if (config.imbalance !== undefined) rules.push(imbalance(config.imbalance));
  if (config.criticalSize !== undefined) rules.push(criticalSize(config.criticalSize));
  if (config.exposureSkew !== undefined) {
    rules.push(exposureSkew(config.exposureSkew, instruments));
  }
  if (config.fundingBleed !== undefined) {
    rules.push(fundingBleed(config.fundingBleed, instruments));
  }
  return rules;
}
