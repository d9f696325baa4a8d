// Whether a venue would take an order at all, before it meets the book: units, sizes, kinds.
// Each refusal names its rule and speaks the venue's own words.

import { Decimal } from "decimal.js";
import type { PlaceOrder } from "../../src/domain/command.ts";
import { stepsToDecimal } from "../../src/domain/decimal.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { VenueProfile } from "./profile.ts";

/** A refusal: the rule, and what the venue says. */
export type Refusal = Readonly<{ reason: RefusalReason; text: string }>;

/** The venue's words for a refusal; `facts` fill the `{holes}` of the profile's text. */
export function refusalText(
  profile: VenueProfile,
  reason: RefusalReason,
  facts: Readonly<Record<string, string | number | undefined>>,
): string {
  const words = profile.words[reason] ?? reason;
  return words.replace(/\{(\w+)\}/g, (hole, name: string) => String(facts[name] ?? hole));
}

/** Judges orders of one instrument by a venue's profile. Made once a run; judging allocates only on refusal. */
export class OrderRules {
  readonly #profile: VenueProfile;
  readonly #instrument: Instrument;
  /** Least price × lots in tick-lots, 0 without a rule. */
  readonly #minTickLots: number;
  readonly #figures: SignificantFigures | undefined;

  constructor(profile: VenueProfile, instrument: Instrument) {
    this.#profile = profile;
    this.#instrument = instrument;
    this.#minTickLots = minTickLots(profile, instrument);
    this.#figures =
      profile.significantFigures === undefined
        ? undefined
        : new SignificantFigures(instrument.tickSize, profile.significantFigures);
  }

  /** The rule that refuses the order; `reference` prices a market order for the least notional. */
  refuse(order: PlaceOrder, reference: number | undefined): Refusal | undefined {
    const price = order.price;
    if (!this.#profile.timeInForce.includes(order.timeInForce)) return this.#say("unsupported");
    if (price === undefined) {
      if (!this.#profile.marketOrders || order.timeInForce !== "IOC")
        return this.#say("unsupported");
    } else {
      const refused = this.refusePrice(price);
      if (refused !== undefined) return refused;
    }
    if (!Number.isSafeInteger(order.size)) return this.#say("off-lot", order.size);
    if (order.size <= 0) return this.#say("min-size", order.size);
    return this.#refuseDust(order.size, price ?? reference, order.reduceOnly);
  }

  /** The rule that refuses a price, also of an amend. */
  refusePrice(price: number): Refusal | undefined {
    if (!Number.isSafeInteger(price) || price <= 0) return this.#say("off-tick", price);
    if (this.#figures !== undefined && !this.#figures.allows(price)) {
      return this.#say("significant-figures", price);
    }
    return undefined;
  }

  #refuseDust(size: number, price: number | undefined, reduceOnly: boolean): Refusal | undefined {
    if (price === undefined || this.#minTickLots === 0) return undefined;
    if (reduceOnly && this.#profile.reduceOnlyBelowMinNotional) return undefined;
    return price * size < this.#minTickLots ? this.#say("min-notional", price * size) : undefined;
  }

  #say(reason: RefusalReason, value?: number): Refusal {
    const { tickSize, lotSize } = this.#instrument;
    const min = this.#profile.minNotional;
    const facts = { tick: tickSize, lot: lotSize, min, value };
    return { reason, text: refusalText(this.#profile, reason, facts) };
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

/** A price as the venue writes it. */
export function priceText(instrument: Instrument, ticks: number | undefined): string {
  return ticks === undefined ? "none" : stepsToDecimal(ticks, instrument.tickSize);
}
