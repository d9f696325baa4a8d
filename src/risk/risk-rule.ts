// What a rule of risk is, and what it may look at. The rules are in rules/, the engine that asks them beside this.

import type { Event } from "../domain/event.ts";
import type { InstrumentId, OrderId, PriceTicks, Side } from "../domain/units.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { View } from "../ports/view.ts";

/** A view that also knows what may still happen. */
export interface RiskView extends View {
  /** Lots of our orders that may still fill on a side, those of unknown outcome included, reduce-only ones not. */
  openLots(id: InstrumentId, side: Side): number;
  /** Signed lots that a venue's report had beyond what we believe and all that may have filled by then; 0 where it had none. */
  unexplainedLots(id: InstrumentId): number;
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

export type ResponseLevel = "warning" | "stop" | "emergency";

/** How bad it is, with the numbers; undefined where nothing is. */
export type Grade = Readonly<{ level: ResponseLevel; reason: string }>;

/** One rule: why an order of new risk may not be sent, with the numbers; undefined when it may. */
export interface RiskRule {
  readonly name: string;
  refuse(order: OrderIntent, view: RiskView): string | undefined;
  /** True of a rule about trust: it is not asked of an order that only lowers the net of a hedged pair. */
  readonly sparesHedges?: boolean;
  /** True while it would refuse nothing whatever it were asked, and need not be; absent, it is always asked. */
  rests?(): boolean;
  /** Called once an order has passed every rule. */
  passed?(order: OrderIntent, view: RiskView): void;
  /** Called with every event, before the bot decides; returns why the bot must halt, if it must. */
  observe?(event: Event, view: RiskView): string | undefined;
  /** Called when positions, money or the account changed; how far the rule's fact has come, see Grade. */
  grade?(view: RiskView): Grade | undefined;
  /** What the rule counts, JSON-safe, so that a restart does not forget it. What it returned is never changed. */
  save?(): JsonValue;
  restore?(saved: JsonValue): void;
}
