// Whether a venue would take an order at all, before it meets the book: units, sizes, kinds; and in which words
// it says no. Prices in words carry no trailing zeros: venues that quote them back write them so.
// Source: Hyperliquid's documented "bbo was 1.2345@1.2346", and its wire rule that trailing zeros are removed.

import { Decimal } from "decimal.js";
import type { PlaceOrder } from "../../src/domain/command.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { VenueOrder } from "./market.ts";
import type { VenueProfile } from "./profile.ts";

/** The touch at the moment of a refusal, ticks; undefined on an empty side. */
export type Touch = Readonly<{ bid: number | undefined; ask: number | undefined }>;

/** Judges orders of one instrument by a venue's profile. Made once a run; judging allocates nothing. */
export class OrderRules {
  readonly #profile: VenueProfile;
  readonly #instrument: Instrument;
  /** Least price × lots in tick-lots, 0 without a rule. */
  readonly #minTickLots: number;
  readonly #minLots: number;
  readonly #figures: SignificantFigures | undefined;

  constructor(profile: VenueProfile, instrument: Instrument) {
    this.#profile = profile;
    this.#instrument = instrument;
    this.#minTickLots = minTickLots(profile, instrument);
    this.#minLots = instrument.minLots ?? 1;
    this.#figures =
      profile.significantFigures === undefined
        ? undefined
        : new SignificantFigures(instrument.tickSize, profile.significantFigures);
  }

  /**
   * The rule that refuses a new order, undefined when none does.
   * @param reference ticks that price a market order for the least notional
   * @param reducible lots the position holds against the order's side
   */
  refuse(
    order: PlaceOrder,
    reference: number | undefined,
    reducible: number,
  ): RefusalReason | undefined {
    const { price, size, timeInForce } = order;
    if (!this.#profile.timeInForce.includes(timeInForce)) return "unsupported";
    if (price === undefined && (!this.#profile.marketOrders || timeInForce !== "IOC")) {
      return "unsupported";
    }
    const refused = price === undefined ? undefined : this.#refusePrice(price);
    return refused ?? this.#refuseSize(size, price ?? reference, order, reducible);
  }

  /** The rule that refuses an amend: it is judged like a new order of that price and size. */
  refuseAmend(
    price: number,
    size: number,
    order: VenueOrder,
    reducible: number,
  ): RefusalReason | undefined {
    if (this.#profile.amend === "unsupported") return "unsupported";
    return this.#refusePrice(price) ?? this.#refuseSize(size, price, order, reducible);
  }

  /** The venue's words for a refusal; the rule's own name where they are not known. */
  words(reason: RefusalReason, touch: Touch): string {
    const words = this.#profile.words[reason] ?? reason;
    if (!words.includes("{")) return words;
    const { tickSize, lotSize, minSize } = this.#instrument;
    const facts: Readonly<Record<string, string | undefined>> = {
      bid: this.#priceText(touch.bid),
      ask: this.#priceText(touch.ask),
      tick: tickSize,
      lot: lotSize,
      least: minSize ?? lotSize,
      min: this.#profile.minNotional,
    };
    return words.replace(/\{(\w+)\}/g, (hole, name: string) => facts[name] ?? hole);
  }

  #refusePrice(price: number): RefusalReason | undefined {
    if (!Number.isSafeInteger(price) || price <= 0) return "off-tick";
    if (this.#figures === undefined || this.#figures.allows(price)) return undefined;
    return "significant-figures";
  }

  #refuseSize(
    size: number,
    price: number | undefined,
    order: Pick<PlaceOrder, "reduceOnly">,
    reducible: number,
  ): RefusalReason | undefined {
    if (!Number.isSafeInteger(size)) return "off-lot";
    if (size <= 0) return "min-size";
    if (size < this.#minLots && !(order.reduceOnly && this.#sparesDust(size, reducible))) {
      return "min-size";
    }
    if (price === undefined || price * size >= this.#minTickLots) return undefined;
    const exempt = order.reduceOnly && this.#sparesDust(size, reducible);
    return exempt ? undefined : "min-notional";
  }

  #sparesDust(size: number, reducible: number): boolean {
    const { reduceOnlyDust } = this.#profile;
    return reduceOnlyDust === "always" || (reduceOnlyDust === "when-closing" && size >= reducible);
  }

  #priceText(ticks: number | undefined): string {
    if (ticks === undefined) return "none";
    return new Decimal(this.#instrument.tickSize).times(ticks).toFixed();
  }
}

function minTickLots(profile: VenueProfile, instrument: Instrument): number {
  if (profile.minNotional === undefined) return 0;
  const perTickLot = new Decimal(instrument.tickSize)
    .times(instrument.lotSize)
    .times(instrument.contractSize);
  return new Decimal(profile.minNotional).dividedBy(perTickLot).ceil().toNumber();
}

/** "At most n significant figures; whole numbers always." Source: Hyperliquid docs, tick-and-lot-size. */
class SignificantFigures {
  readonly #mantissa: number;
  /** Ticks' mantissas per whole number of the quote: 10^decimals. */
  readonly #whole: number;
  readonly #limit: number;

  constructor(tickSize: string, figures: number) {
    const tick = new Decimal(tickSize);
    const scale = new Decimal(10).toPower(tick.decimalPlaces());
    this.#mantissa = tick.times(scale).toNumber();
    this.#whole = scale.toNumber();
    this.#limit = new Decimal(10).toPower(figures).toNumber();
  }

  allows(ticks: number): boolean {
    let digits = ticks * this.#mantissa;
    if (digits % this.#whole === 0) return true;
    while (digits % 10 === 0) digits /= 10;
    return digits < this.#limit;
  }
}
