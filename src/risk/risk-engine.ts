// What is refused. Every command that would leave for a venue is reviewed here, and only `review` mints Approved.
// Rules judge new risk alone: cancels, reports and orders that can only bring a position nearer to flat pass them all
// and are stopped by nothing but a halt. A rule whose limit is not configured is not there and costs nothing.

import type { AmendOrder, PlaceOrder, VenueCommand } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, OrderId, PriceTicks, Side } from "../domain/units.ts";
import type { OrderView, View } from "../ports/view.ts";
import type { RiskConfig } from "./risk-config.ts";
import { dailyPnl } from "./rules/daily-pnl.ts";
import { drawdown } from "./rules/drawdown.ts";
import { maxNotional } from "./rules/max-notional.ts";
import { maxOpenOrders } from "./rules/max-open-orders.ts";
import { maxOrderSize } from "./rules/max-order-size.ts";
import { maxPosition } from "./rules/max-position.ts";
import { orderVelocity } from "./rules/order-velocity.ts";
import { staleData } from "./rules/stale-data.ts";

/** A view that also knows what may still happen. */
export interface RiskView extends View {
  /** Lots of our orders that may still fill on a side, those of unknown outcome included, reduce-only ones not. */
  openLots(id: InstrumentId, side: Side): number;
  /** Equity of all venues together, in 10^-moneyDecimals of the currency, the finest scale of the run. */
  equity(): bigint;
}

/** What an order would be once a command is carried out. */
export type OrderIntent = Readonly<{
  instrument: InstrumentId;
  orderId: OrderId;
  side: Side;
  price: PriceTicks | undefined;
  /** Total lots of the order. */
  size: number;
  /** Lots it could fill beyond those that are reserved already. */
  addedLots: number;
  /** False for an amend: the order is among the open ones. */
  isNew: boolean;
}>;

/** One rule: why an order of new risk may not be sent, with the numbers; undefined when it may. */
export interface RiskRule {
  readonly name: string;
  refuse(order: OrderIntent, view: RiskView): string | undefined;
  /** Called once an order has passed every rule. */
  passed?(order: OrderIntent, view: RiskView): void;
  /** Called with every event, before the bot decides; returns why the bot must halt, if it must. */
  observe?(event: Event, view: RiskView): string | undefined;
}

declare const approved: unique symbol;

/** A command that was reviewed and may be sent. */
export type Approved<C extends VenueCommand> = C & { readonly [approved]: true };

/** A command that may not be sent, the rule that says so, and why, with the numbers. */
export type Refused = Readonly<{ kind: "Refused"; rule: string; reason: string }>;

export class RiskEngine {
  readonly #rules: readonly RiskRule[];
  readonly #observers: readonly RiskRule[];
  #haltReason: string | undefined;

  constructor(config: RiskConfig, instruments: readonly Instrument[]) {
    this.#rules = rulesOf(config, instruments);
    this.#observers = this.#rules.filter((rule) => rule.observe !== undefined);
  }

  /** Why nothing new is sent any more; undefined while trading. */
  get haltReason(): string | undefined {
    return this.#haltReason;
  }

  /** Stops every order from now on, reducing ones too; cancels and reports still pass. The first reason stays. */
  halt(reason: string): void {
    this.#haltReason ??= reason;
  }

  /** Lets the rules that watch see an event; returns why the bot must halt now, if it must. */
  observe(event: Event, view: RiskView): string | undefined {
    const observers = this.#observers;
    for (let index = 0; index < observers.length; index += 1) {
      const reason = (observers[index] as RiskRule).observe?.(event, view);
      if (reason !== undefined && this.#haltReason === undefined) return reason;
    }
    return undefined;
  }

  /** Judges a command as of the view's moment. */
  review<C extends VenueCommand>(command: C, view: RiskView): Approved<C> | Refused {
    if (command.kind === "PlaceOrder") return this.#reviewPlace(command, view);
    if (command.kind === "AmendOrder") return this.#reviewAmend(command, view);
    return command as Approved<C>;
  }

  #reviewPlace<C extends PlaceOrder>(command: C, view: RiskView): Approved<C> | Refused {
    if (this.#haltReason !== undefined) return refused("halted", this.#haltReason);
    if (this.#rules.length === 0 || command.reduceOnly) return command as Approved<C>;
    const { instrument, orderId, side, price, size } = command;
    const intent = { instrument, orderId, side, price, size, addedLots: size, isNew: true };
    return this.#judge(intent, view) ?? (command as Approved<C>);
  }

  #reviewAmend<C extends AmendOrder>(command: C, view: RiskView): Approved<C> | Refused {
    if (this.#haltReason !== undefined) return refused("halted", this.#haltReason);
    if (this.#rules.length === 0) return command as Approved<C>;
    const order = orderOf(view, command.instrument, command.orderId);
    // Of an order that is not open the gateway says so.
    if (order === undefined || order.reduceOnly) return command as Approved<C>;
    const { instrument, orderId, price, size } = command;
    const addedLots = size > order.size ? size - order.size : 0;
    const { side } = order;
    const intent = { instrument, orderId, side, price, size, addedLots, isNew: false };
    return this.#judge(intent, view) ?? (command as Approved<C>);
  }

  #judge(intent: OrderIntent, view: RiskView): Refused | undefined {
    const rules = this.#rules;
    if (reduces(intent, view)) return undefined;
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index] as RiskRule;
      const reason = rule.refuse(intent, view);
      if (reason !== undefined) return refused(rule.name, reason);
    }
    for (let index = 0; index < rules.length; index += 1) {
      (rules[index] as RiskRule).passed?.(intent, view);
    }
    return undefined;
  }
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
  return rules;
}
