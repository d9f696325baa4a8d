// A level market on its own, with everything it reports written down in one line each.

import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { LevelsMarketRules } from "../../sim/exchange/levels-market.ts";
import { LevelsMarket } from "../../sim/exchange/levels-market.ts";
import type { MarketSink, VenueOrder } from "../../sim/exchange/market.ts";
import type { TimeInForce } from "../../src/domain/command.ts";
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
import type { TapeBuilder } from "./tape-builder.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";

export type RigOrder = Readonly<{
  id: number;
  side: Side;
  /** undefined: a market order */
  tick: number | undefined;
  lots: number;
  timeInForce?: TimeInForce;
  reduceOnly?: boolean;
}>;

export class MarketRig implements MarketSink {
  /** "accept 1", "fill 1 5@100 maker", "close 1 filled 5", "refuse 1 post-only-would-cross", "funding 10000@100". */
  readonly reports: string[] = [];
  readonly market: LevelsMarket;
  /** What fillable() answers. */
  reducible = Number.POSITIVE_INFINITY;

  constructor(
    tape: Pick<TapeBuilder, "build">,
    fillModel: FillModel = { kind: "risk-averse" },
    rules: Partial<LevelsMarketRules> = {},
  ) {
    const instrument = instrumentOf(TEST_INSTRUMENT, 0 as InstrumentId, 0 as VenueId);
    this.market = new LevelsMarket(
      instrument,
      tape.build(),
      { fillModel, selfTrade: "expire-maker", amend: "keep-when-smaller", ...rules },
      this,
    );
  }

  /** Advances to `at`, through every stop on the way. */
  to(at: number): this {
    let reached = this.market.advance(at as TimeUs);
    while (reached < at) reached = this.market.advance(at as TimeUs);
    return this;
  }

  place(at: number, order: RigOrder): this {
    this.to(at);
    this.market.place(
      {
        orderId: order.id as OrderId,
        side: order.side,
        price: order.tick as PriceTicks | undefined,
        size: order.lots as SizeLots,
        filled: 0 as SizeLots,
        timeInForce: order.timeInForce ?? "GTC",
        reduceOnly: order.reduceOnly ?? false,
      },
      at as TimeUs,
    );
    return this;
  }

  cancel(at: number, id: number): boolean {
    this.to(at);
    return this.market.cancel(id as OrderId, "cancelled", at as TimeUs);
  }

  amend(at: number, id: number, tick: number, lots: number): boolean {
    this.to(at);
    return this.market.amend(id as OrderId, tick as PriceTicks, lots as SizeLots, at as TimeUs);
  }

  ahead(id: number): number | undefined {
    return this.market.queueAhead(id as OrderId);
  }

  /** Reports of fills only. */
  get fills(): readonly string[] {
    return this.reports.filter((line) => line.startsWith("fill"));
  }

  accepted(order: VenueOrder): void {
    this.reports.push(`accept ${order.orderId}`);
  }

  refused(order: VenueOrder, _request: "place" | "amend", reason: string): void {
    this.reports.push(`refuse ${order.orderId} ${reason}`);
  }

  filled(order: VenueOrder, price: number, lots: number, liquidity: string, at: number): void {
    this.reports.push(`fill ${order.orderId} ${lots}@${price} ${liquidity} t${at}`);
    this.reducible -= lots;
  }

  closed(order: VenueOrder, reason: string): void {
    this.reports.push(`close ${order.orderId} ${reason} ${order.filled}`);
  }

  fillable(): number {
    return this.reducible;
  }

  funding(rateE8: number, mark: number): void {
    this.reports.push(`funding ${rateE8}@${mark}`);
  }
}
