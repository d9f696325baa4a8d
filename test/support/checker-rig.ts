// A world for one checker, acted out by hand: two instruments on two venues, a truth and a belief that follow what is said
// and heard unless a test tampers with them. Times in seconds where a method takes one.

import type { BotFacts } from "../../sim/checkers/bot-facts.ts";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import { CheckerSuite } from "../../sim/checkers/checker-suite.ts";
import type { Scene, Truth } from "../../sim/checkers/scene.ts";
import type { Holding } from "../../sim/exchange/exchange-account.ts";
import type { VenueOrder } from "../../sim/exchange/market.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { CloseReason, Event, RefusalReason, RequestKind } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { InstrumentId, OrderId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { BookView, OrderState, OrderView, View } from "../../src/ports/view.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";

export const SECOND = 1_000_000;
const WIRE_US = 10_000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
export type RigPlace = Readonly<{
  id: number;
  side?: "bid" | "ask";
  price?: number | undefined;
  size?: number;
  on?: number;
  timeInForce?: PlaceOrder["timeInForce"];
  reduceOnly?: boolean;
}>;
export type RigOptions = Readonly<{
  facts?: BotFacts;
  risk?: RiskConfig;
  profile?: Partial<VenueProfile>;
  spec?: Partial<typeof TEST_INSTRUMENT>;
}>;
type RigOrder = Mutable<VenueOrder> & { on: number; state: OrderState };
type RigBelief = {
  lots: number[];
  orders: RigOrder[];
  cash: bigint[];
  fees: bigint[];
  funding: bigint[];
  realised: bigint[];
  degradation: View["health"]["degradation"];
  linksUp: boolean[];
  now: number;
  staleUs: number;
  isBookWhole: boolean;
};

export class CheckerRig implements Scene {
  now = 0 as TimeUs;
  readonly instruments: readonly Instrument[];
  readonly risk: RiskConfig;
  readonly facts: BotFacts;
  readonly suite: CheckerSuite;
  haltReason: string | undefined = undefined;
  troubledUntil = Number.NEGATIVE_INFINITY as TimeUs;
  healedAt: TimeUs | undefined = 0 as TimeUs;
  stoppedAt: TimeUs | undefined = undefined;
  durable: boolean | undefined = true;
  gone: readonly number[] = [];
  flying = 0;
  state: JsonValue = null;
  isUp = true;
  isPaused = false;
  /** No bid in any book. */
  isEmpty = false;
  /** Truth, for tests to tamper with. */
  readonly cash = [1_000_000_000n, 1_000_000_000n];
  readonly holdings: Mutable<Holding>[];
  readonly resting: RigOrder[] = [];
  /** Belief, likewise. */
  readonly believed: RigBelief;
  readonly #profile: VenueProfile;
  readonly #sent = new Map<number, PlaceOrder>();
  readonly #filled = new Map<number, number>();
  #trades = 0;

  constructor(maker: CheckerMaker, options: RigOptions = {}) {
    this.instruments = [0, 1].map((id) =>
      instrumentOf({ ...TEST_INSTRUMENT, ...options.spec }, id as InstrumentId, id as VenueId),
    );
    this.risk = options.risk ?? {};
    this.facts = options.facts ?? {};
    this.#profile = { ...generic, minNotional: undefined, ...options.profile };
    this.holdings = this.instruments.map((instrument) => ({
      instrument,
      unitsPerTickLot: instrument.moneyPerTickLot,
      lots: 0,
      openBids: 0,
      openAsks: 0,
      mark: 100,
    }));
    this.believed = {
      lots: [0, 0],
      orders: [],
      cash: [...this.cash],
      fees: [0n, 0n],
      funding: [0n, 0n],
      realised: [0n, 0n],
      degradation: "normal",
      linksUp: [true, true],
      now: 0,
      staleUs: 0,
      isBookWhole: true,
    };
    this.suite = new CheckerSuite(this, [maker]);
  }

  /** What was found, in words; empty while the sentence holds. */
  get found(): readonly string[] {
    return this.suite.violations.map((each) => each.detail);
  }

  exchange(venue: VenueId): Truth {
    const instrument = this.instruments[venue] as Instrument;
    const holding = this.holdings[venue] as Holding;
    return {
      account: { cash: this.cash[venue] as bigint, holdings: [holding] },
      markets: [
        {
          instrument,
          orders: () => this.resting.filter((each) => each.on === venue),
          bestBid: () => (this.isEmpty ? undefined : (99 as never)),
          bestAsk: () => 101 as never,
        },
      ],
    };
  }

  profile(): VenueProfile {
    return this.#profile;
  }

  trueLots(instrument: InstrumentId): number {
    return (this.holdings[instrument] as Holding).lots;
  }

  inFlight(): number {
    return this.flying;
  }

  isGone(venue: VenueId): boolean {
    return this.gone.includes(venue);
  }

  saved(): JsonValue {
    return this.state;
  }

  get belief(): View | undefined {
    return this.isUp ? this.#view() : undefined;
  }

  /** The bot sends an order. */
  send(order: RigPlace): this {
    const { id, side = "bid", size = 10, on = 0, timeInForce = "GTC", reduceOnly = false } = order;
    const price = "price" in order ? order.price : side === "bid" ? 99 : 101;
    const command = {
      kind: "PlaceOrder",
      instrument: on,
      orderId: id,
      side,
      price,
      size,
      timeInForce,
      reduceOnly,
    } as unknown as PlaceOrder;
    this.#sent.set(id, command);
    this.believed.orders.push(this.#order(command, "sent"));
    return this.tell(command);
  }

  /** The bot sends anything else. */
  tell(command: VenueCommand, life = 0): this {
    this.suite.sent(command, life);
    return this;
  }

  cancel(id: number): this {
    const instrument = (this.#sent.get(id) as PlaceOrder).instrument;
    return this.tell({ kind: "CancelOrder", instrument, orderId: id as OrderId });
  }

  /** The order reaches its venue, which then does what `act` says. */
  arrive(id: number, act: () => void): this {
    return this.carry(this.#sent.get(id) as PlaceOrder, act);
  }

  carry(command: VenueCommand, act: () => void): this {
    this.suite.arrives(command);
    act();
    this.suite.arrived(command);
    return this;
  }

  /** Sent, arrived, accepted, and heard of. */
  live(order: RigPlace): this {
    this.send(order);
    this.arrive(order.id, () => this.hear(this.accept(order.id)));
    return this;
  }

  accept(id: number): Event {
    const command = this.#sent.get(id) as PlaceOrder;
    const order = this.#order(command, "live");
    this.resting.push(order);
    this.#keep(order, order.size);
    const { price, size } = order;
    return this.say(id, { kind: "OrderAccepted", request: "place", price, size });
  }

  fill(id: number, size: number, more: object = {}): Event {
    const { side, price, instrument } = this.#sent.get(id) as PlaceOrder;
    const sign = side === "bid" ? 1 : -1;
    this.#trades += 1;
    const cumulative = (this.#filled.get(id) ?? 0) + size;
    this.#filled.set(id, cumulative);
    const resting = this.resting.find((each) => each.orderId === id);
    if (resting !== undefined) resting.filled = cumulative as never;
    const holding = this.holdings[instrument] as Mutable<Holding>;
    holding.lots += sign * size;
    if (resting !== undefined) this.#keep(resting, -size);
    const event = {
      kind: "OrderFilled",
      tradeId: this.#trades,
      side,
      price,
      size,
      cumulative,
      liquidity: "maker",
      fee: 0,
      ...more,
    };
    const units = BigInt(holding.instrument.moneyPerTickLot);
    const paid = BigInt(sign * Number(event.price)) * BigInt(size) * units + BigInt(event.fee);
    this.cash[instrument] = (this.cash[instrument] as bigint) - paid;
    return this.say(id, event);
  }

  close(id: number, reason: CloseReason = "cancelled", more: object = {}): Event {
    const index = this.resting.findIndex((each) => each.orderId === id);
    const [order] = index < 0 ? [] : this.resting.splice(index, 1);
    if (order !== undefined) this.#keep(order, -(order.size - order.filled));
    const filled = this.#filled.get(id) ?? 0;
    return this.say(id, { kind: "OrderClosed", reason, filled, ...more });
  }

  refuse(id: number, reason: RefusalReason, request: RequestKind = "place"): Event {
    return this.say(id, { kind: "OrderRefused", request, reason, text: "" });
  }

  funding(amount: number, more: object = {}): Event {
    this.cash[0] = (this.cash[0] as bigint) + BigInt(amount);
    const { lots } = this.holdings[0] as Holding;
    const body = { kind: "FundingPaid", instrument: 0, rate: 10_000, mark: 100, lots, amount };
    return this.say(undefined, { ...body, ...more });
  }

  /** The venue says something; truth has changed already. */
  say(id: number | undefined, body: object): Event {
    const instrument = id === undefined ? 0 : ((this.#sent.get(id)?.instrument as number) ?? 0);
    const times = { at: this.now + WIRE_US, venueAt: this.now };
    const order = id === undefined ? {} : { orderId: id };
    const event = { ...times, instrument, ...order, ...body } as unknown as Event;
    this.suite.says(event, instrument as VenueId);
    return event;
  }

  /** The bot hears something, and believes it. */
  hear(event: Event): this {
    this.believed.now = Math.max(this.believed.now, event.at);
    const { orders } = this.believed;
    if ("orderId" in event) {
      const order = orders.find((each) => each.orderId === event.orderId);
      if (event.kind === "OrderAccepted" && order !== undefined) order.state = "live";
      const ends = event.kind === "OrderClosed" || event.kind === "OrderRefused";
      if (ends && order !== undefined) orders.splice(orders.indexOf(order), 1);
    }
    if (event.kind === "OrderFilled") this.believeFill(event.instrument, event);
    if (event.kind === "FundingPaid") this.believeFunding(event.amount);
    return this.hearNothing(event);
  }

  believeFill(on: number, fill: Readonly<{ side: string; size: number; fee: number }>): this {
    const { lots, fees, cash } = this.believed;
    lots[on] = (lots[on] as number) + (fill.side === "bid" ? fill.size : -fill.size);
    fees[on] = (fees[on] as bigint) + BigInt(fill.fee);
    cash[on] = (cash[on] as bigint) - BigInt(fill.fee);
    return this;
  }

  believeFunding(amount: number): this {
    const { cash, funding } = this.believed;
    funding[0] = (funding[0] as bigint) + BigInt(amount);
    cash[0] = (cash[0] as bigint) + BigInt(amount);
    return this;
  }

  /** The bot handles an event and believes nothing new. */
  hearNothing(event: Event): this {
    this.suite.heard(event);
    return this;
  }

  event(kind: Event["kind"], body: object = {}): Event {
    return { kind, at: this.now, venueAt: this.now, ...body } as unknown as Event;
  }

  seconds(count: number): this {
    for (let second = 0; second < count; second += 1) {
      this.now = (this.now + SECOND) as TimeUs;
      this.suite.second();
    }
    return this;
  }

  crash(during?: Event): this {
    this.suite.crashed(during);
    this.isUp = false;
    return this;
  }

  begin(life = 1): this {
    this.isUp = true;
    this.suite.began(life);
    return this;
  }

  #keep(order: RigOrder, lots: number): void {
    const holding = this.holdings[order.on] as Mutable<Holding>;
    if (order.side === "bid") holding.openBids += lots;
    else holding.openAsks += lots;
  }

  #order(command: PlaceOrder, state: OrderState): RigOrder {
    return { ...command, filled: 0 as never, on: command.instrument, state };
  }

  #view(): View {
    const { believed, instruments } = this;
    return {
      now: believed.now as TimeUs,
      instrument: (id) => instruments[id] as Instrument,
      // Whether it is whole may be asked where the bot has asked it just now; to read its prices would move it.
      book: () => ({ fresh: believed.isBookWhole }) as BookView,
      position: (id) => ({ lots: believed.lots[id] as number }) as never,
      openOrders: (id) =>
        believed.orders.filter((each) => each.on === id) as unknown as readonly OrderView[],
      account: (venue) => ({
        cash: believed.cash[venue] as bigint,
        fees: believed.fees[venue] as bigint,
        funding: believed.funding[venue] as bigint,
        realised: believed.realised[venue] as bigint,
        pnl: 0n,
        sessionPnl: 0n,
        equity: () => believed.cash[venue] as bigint,
      }),
      health: {
        degradation: believed.degradation,
        linkUp: (venue) => believed.linksUp[venue] as boolean,
        staleness: () => believed.staleUs,
      },
    };
  }
}
