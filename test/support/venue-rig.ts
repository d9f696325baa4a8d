// A venue over one hand-written recording, without wires: commands arrive when they are sent.

import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { LevelsMarket } from "../../sim/exchange/levels-market.ts";
import { MockExchange } from "../../sim/exchange/mock-exchange.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import type { TimeInForce } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type {
  InstrumentId,
  OrderId,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
  VenueId,
} from "../../src/domain/units.ts";
import { durationUs, rateE8 } from "../../src/domain/units.ts";
import type { TapeBuilder } from "./tape-builder.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";

/** No fees, no margin, no least notional: each test adds the rule it is about. */
export const PLAIN: VenueProfile = {
  name: "plain",
  fees: { maker: rateE8(0), taker: rateE8(0) },
  timeInForce: ["GTC", "IOC", "FOK", "POST_ONLY"],
  marketOrders: true,
  minNotional: undefined,
  reduceOnlyDust: "always",
  significantFigures: undefined,
  openOrdersMax: undefined,
  openOrdersPerMarketMax: undefined,
  ack: "final",
  postOnlyCrossing: "refuse",
  iocUnmatched: "refuse",
  selfTrade: "expire-maker",
  amend: "keep-when-smaller",
  closedRowTellsFilled: true,
  takerDelayUs: durationUs(0),
  makerDelayUs: durationUs(0),
  cancelDelayUs: durationUs(0),
  scheduledCancel: undefined,
  batch: undefined,
  rateLimits: [],
  funding: undefined,
  margin: undefined,
  liquidationFee: rateE8(0),
  words: {},
};

export type Place = Readonly<{
  id: number;
  side: Side;
  tick?: number;
  lots: number;
  timeInForce?: TimeInForce;
  reduceOnly?: boolean;
}>;

export class VenueRig {
  readonly events: Event[] = [];
  readonly exchange: MockExchange;

  constructor(
    tape: TapeBuilder,
    profile: Partial<VenueProfile> = {},
    options: Readonly<{ cash?: bigint; model?: FillModel; spec?: Partial<InstrumentSpec> }> = {},
  ) {
    const spec = { ...TEST_INSTRUMENT, ...options.spec };
    const instrument = instrumentOf(spec, 0 as InstrumentId, 0 as VenueId);
    const fillModel = options.model ?? { kind: "risk-averse" };
    const whole = { ...PLAIN, ...profile };
    const amend = whole.amend === "back" ? "back" : "keep-when-smaller";
    this.exchange = new MockExchange({
      venue: 0 as VenueId,
      profile: whole,
      instruments: [instrument],
      startingCash: options.cash ?? 10n ** 15n,
      outbox: { arrival: (at) => at, deliver: (event) => this.events.push(event) },
      market: (each, sink) =>
        new LevelsMarket(
          each,
          tape.build(),
          { fillModel, selfTrade: whole.selfTrade, amend },
          sink,
        ),
    });
  }

  to(at: number): this {
    let reached = this.exchange.advance(0, at as TimeUs);
    while (reached < at) reached = this.exchange.advance(0, at as TimeUs);
    return this;
  }

  place(at: number, order: Place): this {
    this.to(at);
    this.exchange.receive(
      {
        kind: "PlaceOrder",
        instrument: 0 as InstrumentId,
        orderId: order.id as OrderId,
        side: order.side,
        price: order.tick as PriceTicks | undefined,
        size: order.lots as SizeLots,
        timeInForce: order.timeInForce ?? "GTC",
        reduceOnly: order.reduceOnly ?? false,
      },
      at as TimeUs,
    );
    return this;
  }

  cancel(at: number, id: number): this {
    this.to(at);
    const orderId = id as OrderId;
    this.exchange.receive(
      { kind: "CancelOrder", instrument: 0 as InstrumentId, orderId },
      at as TimeUs,
    );
    return this;
  }

  amend(at: number, id: number, tick: number, lots: number): this {
    this.to(at);
    this.exchange.receive(
      {
        kind: "AmendOrder",
        instrument: 0 as InstrumentId,
        orderId: id as OrderId,
        price: tick as PriceTicks,
        size: lots as SizeLots,
      },
      at as TimeUs,
    );
    return this;
  }

  /** The venue's words for each refusal so far. */
  get texts(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === "OrderRefused" ? [event.text] : []));
  }

  report(at: number): Extract<Event, { kind: "AccountReported" }> {
    this.to(at);
    this.exchange.receive({ kind: "ReportAccount", venue: 0 as VenueId }, at as TimeUs);
    const event = this.events.at(-1);
    if (event?.kind !== "AccountReported") throw new Error("expected an account report");
    return event;
  }

  /** Events as short lines. */
  get lines(): readonly string[] {
    return this.events.map(line);
  }
}

function line(event: Event): string {
  switch (event.kind) {
    case "OrderAccepted":
      return `accepted ${event.orderId}`;
    case "OrderRefused":
      return `refused ${event.orderId} ${event.request} ${event.reason}`;
    case "OrderFilled":
      return `filled ${event.orderId} ${event.size}@${event.price} ${event.liquidity} fee ${event.fee}`;
    case "OrderClosed":
      return `closed ${event.orderId} ${event.reason} ${event.filled}`;
    case "FundingPaid":
      return `funding ${event.amount}`;
    default:
      return event.kind;
  }
}
