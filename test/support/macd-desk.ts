// A MACD bot between a hostile feed and a hostile venue, all drawn from one seed: bars missing, late, twice and revised;
// orders refused, unknown, filled in part, filled after their end was told. It says what the bot did that no bot may do.

import type { Command, PlaceOrder } from "../../src/domain/command.ts";
import type { BarClosed, Event } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { OrderState, View } from "../../src/ports/view.ts";
import { createMacd } from "../../strategies/macd/macd.ts";
import { belief, fakeInstrument, fakeView } from "./fake-view.ts";
import { macdConfig } from "./macd-rig.ts";

const MINUTE_US = 60_000_000;
const HIGHER = 3;

type Settings = Readonly<Record<string, unknown>>;
type Order = {
  readonly request: PlaceOrder;
  state: OrderState;
  filled: number;
  readonly sentAt: number;
};
type Bar = Pick<BarClosed, "open" | "high" | "low" | "close" | "volume">;

export class MacdDesk {
  /** What no bot may do, and what the venue would have had to prevent. */
  readonly faults: string[] = [];
  readonly commands: string[] = [];
  /** Lots at the venue, whatever we were told of them. */
  truth = 0;
  exits = 0;
  /** Orders refused for their size: lots and day. */
  readonly tooSmall: string[] = [];
  readonly #state = { ...belief(), now: 0, cost: 0, linkUp: true };
  readonly #make: () => Strategy;
  readonly #restarts: boolean;
  readonly #sizeMin: number;
  readonly #orders: Order[] = [];
  /** Fills that have happened and are not told yet. */
  readonly #late: Event[] = [];
  readonly #view: View;
  #bot: Strategy;
  #seed: number;
  #price = 100_000;
  #trades = 0;
  #minutes = 0;
  #lastTry = { lots: 0, keep: 0, at: Number.NEGATIVE_INFINITY, tries: 0 };

  constructor(seed: number, settings: Settings, restarts: boolean) {
    this.#seed = seed >>> 0;
    this.#restarts = restarts;
    // Now and then a venue whose least order is about what the bot sends.
    this.#sizeMin = seed % 3 === 0 ? 1 + (seed % 4_000) : 1;
    const config = macdConfig(settings);
    this.#make = () => createMacd(config, [fakeInstrument]);
    this.#bot = this.#make();
    const state = this.#state;
    const base = fakeView(state);
    const units = 10n ** BigInt(fakeInstrument.moneyDecimals);
    this.#view = {
      ...base,
      get now() {
        return base.now;
      },
      position: () => ({
        lots: state.position as never,
        costTickLots: state.cost,
        lastFillAt: undefined,
      }),
      account: () => ({ ...base.account(0 as never), equity: () => 100_000n * units }),
      health: { ...base.health, linkUp: () => state.linkUp },
    };
  }

  get position(): number {
    return this.#state.position;
  }

  get saved(): JsonValue {
    return this.#bot.save();
  }

  /** A minute: now and then a touch, then its bar with whatever befalls it, then answers. */
  minute(hostile: boolean): void {
    this.#minutes += 1;
    const bar = this.#drawBar();
    if (this.#draw(3) === 0) {
      this.#state.now += 1 + this.#draw(MINUTE_US / 2);
      this.#touch(bar.low);
      this.#answer(hostile);
    }
    this.#state.now = this.#minutes * MINUTE_US;
    if (hostile && this.#draw(40) === 0) this.#state.linkUp = !this.#state.linkUp;
    if (!hostile) this.#state.linkUp = true;
    this.#touch(bar.close);
    this.#tellBars(bar, hostile ? this.#draw(16) : 15);
    this.#answer(hostile);
    this.#tellLate(hostile);
  }

  #tellBars(bar: Bar, fate: number): void {
    if (this.#minutes % HIGHER === 0) this.#tellBar(bar, HIGHER, 0);
    if (fate === 0) return;
    if (fate === 1) this.#state.now += MINUTE_US / 2;
    this.#tellBar(bar, 1, 0);
    if (fate === 2) this.#tellBar(bar, 1, 0);
    if (fate === 3) this.#tellBar({ ...bar, close: bar.low, high: bar.open }, 1, 0);
    if (fate === 4) this.#tellBar(bar, 1, 1 + this.#draw(5));
  }

  #tellBar(bar: Bar, minutes: number, older: number): void {
    const venueAt = (this.#minutes - older) * MINUTE_US;
    const periodUs = minutes * MINUTE_US;
    this.#tell({ kind: "BarClosed", ...bar, periodUs, venueAt, instrument: 0 });
  }

  #touch(price: number): void {
    this.#state.bid = price - 1;
    this.#state.ask = price + 1;
    const { bid, ask } = this.#state;
    this.#tell({ kind: "BookChanged", bid, ask, instrument: 0, venueAt: this.#state.now });
  }

  /** Each order that waits hears something, or nothing. */
  #answer(hostile: boolean): void {
    for (const order of [...this.#orders]) {
      const how = hostile ? this.#draw(10) : 9;
      if (how === 0) continue;
      if (order.request.size < this.#sizeMin && order.state === "sent") {
        this.#refuse(order, "min-size");
        continue;
      }
      if (how === 1 && order.state === "sent") this.#unknown(order);
      else if (how === 2 && order.state === "sent") this.#refuse(order, "reduce-only");
      else if (how === 3) this.#close(order, this.#draw(2) === 0);
      else if (how === 4 && order.request.timeInForce === "POST_ONLY") this.#accept(order);
      else if (how < 7) this.#fill(order, Math.max(1, order.request.size >> 1), false);
      else this.#fill(order, order.request.size, false);
    }
  }

  #tellLate(hostile: boolean): void {
    if (hostile && this.#draw(3) > 0) return;
    for (const fill of this.#late.splice(0)) this.#tellFill(fill);
  }

  /** At the venue a reduce-only order takes no more than there is. */
  #fill(order: Order, most: number, untold: boolean): void {
    const { side, reduceOnly, size, orderId } = order.request;
    const sign = signOf(side);
    const held = sign * this.truth < 0 ? Math.abs(this.truth) : 0;
    const room = reduceOnly ? held : Number.MAX_SAFE_INTEGER;
    const lots = Math.min(most, size - order.filled, room);
    if (lots > 0) {
      order.filled += lots;
      this.truth += sign * lots;
      this.#trades += 1;
      const price = sign > 0 ? this.#state.ask : this.#state.bid;
      const ids = { instrument: 0, orderId, tradeId: this.#trades, side, price, size: lots };
      const rest = { cumulative: order.filled, liquidity: "taker", fee: 1, venueAt: 0 };
      const fill = { kind: "OrderFilled", ...ids, ...rest } as unknown as Event;
      if (untold) this.#late.push(fill);
      else this.#tellFill(fill);
    }
    if (untold) return;
    const over = order.filled === size || (reduceOnly && room === lots);
    if (over || order.request.timeInForce === "IOC") this.#close(order, false);
    else order.state = "live";
  }

  #tellFill(fill: Event): void {
    if (fill.kind !== "OrderFilled") return;
    const state = this.#state;
    const signed = signOf(fill.side) * fill.size;
    const lots = state.position + signed;
    const grows = state.position * signed >= 0;
    state.cost = grows
      ? state.cost + signed * fill.price
      : Math.round((state.cost / state.position) * lots);
    if (state.position * lots < 0) state.cost = lots * fill.price;
    state.position = lots;
    this.#tell(fill as unknown as Record<string, unknown>);
  }

  #close(order: Order, filledBefore: boolean): void {
    if (filledBefore) this.#fill(order, 1 + this.#draw(order.request.size), true);
    this.#forget(order);
    const { orderId } = order.request;
    const event = { kind: "OrderClosed", instrument: 0, orderId, reason: "cancelled", filled: 0 };
    this.#tell({ ...event, venueAt: 0 });
  }

  #accept(order: Order): void {
    order.state = "live";
  }

  #unknown(order: Order): void {
    order.state = "unknown";
    const { orderId } = order.request;
    const event = { kind: "OrderUnknown", instrument: 0, orderId, request: "place" };
    this.#tell({ ...event, cause: "timed-out", venueAt: 0 });
  }

  #refuse(order: Order, reason: string): void {
    if (reason === "min-size") this.tooSmall.push(`${order.request.size} ${this.#day()}`);
    this.#forget(order);
    const { orderId } = order.request;
    const event = { kind: "OrderRefused", instrument: 0, orderId, request: "place", text: "" };
    this.#tell({ ...event, reason, venueAt: 0 });
  }

  #day(): number {
    return Math.floor(this.#state.now / 86_400_000_000);
  }

  #forget(order: Order): void {
    this.#orders.splice(this.#orders.indexOf(order), 1);
  }

  #tell(event: Record<string, unknown>): void {
    const state = this.#state;
    if (state.position !== this.#lastTry.lots) this.#lastTry.tries = 0;
    state.orders = this.#orders.map(({ request, state: stands, filled, sentAt }) => ({
      ...request,
      state: stands,
      filled: filled as never,
      sentAt: sentAt as never,
    }));
    const told = { ...event, at: state.now } as unknown as Event;
    for (const command of this.#bot.decide(told, this.#view)) this.#take(command);
    if (!this.#restarts) return;
    const saved = JSON.stringify(this.#bot.save());
    this.#bot = this.#make();
    this.#bot.restore(JSON.parse(saved) as JsonValue);
  }

  #take(command: Command): void {
    this.commands.push(`${this.#state.now} ${JSON.stringify(command)}`);
    if (command.kind === "CancelOrder") {
      const order = this.#orders.find(({ request }) => request.orderId === command.orderId);
      if (order?.state !== "live") this.faults.push("cancels what is not live");
      else order.state = "cancelling";
      return;
    }
    if (command.kind !== "PlaceOrder") return;
    if (!this.#state.linkUp) this.faults.push("sends over a link that is down");
    if (command.reduceOnly) this.#judgeExit(command);
    else if (!this.#isDust() || this.#orders.length > 0) {
      this.faults.push("enters while something is held or on its way");
    }
    this.#orders.push({ request: command, state: "sent", filled: 0, sentAt: this.#state.now });
  }

  /** Nothing held, or less than the venue takes back. */
  #isDust(): boolean {
    const { position } = this.#state;
    return position === 0 || Math.abs(position) < this.#sizeMin;
  }

  #judgeExit({ side, size }: PlaceOrder): void {
    this.exits += 1;
    const { position, now } = this.#state;
    const open = this.#orders
      .filter(({ request }) => request.reduceOnly)
      .reduce((sum, { request, filled }) => sum + request.size - filled, 0);
    if (signOf(side) * position >= 0) this.faults.push("an exit on the side that adds");
    if (size + open > Math.abs(position)) this.faults.push("exits for more than is held");
    const last = this.#lastTry;
    const keep = Math.abs(position) - size - open;
    const same = last.lots === position && last.keep === keep;
    const wait = Math.min(3_600_000_000, 1_000_000 * 2 ** (last.tries - 1));
    if (same && last.tries > 0 && now < last.at + wait)
      this.faults.push("tries an exit again too soon");
    this.#lastTry = { lots: position, keep, at: now, tries: same ? last.tries + 1 : 1 };
  }

  #drawBar(): Bar {
    const open = this.#price;
    const close = Math.max(
      50_000,
      open + this.#draw(401) - 200 + (this.#minutes % 80 < 40 ? 60 : -60),
    );
    const high = Math.max(open, close) + this.#draw(150);
    const low = Math.min(open, close) - this.#draw(150);
    this.#price = close;
    return { open, high, low, close, volume: 1_000 + this.#draw(9_000) } as unknown as Bar;
  }

  #draw(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 4_294_967_296) * below);
  }
}
