// Keeps one instrument's position where its trade wants it. It wants a number of lots, compares it with belief, and sends
// a reduce-only order for the difference less what is on its way: a refused, lost or half-filled exit is made good at a
// later look, with waits that double. A position without a trade, and an order of nobody's, are closed (incidents R10, R27).

import type { Command } from "../../src/domain/command.ts";
import type { OrderFilled } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderIds } from "../../src/domain/order-ids.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { OrderView, View } from "../../src/ports/view.ts";
import { ExitRetries } from "./exit-retries.ts";
import type { BarRange } from "./exits.ts";
import { judgeExit } from "./exits.ts";
import type { MacdCoinConfig } from "./macd-config.ts";
import { cancelOrder, exitOrder } from "./orders.ts";
import type { Direction } from "./signal.ts";
import type { ExitReason, Trade, TradePlan } from "./trade.ts";
import { countFill, followEntry, openTrade, resultOf } from "./trade.ts";
import { nextStop } from "./trailing.ts";

/** What there is to judge at a look. */
export type Occasion = Readonly<{
  /** What prices were, since the last look or at this moment: a closed bar of the check period, or the touch. */
  bar: BarRange | undefined;
  /** The MACD has just crossed this way. */
  cross: Direction | undefined;
  dailyLoss: boolean;
}>;

type KeeperSaved = Readonly<{ trade: JsonValue; retries: JsonValue }>;

/** A trade that is flat again, but for dust; `filled` is false when its entry never was. */
export type EndedTrade = Readonly<{ filled: boolean; result: bigint; reason: ExitReason | null }>;

export class PositionKeeper {
  readonly #config: MacdCoinConfig;
  readonly #instrument: Instrument;
  readonly #ids: OrderIds;
  readonly #retries: ExitRetries;
  #trade: Trade | undefined;

  constructor(config: MacdCoinConfig, instrument: Instrument, ids: OrderIds) {
    this.#config = config;
    this.#instrument = instrument;
    this.#ids = ids;
    this.#retries = new ExitRetries(config.orders.exitRetry);
  }

  /** The trade under way, entering included; undefined while there is none. */
  get trade(): Readonly<Trade> | undefined {
    return this.#trade;
  }

  /** Nothing is held but dust, nothing is on its way, nothing is planned. */
  isIdle(view: View): boolean {
    const { id } = this.#instrument;
    const quiet = this.#isOver(view.position(id).lots) && view.openOrders(id).length === 0;
    return quiet && this.#trade === undefined;
  }

  enter(plan: TradePlan): void {
    this.#trade = openTrade(plan);
  }

  filled(event: OrderFilled): void {
    if (this.#trade !== undefined) countFill(this.#trade, event);
  }

  /** Lots of an entry that the venue finds too small; an exit that is, is dust from now on. */
  refusedForSize(orderId: number): number | undefined {
    if (this.#trade?.entryOrderId === orderId) return this.#trade.lots;
    this.#retries.wasTooSmall(orderId);
    return undefined;
  }

  /** Lets go of a trade that is over, and tells what it came to. */
  settle(view: View): EndedTrade | undefined {
    const trade = this.#trade;
    const { id, moneyPerTickLot } = this.#instrument;
    if (trade === undefined || !this.#isOver(view.position(id).lots)) return undefined;
    if (view.openOrders(id).length > 0) return undefined;
    this.#trade = undefined;
    const filled = trade.fillKeys.length > 0;
    return { filled, result: resultOf(trade, moneyPerTickLot), reason: trade.exitReason };
  }

  /** Looks at what is held and brings it to what is wanted. */
  attend(view: View, occasion: Occasion): readonly Command[] {
    const { id, venue } = this.#instrument;
    const { lots } = view.position(id);
    const open = view.openOrders(id);
    const trade = this.#trade;
    this.#retries.sees(lots);
    if (lots === 0 && open.length === 0) return [];
    if (trade !== undefined) this.#judge(trade, view, occasion);
    // Nothing sent now would arrive; what is wanted stays wanted.
    if (!view.health.linkUp(venue)) return [];
    const cancels = open.filter((each) => this.#isUnwanted(each, view)).map((each) => each.orderId);
    const commands: Command[] = cancels.map((orderId) => cancelOrder(id, orderId));
    const keep = trade === undefined ? 0 : (trade.keepLots ?? Math.abs(lots));
    const exit = this.#reduce(lots, keep, view);
    return exit === undefined ? commands : [...commands, exit];
  }

  save(): JsonValue {
    const trade = this.#trade;
    const saved: KeeperSaved = {
      trade: trade === undefined ? null : { ...trade, fillKeys: [...trade.fillKeys] },
      retries: this.#retries.save(),
    };
    return saved;
  }

  restore(saved: JsonValue): void {
    const state = saved as KeeperSaved;
    const trade = state.trade as unknown as Trade | null;
    this.#retries.restore(state.retries);
    this.#trade = trade === null ? undefined : { ...trade, fillKeys: [...trade.fillKeys] };
  }

  #judge(trade: Trade, view: View, occasion: Occasion): void {
    const { id } = this.#instrument;
    const { lots, costTickLots } = view.position(id);
    const enters = view.openOrders(id).some((each) => each.orderId === trade.entryOrderId);
    if (lots !== 0 && Math.sign(lots) !== trade.direction) closeAll(trade, "unplanned");
    else if (lots !== 0 && !trade.entered) {
      followEntry(trade, { lots, costTickLots, now: view.now });
      trade.entered = !enters;
    }
    if (trade.exitReason === null && lots !== 0) this.#judgeBar(trade, view, occasion);
    // An entry that has not filled yet is called off too.
    if (occasion.dailyLoss && trade.exitReason === null) closeAll(trade, "daily-loss");
    const crossedBack = occasion.cross !== undefined && occasion.cross !== trade.direction;
    if (crossedBack && this.#config.exits.onOppositeCross && trade.exitReason === null) {
      closeAll(trade, "opposite-cross");
    }
  }

  /** A whole exit at any time; parts of it, and a nearer stop, once it is known what was entered. */
  #judgeBar(trade: Trade, view: View, { bar, dailyLoss }: Occasion): void {
    const { entryTicks, entered } = trade;
    if (bar === undefined || entryTicks === null) return;
    const { exits } = this.#config;
    const heldLots = trade.keepLots ?? Math.abs(view.position(this.#instrument.id).lots);
    const input = { trade, entryTicks, bar, heldLots, now: view.now, dailyLoss };
    const decision = judgeExit(input, entered ? exits : { ...exits, takeProfits: [] });
    if (decision !== undefined) {
      trade.keepLots = decision.keepLots;
      trade.levelsTaken = decision.levelsTaken;
      if (decision.keepLots === 0) trade.exitReason = decision.reason;
    }
    if (entered && trade.exitReason === null) {
      Object.assign(trade, nextStop(trade, entryTicks, bar, exits));
    }
  }

  /** Orders to be cancelled: of nobody's, or an entry that has waited too long or whose trade is being closed. */
  #isUnwanted(order: OrderView, view: View): boolean {
    if (order.state !== "live") return false;
    const trade = this.#trade;
    if (trade === undefined) return true;
    if (order.orderId !== trade.entryOrderId) return false;
    const waited = view.now - trade.askedAt;
    return trade.exitReason !== null || waited >= this.#config.orders.entryTimeoutUs;
  }

  #reduce(lots: number, keepLots: number, view: View): Command | undefined {
    const { id } = this.#instrument;
    const onTheWay = view
      .openOrders(id)
      .reduce((sum, each) => sum + (each.reduceOnly ? each.size - each.filled : 0), 0);
    const excess = Math.abs(lots) - keepLots - onTheWay;
    if (excess <= 0 || !this.#retries.mayTry(lots, keepLots, view.now)) return undefined;
    const direction: Direction = lots > 0 ? -1 : 1;
    const orderId = this.#ids.next();
    const request = { instrument: id, orderId, direction, lots: excess, book: view.book(id) };
    const order = exitOrder(request, this.#config.orders);
    const whole = onTheWay === 0 ? orderId : 0;
    if (order !== undefined) this.#retries.tried(lots, keepLots, whole, view.now);
    return order;
  }

  #isOver(lots: number): boolean {
    return lots === 0 || this.#retries.isDust(lots);
  }
}

function closeAll(trade: Trade, reason: ExitReason): void {
  trade.exitReason = reason;
  trade.keepLots = 0;
}
